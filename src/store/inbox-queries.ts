/** Queries over the inbox: statements that wait for their place in the log, and refusals that can be asked for. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { SequencedBatch } from '../hub/store.js'
import { chunkJson, inJson, insertRows } from './database.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** A statement refused earlier waits again, for the state may have changed; one that waits is left alone. */
export function receiveQueries(
  db: Db,
  statements: readonly { sha256: string; jws: string }[],
  at: number,
  forget: number,
): CompiledQuery[] {
  const rows = statements.map(({ sha256, jws }) => ({ sha256, jws, received_at: at }))
  return [
    db.deleteFrom('inbox').where('outcome', 'is not', null).where('received_at', '<', forget).compile(),
    ...insertRows(
      db,
      'inbox',
      ['sha256', 'jws', 'received_at'],
      rows,
      sql`on conflict (sha256) do update set outcome = null, received_at = excluded.received_at where outcome is not null`,
    ),
  ]
}

export function pendingQuery(db: Db, limit: number): CompiledQuery<{ sha256: string; jws: string }> {
  return db
    .selectFrom('inbox')
    .select(['sha256', 'jws'])
    .where('outcome', 'is', null)
    .orderBy('id')
    .limit(limit)
    .compile()
}

export function waitingQuery(db: Db, sha256s: readonly string[]): CompiledQuery<{ id: number }> {
  return db
    .selectFrom('inbox')
    .select('id')
    .where(inJson('sha256', sha256s))
    .where('outcome', 'is', null)
    .limit(1)
    .compile()
}

export function refusalsQuery(
  db: Db,
  sha256s: readonly string[],
): CompiledQuery<{ sha256: string; outcome: string }> {
  return db
    .selectFrom('inbox')
    .select(['sha256', 'outcome'])
    .where(inJson('sha256', sha256s))
    .where('outcome', 'is not', null)
    .$castTo<{ sha256: string; outcome: string }>()
    .compile()
}

/** Accepted statements leave the inbox, for the log has them; refused ones keep their reason. */
export function settleQueries(
  db: Db,
  { entries, refused }: Pick<SequencedBatch, 'entries' | 'refused'>,
): CompiledQuery[] {
  const accepted = entries.map(({ sha256 }) => sha256)
  return [
    ...(accepted.length > 0 ? [db.deleteFrom('inbox').where(inJson('sha256', accepted)).compile()] : []),
    ...chunkJson(refused.map(({ sha256, problem }) => [sha256, JSON.stringify(problem)])).map((json) =>
      sql`update inbox set outcome = e.value ->> 1 from json_each(${json}) as e where inbox.sha256 = e.value ->> 0`.compile(
        db,
      ),
    ),
  ]
}
