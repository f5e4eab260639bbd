/** What every cell is checked for before anything reads it: citizens' numbers, damage, formulas, spreadsheet errors. */
import { findPersonalNumber } from '../../record/personal-number.js'
import { findDamage } from './damage.js'
import type { Field } from './fields.js'
import { CellRefusal } from './rejection.js'

/** A page of prose; a longer cell is a pasted document or a quotation mark that swallowed its neighbours. */
export const MAX_CELL_LENGTH = 2000

/** No state numbers its citizens with fewer digits, so that shorter cells (most of them) are passed over quickly. */
const FEWEST_PERSONAL_DIGITS = 7

/** Kind of citizen's number in a cell, never the number. `country` is the one the row is about. */
export function findPersonalCell(cell: string, country: string): string | undefined {
  const digits = cell.match(/[0-9๐-๙０-９]/g)?.length ?? 0
  return digits < FEWEST_PERSONAL_DIGITS ? undefined : findPersonalNumber(cell, country)?.name
}

/** A lone dash or dot is how people leave a cell empty. */
export function isEmptyCell(cell: string): boolean {
  return /^[\s\u200b\ufeff]*[-–—―‐.]?[\s\u200b\ufeff]*$/u.test(cell)
}

/** Signs at the start of a cell that make a spreadsheet run it, also in full width. */
const FORMULA = /^[\s']*[=+\-@＝＋－＠]/u

function looksLikeFormula(text: string, field: Field): boolean {
  if (!FORMULA.test(text)) return false
  if (field.name === 'holder.contact' && field.kind === 'phone')
    return !/^\s*[+＋][0-9๐-๙０-９ ().-]+$/.test(text)
  if (field.name === 'presence.url') return !/^@[\w.-]+$/.test(text)
  return !(field.name === 'fact' && /^-\d+(\.\d+)?$/.test(text))
}

/**
 * Checks the text of a cell that is going to be published.
 * @throws {CellRefusal} `cell-too-long`, `text-damaged`, `spreadsheet-error`, `formula`
 */
export function checkCell(text: string, field: Field): void {
  if (text.length > MAX_CELL_LENGTH)
    throw new CellRefusal(
      'cell-too-long',
      `The cell has ${text.length} characters; at most ${MAX_CELL_LENGTH} are read`,
      'Shorten it, or look for a quotation mark in this row that is not closed',
    )
  const damage = findDamage(text)
  if (damage) throw new CellRefusal('text-damaged', `The text ${damage.what}`, damage.remedy)
  // Line breaks are fine; other controls and direction marks can make a name look like another one.
  if (/(?![\t\r\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u.test(text))
    throw new CellRefusal(
      'text-damaged',
      'The cell holds invisible control characters',
      'Type the text again instead of pasting it',
    )
  if (/^#{3,}$|^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)/.test(text.trim()))
    throw new CellRefusal(
      'spreadsheet-error',
      'The spreadsheet exported an error, or a column too narrow for its content',
      'Widen or correct the column and save again',
    )
  if (looksLikeFormula(text, field))
    throw new CellRefusal(
      'formula',
      'The cell begins like a formula, which would run in the spreadsheet of whoever opens the record',
      'Replace the formula by its value as text, or begin the text with a letter or digit',
    )
}
