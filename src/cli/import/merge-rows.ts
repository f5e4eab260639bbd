/** Rows with one certificate number to one record: what they state together, or where they contradict one another. */
import type { Holder } from '../../record/record.js'
import type { Scalar } from './read-cell.js'
import type { ReadRow, StatedPresence } from './read-row.js'
import { type Rejection, shorten } from './rejection.js'

/** What all rows of one certificate state. */
export interface MergedRows {
  certificate: string
  rows: number[]
  values: Map<string, Scalar>
  /** Cells of dates as they are written, by field. */
  written: Map<string, string>
  presences: StatedPresence[]
  contact: Holder['contact']
  evidence: { kind: string; url: string }[]
}

function addUnique<T>(list: T[], items: readonly T[]): void {
  for (const item of items)
    if (!list.some((known) => JSON.stringify(known) === JSON.stringify(item))) list.push(item)
}

/**
 * Merges the rows of one certificate. An empty cell states nothing, so that only the first row need be complete.
 * @param rows at least one, all with the same certificate number
 * @param headerOf the header of the column that gives a field
 * @returns the merged rows, and the contradictions: with any, the record must not be published
 */
export function mergeRows(
  rows: readonly ReadRow[],
  headerOf: (field: string) => string | undefined,
): { merged: MergedRows; contradictions: Rejection[] } {
  const numbers = rows.map(({ row }) => row)
  const merged: MergedRows = {
    certificate: rows[0]?.certificate ?? '',
    rows: numbers,
    values: new Map(),
    written: new Map(rows.flatMap(({ written }) => [...written]).reverse()),
    presences: [],
    contact: [],
    evidence: [],
  }
  const contradictions: Rejection[] = []
  const contradict = (field: string, one: string, other: string, at: readonly [number, number]): void => {
    if (contradictions.some(({ column }) => column === (headerOf(field) ?? field))) return
    contradictions.push({
      rows: numbers,
      column: headerOf(field) ?? field,
      code: 'contradiction',
      reason: `The rows of certificate ${merged.certificate} are one record, but row ${at[0]} says "${shorten(one)}" and row ${at[1]} says "${shorten(other)}"`,
      remedy: 'Correct the wrong row, or give the rows different certificate numbers',
    })
  }

  const statedIn = new Map<string, number>()
  for (const { row, values, presences, contact, evidence } of rows) {
    for (const [field, value] of values) {
      const known = merged.values.get(field)
      if (known === undefined) {
        merged.values.set(field, value)
        statedIn.set(field, row)
      } else if (known !== value)
        contradict(field, String(known), String(value), [statedIn.get(field) ?? row, row])
    }
    for (const stated of presences) {
      const known = merged.presences.find(({ presence }) =>
        presence.keys.some((key) => stated.presence.keys.includes(key)),
      )
      if (!known) {
        merged.presences.push({ ...stated })
        continue
      }
      for (const key of ['scope', 'confirmedAt'] as const) {
        const [one, other] = [known[key], stated[key]]
        known[key] ??= other
        if (one !== undefined && other !== undefined && one !== other)
          contradict(`presence.${key}`, one, other, [known.row, row])
      }
    }
    addUnique(merged.contact, contact)
    addUnique(merged.evidence, evidence)
  }
  return { merged, contradictions }
}

/** Groups what was read by certificate number, in the order of the first row of each. */
export function groupRows(rows: readonly ReadRow[]): Map<string, ReadRow[]> {
  const groups = new Map<string, ReadRow[]>()
  for (const row of rows) {
    const group = groups.get(row.certificate)
    if (group) group.push(row)
    else groups.set(row.certificate, [row])
  }
  return groups
}

/**
 * Certificate numbers that are shorter than all others although the others keep a leading zero: the spreadsheet
 * took them for quantities.
 */
export function findLostZeros(certificates: readonly string[]): Set<string> {
  const numeric = certificates.filter((certificate) => /^\d+$/.test(certificate))
  const zeroed = numeric.filter((certificate) => certificate.startsWith('0'))
  const width = Math.max(0, ...new Set(zeroed.map((certificate) => certificate.length)))
  const uniform = zeroed.every((certificate) => certificate.length === width)
  return new Set(uniform ? numeric.filter((certificate) => certificate.length < width) : [])
}
