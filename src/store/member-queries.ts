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

export function readRegisterRow({ idx, ...row }: Tables['registers']): RegisterRow {
  return { ...row, index: idx }
}

/** Writes registers with the hub's own count beside the member's: run it after the records of the same batch. */
export function putRegisters(db: Db, registers: SequencedBatch['registers']): CompiledQuery[] {
  return registers.map(({ member, index, at, count, digest }) =>
    sql`insert into registers (member, idx, at, count, digest, counted)
      values (${member}, ${index}, ${at}, ${count}, ${digest},
        (select count(*) from records where member = ${member} and status = 'active' and exp > ${at}))
      on conflict (member) do update set idx = excluded.idx, at = excluded.at, count = excluded.count,
        digest = excluded.digest, counted = excluded.counted`.compile(db),
  )
}
