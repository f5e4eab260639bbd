/** Comparing the tables of two databases row by row, and copying them, whatever their columns are. */
import type BetterSqlite3 from 'better-sqlite3'
import { isListed } from '../hub/directory/fill.js'
import { LISTINGS } from './table-lists.js'

type Raw = BetterSqlite3.Database
type Value = string | number | null

/** A row that is not the same in both: `missing` in the first, `extra` in it, or with other values. */
export interface Difference {
  table: string
  /** Values of its primary key. */
  key: Value[]
  how: 'missing' | 'extra' | 'differs'
  /** The columns that differ. */
  columns?: string[]
}

export interface Comparison {
  /** How many rows are not right, by table; none for tables that are right. */
  counts: Record<string, number>
  /** The first of them. */
  first: Difference[]
  /** Rows of older versions that lack only what those did not keep. */
  filled: number
}

/** Differences that are told one by one: more are one fault, not many. */
export const MAX_TOLD = 20

/**
 * Columns that older versions left empty: a holder's or member's country, and under which member its earlier admissions are
 * filed.
 */
function isUnkept(table: string, column: string, old: Value, row: Record<string, Value>): boolean {
  if (column === 'country') return table === 'entries' ? old === null : table === 'records' && old === ''
  return table === 'entries' && column === 'subject' && old === null && row.kind === 'admission'
}

/** Compares `tables` of `old` with those of `made`, which is right. */
export function compareTables(old: Raw, made: Raw, tables: readonly string[]): Comparison {
  const found: Comparison = { counts: {}, first: [], filled: 0 }
  const report = (difference: Difference): void => {
    found.counts[difference.table] = (found.counts[difference.table] ?? 0) + 1
    if (found.first.length < MAX_TOLD) found.first.push(difference)
  }
  for (const table of tables) {
    if (isUnlisted(old, table)) found.filled += countRows(made, table)
    else compareTable(old, made, table, found, report)
  }
  return found
}

/** Whether a table of listings is not whole yet: the hub overwrites every row of it before it answers from it. */
function isUnlisted(old: Raw, table: string): boolean {
  if (!LISTINGS.some((listing) => listing === table)) return false
  const setting = old.prepare("SELECT value FROM settings WHERE name = 'directory'").pluck().get()
  return !isListed(typeof setting === 'string' ? setting : undefined)
}

function countRows(raw: Raw, table: string): number {
  return raw
    .prepare(`SELECT count(*) FROM ${quoted(table)}`)
    .pluck()
    .get() as number
}

function compareTable(
  old: Raw,
  made: Raw,
  table: string,
  found: Comparison,
  report: (difference: Difference) => void,
): void {
  const { columns, key } = shapeOf(made, table)
  const list = columns.map(quoted).join(', ')
  const where = key.map((column) => `${quoted(column)} = ?`).join(' AND ')
  const oldRow = old.prepare(`SELECT ${list} FROM ${quoted(table)} WHERE ${where}`)
  for (const row of made.prepare(`SELECT ${list} FROM ${quoted(table)}`).iterate() as Iterable<
    Record<string, Value>
  >) {
    const values = key.map((column) => row[column] ?? null)
    const before = oldRow.get(...values) as Record<string, Value> | undefined
    if (!before) {
      report({ table, key: values, how: 'missing' })
      continue
    }
    const other = columns.filter((column) => before[column] !== row[column])
    if (other.length === 0) continue
    if (other.every((column) => isUnkept(table, column, before[column] ?? null, row))) found.filled += 1
    else report({ table, key: values, how: 'differs', columns: other })
  }
  const madeRow = made.prepare(`SELECT 1 FROM ${quoted(table)} WHERE ${where}`)
  const keys = old.prepare(`SELECT ${key.map(quoted).join(', ')} FROM ${quoted(table)}`).raw()
  for (const values of keys.iterate() as Iterable<Value[]>) {
    if (!madeRow.get(...values)) report({ table, key: values, how: 'extra' })
  }
}

/** Replaces the rows of `tables` in `to` with those of `from`, and the counters that give out numbers once only. */
export function copyTables(from: Raw, to: Raw, tables: readonly string[]): void {
  to.transaction(() => {
    for (const table of [...tables].reverse()) to.exec(`DELETE FROM ${quoted(table)}`)
    for (const table of tables) copyTable(from, to, table, shapeOf(to, table).columns)
    to.exec('DELETE FROM sqlite_sequence')
    copyTable(from, to, 'sqlite_sequence', ['name', 'seq'])
  })()
}

function copyTable(from: Raw, to: Raw, table: string, columns: readonly string[]): void {
  const list = columns.map(quoted).join(', ')
  const insert = to.prepare(
    `INSERT INTO ${quoted(table)} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const rows = from.prepare(`SELECT ${list} FROM ${quoted(table)}`).raw()
  for (const row of rows.iterate() as Iterable<Value[]>) insert.run(...row)
}

function shapeOf(raw: Raw, table: string): { columns: string[]; key: string[] } {
  const columns = raw.pragma(`table_info(${quoted(table)})`) as { name: string; pk: number }[]
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const names = columns.map(({ name }) => name)
  // A virtual table tells of no key; each of its rows has a number.
  if (key.length === 0) return { columns: ['rowid', ...names], key: ['rowid'] }
  return { columns: names, key: key.map(({ name }) => name) }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
