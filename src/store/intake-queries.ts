/** What the hub remembers for a short time against abuse: spent assertions, counts by the hour, the salt of the day. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { inJson, insertRows } from './database.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** Fails on its primary key when the assertion was spent before. */
export function spendQueries(db: Db, row: Tables['assertions'], now: number): CompiledQuery[] {
  return [
    db.deleteFrom('assertions').where('expires_at', '<', now).compile(),
    db.insertInto('assertions').values(row).compile(),
  ]
}

/** A bucket that stands several times counts so often. */
export function countQueries(db: Db, hour: number, buckets: readonly string[]): CompiledQuery[] {
  return [
    db.deleteFrom('intake_counts').where('hour', '<', hour).compile(),
    ...insertRows(
      db,
      'intake_counts',
      ['hour', 'bucket', 'count'],
      buckets.map((bucket) => ({ hour, bucket, count: 1 })),
      sql`on conflict (hour, bucket) do update set count = count + 1`,
    ),
  ]
}

export function countsQuery(
  db: Db,
  hour: number,
  buckets: readonly string[],
): CompiledQuery<{ bucket: string; count: number }> {
  return db
    .selectFrom('intake_counts')
    .select(['bucket', 'count'])
    .where('hour', '=', hour)
    .where(inJson('bucket', buckets))
    .compile()
}

export function limitsQuery(db: Db, now: number): CompiledQuery<Tables['intake_limits']> {
  return db.selectFrom('intake_limits').selectAll().where('until', '>', now).compile()
}

export function putLimitQuery(db: Db, row: Tables['intake_limits']): CompiledQuery {
  return db
    .insertInto('intake_limits')
    .values(row)
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ most: row.most, until: row.until }))
    .compile()
}

/** Without the salts of other days nobody can tell any more whose addresses were counted then. */
export function saltQueries(db: Db, day: string, fresh: string): CompiledQuery[] {
  return [
    db.deleteFrom('daily_salts').where('day', '<>', day).compile(),
    db
      .insertInto('daily_salts')
      .values({ day, salt: fresh })
      .onConflict((conflict) => conflict.doNothing())
      .compile(),
  ]
}
