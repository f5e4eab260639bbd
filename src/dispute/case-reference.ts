/** Case references and the consumer's secret: what she writes down (DESIGN 4.9). */
import * as z from 'zod'

/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 50 bits: among a million cases a new reference is taken once in a billion draws, and then drawn again. */
const LETTERS = 10
/** 79.7 bits in digits, which every script's keyboard has; six groups of four. */
export const SECRET_DIGITS = 24
const GROUP = 4

/** `JP-7Q4K9-MXW2C`: the consumer's country, then ten letters. Public; it opens nothing. */
export const caseReference = z
  .string()
  .regex(/^[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/, 'a case reference such as JP-7Q4K9-MXW2C')

/** Draws a reference for a consumer in that country. */
export function createCaseReference(country: string): string {
  // 256 is a multiple of 32, so the remainder favours no letter.
  const letters = [...crypto.getRandomValues(new Uint8Array(LETTERS))].map((byte) => ALPHABET[byte % 32])
  return `${country}-${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

/** What stands between groups: any space or hyphen, and what Japanese keyboards give for one (the vowel sign, the minus). */
const BETWEEN = /[\s\p{Pd}\u30fc\u2212]/gu

/** Reads a reference as people type it: any case, O for 0, I or L for 1, with or without hyphens; undefined for none. */
export function readCaseReference(typed: string): string | undefined {
  const bare = typed.normalize('NFKC').toUpperCase().replaceAll(BETWEEN, '')
  const [country, letters] = [bare.slice(0, 2), bare.slice(2).replaceAll('O', '0').replaceAll(/[IL]/g, '1')]
  const reference = `${country}-${letters.slice(0, 5)}-${letters.slice(5)}`
  return caseReference.safeParse(reference).success ? reference : undefined
}

/** Draws a secret of 24 digits, each equally likely. */
export function createCaseSecret(): string {
  const digits: number[] = []
  while (digits.length < SECRET_DIGITS) {
    // Bytes from 250 on are thrown away: with them 0 to 5 would be drawn more often.
    for (const byte of crypto.getRandomValues(new Uint8Array(SECRET_DIGITS)))
      if (byte < 250 && digits.length < SECRET_DIGITS) digits.push(byte % 10)
  }
  return digits.join('')
}

/** The secret in six groups of four, as it is shown. */
export function formatCaseSecret(secret: string): string {
  return secret.match(new RegExp(`.{${GROUP}}`, 'g'))?.join(' ') ?? secret
}

/** Reads a secret as people type it: digits of any script (๐-๙, ０-９), spaces and hyphens anywhere; undefined for none. */
export function readCaseSecret(typed: string): string | undefined {
  const digits = [...typed.normalize('NFKC').replaceAll(BETWEEN, '')].map(readDigit).join('')
  return new RegExp(`^\\d{${SECRET_DIGITS}}$`).test(digits) ? digits : undefined
}

/** Thai digits keep their shape under NFKC; fullwidth ones do not. */
const THAI_ZERO = 0x0e50
function readDigit(character: string): string {
  const offset = (character.codePointAt(0) ?? 0) - THAI_ZERO
  return offset >= 0 && offset <= 9 ? String(offset) : character
}
