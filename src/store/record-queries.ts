/** Queries over the view of records: by id, by presence, by identifier. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { MatchedKey, RecordRow, SequencedBatch } from '../hub/store.js'
import { bind, inJson, insertRows } from './database.js'
import { eraseListings, forgetListings, putListings } from './directory-queries.js'
import { type FoundRow, found } from './found-record.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>
// The queries of a look-up are compiled once: building and compiling one takes longer than running it.

export function recordsByIdQuery(db: Db): (ids: readonly string[]) => CompiledQuery<FoundRow> {
  const compiled = found(db).where(inJson('records.id', [])).compile()
  return (ids) => bind(compiled, ids)
}

export function recordsPageQuery(db: Db, after: string, limit: number): CompiledQuery<FoundRow> {
  return found(db).where('records.id', '>', after).orderBy('records.id').limit(limit).compile()
}

export function recordsByKeysQuery(
  db: Db,
): (presences: readonly string[], identifiers: readonly string[]) => CompiledQuery<FoundRow> {
  const byPresence = db.selectFrom('presences').select('record').where(inJson('key', []))
  const byIdentifier = db.selectFrom('identifiers').select('record').where(inJson('key', []))
  const compiled = found(db)
    .where('records.id', 'in', byPresence.union(byIdentifier))
    .orderBy('records.id')
    .compile()
  return (presences, identifiers) => bind(compiled, presences, identifiers)
}

export function matchedKeysQuery(db: Db): (presences: readonly string[]) => CompiledQuery<MatchedKey> {
  const compiled = db
    .selectFrom('presences')
    .select(['record', 'key', 'scope'])
    .where(inJson('key', []))
    .$castTo<MatchedKey>()
    .compile()
  return (presences) => bind(compiled, presences)
}

function toRow(row: RecordRow): Tables['records'] {
  const { id, member, mark, level, country, kid, iat, exp } = row
  return {
    id,
    member,
    mark,
    level,
    country,
    idx: row.index,
    kid,
    iat,
    exp,
    latest_iat: row.latestIat,
    status: row.status,
    status_idx: row.statusIndex,
  }
}

const COLUMNS = [
  'id',
  'member',
  'mark',
  'level',
  'country',
  'idx',
  'kid',
  'iat',
  'exp',
  'latest_iat',
  'status',
  'status_idx',
] as const
const REPLACE = sql`on conflict (id) do update set ${sql.join(
  COLUMNS.slice(1).map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
)}`

/** Writes issued and changed records; an issued record's keys and listing replace those it had. */
export function putRecords(
  db: Db,
  { issued, changed }: Pick<SequencedBatch, 'issued' | 'changed'>,
): CompiledQuery[] {
  const ids = issued.map(({ id }) => id)
  const presences = issued.flatMap((record) => record.presences)
  const identifiers = issued.flatMap((record) =>
    record.identifiers.map((key) => ({ key, record: record.id })),
  )
  const forget = (table: 'presences' | 'identifiers') =>
    db.deleteFrom(table).where(inJson('record', ids)).compile()
  return [
    // Before the records themselves, which tell where they are listed.
    ...forgetListings(db, ids),
    ...insertRows(db, 'records', COLUMNS, [...issued, ...changed].map(toRow), REPLACE),
    ...(ids.length > 0 ? [forget('presences'), forget('identifiers')] : []),
    ...insertRows(db, 'presences', ['key', 'record', 'scope'], presences),
    ...insertRows(db, 'identifiers', ['key', 'record'], identifiers),
    ...putListings(db, issued),
  ]
}

export function forgetRecords(db: Db, ids: readonly string[]): CompiledQuery[] {
  if (ids.length === 0) return []
  return [
    ...eraseListings(db, ids),
    db.deleteFrom('records').where(inJson('id', ids)).compile(),
    db.deleteFrom('presences').where(inJson('record', ids)).compile(),
    db.deleteFrom('identifiers').where(inJson('record', ids)).compile(),
  ]
}

export function countsInForceQuery(db: Db, at: number): CompiledQuery<{ member: string; count: number }> {
  return db
    .selectFrom('records')
    .select((eb) => ['member', eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'active')
    .where('exp', '>', at)
    .groupBy('member')
    .compile()
}
