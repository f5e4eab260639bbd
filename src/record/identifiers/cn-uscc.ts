/** Chinese unified social credit code, 统一社会信用代码 (facts on identifiers 7.1, row CN). */

import type { IdentifierRules } from './rules.js'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 3 to the power of the place, modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

export const cnUscc: IdentifierRules = {
  country: 'CN',
  form: '18 digits or letters without I, O, S, V and Z, not all zeros',
  canonical: (cleaned) => (/^(?!0{17})[0-9A-HJ-NP-RTUWXY]{18}$/.test(cleaned) ? cleaned : undefined),
  holds(value) {
    const sum = WEIGHTS.reduce(
      (total, weight, index) => total + weight * ALPHABET.indexOf(value.charAt(index)),
      0,
    )
    return ALPHABET[(31 - (sum % 31)) % 31] === value[17]
  },
  display: (value) => value,
}
