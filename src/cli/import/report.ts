/** The summary of an import for the officer who ran it: what will be signed, and what to correct in which row. */
import type { ImportResult } from './import-table.js'
import type { Rejection } from './rejection.js'
import { formatDelimiter } from './table.js'

/** More row numbers than this say no more: the first ones lead there. */
const MAX_ROWS_SHOWN = 20

function formatRows(rows: readonly number[]): string {
  const shown = rows.slice(0, MAX_ROWS_SHOWN).join(', ')
  const more = rows.length - MAX_ROWS_SHOWN
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${more > 0 ? ` and ${more} more` : ''}`
}

/**
 * One rejection as one line.
 * @example row 14, column "เลขทะเบียน": A number of scheme th-juristic … Given: "105548060561". Format the column …
 */
export function formatRejection({ rows, column, value, reason, remedy }: Rejection): string {
  const where = column === undefined ? formatRows(rows) : `${formatRows(rows)}, column "${column}"`
  const given = value === undefined ? '' : ` Given: "${value}".`
  return `${where}: ${reason}.${given} ${remedy}.`
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** Distinct spreadsheet rows that rejections name. */
export function countRejectedRows(rejected: readonly Rejection[]): number {
  return new Set(rejected.flatMap(({ rows }) => rows)).size
}

/**
 * The whole report as plain text: counts, notes, then the rejections grouped by reason, most frequent first.
 * @param file the name of the imported file, for the first line
 */
export function formatReport(result: ImportResult, file: string): string {
  const { drafts, rejected, notes, encoding, delimiter, rows } = result
  const draftRows = drafts.reduce((sum, draft) => sum + draft.rows.length, 0)
  const presences = drafts.reduce((sum, draft) => sum + draft.presences.length, 0)
  const lines = [
    `${file}: ${count(rows, 'row', 'rows')}, read as ${encoding}, cells separated by ${formatDelimiter(delimiter)}`,
    `  ready to sign: ${count(drafts.length, 'record', 'records')} with ${count(presences, 'presence', 'presences')} from ${count(draftRows, 'row', 'rows')}`,
    `  rejected: ${count(countRejectedRows(rejected), 'row', 'rows')}`,
    ...notes.map((note) => `  note: ${note}`),
  ]
  const groups = new Map<string, Rejection[]>()
  for (const rejection of rejected) {
    const group = groups.get(rejection.code)
    if (group) group.push(rejection)
    else groups.set(rejection.code, [rejection])
  }
  for (const [code, group] of [...groups].sort((a, b) => b[1].length - a[1].length))
    lines.push(
      '',
      `${code} (${group.length})`,
      ...group.map((rejection) => `  ${formatRejection(rejection)}`),
    )
  return `${lines.join('\n')}\n`
}
