/** What one identifier scheme knows about its own numbers, and the clean-up all of them share (facts on identifiers 7.1). */

/** The rules of one scheme. Every function is pure and total: any text may be handed in. */
export interface IdentifierRules {
  /** ISO 3166-1 alpha-2, or null for a scheme of no single country. */
  country: string | null
  /** The form in words, for the refusal. */
  form: string
  /** Canonical value of cleaned text (see `cleanIdentifier`), or undefined if the form is wrong. */
  canonical(cleaned: string): string | undefined
  /** Whether the check digit of a canonical value is right. */
  holds(value: string): boolean
  /** The canonical value in the country's usual grouping. */
  display(value: string): string
  /** True where cleaned text can only be a person's number, so that no refusal may repeat it. */
  isPersonal?(cleaned: string): boolean
}

const THAI_ZERO = 0x0e50

/**
 * Full-width ASCII and Thai digits as ASCII, every dash and space as `-` and ` `, invisible characters gone.
 * Deliberately narrower than NFKC, which would also read `²` and `①` as digits.
 */
export function foldDigits(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u0e50-\u0e59]/g, (char) => String(char.charCodeAt(0) - THAI_ZERO))
    .replace(/[\u2010-\u2015\u2212\u30fc\ufe63]/g, '-')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
}

/** Upper case, digits folded, without the separators people write between groups. */
export function cleanIdentifier(text: string): string {
  return foldDigits(text)
    .replace(/[\s.-]/g, '')
    .toUpperCase()
}

/** Sum of digit times weight; the text must hold at least as many ASCII digits as there are weights. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)
}
