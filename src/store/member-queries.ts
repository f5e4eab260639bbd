/** Queries over the view of members and their registers. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Participation } from '../alliance/participation.js'
import type { MemberRow, RegisterRow, SequencedBatch } from '../hub/store.js'
import { bind, inJson, insertRows } from './database.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

export function membersQuery(db: Db): CompiledQuery<Tables['members']> {
  return db.selectFrom('members').selectAll().orderBy('id').compile()
}

export function readMemberRow(row: Tables['members']): MemberRow {
  return {
    id: row.id,
    index: row.idx,
    entity: row.entity,
    participation: row.participation as Participation,
    participationIndex: row.participation_idx,
    admission: row.admission,
    latestIat: row.latest_iat,
  }
}

export function putMembers(
  db: Db,
  { members, standings }: Pick<SequencedBatch, 'members' | 'standings'>,
): CompiledQuery[] {
  const rows = members.map(
    ({ id, index, entity, participation, participationIndex, admission, latestIat }) => ({
      id,
      idx: index,
      entity,
      participation,
      participation_idx: participationIndex,
      admission,
      latest_iat: latestIat,
    }),
  )
  return [
    ...insertRows(
      db,
      'members',
      ['id', 'idx', 'entity', 'participation', 'participation_idx', 'admission', 'latest_iat'],
      rows,
      sql`on conflict (id) do update set idx = excluded.idx, entity = excluded.entity, participation = excluded.participation,
        participation_idx = excluded.participation_idx, admission = excluded.admission,
        latest_iat = excluded.latest_iat`,
    ),
    ...standings.map(({ member, participation, index, latestIat }) =>
      db
        .updateTable('members')
        .set({ participation, participation_idx: index, latest_iat: latestIat })
        .where('id', '=', member)
        .compile(),
    ),
  ]
}

/** Compiled once: every look-up that finds a record asks it. */
export function registersQuery(db: Db): (members: readonly string[]) => CompiledQuery<Tables['registers']> {
  const compiled = db.selectFrom('registers').selectAll().where(inJson('member', [])).compile()
  return (members) => bind(compiled, members)
}

/** What `counted` holds once records of the member were erased: the column was made before that could happen. */
const UNKNOWN_COUNT = -1

export function readRegisterRow({ idx, counted, ...row }: Tables['registers']): RegisterRow {
  return { ...row, index: idx, counted: counted === UNKNOWN_COUNT ? null : counted }
}

export function putRegisters(db: Db, registers: SequencedBatch['registers']): CompiledQuery[] {
  const rows = registers.map(({ index, counted, ...row }) => ({
    ...row,
    idx: index,
    counted: counted ?? UNKNOWN_COUNT,
  }))
  return insertRows(
    db,
    'registers',
    ['member', 'idx', 'at', 'count', 'digest', 'counted'],
    rows,
    sql`on conflict (member) do update set idx = excluded.idx, at = excluded.at, count = excluded.count,
      digest = excluded.digest, counted = excluded.counted`,
  )
}

/** One row for each question, in the order asked. */
export function countEachInForceQuery(
  db: Db,
  questions: readonly { member: string; at: number }[],
): CompiledQuery<{ count: number }> {
  return sql<{ count: number }>`select (select count(*) from records
      where member = q.value ->> 'member' and status = 'active' and exp > q.value ->> 'at') as count
    from json_each(${JSON.stringify(questions)}) as q order by q.key`.compile(db)
}
