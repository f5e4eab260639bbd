/** Vietnamese tax code of an enterprise or its branch, mã số thuế (facts on identifiers 7.1, row VN). */

import { type IdentifierRules, weightedSum } from './rules.js'

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]

export const vnMst: IdentifierRules = {
  country: 'VN',
  form: '10 digits, or 13 with a branch number 001 to 999, not all zeros',
  canonical(cleaned) {
    const [, base, branch] = /^((?!0{9})\d{10})((?!000)\d{3})?$/.exec(cleaned) ?? []
    return branch ? `${base}-${branch}` : base
  },
  // A sum that is a multiple of 11 would need a check digit of 10: no such number is issued.
  holds: (value) => 10 - (weightedSum(value, WEIGHTS) % 11) === Number(value[9]),
  display: (value) => value,
}
