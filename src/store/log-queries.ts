/** Queries over the log: head, tiles, entries and the feed. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Head, LoggedStatement, SequencedBatch } from '../hub/store.js'
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

export function insertEntries(db: Db, entries: SequencedBatch['entries']): CompiledQuery[] {
  const rows = entries.map(({ index, jws: _jws, ...entry }) => ({ idx: index, ...entry }))
  const statements = entries.map(({ index, jws }) => ({ idx: index, jws }))
  return [
    ...insertRows(db, 'entries', ['idx', 'at', 'issuer', 'kind', 'sha256', 'jti', 'subject'], rows),
    ...insertRows(db, 'statements', ['idx', 'jws'], statements),
  ]
}

type LoggedRow = Omit<LoggedStatement, 'index'> & { idx: number }

function logged(db: Db) {
  return db
    .selectFrom('entries')
    .leftJoin('statements', 'statements.idx', 'entries.idx')
    .select([
      'entries.idx',
      'entries.at',
      'entries.issuer',
      'entries.kind',
      'entries.sha256',
      'statements.jws as statement',
    ])
}

export function changesQuery(db: Db, after: number, size: number, limit: number): CompiledQuery<LoggedRow> {
  return logged(db)
    .where('entries.idx', '>', after)
    .where('entries.idx', '<', size)
    .orderBy('entries.idx')
    .limit(limit)
    .compile()
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
