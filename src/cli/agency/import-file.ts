/** Importing a spreadsheet into a workspace: its rows become drafts, and nothing leaves the folder. */

import { dayOf } from '../../alliance/days.js'
import { decodeTable } from '../import/decode.js'
import { type ImportResult, importTable } from '../import/import-table.js'
import type { Delimiter, Encoding, Mapping } from '../import/mapping.js'
import { findCertificate } from '../import/read-row.js'
import { countRejectedRows } from '../import/report.js'
import { parseTable } from '../import/table.js'
import type { Workspace } from '../workspace.js'
import { isDefinitionSigned } from './application.js'
import { type Drafts, writeDrafts } from './drafts.js'

export interface ImportFileOptions {
  /** Name of the file, for reports. */
  file: string
  /** JWT seconds. */
  now: number
  encoding?: Encoding | undefined
  delimiter?: Delimiter | undefined
  /** Whether rules of the levels are enforced; by default what the application says, and yes without one. */
  definitionSigned?: boolean | undefined
}

/**
 * Imports a file and keeps the result as the workspace's drafts, in place of the import before.
 * @throws ImportError when nothing of the file can be read; then the drafts stay as they were
 */
export function importFile(
  workspace: Workspace,
  bytes: Uint8Array,
  mapping: Mapping,
  options: ImportFileOptions,
): ImportResult {
  const { definition } = workspace
  const { file, now, encoding } = options
  const used = options.delimiter === undefined ? mapping : { ...mapping, delimiter: options.delimiter }
  const result = importTable(bytes, used, definition, {
    today: dayOf(now, definition.calendar.timeZone),
    ...(encoding && { encoding }),
    definitionSigned: options.definitionSigned ?? isDefinitionSigned(workspace) ?? true,
  })
  writeDrafts(workspace, {
    file,
    importedAt: new Date(now * 1000).toISOString(),
    drafts: result.drafts,
    rejected: {
      rows: countRejectedRows(result.rejected),
      ...identifyRejected(workspace, bytes, used, encoding, result),
    },
  })
  return result
}

/**
 * Which certificates the rejected rows are about. A record whose row has a typing error still stands in the file
 * and must never be taken for one that was removed from it: revocation is final.
 */
function identifyRejected(
  { definition }: Workspace,
  bytes: Uint8Array,
  mapping: Mapping,
  forced: Encoding | undefined,
  { rejected }: ImportResult,
): Omit<Drafts['rejected'], 'rows'> {
  if (rejected.length === 0) return { certificates: [], unidentified: [] }
  const table = parseTable(decodeTable(bytes, { forced, mapped: mapping.encoding }).text, {
    delimiter: mapping.delimiter,
    headerRow: mapping.headerRow,
    expected: mapping.columns.map(({ header }) => header),
  })
  const columns = mapping.columns.map((column) => ({
    ...column,
    index: table.headers.indexOf(column.header),
    factType: undefined,
  }))
  const rows = new Map([...table.rows, ...table.ragged].map((row) => [row.row, row]))
  const header = columns.find(({ field }) => field.name === 'certificate')?.header
  const certificates = new Set<string>()
  const unidentified = new Set<number>()
  for (const rejection of rejected) {
    for (const number of rejection.rows) {
      const row = rows.get(number)
      // A number that lost its zeros reads well, as another certificate's.
      const doubtful = rejection.column !== undefined && rejection.column === header
      const certificate = row && !doubtful ? findCertificate(row, columns, definition.country) : undefined
      if (certificate === undefined) unidentified.add(number)
      else certificates.add(certificate)
    }
  }
  return { certificates: [...certificates], unidentified: [...unidentified].sort((a, b) => a - b) }
}
