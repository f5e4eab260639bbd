/** Text to rows: delimiter, header and spreadsheet row numbers of an agency's table (RFC 4180 and what Excel makes of it). */
import { CsvError, parse } from 'csv-parse/sync'
import { ImportError } from './import-error.js'
import { DELIMITERS, type Delimiter, MAX_COLUMNS, normaliseText } from './mapping.js'

/** The largest register known has some 20,000 marks; ten times that still fits in memory at once. */
export const MAX_ROWS = 200_000

/** A row below the header; `row` is its number in the spreadsheet, where the first row of the file is 1. */
export interface TableRow {
  row: number
  cells: string[]
}

export interface Table {
  delimiter: Delimiter
  /** Normalised header texts, without empty columns at the right end. */
  headers: string[]
  /** Rows with as many cells as there are headers. */
  rows: TableRow[]
  /** Rows with more or fewer cells than there are headers. */
  ragged: TableRow[]
}

export interface TableOptions {
  delimiter?: Delimiter | undefined
  /** Number of the row with the headers; rows above it are titles. */
  headerRow?: number
  /** Header texts that the mapping expects: they settle which of two possible delimiters is meant. */
  expected?: readonly string[]
}

const NAMES: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }

/** Name of a delimiter for people. */
export function formatDelimiter(delimiter: Delimiter): string {
  return NAMES[delimiter]
}

/** A spreadsheet's name of a column: A for 0, AA for 26. */
export function formatColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : formatColumn(Math.floor(index / 26) - 1) + letter
}

/** Excel's own hint in the first line; Excel swallows it, so that it has no row number. */
function takeSeparatorLine(text: string): { body: string; said: Delimiter | undefined } {
  const line = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(text)
  if (!line) return { body: text, said: undefined }
  const said = DELIMITERS.find((delimiter) => delimiter === line[1])
  if (!said)
    throw new ImportError(
      'delimiter-ambiguous',
      `The line "sep=${line[1]}" names a delimiter that is not read. Save the file with comma, semicolon or tab.`,
    )
  return { body: text.slice(line[0].length), said }
}

/** The text of the n-th row; line breaks between quotes belong to a cell. */
function findRow(text: string, n: number): string {
  let quoted = false
  let start = 0
  let row = 1
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') quoted = !quoted
    if (quoted || (char !== '\n' && char !== '\r')) continue
    if (row === n) return text.slice(start, i)
    if (char === '\r' && text[i + 1] === '\n') i++
    start = i + 1
    row++
  }
  return row === n ? text.slice(start) : ''
}

function splitRows(text: string, delimiter: Delimiter, most: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A stray inch sign costs at most its own row; a quote that never closes is refused below.
      relax_quotes: true,
      skip_empty_lines: false,
      to: most,
    })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new ImportError(
      'bad-quotes',
      'A quotation mark opens a cell and never closes, so that the rest of the file would be one cell. Look for a cell that begins with " and double or remove that sign.',
    )
  }
}

/**
 * The delimiter of a header row: the only one outside quotes, or the only one that gives the expected headers.
 * @throws {ImportError} `delimiter-ambiguous`
 */
function detectDelimiter(header: string, expected: readonly string[]): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '')
  const present = DELIMITERS.filter((delimiter) => bare.includes(delimiter))
  const [only] = present
  if (only && present.length === 1) return only
  const fitting = present.filter((delimiter) => {
    const headers = (splitRows(header, delimiter, 1)[0] ?? []).map(normaliseText)
    return expected.length > 0 && expected.every((name) => headers.includes(name))
  })
  const [fits] = fitting
  if (fits && fitting.length === 1) return fits
  const seen = present.map(formatDelimiter).join(' and ') || 'no comma, semicolon or tab'
  throw new ImportError(
    'delimiter-ambiguous',
    `The header row has ${seen} outside quotes, so the delimiter can't be told. Name it in the mapping ("delimiter": ";"), and check "headerRow".`,
  )
}

/**
 * A file that another sign separates has one long header: that is said once, not as every column missing.
 * @throws {ImportError} `delimiter-wrong`
 */
function refuseOtherDelimiter(header: string, named: Delimiter, expected: readonly string[]): void {
  const countFound = (delimiter: Delimiter): number => {
    const headers = (splitRows(header, delimiter, 1)[0] ?? []).map(normaliseText)
    return expected.filter((name) => headers.includes(name)).length
  }
  const found = countFound(named)
  const better = DELIMITERS.find((delimiter) => countFound(delimiter) > found)
  if (better === undefined) return
  const name = formatDelimiter(better)
  throw new ImportError(
    'delimiter-wrong',
    `This file is separated by ${name}${better === '\t' ? '' : ` (${better})`}, but ${formatDelimiter(named)} was named. Give --delimiter ${name}, or correct the mapping to "delimiter": ${JSON.stringify(better)}.`,
  )
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => normaliseText(cell) === '')
}

/**
 * Reads a table. Empty rows are skipped but keep their number, so that numbers agree with the spreadsheet.
 * @throws {ImportError} `delimiter-ambiguous`, `delimiter-wrong`, `header-missing`, `header-twice`, `bad-quotes`, `too-many-rows`
 */
export function parseTable(text: string, options: TableOptions = {}): Table {
  const { body, said } = takeSeparatorLine(text)
  const headerRow = options.headerRow ?? 1
  if (said && options.delimiter && said !== options.delimiter)
    throw new ImportError(
      'delimiter-ambiguous',
      `The file says that a ${formatDelimiter(said)} separates its cells, the mapping says a ${formatDelimiter(options.delimiter)}. Correct the mapping.`,
    )
  const headerText = findRow(body, headerRow)
  if (normaliseText(headerText) === '')
    throw new ImportError(
      'header-missing',
      `Row ${headerRow} should hold the column headers, but it is empty. Set "headerRow" in the mapping.`,
    )
  if (options.delimiter) refuseOtherDelimiter(headerText, options.delimiter, options.expected ?? [])
  const delimiter = said ?? options.delimiter ?? detectDelimiter(headerText, options.expected ?? [])
  const records = splitRows(body, delimiter, headerRow + MAX_ROWS + 1)
  if (records.length > headerRow + MAX_ROWS)
    throw new ImportError(
      'too-many-rows',
      `The table has more than ${MAX_ROWS} rows. Split it by mark or by year.`,
    )

  const filled = records
    .slice(headerRow)
    .map((cells, i) => ({ row: headerRow + 1 + i, cells }))
    .filter(({ cells }) => !isBlank(cells))
  const headers = readHeaders(records[headerRow - 1] ?? [])
  const rows: TableRow[] = []
  const ragged: TableRow[] = []
  for (const row of filled) {
    // Spreadsheets append empty cells up to the widest row of the sheet.
    const fits = row.cells.length >= headers.length && isBlank(row.cells.slice(headers.length))
    if (fits) rows.push({ row: row.row, cells: row.cells.slice(0, headers.length) })
    else ragged.push(row)
  }
  return { delimiter, headers, rows, ragged }
}

function readHeaders(cells: readonly string[]): string[] {
  const headers = cells.map(normaliseText)
  // Cells below an empty header at the right end make their rows ragged, not the file unreadable.
  while (headers.at(-1) === '') headers.pop()
  if (headers.length > MAX_COLUMNS)
    throw new ImportError(
      'header-missing',
      `The header row has ${headers.length} columns; at most ${MAX_COLUMNS} are read.`,
    )
  const unnamed = headers.flatMap((header, i) => (header === '' ? [`column ${formatColumn(i)}`] : []))
  if (unnamed.length > 0)
    throw new ImportError('header-missing', 'Every column needs a header. Without one are:', unnamed)
  const twice = headers.flatMap((header, i) =>
    headers.indexOf(header) === i
      ? []
      : [`columns ${formatColumn(headers.indexOf(header))} and ${formatColumn(i)}`],
  )
  if (twice.length > 0)
    throw new ImportError(
      'header-twice',
      'Each header stands once, so that the mapping is clear. The same are:',
      twice,
    )
  return headers
}
