/** Notices over one SQL database: claims are single statements, so that of two processes one gets each row. */
import { type CompiledQuery, sql } from 'kysely'
import type { MailRow, NewsRow, NoticeStore } from '../hub/cases/notice-store.js'
import { readDeliveryRow } from './case-rows.js'
import type { Database } from './database.js'
import { claimMailsQuery, forgetToldQuery, mailsQuery } from './mail-queries.js'

export function createNoticeStore(database: Database): NoticeStore {
  const db = database.kysely
  const run = (query: CompiledQuery) => database.atomic([query])
  return {
    startNews: (member) =>
      run(
        sql`insert into webhook_news (member, told, attempts, next_at)
          select ${member}, coalesce((select max(cursor) from case_inbox), 0), 0, 0
          where exists (select 1 from webhooks where member = ${member})
          on conflict (member) do nothing`.compile(db),
      ),
    async claimNews(now, claimedUntil, limit) {
      const claimed = await database.read(
        sql<{
          member: string
          told: number
          attempts: number
        }>`update webhook_news set next_at = ${claimedUntil}
          where member in (
            select n.member from webhook_news n
            where n.next_at <= ${now}
              and exists (select 1 from case_inbox i where i.member = n.member and i.cursor > n.told)
            order by n.next_at limit ${limit}
          )
          returning member, told, attempts`.compile(db),
      )
      const rows = await database.read(
        db
          .selectFrom('webhooks')
          .selectAll()
          .where(
            sql<boolean>`member in (select value from json_each(${JSON.stringify(claimed.map(({ member }) => member))}))`,
          )
          .compile(),
      )
      return claimed.flatMap((claim): NewsRow[] =>
        rows.filter(({ member }) => member === claim.member).map((row) => ({ ...row, ...claim })),
      )
    },
    settleNews: (member, told, attempts, nextAt) =>
      run(
        db
          .updateTable('webhook_news')
          .set({ told, attempts, next_at: nextAt })
          .where('member', '=', member)
          .compile(),
      ),

    async claimMails(now, claimedUntil, limit) {
      const claimed = await database.read(claimMailsQuery(db, now, claimedUntil, limit))
      if (claimed.length === 0) return []
      const rows = await database.read(
        mailsQuery(
          db,
          claimed.map(({ ref }) => ref),
        ),
      )
      return rows.map((row): MailRow => ({ ...row, closed: row.closed === 1 }))
    },
    settleMail: (ref, told, attempts, nextAt) =>
      run(
        db
          .updateTable('case_mails')
          .set({ told: sql`max(told, ${told})`, attempts, next_at: nextAt })
          .where('ref', '=', ref)
          .compile(),
      ),
    forgetToldAddresses: () => run(forgetToldQuery(db)),
    forgetAddress: (ref) => run(db.deleteFrom('case_addresses').where('ref', '=', ref).compile()),

    async deadDeliveries(limit) {
      const rows = await database.read(
        db
          .selectFrom('case_deliveries')
          .innerJoin('cases', 'cases.ref', 'case_deliveries.ref')
          .selectAll('case_deliveries')
          // Literals, not parameters: only so does SQLite see that a partial index holds all that is asked for.
          .where(sql<boolean>`case_deliveries.state = 'dead' and cases.is_open = 1`)
          .orderBy('case_deliveries.since')
          .limit(limit)
          .compile(),
      )
      return rows.map(readDeliveryRow)
    },
  }
}
