/** Queries over the directory of certified shops and over addresses that look alike (DESIGN 5, `GET /v1/search`). */
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { DirectoryQuestion, SequencedBatch, StoredListing } from '../hub/store.js'
import { bind, chunkJson, inJson, insertRows } from './database.js'
import { type FoundRow, found } from './found-record.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** Where the setting stands that says how far the directory is filled. */
const PROGRESS = 'directory'

/** Writes the listings of issued records; those they had are gone already. */
export function putListings(db: Db, issued: SequencedBatch['issued']): CompiledQuery[] {
  return [
    ...insertRows(
      db,
      'directory',
      ['rowid', 'name', 'place', 'sector', 'facets'],
      issued.map(({ index, listing: { name, place, sector, facets } }) => ({
        rowid: index,
        name,
        place,
        sector,
        facets,
      })),
    ),
    ...insertRows(
      db,
      'lookalikes',
      ['skeleton', 'record'],
      issued.flatMap(({ id, listing }) => listing.skeletons.map((skeleton) => ({ skeleton, record: id }))),
    ),
  ]
}

/**
 * Takes erased listings out of the index itself. What is only issued again is marked as gone instead, until segments are merged:
 * that is forty times as fast, and a register is renewed by the thousand.
 */
export function eraseListings(db: Db, ids: readonly string[]): CompiledQuery[] {
  const secure = (on: 0 | 1) =>
    sql`insert into directory (directory, rank) values ('secure-delete', ${sql.lit(on)})`.compile(db)
  return ids.length === 0 ? [] : [secure(1), ...forgetListings(db, ids), secure(0)]
}

/** To be run while the records still say where they are listed. */
export function forgetListings(db: Db, ids: readonly string[]): CompiledQuery[] {
  if (ids.length === 0) return []
  const listed = db.selectFrom('records').select('idx').where(inJson('id', ids))
  return [
    db.deleteFrom('directory').where('rowid', 'in', listed).compile(),
    db.deleteFrom('lookalikes').where(inJson('record', ids)).compile(),
  ]
}

/** Lists records again, each only while it is still the one that the listing was made from. */
export function relistQueries(
  db: Db,
  listings: readonly StoredListing[],
  progress: string,
  done: string,
): CompiledQuery[] {
  const rows = listings.map(({ record, index, listing }) => ({ record, index, ...listing }))
  const current = sql<boolean>`exists (select 1 from records where id = one.value ->> 'record' and idx = one.value ->> 'index')`
  return [
    ...chunkJson(rows).flatMap((json) => {
      const each = sql`json_each(${json}) as one where ${current}`
      return [
        sql`delete from directory where rowid in (select one.value ->> 'index' from ${each})`,
        sql`delete from lookalikes where record in (select one.value ->> 'record' from ${each})`,
        sql`insert into directory (rowid, name, place, sector, facets) select one.value ->> 'index', one.value ->> 'name', one.value ->> 'place', one.value ->> 'sector', one.value ->> 'facets' from ${each}`,
        sql`insert into lookalikes (skeleton, record) select skeleton.value, one.value ->> 'record' from json_each(${json}) as one, json_each(one.value, '$.skeletons') as skeleton where ${current}`,
      ].map((query) => query.compile(db))
    }),
    note(db, progress, sql`where settings.value <> ${done}`),
  ]
}

/** What stands in the directory for no record. */
export function dropUnlisted(db: Db): CompiledQuery[] {
  return [
    sql`delete from directory where rowid in (select directory.rowid from directory where not exists (select 1 from records where idx = directory.rowid))`.compile(
      db,
    ),
    sql`delete from lookalikes where not exists (select 1 from records where id = lookalikes.record)`.compile(
      db,
    ),
  ]
}

export function noteDone(db: Db, done: string): CompiledQuery {
  return note(db, done, sql``)
}

function note(db: Db, value: string, condition: RawBuilder<unknown>): CompiledQuery {
  return sql`insert into settings (name, value) values (${PROGRESS}, ${value}) on conflict (name) do update set value = excluded.value ${condition}`.compile(
    db,
  )
}

/**
 * Makes the index of terms anew from the listings. It still has the terms of what was issued again since, until it merges its
 * segments, and in its inner pages single words of what was erased, as signposts.
 */
export function reindex(db: Db): CompiledQuery {
  return sql`insert into directory (directory) values ('rebuild')`.compile(db)
}

/** Whether there are more records than `most`. */
export function moreRecordsQuery(db: Db, most: number): CompiledQuery<{ id: string }> {
  return db.selectFrom('records').select('id').limit(1).offset(most).compile()
}

/** A row of the index, by its place in the directory. */
export interface Match {
  id: string
  idx: number
  /** 0 for the last that was looked at, where it is none in force. */
  fits: 0 | 1
  /** How many were looked at with this one. */
  n: number
}

/** Behind every log index. */
const END = Number.MAX_SAFE_INTEGER

/**
 * Whoever is in force now and matches, newest statement first: of all, or of those before a log index. After `reach` rows of the
 * index it stops, and that row is the last, for hundreds of thousands that lapsed may stand between two in force. Words that are asked
 * by their beginning cost the same however few matches are wanted, so it is asked once for page and count.
 */
export function matchesQuery(
  db: Db,
  { match, levels, distrusted, issuedBy, expiringAfter, reach }: DirectoryQuestion,
  { before = END, limit }: { before?: number | undefined; limit: number },
): CompiledQuery<Match> {
  // In order of the index of terms, where that is asked: SQLite would else gather all matches and sort them.
  const [from, place, matching] =
    match === undefined
      ? [sql`records`, sql`records.idx`, sql`true`]
      : [
          sql`directory cross join records on records.idx = directory.rowid`,
          sql`directory.rowid`,
          sql`directory match ${match}`,
        ]
  const trusted =
    distrusted.length === 0
      ? sql``
      : sql`and not exists (select 1 from json_each(${JSON.stringify(distrusted)}) as key where key.value ->> 'kid' = records.kid and records.idx >= key.value ->> 'from')`
  const fits = sql`records.status = 'active' and records.iat <= ${issuedBy} and records.exp > ${expiringAfter}
    and records.member || '/' || records.mark || '/' || records.level in (select value from json_each(${JSON.stringify(levels)}))
    ${trusted}`
  // Rows are numbered as they come, so nothing is read beyond the last that is wanted.
  const looked = sql`select records.id, records.idx, (${fits}) as fits from ${from} where ${matching} and ${place} < ${before}
    order by ${place} desc limit ${reach}`
  return sql<Match>`select id, idx, fits, n from (select id, idx, fits, row_number() over () as n from (${looked}))
    where fits or n = ${reach} limit ${limit}`.compile(db)
}

export function recordsBySkeletonQuery(
  db: Db,
): (skeletons: readonly string[], limit: number) => CompiledQuery<FoundRow> {
  const compiled = found(db)
    .innerJoin('lookalikes', 'lookalikes.record', 'records.id')
    .where(inJson('lookalikes.skeleton', []))
    .where('records.status', '=', 'active')
    .orderBy('lookalikes.skeleton')
    .orderBy('lookalikes.record')
    .limit(1)
    .compile()
  // The status is a parameter of the compiled query too.
  return (skeletons, limit) => bind(compiled, skeletons, 'active', limit)
}
