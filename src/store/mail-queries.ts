/** Mails that are due to consumers: noted with each event of a case, found by an index, whatever else lies in the tables. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { CaseWrite, EventRow } from '../hub/cases/case-store.js'
import type { MailRow } from '../hub/cases/notice-store.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/**
 * Whether an event is news to the consumer: what an agency or the secretariat did, and what the clock did. That a case was
 * filed or arrived is no news; what she did herself she knows.
 */
function isNews({ actor, type }: EventRow): boolean {
  return actor === 'hub' ? type === 'lapsed' || type === 'undeliverable' : actor !== 'consumer'
}

/** Writes nothing for a consumer who wants no mail. When the next one goes out stays as it is. */
export function noteNewsQuery(db: Db, { row, events }: CaseWrite): CompiledQuery {
  const latest = events.findLast(isNews)?.seq ?? -1
  const closed = row.status.state === 'closed' || row.status.state === 'archived' ? 1 : 0
  return sql`insert into case_mails (ref, told, attempts, next_at, latest, closed)
    select ref, -1, 0, 0, ${latest}, ${closed} from case_addresses where ref = ${row.ref}
    on conflict (ref) do update set latest = max(latest, excluded.latest), closed = excluded.closed`.compile(
    db,
  )
}

/** One statement, so that of two processes one gets each mail. Its conditions are the index's, word for word. */
export function claimMailsQuery(
  db: Db,
  now: number,
  claimedUntil: number,
  limit: number,
): CompiledQuery<{ ref: string }> {
  return sql<{ ref: string }>`update case_mails set next_at = ${claimedUntil}
    where ref in (
      select ref from case_mails where latest > told and next_at <= ${now} order by next_at limit ${limit}
    )
    returning ref`.compile(db)
}

/** What was claimed, with what a mail needs. */
export function mailsQuery(
  db: Db,
  refs: readonly string[],
): CompiledQuery<Omit<MailRow, 'closed'> & { closed: number }> {
  return sql<Omit<MailRow, 'closed'> & { closed: number }>`select
      a.ref, a.address, a.lang, c.head_seq as seq, m.attempts, m.closed
    from json_each(${JSON.stringify(refs)}) r
    join case_mails m on m.ref = r.value
    join case_addresses a on a.ref = m.ref
    join cases c on c.ref = m.ref`.compile(db)
}

export function forgetToldQuery(db: Db): CompiledQuery {
  return sql`delete from case_addresses where ref in (
    select ref from case_mails where closed = 1 and latest <= told
  )`.compile(db)
}
