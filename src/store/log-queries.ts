/** Queries over the log: head, tiles, entries and the feed. */
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type {
  ChangeFilter,
  Erased,
  FiledEntry,
  Head,
  LoggedStatement,
  LogKeyRow,
  SequencedBatch,
} from '../hub/store.js'
import type { Tile, TileId } from '../log/tile.js'
import { decodeBase64url, encodeBase64url } from '../trust/json.js'
import { bind, guard, inJson, insertRows } from './database.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** Less than any size: what comes before the first checkpoint. */
export const NO_CHECKPOINT = -1

/** The newest checkpoint, unless it is the one of the size `known`. Compiled once: every look-up asks it. */
export function newHeadQuery(db: Db): (known: number) => CompiledQuery<Tables['checkpoints']> {
  const compiled = db
    .selectFrom('checkpoints')
    .selectAll()
    .where('size', '=', (eb) => eb.selectFrom('checkpoints').select((max) => max.fn.max('size').as('size')))
    .where('size', '<>', NO_CHECKPOINT)
    .compile()
  return (known) => bind(compiled, known)
}

export function readHeadRow(row: Tables['checkpoints']): Head {
  return { size: row.size, root: row.root, note: row.note, at: row.at, rosterSize: row.roster_size }
}

export function insertCheckpoint(db: Db, head: Head, previousSize: number): CompiledQuery {
  return db
    .insertInto('checkpoints')
    .values({
      size: head.size,
      prev_size: previousSize,
      root: head.root,
      note: head.note,
      at: head.at,
      roster_size: head.rosterSize,
    })
    .compile()
}

/** Replaces the note of a checkpoint that is still the newest and still has the note that was read. */
export function resignQueries(db: Db, head: Head, note: string): CompiledQuery[] {
  return [
    guard(
      db,
      sql<boolean>`(select size = ${head.size} and note = ${head.note} from checkpoints order by size desc limit 1)`,
      'head moved',
    ),
    db.updateTable('checkpoints').set({ note }).where('size', '=', head.size).compile(),
  ]
}

/** Refusals were decided on a head too; if it moved, they are decided again. */
export function headIs(db: Db, size: number): CompiledQuery {
  return guard(db, sql<boolean>`(select max(size) from checkpoints) = ${size}`, 'head moved')
}

export function tilesQuery(db: Db, ids: readonly TileId[]): CompiledQuery<Tables['tiles']> {
  return sql<Tables['tiles']>`select level, idx, hashes from tiles
    where (level, idx) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(ids.map(({ level, index }) => [level, index]))}))`.compile(
    db,
  )
}

/** Tiles in the order asked for; one that is missing comes back empty, which the tree code refuses by name. */
export function readTileRows(ids: readonly TileId[], rows: readonly Tables['tiles'][]): Uint8Array[] {
  const found = new Map(rows.map((row) => [`${row.level}/${row.idx}`, row.hashes]))
  return ids.map(({ level, index }) => decodeBase64url(found.get(`${level}/${index}`) ?? '', 'A stored tile'))
}

export function putTiles(db: Db, tiles: readonly Tile[]): CompiledQuery[] {
  const rows = tiles.map(({ level, index, bytes }) => ({ level, idx: index, hashes: encodeBase64url(bytes) }))
  return insertRows(
    db,
    'tiles',
    ['level', 'idx', 'hashes'],
    rows,
    sql`on conflict (level, idx) do update set hashes = excluded.hashes`,
  )
}

/** Stands, with the index behind it, where a jti is not known yet; the blank in it keeps it from being one. */
const UNKNOWN_JTI = 'erased '

export function insertEntries(db: Db, entries: SequencedBatch['entries']): CompiledQuery[] {
  const rows = entries.map(({ index, jws: _jws, jti, ...entry }) => ({
    idx: index,
    ...entry,
    jti: jti ?? `${UNKNOWN_JTI}${index}`,
  }))
  const statements = entries.flatMap(({ index, jws }) => (jws === null ? [] : { idx: index, jws }))
  return [
    ...insertRows(
      db,
      'entries',
      ['idx', 'at', 'issuer', 'kind', 'sha256', 'jti', 'subject', 'country'],
      rows,
    ),
    ...insertRows(db, 'statements', ['idx', 'jws'], statements),
  ]
}

type LoggedRow = Omit<LoggedStatement, 'index'> & { idx: number }

function logged(db: Db) {
  return db
    .selectFrom('entries')
    .leftJoin('statements', 'statements.idx', 'entries.idx')
    .leftJoin('erasures', 'erasures.idx', 'entries.idx')
    .select([
      'entries.idx',
      'entries.at',
      'entries.issuer',
      'entries.kind',
      'entries.sha256',
      'statements.jws as statement',
      'erasures.by_idx as erasedBy',
    ])
}

/**
 * Entries of a range, in order. Which they are is found first, from one index, and only those are joined with their statements:
 * an index that is not in log order is sorted before it is cut, and would else bring the statements of the whole range.
 */
export function changesQuery(
  db: Db,
  after: number,
  size: number,
  limit: number,
  filter?: ChangeFilter,
): CompiledQuery<LoggedRow> {
  const wanted = db
    .selectFrom('entries')
    .select('idx')
    .where('idx', '>', after)
    .where('idx', '<', size)
    .$if(filter !== undefined, (query) => query.where(passes(filter ?? {})))
    .orderBy('idx')
    .limit(limit)
  return logged(db).where('entries.idx', 'in', wanted).orderBy('entries.idx').compile()
}

function passes({ members, kinds, countries, current }: ChangeFilter): RawBuilder<boolean> {
  const conditions = [
    ...(members ? [inJson('entries.issuer', members)] : []),
    ...(kinds ? [inJson('entries.kind', kinds)] : []),
    ...(countries
      ? [sql<boolean>`(entries.country is null or ${inJson('entries.country', countries)})`]
      : []),
    ...(current ? [isCurrent] : []),
  ]
  return conditions.length > 0 ? sql<boolean>`${sql.join(conditions, sql` and `)}` : sql<boolean>`true`
}

/**
 * Entries that the views rest on: each record with the last change of its status, members, registers, the log's
 * keys; and erasures, for whoever keeps the current state must hear of them. The signs before `kind` keep SQLite from looking up every entry of every kind in the index.
 */
const isCurrent = sql<boolean>`(
  (+entries.kind = 'record' and exists (select 1 from records where id = entries.subject and idx = entries.idx))
  or (+entries.kind = 'status' and exists (select 1 from records where id = entries.subject and status_idx = entries.idx))
  or (+entries.kind = 'register' and exists (select 1 from registers where member = entries.issuer and idx = entries.idx))
  or (+entries.kind in ('admission', 'standing')
    and exists (select 1 from members where idx = entries.idx or participation_idx = entries.idx))
  or +entries.kind in ('erasure', 'log-key'))`

/** Forgets what these entries said and whom they were about; their lines stay, and their jti, which a late copy learns here. */
export function eraseEntries(db: Db, erased: Erased['entries']): CompiledQuery[] {
  if (erased.length === 0) return []
  const indices = erased.map(({ index }) => index)
  return [
    db.deleteFrom('statements').where(inJson('idx', indices)).compile(),
    db.updateTable('entries').set({ subject: null, country: null }).where(inJson('idx', indices)).compile(),
    ...insertRows(
      db,
      'erasures',
      ['idx', 'by_idx'],
      erased.map(({ index, by }) => ({ idx: index, by_idx: by })),
    ),
    ...learnJtis(db, erased),
  ]
}

/** Pairs of index and jti that one parameter holds. */
const LEARNT_AT_ONCE = 10_000

function learnJtis(db: Db, erased: Erased['entries']): CompiledQuery[] {
  const learnt = erased.flatMap(({ index, jti }) => (jti === undefined ? [] : [[index, jti] as const]))
  const queries: CompiledQuery[] = []
  for (let at = 0; at < learnt.length; at += LEARNT_AT_ONCE) {
    const pairs = JSON.stringify(learnt.slice(at, at + LEARNT_AT_ONCE))
    queries.push(
      sql`update entries set jti = learnt.value ->> 1 from json_each(${pairs}) as learnt
        where entries.idx = learnt.value ->> 0`.compile(db),
    )
  }
  return queries
}

type FiledRow = Omit<FiledEntry, 'index' | 'jti' | 'erased'> & {
  idx: number
  jti: string
  by_idx: number | null
}

export function filedQuery(
  db: Db,
  by: { indices: readonly number[] } | { subjects: readonly string[] },
): CompiledQuery<FiledRow> {
  const which = 'indices' in by ? inJson('entries.idx', by.indices) : inJson('entries.subject', by.subjects)
  return db
    .selectFrom('entries')
    .leftJoin('erasures', 'erasures.idx', 'entries.idx')
    .select(['entries.idx', 'entries.issuer', 'entries.kind', 'entries.subject', 'entries.jti'])
    .select('erasures.by_idx')
    .where(which)
    .orderBy('entries.idx')
    .compile()
}

export function readFiledRow({ idx, by_idx, jti, ...row }: FiledRow): FiledEntry {
  return { ...row, index: idx, jti: jti.startsWith(UNKNOWN_JTI) ? null : jti, erased: by_idx !== null }
}

/** Entries without a statement that no erasure explains. */
export function withheldQuery(db: Db, limit: number): CompiledQuery<{ idx: number }> {
  return db
    .selectFrom('entries')
    .select('idx')
    .where('idx', 'not in', db.selectFrom('statements').select('idx'))
    .where('idx', 'not in', db.selectFrom('erasures').select('idx'))
    .orderBy('idx')
    .limit(limit)
    .compile()
}

/** The newest erasure. One is logged only when it takes effect. */
export function lastErasureQuery(db: Db): CompiledQuery<{ idx: number }> {
  return db
    .selectFrom('entries')
    .select('idx')
    .where('kind', '=', 'erasure')
    .orderBy('idx', 'desc')
    .limit(1)
    .compile()
}

export function logKeysQuery(db: Db): CompiledQuery<Tables['log_keys']> {
  return db.selectFrom('log_keys').selectAll().orderBy('idx').orderBy('vkey').compile()
}

export function readLogKeyRow({ vkey, idx, retired }: Tables['log_keys']): LogKeyRow {
  return { vkey, index: idx, retired: retired === 1 }
}

export function putLogKeys(db: Db, keys: readonly LogKeyRow[]): CompiledQuery[] {
  return insertRows(
    db,
    'log_keys',
    ['vkey', 'idx', 'retired'],
    keys.map(({ vkey, index, retired }) => ({ vkey, idx: index, retired: retired ? 1 : 0 })),
    sql`on conflict (vkey) do update set retired = excluded.retired`,
  )
}

export function historyQuery(db: Db, record: string): CompiledQuery<LoggedRow> {
  return logged(db).where('entries.subject', '=', record).orderBy('entries.idx').compile()
}

/** Newest first. An admission is filed under its member, whose id no record has. */
export function admissionsQuery(db: Db, member: string, limit: number): CompiledQuery<LoggedRow> {
  return logged(db)
    .where('entries.subject', '=', member)
    .orderBy('entries.idx', 'desc')
    .limit(limit)
    .compile()
}

export function readLoggedRow({ idx, ...row }: LoggedRow): LoggedStatement {
  return { index: idx, ...row }
}

export function usedJtisQuery(
  db: Db,
  pairs: readonly (readonly [string, string])[],
): CompiledQuery<{ issuer: string; jti: string }> {
  return sql<{ issuer: string; jti: string }>`select issuer, jti from entries
    where (issuer, jti) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)}))`.compile(
    db,
  )
}

export function loggedIndexQuery(
  db: Db,
  sha256s: readonly string[],
): CompiledQuery<{ sha256: string; idx: number }> {
  return db.selectFrom('entries').select(['sha256', 'idx']).where(inJson('sha256', sha256s)).compile()
}
