/** Queries over the view of members and their registers. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Participation } from '../alliance/participation.js'
import type { MemberRow, RegisterRow, SequencedBatch } from '../hub/store.js'
import { inJson, insertRows } from './database.js'
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
  }
}

export function putMembers(db: Db, { members, standings }: Pick<SequencedBatch, 'members' | 'standings'>): CompiledQuery[] {
  const rows = members.map(({ id, index, entity, participation, participationIndex, admission }) => ({
    id,
    idx: index,
    entity,
    participation,
    participation_idx: participationIndex,
    admission,
  }))
  return [
    ...insertRows(
      db,
      'members',
      ['id', 'idx', 'entity', 'participation', 'participation_idx', 'admission'],
      rows,
      sql`on conflict (id) do update set idx = excluded.idx, entity = excluded.entity, participation = excluded.participation,
        participation_idx = excluded.participation_idx, admission = excluded.admission`,
    ),
    ...standings.map(({ member, participation, index }) =>
      db.updateTable('members').set({ participation, participation_idx: index }).where('id', '=', member).compile(),
    ),
  ]
}

export function registersQuery(db: Db, members: readonly string[]): CompiledQuery<Tables['registers']> {
  return db.selectFrom('registers').selectAll().where(inJson('member', members)).compile()
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
