/** Taiwanese unified business number, 統一編號, by the rule in force since March 2023 (facts on identifiers 7.1, row TW). */

import type { IdentifierRules } from './rules.js'

const WEIGHTS = [1, 2, 1, 2, 1, 2, 4, 1]

/** Modulus since March 2023, when numbers ran short. It was 10: every older number still passes. */
const MODULUS = 5

export const twUbn: IdentifierRules = {
  country: 'TW',
  form: '8 digits, not all zeros',
  canonical: (cleaned) => (/^(?!0{7})\d{8}$/.test(cleaned) ? cleaned : undefined),
  holds(value) {
    const products = WEIGHTS.map((weight, index) => weight * Number(value[index]))
    const sum = products.reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0)
    // A 7 in the seventh place multiplies to 28, whose digit sum 10 may count as 1 or 0.
    return sum % MODULUS === 0 || (value[6] === '7' && (sum + 1) % MODULUS === 0)
  },
  display: (value) => value,
}
