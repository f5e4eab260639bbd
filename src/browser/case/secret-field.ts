/** The field for the 24 digits (DESIGN 4.9): shown in groups of four while typed, in whatever digits the keyboard has. */
import { SECRET_DIGITS } from '../../dispute/case-reference.js'

/** Digits to a group, as the secret is shown when it is made. */
const GROUP = 4
/** ASCII, Thai and fullwidth digits: those that readCaseSecret takes. */
const DIGIT = /[0-9๐-๙０-９]/u
const SEPARATOR = /[\s\p{Pd}]/u

/** How much of a secret stands in the field. */
export interface TypedSecret {
  digits: number
  /** Something stands there that is neither digit nor space nor hyphen. */
  other: boolean
  complete: boolean
}

/** Counts without judging: the reader is told how many digits are still missing. */
export function countSecret(typed: string): TypedSecret {
  const characters = [...typed]
  const digits = characters.filter((character) => DIGIT.test(character)).length
  const other = characters.some((character) => !DIGIT.test(character) && !SEPARATOR.test(character))
  return { digits, other, complete: digits === SECRET_DIGITS && !other }
}

/**
 * The field's text in groups of four, and where the caret then stands. Text that holds anything but digits, spaces and
 * hyphens is left as it is, so that nobody's typing is rewritten before they see what is wrong. Characters are kept: a
 * Thai digit stays a Thai digit, which lets a screen reader echo what was typed.
 * @param caret position in UTF-16 units before which the caret stands
 */
export function groupSecret(typed: string, caret: number): { text: string; caret: number } {
  if (countSecret(typed).other) return { text: typed, caret }
  const group = (part: string): string[] => [...part].filter((character) => DIGIT.test(character))
  const digits = group(typed)
  const text = digits.map((digit, i) => (i > 0 && i % GROUP === 0 ? ` ${digit}` : digit)).join('')
  const before = group(typed.slice(0, caret)).length
  // Behind the last digit of a group the caret stays before the space, so that deleting takes a digit away.
  const spaces = before === 0 ? 0 : Math.floor((before - 1) / GROUP)
  return { text, caret: before + spaces }
}
