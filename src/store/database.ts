/** The port to a SQL database: Kysely for reading, one atomic verb for writing (DESIGN 4.1). */
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from './tables.js'

export interface Database {
  readonly kysely: Kysely<Tables>
  /** Runs one reading query. */
  read<R>(query: CompiledQuery<R>): Promise<R[]>
  /**
   * Runs all queries as one transaction, in order; any failure undoes all. A later query sees what an earlier
   * one wrote, but no value reaches JavaScript in between.
   */
  atomic(queries: readonly CompiledQuery[]): Promise<void>
  /**
   * Leaves nothing of what was deleted in any file. Absent where the database has no files of ours.
   * @throws Error when another process reads meanwhile; the next call makes up for it
   */
  scrub?(): Promise<void>
  /**
   * Writes the files anew, without stale copies that moving rows between pages left behind.
   * @returns false for a database too large for that to be done in passing: nothing was done
   */
  rewrite?(): Promise<boolean>
  close(): Promise<void>
}

/** Largest JSON parameter in characters: D1 takes 2 MB per value, and Thai or Japanese needs 3 bytes a character. */
const MAX_JSON_PARAMETER = 600_000

/**
 * Inserts many rows with few parameters: D1 binds at most 100, so rows travel as JSON through `json_each`.
 * @param onConflict SQL behind the insert, such as `ON CONFLICT DO NOTHING`
 * @returns one query for each chunk of at most {@link MAX_JSON_PARAMETER} characters; none for no rows
 */
export function insertRows<T extends keyof Tables & string>(
  kysely: Kysely<Tables>,
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Partial<Tables[T]>[],
  onConflict: RawBuilder<unknown> = sql``,
): CompiledQuery[] {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  // `where true` keeps SQLite's parser from reading ON CONFLICT as a join constraint.
  const values = sql.join(columns.map((column) => sql`value ->> ${sql.lit(column)}`))
  return chunkJson(rows).map((json) =>
    sql`insert into ${sql.table(table)} (${names}) select ${values} from json_each(${json}) where true ${onConflict}`.compile(
      kysely,
    ),
  )
}

/** Splits rows into JSON arrays that each fit one parameter. */
export function chunkJson(rows: readonly unknown[]): string[] {
  const chunks: string[] = []
  let parts: string[] = []
  let length = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (length + text.length > MAX_JSON_PARAMETER && parts.length > 0) {
      chunks.push(`[${parts.join(',')}]`)
      parts = []
      length = 0
    }
    parts.push(text)
    length += text.length + 1
  }
  if (parts.length > 0) chunks.push(`[${parts.join(',')}]`)
  return chunks
}

/** Splits values into lists that each fit one parameter as JSON; one empty list for none. */
export function splitValues(values: readonly string[]): string[][] {
  const lists: string[][] = [[]]
  let length = 0
  for (const value of values) {
    const size = value.length + 3
    if (length + size > MAX_JSON_PARAMETER) {
      lists.push([])
      length = 0
    }
    lists.at(-1)?.push(value)
    length += size
  }
  return lists
}

/** The condition `column in (values)` with one parameter, however many values. */
export function inJson(column: string, values: readonly (string | number)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
}

/** A query that was compiled before its values were known, with these; for {@link inJson} a value is a list. */
export function bind<R>(
  query: CompiledQuery<R>,
  ...values: readonly (number | string | readonly string[])[]
): CompiledQuery<R> {
  return {
    ...query,
    parameters: values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)),
  }
}

/** A query that makes the whole `atomic` list fail unless `condition` holds: json() raises on what is not JSON. */
export function guard(kysely: Kysely<Tables>, condition: RawBuilder<boolean>, name: string): CompiledQuery {
  return sql`select case when ${condition} then 1 else json(${sql.lit(`guard: ${name}`)}) end`.compile(kysely)
}

/**
 * Whether an error says that somebody else was first: a failed {@link guard}, or a checkpoint or setting that exists.
 * No other uniqueness counts: such a conflict would come back in every round, and trying again would never end.
 */
export function isConflict(error: unknown): boolean {
  const text = error instanceof Error ? error.message : ''
  return /UNIQUE constraint failed: (?:checkpoints|settings)\./.test(text) || text.includes('malformed JSON')
}

/**
 * Whether an error says that somebody else was first to write a row of this table: a case that is filed, the next event
 * of a case, or a client assertion that is spent. The caller is told so and never tries again by itself.
 */
export function isTaken(error: unknown, table: 'cases' | 'case_events' | 'assertions'): boolean {
  return error instanceof Error && error.message.includes(`UNIQUE constraint failed: ${table}.`)
}
