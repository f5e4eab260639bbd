/** Why a row of a spreadsheet is not imported, in words its officer can act on (DESIGN 5, "Command line"). */

/** Stable: reports group by it and scripts switch on it. */
export type RejectionCode =
  | 'row-ragged'
  | 'cell-too-long'
  | 'text-damaged'
  | 'formula'
  | 'spreadsheet-error'
  | 'personal-number'
  | 'missing'
  | 'scientific-number'
  | 'lost-leading-zero'
  | 'decimal-tail'
  | 'bad-certificate'
  | 'bad-identifier'
  | 'bad-date'
  | 'two-digit-year'
  | 'serial-date'
  | 'wrong-calendar'
  | 'bad-value'
  | 'bad-contact'
  | 'bad-presence'
  | 'presence-kind-not-covered'
  | 'unknown-level'
  | 'mark-ended'
  | 'validity-unknown'
  | 'validity-too-long'
  | 'ends-before-start'
  | 'already-expired'
  | 'requirement-not-met'
  | 'too-many'
  | 'contradiction'
  | 'duplicate-presence'
  | 'lookalike'
  | 'sample-row'
  | 'held-back'

/** One reason, with the rows it concerns as the spreadsheet numbers them (the first row of the file is 1). */
export interface Rejection {
  rows: number[]
  /** Header text of the column; absent when the reason lies in no single column. */
  column?: string
  code: RejectionCode
  /** The offending text, shortened; absent where repeating it would spread a person's number. */
  value?: string
  reason: string
  remedy: string
}

/** How much of a cell a report repeats. */
export const MAX_SHOWN = 60

/** Shortens a cell text for a report, whole characters only; what could steer a terminal becomes a dot. */
export function shorten(text: string): string {
  const characters = [...text.replace(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '·')]
  return characters.length <= MAX_SHOWN
    ? characters.join('')
    : `${characters.slice(0, MAX_SHOWN - 1).join('')}…`
}

/** A cell that can't be read. Readers throw it; read-row.ts adds row, column and value. */
export class CellRefusal extends Error {
  override readonly name = 'CellRefusal'
  readonly code: RejectionCode
  readonly remedy: string
  /** False where the cell must not be repeated. */
  readonly showValue: boolean

  constructor(code: RejectionCode, reason: string, remedy: string, showValue = true) {
    super(reason)
    this.code = code
    this.remedy = remedy
    this.showValue = showValue
  }
}
