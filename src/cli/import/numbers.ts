/** Numbers that spreadsheets spoil: certificate numbers, register numbers and telephone numbers (facts on identifiers 7.1). */
import { IdentifierError, parseIdentifier } from '../../record/identifier.js'
import { foldDigits } from '../../record/identifiers/rules.js'
import { CellRefusal } from './rejection.js'

/** Countries whose numbers begin with 0 when dialled at home, so that one without 0 has lost it. */
const TRUNK_ZERO = ['TH', 'VN', 'JP', 'KR', 'TW', 'MY', 'PH', 'ID']

const AS_TEXT = 'Format the column as text in the spreadsheet, enter the number again and save again'

/** Digits folded to ASCII, white space and a text prefix (') gone. */
export function foldNumber(text: string): string {
  return foldDigits(text).trim().replace(/^'/, '')
}

/**
 * Refuses what a spreadsheet does to long numbers.
 * @throws {CellRefusal} `scientific-number` for 1.05E+11, `decimal-tail` for 105548060561.0
 */
export function checkWhole(text: string): void {
  if (/^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(text) && /[.,+]/.test(text))
    throw new CellRefusal(
      'scientific-number',
      'The spreadsheet turned a long number into powers of ten, and its digits are lost',
      AS_TEXT,
    )
  if (/^\d+[.,]0+$/.test(text))
    throw new CellRefusal(
      'decimal-tail',
      'The spreadsheet took this for a quantity and added decimals; leading zeros may be lost too',
      AS_TEXT,
    )
}

/** Reads a certificate number, which becomes part of the record's id. */
export function readCertificate(text: string): string {
  const folded = foldNumber(text)
  checkWhole(folded)
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(folded))
    throw new CellRefusal(
      'bad-certificate',
      'A certificate number has 1 to 64 Latin letters, digits and the signs . _ -',
      'Replace other signs, for example / by -, the same way in every list',
    )
  return folded
}

/** Reads a number of a public register and gives its canonical value. */
export function readIdentifier(scheme: string, text: string): string {
  const folded = foldNumber(text)
  checkWhole(folded)
  try {
    return parseIdentifier(scheme, folded).value
  } catch (error) {
    if (!(error instanceof IdentifierError)) throw error
    const { code, remedy, value } = error
    const reason = error.message.split('. ')[0] ?? error.message
    const kind = code === 'lost-leading-zero' || code === 'personal-number' ? code : 'bad-identifier'
    throw new CellRefusal(kind, reason, remedy, value !== undefined)
  }
}

/** Reads a telephone number; only digits are folded, its grouping stays. */
export function readPhone(text: string, country: string | undefined): string {
  const folded = foldNumber(text)
  checkWhole(folded)
  if (!/^\+?[0-9][0-9 ().,/x-]{1,39}$/.test(folded))
    throw new CellRefusal(
      'bad-contact',
      'This is not one telephone number',
      'Give one number with its digits, or several on lines of their own in the cell',
    )
  const digits = folded.replace(/\D/g, '')
  // Service numbers (1166, 1800 6838) begin with 1 and have no 0 to lose.
  const lost = /^[2-9]\d{7,9}$/.test(digits) && !folded.startsWith('+')
  if (lost && country !== undefined && TRUNK_ZERO.includes(country))
    throw new CellRefusal(
      'lost-leading-zero',
      `A telephone number in ${country} begins with 0 or with + and the country's code`,
      `The spreadsheet probably dropped the zero. ${AS_TEXT}`,
    )
  return folded
}

/** Reads a whole number for a fact; grouping signs differ from country to country and are refused. */
export function readInteger(text: string): number {
  const folded = foldNumber(text)
  checkWhole(folded)
  const value = Number(folded)
  if (!/^-?\d+$/.test(folded) || !Number.isSafeInteger(value))
    throw new CellRefusal(
      'bad-value',
      'This is not a whole number',
      'Write digits only, without grouping signs or units',
    )
  return value
}

/** Reads a number for a fact, with a decimal point where it needs one. */
export function readNumber(text: string): number {
  const folded = foldNumber(text)
  if (!/^-?\d{1,15}(?:\.\d{1,10})?$/.test(folded))
    throw new CellRefusal(
      'bad-value',
      'This is not a number',
      'Write digits, and a point before decimals; no grouping signs or units',
    )
  return Number(folded)
}
