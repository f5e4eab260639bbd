/** Singaporean unique entity number in its three forms (facts on identifiers 7.1, row SG). */

import { type IdentifierRules, weightedSum } from './rules.js'

const LOCAL_WEIGHTS = [10, 8, 6, 4, 9, 7, 5, 3, 1]
const BUSINESS_WEIGHTS = [10, 4, 9, 3, 8, 2, 7, 1]
const OTHER_WEIGHTS = [4, 3, 5, 3, 10, 2, 2, 5, 7]
const OTHER_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'

// Entity types are not listed here: the state adds new ones, and the check letter already covers the two letters.
const OTHER_FORM = /^[TSR]\d\d[A-HJ-NP-X]{2}\d{4}[A-HJ-NP-X0-9]$/

function expectedCheck(value: string): string | undefined {
  if (value.length === 9) return 'XMKECAWLJDB'[weightedSum(value, BUSINESS_WEIGHTS) % 11]
  if (/^\d/.test(value)) return 'ZKCMDNERGWH'[weightedSum(value, LOCAL_WEIGHTS) % 11]
  const sum = OTHER_WEIGHTS.reduce(
    (total, weight, index) => total + weight * OTHER_ALPHABET.indexOf(value.charAt(index)),
    0,
  )
  return OTHER_ALPHABET[(sum - 5 + 11) % 11]
}

export const sgUen: IdentifierRules = {
  country: 'SG',
  form: '8 or 9 digits and a letter, or T, S or R with 2 digits, 2 letters, 4 digits and a check character',
  canonical: (cleaned) =>
    /^(?!0{8})\d{8,9}[A-Z]$/.test(cleaned) || OTHER_FORM.test(cleaned) ? cleaned : undefined,
  holds: (value) => expectedCheck(value) === value.at(-1),
  display: (value) => value,
}
