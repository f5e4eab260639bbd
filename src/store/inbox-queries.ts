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
      sql`on conflict (sha256) do update set outcome = null, jws = excluded.jws, received_at = excluded.received_at where outcome is not null`,
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

/** What a refusal says after an erasure: an earlier one may quote the shop or the record that was erased since. */
const FORGOTTEN =
  'The details were removed when a record was erased. Send the statement again, which is safe, to hear them.'

/** Earlier refusals keep their code, and nothing that was quoted with it. */
function forgetDetails(db: Db): CompiledQuery {
  return sql`update inbox set jws = '', outcome = json_object('type', outcome ->> 'type', 'title', outcome ->> 'title',
    'status', outcome ->> 'status', 'code', outcome ->> 'code', 'detail', ${FORGOTTEN}) where outcome is not null`.compile(
    db,
  )
}

/**
 * Accepted statements leave the inbox, for the log has them. Refused ones keep their reason and not their text, which may
 * name a holder who asks to be forgotten meanwhile; who sends one again brings it.
 */
export function settleQueries(
  db: Db,
  { entries, refused, erased }: Pick<SequencedBatch, 'entries' | 'refused' | 'erased'>,
): CompiledQuery[] {
  const accepted = entries.map(({ sha256 }) => sha256)
  return [
    ...(accepted.length > 0 ? [db.deleteFrom('inbox').where(inJson('sha256', accepted)).compile()] : []),
    ...chunkJson(refused.map(({ sha256, problem }) => [sha256, JSON.stringify(problem)])).map((json) =>
      sql`update inbox set outcome = e.value ->> 1, jws = '' from json_each(${json}) as e where inbox.sha256 = e.value ->> 0`.compile(
        db,
      ),
    ),
    // Last, for a refusal of the same round may quote what the round erases.
    ...(erased.entries.length > 0 ? [forgetDetails(db)] : []),
  ]
}
