/** Write lists of a case: filing, appending, releasing and erasing, each of which is one atomic() (DESIGN 4.1). */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { CaseRow, CaseWrite, DeliveryRow, NotifyRow } from '../hub/cases/case-store.js'
import { coarsenCase, toCaseRow, toDeliveryRow } from './case-rows.js'
import { guard, insertRows } from './database.js'
import { noteNewsQuery } from './mail-queries.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** The tables that hold what is erased with a case. */
const ERASABLE = [
  'case_envelopes',
  'case_messages',
  'case_attachments',
  'case_inbox',
  'case_addresses',
  'case_recoveries',
] as const

const DELIVERY_COLUMNS = [
  'ref',
  'member',
  'role',
  'state',
  'attempts',
  'next_at',
  'since',
  'failure',
  'receipt',
  'receipted_at',
] as const
const REPLACE_DELIVERY = sql`on conflict (ref, member) do update set ${sql.join(
  DELIVERY_COLUMNS.slice(2).map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
)}`

/** Fails on the reference's primary key when the case exists. */
export function fileQueries(db: Db, write: CaseWrite, address: NotifyRow | undefined): CompiledQuery[] {
  const { ref } = write.row
  return [
    db.insertInto('cases').values(toCaseRow(write.row)).compile(),
    ...contentQueries(db, write),
    ...(address
      ? [
          db
            .insertInto('case_addresses')
            .values({ ref, ...address })
            .compile(),
        ]
      : []),
  ]
}

/** The events of a case, without a byte of their messages. */
export function chainQuery(
  db: Db,
  ref: string,
): CompiledQuery<Tables['case_events'] & { bytes: number | null }> {
  return db
    .selectFrom('case_events')
    .leftJoin('case_messages', (join) =>
      join
        .onRef('case_messages.ref', '=', 'case_events.ref')
        .onRef('case_messages.seq', '=', 'case_events.seq'),
    )
    .selectAll('case_events')
    .select('case_messages.bytes')
    .where('case_events.ref', '=', ref)
    .orderBy('case_events.seq')
    .compile()
}

/** Fails on the events' primary key when the case moved on. */
export function appendQueries(db: Db, write: CaseWrite): CompiledQuery[] {
  const { ref, parked } = write.row
  return [
    // Releasing a case changes no event: what was decided on the parked case must not park it again.
    guard(
      db,
      sql<boolean>`not exists (select 1 from cases where ref = ${ref} and parked <> ${Number(parked)})`,
      'released',
    ),
    ...contentQueries(db, write),
    updateCase(db, write.row),
    noteNewsQuery(db, write),
    ...(write.forgetAddress ? [db.deleteFrom('case_addresses').where('ref', '=', ref).compile()] : []),
  ]
}

/** All of a JWE is ASCII: its length in characters is that in bytes. */
function messageRow(ref: string, seq: number, message: string): Tables['case_messages'] {
  return { ref, seq, bytes: message.length, message }
}

function updateCase(db: Db, row: CaseRow): CompiledQuery {
  const { ref, ...rest } = toCaseRow(row)
  return db.updateTable('cases').set(rest).where('ref', '=', ref).compile()
}

function contentQueries(db: Db, write: CaseWrite): CompiledQuery[] {
  const { ref } = write.row
  const messages = write.events.flatMap(({ seq, message }) =>
    message ? [messageRow(ref, seq, JSON.stringify(message))] : [],
  )
  const events = write.events.map(({ message: _message, ...event }) => ({ ref, ...event }))
  return [
    ...insertRows(
      db,
      'case_events',
      ['ref', 'seq', 'at', 'type', 'actor', 'member', 'jws', 'sha256'],
      events,
    ),
    ...insertRows(db, 'case_messages', ['ref', 'seq', 'bytes', 'message'], messages),
    ...(write.envelope
      ? [
          db
            .insertInto('case_envelopes')
            .values({
              ref,
              complaint: JSON.stringify(write.envelope.complaint),
              identity: JSON.stringify(write.envelope.identity),
            })
            .onConflict((conflict) =>
              conflict.column('ref').doUpdateSet((eb) => ({
                complaint: eb.ref('excluded.complaint'),
                identity: eb.ref('excluded.identity'),
              })),
            )
            .compile(),
        ]
      : []),
    ...insertRows(
      db,
      'case_attachments',
      ['ref', 'id', 'bytes', 'sha256', 'stored'],
      (write.attachments ?? []).map(({ id, bytes, sha256 }) => ({ ref, id, bytes, sha256, stored: 0 })),
    ),
    ...insertRows(
      db,
      'case_deliveries',
      DELIVERY_COLUMNS,
      (write.deliveries ?? []).map(toDeliveryRow),
      REPLACE_DELIVERY,
    ),
    ...insertRows(
      db,
      'case_inbox',
      ['member', 'ref', 'role', 'seq'],
      (write.inbox ?? []).map(({ member, role, seq }) => ({ member, ref, role, seq })),
    ),
  ]
}

/** Leaves a delivery alone that was receipted, or that began again, since the sweep read it. */
export function putDeliveryQueries(db: Db, delivery: DeliveryRow): CompiledQuery[] {
  return insertRows(
    db,
    'case_deliveries',
    DELIVERY_COLUMNS,
    [toDeliveryRow(delivery)],
    sql`${REPLACE_DELIVERY} where case_deliveries.state <> 'receipted' and case_deliveries.since = excluded.since`,
  )
}

/** Fails on its guard when there is no such parked case. */
export function releaseQueries(
  db: Db,
  ref: string,
  at: number,
  clock: Pick<CaseRow, 'since' | 'due' | 'dueAt'> | undefined,
): CompiledQuery[] {
  return [
    guard(
      db,
      sql<boolean>`exists (select 1 from cases where ref = ${ref} and parked = 1 and is_open = 1)`,
      'not parked',
    ),
    db
      .updateTable('cases')
      .set({ parked: 0, ...(clock && { since: clock.since, due: clock.due, due_at: clock.dueAt }) })
      .where('ref', '=', ref)
      .compile(),
    db
      .updateTable('case_deliveries')
      .set({ next_at: at, since: at })
      .where('ref', '=', ref)
      .where('state', '=', 'pending')
      .compile(),
    // With their old cursors, members that have read on from there would never see them.
    sql`insert into case_inbox (member, ref, role, seq)
      select member, ref, role, seq from case_inbox where ref = ${ref} order by cursor`.compile(db),
    sql`delete from case_inbox where ref = ${ref}
      and cursor not in (select max(cursor) from case_inbox where ref = ${ref} group by member, seq)`.compile(
      db,
    ),
  ]
}

/** Fails on the events' primary key when the case moved on. */
export function eraseQueries(db: Db, { row, events, inbox = [] }: CaseWrite): CompiledQuery[] {
  const { ref } = row
  const older = events[0]?.seq ?? 0
  return [
    ...ERASABLE.map((table) => db.deleteFrom(table).where('ref', '=', ref).compile()),
    db
      .updateTable('case_events')
      .set({ jws: null, at: monthOf('at') })
      .where('ref', '=', ref)
      .where('seq', '<', older)
      .compile(),
    db
      .updateTable('case_deliveries')
      .set({
        next_at: null,
        since: monthOf('since'),
        failure: null,
        receipt: null,
        receipted_at: monthOf('receipted_at'),
      })
      .where('ref', '=', ref)
      .compile(),
    ...contentQueries(db, { row, events: events.map((event) => ({ ...event, message: null })), inbox }),
    updateCase(db, coarsenCase(row)),
  ]
}

/** A column's time cut to its month, as `startOfMonth` cuts it; null stays null. */
function monthOf(column: 'at' | 'since' | 'receipted_at') {
  return sql<number>`cast(strftime('%s', ${sql.ref(column)} / 1000, 'unixepoch', 'start of month') as integer) * 1000`
}
