/** One row of a spreadsheet to the values it states; every cell that can't be read becomes a rejection of its row. */
import type { Presence } from '../../record/presence.js'
import type { Holder } from '../../record/record.js'
import { checkCell, findPersonalCell, isEmptyCell } from './cell-checks.js'
import { type FactType, type Field, formatField, isDateField } from './fields.js'
import { type ColumnMapping, type DateStyle, type Mapping, normaliseText } from './mapping.js'
import { readCertificate } from './numbers.js'
import { readContact, readPresence, readScalar, readUrl, type Scalar, translate } from './read-cell.js'
import { CellRefusal, type Rejection, shorten } from './rejection.js'
import type { TableRow } from './table.js'

/** A column of the file at hand: its mapping, its place, and the type of its fact where it is one. */
export interface Column extends ColumnMapping {
  index: number
  factType: FactType | undefined
}

/** A presence with what its own row says about it. */
export interface StatedPresence {
  presence: Presence
  scope: string | undefined
  confirmedAt: string | undefined
  /** The cell of `confirmedAt` as it is written. */
  confirmedText: string | undefined
  row: number
}

/** What a row states. `values` is keyed by field name; empty cells are absent. */
export interface ReadRow {
  row: number
  certificate: string
  values: Map<string, Scalar>
  /** Cells of dates as they are written, by field: an officer looks for that, not for the ISO date. */
  written: Map<string, string>
  presences: StatedPresence[]
  contact: Holder['contact']
  evidence: { kind: string; url: string }[]
}

/** A row that could be read, or why not. `certificate` is known even of a bad row, if that cell was good. */
export type RowOutcome =
  | { read: ReadRow }
  | { read?: undefined; row: number; certificate: string | undefined; rejections: Rejection[] }

/** Only a mapping without date columns has no style; its defaults are ISO dates. */
const ISO: DateStyle = { calendar: 'gregory', order: 'ymd' }

/** Cells that may state several things do so on lines of their own. */
function splitLines(cell: string, field: Field): string[] {
  const several =
    field.name === 'presence.url' || field.name === 'evidence' || field.name === 'holder.contact'
  // An address is one thing on several lines.
  const address = field.name === 'holder.contact' && field.kind === 'address'
  const lines = several && !address ? cell.split(/[\r\n]+/) : [cell]
  return lines.filter((line) => !isEmptyCell(line)).map(normaliseText)
}

/** The country that the row is about, for telling citizens' numbers from others. */
function findCountry(cells: readonly string[], columns: readonly Column[], fallback: string): string {
  const column = columns.find(({ field }) => field.name === 'country')
  const text = normaliseText(cells[column?.index ?? -1] ?? '')
  const country = column?.values?.get(text) ?? text
  return /^[A-Z]{2}$/.test(country) ? country : fallback
}

/**
 * Scans a whole row, ignored columns too. The rejections repeat no cell of the row.
 * @param headers header texts by column; a ragged row may have more cells than headers
 */
export function scanPersonal(row: TableRow, headers: readonly string[], country: string): Rejection[] {
  return row.cells.flatMap((cell, i) => {
    const found = findPersonalCell(cell, country)
    if (found === undefined) return []
    const header = headers[i]
    return {
      rows: [row.row],
      ...(header !== undefined && { column: header }),
      code: 'personal-number' as const,
      reason: `The cell holds what looks like a ${found}, which is never published and is not repeated here`,
      remedy: 'Remove it from the file; for a natural person leave the register number empty',
    }
  })
}

/**
 * The certificate number of a row that is rejected, so that the rest of its record can be held back; undefined if
 * that cell itself can't be read or holds a citizen's number.
 */
export function findCertificate(
  row: TableRow,
  columns: readonly Column[],
  country: string,
): string | undefined {
  const column = columns.find(({ field }) => field.name === 'certificate')
  const cell = normaliseText(row.cells[column?.index ?? -1] ?? '')
  if (cell === '' || findPersonalCell(cell, country) !== undefined) return undefined
  try {
    return readCertificate(cell)
  } catch (error) {
    if (error instanceof CellRefusal) return undefined
    throw error
  }
}

/**
 * Reads a row.
 * @param country the country assumed where the row names none
 */
export function readRow(
  row: TableRow,
  columns: readonly Column[],
  mapping: Mapping,
  country: string,
): RowOutcome {
  const about = findCountry(row.cells, columns, country)
  const headers = columns.map((column) => column.header)
  const personal = scanPersonal(row, headers, about)
  // Whatever else is wrong with the row is not said: a message could repeat the number in another guise.
  if (personal.length > 0)
    return { row: row.row, certificate: findCertificate(row, columns, about), rejections: personal }

  const read: ReadRow = {
    row: row.row,
    certificate: '',
    values: new Map(),
    written: new Map(),
    presences: [],
    contact: [],
    evidence: [],
  }
  const presences: Presence[] = []
  const rejections: Rejection[] = []
  const dates = mapping.dates ?? ISO
  for (const { field, header, index, values, factType } of columns) {
    const cell = row.cells[index] ?? ''
    if (field.name === 'ignore' || isEmptyCell(cell)) continue
    try {
      checkCell(cell, field)
      for (const line of splitLines(cell, field)) {
        const text = translate(line, values)
        if (text === '') continue
        if (field.name === 'presence.url') presences.push(readPresence(text))
        else if (field.name === 'holder.contact')
          read.contact.push({ kind: field.kind, value: readContact(field.kind, text, about) })
        else if (field.name === 'evidence')
          read.evidence.push({ kind: field.kind, url: readUrl(text, ['https:']) })
        else read.values.set(formatField(field, mapping.language), readScalar(field, text, dates, factType))
        if (isDateField(field)) read.written.set(formatField(field, mapping.language), text)
      }
    } catch (error) {
      if (!(error instanceof CellRefusal)) throw error
      const { code, message, remedy, showValue } = error
      const value = showValue ? { value: shorten(normaliseText(cell)) } : {}
      rejections.push({ rows: [row.row], column: header, code, ...value, reason: message, remedy })
    }
  }

  const certificate = read.values.get('certificate')
  const certificateColumn = columns.find(({ field }) => field.name === 'certificate')?.header
  if (certificate === undefined && !rejections.some(({ column }) => column === certificateColumn))
    rejections.push({
      rows: [row.row],
      ...(certificateColumn !== undefined && { column: certificateColumn }),
      code: 'missing',
      reason: 'The row has no certificate number',
      remedy: 'Give it one; where cells were merged, repeat the number in every row',
    })
  if (typeof certificate !== 'string' || rejections.length > 0)
    return {
      row: row.row,
      certificate: typeof certificate === 'string' ? certificate : undefined,
      rejections,
    }

  const [scope, confirmedAt] = ['presence.scope', 'presence.confirmedAt'].map((key) =>
    read.values.get(key)?.toString(),
  )
  for (const key of ['certificate', 'presence.scope', 'presence.confirmedAt']) read.values.delete(key)
  read.certificate = certificate
  const confirmedText = read.written.get('presence.confirmedAt')
  read.presences = presences.map((presence) => ({
    presence,
    scope,
    confirmedAt,
    confirmedText,
    row: row.row,
  }))
  return { read }
}
