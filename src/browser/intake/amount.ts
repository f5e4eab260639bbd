/** Amounts as people write them, read without asking a locale: "1,290", "1.290.000 ₫", "１２９０円", "1 290,50 €". */
import { amountBand } from '../../dispute/taxonomy.js'

/** Currencies that are not divided in daily life: there, every dot and comma groups thousands. */
const UNDIVIDED: readonly string[] = ['JPY', 'VND', 'KRW', 'IDR']
/** Digits before the point that the encrypted form takes. */
const MAX_UNITS = 12

/**
 * The amount as `1290.00`-like text for the encrypted complaint; undefined for what is no amount above zero.
 * A single mark with one or two digits behind it divides; everything else groups thousands.
 *
 * @example readAmount('1.290.000 ₫', 'VND') // '1290000'
 * @example readAmount('1.290,50', 'EUR') // '1290.50'
 */
export function readAmount(typed: string, currency: string): string | undefined {
  const text = [...typed.normalize('NFKC')].map(asciiDigit).join('')
  const [number, ...more] = text.match(/\d[\d.,'’\s\u00a0\u202f]*/g) ?? []
  if (!number || more.length > 0 || /-\s*\d/.test(text)) return undefined
  const divided = UNDIVIDED.includes(currency) ? null : /^(.*)[.,](\d{1,2})$/.exec(number.trim())
  const units = (divided?.[1] ?? number).replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  const parts = divided?.[2]
  if (units.length === 0 || units.length > MAX_UNITS) return undefined
  const amount = parts === undefined ? units : `${units}.${parts}`
  return Number(amount) > 0 ? amount : undefined
}

/** The band of a typed amount, which is all that leaves in clear; 0 where none is stated. */
export function bandOf(typed: string, currency: string): number {
  const amount = readAmount(typed, currency)
  return amount === undefined ? 0 : (amountBand(Number(amount), currency) ?? 0)
}

const THAI_ZERO = 0x0e50
function asciiDigit(character: string): string {
  const offset = (character.codePointAt(0) ?? 0) - THAI_ZERO
  return offset >= 0 && offset <= 9 ? String(offset) : character
}
