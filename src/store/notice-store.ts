/** Notices over one SQL database: claims are single statements, so that of two processes one gets each row. */
import { type CompiledQuery, sql } from 'kysely'
import type { MailRow, NewsRow, NoticeStore } from '../hub/cases/notice-store.js'
import { readDeliveryRow } from './case-rows.js'
import type { Database } from './database.js'

/**
 * Events that are news to the consumer: what an agency or the secretariat did, and what the clock did. That a case was
 * filed or arrived is no news; what she did herself she knows.
 */
const TELLING = sql<boolean>`(e.actor in ('lead', 'partner', 'secretariat') or (e.actor = 'hub' and e.type in ('lapsed', 'undeliverable')))`

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
      const rows = await database.read(
        sql<Omit<MailRow, 'closed'> & { closed: number }>`select a.ref, a.address, a.lang, c.head_seq as seq,
            coalesce(m.attempts, 0) as attempts, 1 - c.is_open as closed
          from case_addresses a join cases c on c.ref = a.ref left join case_mails m on m.ref = a.ref
          where coalesce(m.next_at, 0) <= ${now}
            and exists (
              select 1 from case_events e where e.ref = a.ref and e.seq > coalesce(m.told, -1) and ${TELLING}
            )
          limit ${limit}`.compile(db),
      )
      const claimed = await database.read(
        sql<{ ref: string }>`insert into case_mails (ref, told, attempts, next_at)
          select value, -1, 0, ${claimedUntil} from json_each(${JSON.stringify(rows.map(({ ref }) => ref))})
          where value in (select ref from case_addresses)
          on conflict (ref) do update set next_at = excluded.next_at where case_mails.next_at <= ${now}
          returning ref`.compile(db),
      )
      const refs = new Set(claimed.map(({ ref }) => ref))
      return rows.filter(({ ref }) => refs.has(ref)).map((row) => ({ ...row, closed: row.closed === 1 }))
    },
    settleMail: (ref, told, attempts, nextAt) =>
      run(
        db
          .updateTable('case_mails')
          .set({ told: sql`max(told, ${told})`, attempts, next_at: nextAt })
          .where('ref', '=', ref)
          .compile(),
      ),
    forgetToldAddresses: () =>
      run(
        sql`delete from case_addresses where ref in (
          select a.ref from case_addresses a join cases c on c.ref = a.ref left join case_mails m on m.ref = a.ref
          where c.is_open = 0 and not exists (
            select 1 from case_events e where e.ref = a.ref and e.seq > coalesce(m.told, -1) and ${TELLING}
          )
        )`.compile(db),
      ),
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
