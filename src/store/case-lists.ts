/** Lists over many cases: inboxes, the secretariat's queue, and what the hub's sweep looks for. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { CaseStatus, ClockOwner } from '../dispute/case-state.js'
import type { CaseMeta } from '../dispute/route-question.js'
import type { CaseRow, InboxLine } from '../hub/cases/case-store.js'
import { readCaseRow } from './case-rows.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>
type InboxLineRow = Pick<Tables['cases'], 'ref' | 'meta' | 'status' | 'owner' | 'due' | 'parked'> & {
  cursor: number
  member: string
  role: string
  seq: number
  event_type: string
  event_at: number
  delivery: string | null
}

export function inboxQuery(
  db: Db,
  member: string,
  after: number,
  limit: number,
  parked: boolean,
): CompiledQuery<InboxLineRow> {
  const lines = db
    .selectFrom('case_inbox')
    .innerJoin('cases', 'cases.ref', 'case_inbox.ref')
    .innerJoin('case_events', (join) =>
      join.onRef('case_events.ref', '=', 'case_inbox.ref').onRef('case_events.seq', '=', 'case_inbox.seq'),
    )
    .leftJoin('case_deliveries', (join) =>
      join
        .onRef('case_deliveries.ref', '=', 'case_inbox.ref')
        .onRef('case_deliveries.member', '=', 'case_inbox.member'),
    )
    // Without quote and keys: they make up most of a case's bytes.
    .select([
      'cases.ref',
      'cases.meta',
      'cases.status',
      'cases.owner',
      'cases.due',
      'cases.parked',
      'case_inbox.cursor',
      'case_inbox.member',
      'case_inbox.role',
      'case_inbox.seq',
      'case_events.type as event_type',
      'case_events.at as event_at',
      'case_deliveries.state as delivery',
    ])
    .where('case_inbox.member', '=', member)
    .where('case_inbox.cursor', '>', after)
  return (parked ? lines : lines.where('cases.parked', '=', 0))
    .orderBy('case_inbox.cursor')
    .limit(limit)
    .compile()
}

export function readInboxLine(line: InboxLineRow): InboxLine {
  return {
    cursor: line.cursor,
    ref: line.ref,
    member: line.member,
    role: line.role as InboxLine['role'],
    seq: line.seq,
    row: {
      meta: JSON.parse(line.meta) as CaseMeta,
      status: JSON.parse(line.status) as CaseStatus,
      owner: line.owner as ClockOwner | null,
      due: line.due,
      parked: line.parked === 1,
    },
    event: { type: line.event_type as InboxLine['event']['type'], at: line.event_at },
    delivery: line.delivery as InboxLine['delivery'],
  }
}

/** Literals, not parameters: only so does SQLite see that a partial index holds all that is asked for. */
const IS_OPEN = sql<boolean>`is_open = 1`
const IS_PARKED = sql<boolean>`parked = 1`
const NOT_PARKED = sql<boolean>`parked = 0`
const IS_UNROUTED = sql<boolean>`state = 'unrouted'`
/** Whose silence has a consequence without anybody's decision (`lapse` in dispute/transition.ts). */
const LAPSES = sql<boolean>`owner in ('consumer', 'merchant')`

export function queueQueries(db: Db, limit: number): CompiledQuery<Tables['cases']>[] {
  const oldest = db.selectFrom('cases').selectAll().orderBy('filed_at').limit(limit)
  return [oldest.where(IS_OPEN).where(IS_PARKED).compile(), oldest.where(IS_UNROUTED).compile()]
}

/** Both lists as one, oldest first, each case once. */
export function mergeQueue(lists: readonly Tables['cases'][][], limit: number): CaseRow[] {
  const byRef = new Map(lists.flat().map((row) => [row.ref, row]))
  return [...byRef.values()]
    .sort((a, b) => a.filed_at - b.filed_at || (a.ref < b.ref ? -1 : 1))
    .slice(0, limit)
    .map(readCaseRow)
}

/** A parked case has no `next_at` until it is released. */
export function dueDeliveriesQuery(
  db: Db,
  now: number,
  limit: number,
): CompiledQuery<Tables['case_deliveries']> {
  return db
    .selectFrom('case_deliveries')
    .selectAll()
    .where(sql<boolean>`state = 'pending'`)
    .where('next_at', 'is not', null)
    .where('next_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cases')
            .select('cases.ref')
            .whereRef('cases.ref', '=', 'case_deliveries.ref')
            .where(IS_PARKED),
        ),
      ),
    )
    .orderBy('next_at')
    .limit(limit)
    .compile()
}

export function lapsingQuery(db: Db, now: number, limit: number): CompiledQuery<Tables['cases']> {
  return db
    .selectFrom('cases')
    .selectAll()
    .where(IS_OPEN)
    .where(NOT_PARKED)
    .where(LAPSES)
    .where('due_at', 'is not', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .compile()
}

export function erasableQuery(db: Db, now: number, limit: number): CompiledQuery<Tables['cases']> {
  return db
    .selectFrom('cases')
    .selectAll()
    .where('erases_at', 'is not', null)
    .where('erases_at', '<=', now)
    .orderBy('erases_at')
    .limit(limit)
    .compile()
}

export function figuresQuery(
  db: Db,
): CompiledQuery<{ unmatchedOpen: number; unmatchedEver: number; parked: number }> {
  return sql<{ unmatchedOpen: number; unmatchedEver: number; parked: number }>`select
    (select count(*) from cases where unmatched = 1 and is_open = 1) as unmatchedOpen,
    (select count(*) from cases where unmatched = 1) as unmatchedEver,
    (select count(*) from cases where is_open = 1 and parked = 1) as parked`.compile(db)
}
