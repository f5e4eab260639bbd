/** `trustmark import`: bytes of an agency's table and its mapping to drafts of records, rejected rows and notes. */
import type { MemberDefinition } from '../../alliance/definition.js'
import { buildDraft, type RecordDraft } from './build-draft.js'
import { findPersonalCell } from './cell-checks.js'
import { type DecodedTable, decodeTable } from './decode.js'
import { noteDrafts } from './draft-notes.js'
import { resolveFactType } from './fact-types.js'
import { formatField } from './fields.js'
import { ImportError } from './import-error.js'
import type { Delimiter, Encoding, Mapping } from './mapping.js'
import { findLostZeros, groupRows, mergeRows } from './merge-rows.js'
import { readScalar, type Scalar } from './read-cell.js'
import { type Column, findCertificate, type ReadRow, readRow, scanPersonal } from './read-row.js'
import { CellRefusal, type Rejection, shorten } from './rejection.js'
import { isSample, rejectSample } from './sample-row.js'
import { formatColumn, parseTable, type Table } from './table.js'

/** A record has at most 20 presences; five times as many rows leave room for repeats, more is a wrong column. */
export const MAX_ROWS_OF_RECORD = 100

export interface ImportOptions {
  /** The day of the import, YYYY-MM-DD: certificates that ended before are not drafted. */
  today: string
  /** The encoding given on the command line; it outranks the mapping and any evidence but a byte order mark. */
  encoding?: Encoding
  /** Whether the member signed its definition, so that the rules of its levels are enforced (default). */
  definitionSigned?: boolean
}

/** Every row below the header that is not empty stands in exactly one draft, or in at least one rejection. */
export interface ImportResult {
  /** In the order of their first rows. */
  drafts: RecordDraft[]
  /** In the order of their first rows. */
  rejected: Rejection[]
  notes: string[]
  encoding: DecodedTable['encoding']
  delimiter: Delimiter
  /** Rows below the header that are not empty. */
  rows: number
}

/**
 * Imports a table. Pure: the same arguments give the same result.
 * @throws {ImportError} when nothing of the file can be read; a bad row only rejects its own certificate
 */
export function importTable(
  bytes: Uint8Array,
  mapping: Mapping,
  definition: MemberDefinition,
  options: ImportOptions,
): ImportResult {
  const defaults = readDefaults(mapping, definition)
  const decoded = decodeTable(bytes, { forced: options.encoding, mapped: mapping.encoding })
  const expected = mapping.columns.map(({ header }) => header)
  const table = parseTable(decoded.text, {
    delimiter: mapping.delimiter,
    headerRow: mapping.headerRow,
    expected,
  })
  const country = defaults.get('country')?.toString() ?? definition.country
  const columns = matchColumns(table, mapping, definition, country)
  const fields = new Map(columns.map(({ field, header }) => [formatField(field, mapping.language), header]))
  const headerOf = (field: string): string | undefined =>
    fields.get(field) ??
    fields.get(`${field}.${mapping.language}`) ??
    [...fields].find(([key]) => key.startsWith(`${field}.`))?.[1]

  const rejected: Rejection[] = []
  const read: ReadRow[] = []
  const spoilt = new Map<string, number[]>()
  const spoil = (certificate: string | undefined, row: number): void => {
    const known = certificate === undefined ? undefined : spoilt.get(certificate)
    if (known) known.push(row)
    else if (certificate !== undefined) spoilt.set(certificate, [row])
  }
  for (const row of table.rows) {
    const outcome = readRow(row, columns, mapping, country)
    if (outcome.read) read.push(outcome.read)
    else {
      rejected.push(...outcome.rejections)
      spoil(outcome.certificate, outcome.row)
    }
  }
  for (const row of table.ragged) {
    rejected.push(...rejectRagged(row, table, country))
    spoil(findCertificate(row, columns, country), row.row)
  }

  const notes = new Set(decoded.notes)
  const groups = groupRows(read)
  const lost = findLostZeros([...groups.keys()])
  const context = {
    defaults,
    definition,
    today: options.today,
    definitionSigned: options.definitionSigned ?? true,
    headerOf,
    note: (text: string) => notes.add(text),
  }
  const drafts: RecordDraft[] = []
  for (const [certificate, rows] of groups) {
    const numbers = rows.map(({ row }) => row)
    const bad = spoilt.get(certificate)
    if (bad) rejected.push(holdBack(certificate, numbers, bad))
    else if (isSample(certificate) && groups.size > 1)
      rejected.push(rejectSample(numbers, headerOf('certificate')))
    else if (rows.length > MAX_ROWS_OF_RECORD)
      rejected.push(rejectCrowd(certificate, numbers, headerOf('certificate')))
    else if (lost.has(certificate))
      rejected.push(rejectLostZero(certificate, numbers, headerOf('certificate')))
    else {
      const { merged, contradictions } = mergeRows(rows, headerOf)
      const { draft, rejections } =
        contradictions.length > 0
          ? { draft: undefined, rejections: contradictions }
          : buildDraft(merged, context)
      rejected.push(...rejections)
      if (draft) drafts.push(draft)
    }
  }
  const duplicates = findDuplicates(drafts, headerOf('presence.url'))
  const twice = new Set(duplicates.flatMap(({ rows }) => rows))
  const kept = drafts.filter(({ rows }) => !rows.some((row) => twice.has(row)))
  const confirmed =
    columns.some(({ field }) => field.name === 'presence.confirmedAt') || defaults.has('presence.confirmedAt')
  for (const note of noteDrafts(kept, options.today, confirmed)) notes.add(note)
  return {
    drafts: kept,
    rejected: [...rejected, ...duplicates].sort((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0)),
    notes: [...notes],
    encoding: decoded.encoding,
    delimiter: table.delimiter,
    rows: table.rows.length + table.ragged.length,
  }
}

/** Defaults are read like cells, so that a wrong one is found once and not in every row. */
function readDefaults(mapping: Mapping, definition: MemberDefinition): Map<string, Scalar> {
  const faults: string[] = []
  const defaults = new Map<string, Scalar>()
  for (const { name, field, text } of mapping.defaults) {
    const factType = resolveFactType(`defaults."${name}"`, field, definition)
    try {
      const value = readScalar(field, text, { calendar: 'gregory', order: 'ymd' }, factType)
      defaults.set(formatField(field, mapping.language), value)
    } catch (error) {
      if (!(error instanceof CellRefusal)) throw error
      faults.push(`defaults."${name}" is "${text}": ${error.message}`)
    }
  }
  if (faults.length > 0) throw new ImportError('bad-mapping', 'The mapping file has faults:', faults)
  return defaults
}

/** Pairs the columns of the file with those of the mapping; both sides must be complete. */
function matchColumns(
  table: Table,
  mapping: Mapping,
  definition: MemberDefinition,
  country: string,
): Column[] {
  // A file without a header row has a shop's data there, which the messages below would repeat.
  const personal = table.headers.findIndex((header) => findPersonalCell(header, country) !== undefined)
  if (personal !== -1)
    throw new ImportError(
      'personal-number',
      `The header row holds what looks like a citizen's number (column ${formatColumn(personal)}). Does the file lack its header row?`,
    )
  const missing = mapping.columns.filter(({ header }) => !table.headers.includes(header))
  if (missing.length > 0)
    throw new ImportError(
      'column-missing',
      `The file lacks columns that the mapping names. It has: ${table.headers.map((header) => `"${shorten(header)}"`).join(', ')}. Missing are:`,
      missing.map(({ header }) => `"${header}"`),
    )
  const unmapped = table.headers.filter(
    (header) => !mapping.columns.some((column) => column.header === header),
  )
  if (unmapped.length > 0)
    throw new ImportError(
      'column-unmapped',
      'The mapping does not say what these columns are. Map each to a field, or to "ignore" if it is not to be published:',
      unmapped.map((header) => `"${shorten(header)}"`),
    )
  return table.headers.flatMap((header, index) => {
    const column = mapping.columns.find((candidate) => candidate.header === header)
    return column
      ? { ...column, index, factType: resolveFactType(`Column "${header}"`, column.field, definition) }
      : []
  })
}

function rejectRagged(row: Table['ragged'][number], table: Table, country: string): Rejection[] {
  const personal = scanPersonal(row, table.headers, country)
  if (personal.length > 0) return personal
  return [
    {
      rows: [row.row],
      code: 'row-ragged',
      reason: `The row has ${row.cells.length} cells, the header ${table.headers.length}`,
      remedy:
        'Look for a delimiter inside a cell that is not in quotation marks, a missing cell, or cells without a header',
    },
  ]
}

function holdBack(certificate: string, rows: number[], bad: readonly number[]): Rejection {
  return {
    rows,
    code: 'held-back',
    reason: `Certificate ${certificate} is one record with row ${bad.slice(0, MAX_ROWS_OF_RECORD).join(', ')}, which is rejected; without it the record would be incomplete`,
    remedy: 'Nothing is wrong here: correct the other row',
  }
}

function rejectCrowd(certificate: string, rows: number[], column: string | undefined): Rejection {
  return {
    rows,
    ...(column !== undefined && { column }),
    code: 'too-many',
    value: certificate,
    reason: `${rows.length} rows bear one certificate number; at most ${MAX_ROWS_OF_RECORD} are read as one record`,
    remedy: 'Check that the mapping names the column of the certificate number',
  }
}

function rejectLostZero(certificate: string, rows: number[], column: string | undefined): Rejection {
  return {
    rows,
    ...(column !== undefined && { column }),
    code: 'lost-leading-zero',
    value: certificate,
    reason:
      'Other certificate numbers in the file begin with 0 and are longer: the spreadsheet probably dropped the zeros here',
    remedy: 'Format the column as text in the spreadsheet, enter the number again and save again',
  }
}

/** A presence that a whole file shares is a wrong column, and a few certificates show it. */
const MAX_CERTIFICATES_SHOWN = 5

/** One mark certifies a presence once: which of two certificates is right only the agency knows. */
function findDuplicates(drafts: readonly RecordDraft[], column: string | undefined): Rejection[] {
  const sharers = new Map<string, RecordDraft[]>()
  for (const draft of drafts)
    for (const key of new Set(draft.presences.flatMap(({ keys }) => keys))) {
      const id = `${draft.mark} ${key}`
      const known = sharers.get(id)
      if (known) known.push(draft)
      else sharers.set(id, [draft])
    }
  return [...sharers].flatMap(([id, sharing]) => {
    if (sharing.length < 2) return []
    const certificates = sharing.slice(0, MAX_CERTIFICATES_SHOWN).map(({ certificate }) => certificate)
    if (sharing.length > certificates.length) certificates.push('more')
    return {
      rows: sharing.flatMap(({ rows }) => rows).sort((a, b) => a - b),
      ...(column !== undefined && { column }),
      code: 'duplicate-presence' as const,
      value: id.slice(id.indexOf(' ') + 1),
      reason: `Certificates ${certificates.join(' and ')} of one mark name the same presence`,
      remedy: 'Keep the certificate in force and leave the other out, or correct the address',
    }
  })
}
