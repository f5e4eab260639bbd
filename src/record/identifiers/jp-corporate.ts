/** Japanese corporate number, 法人番号 (facts on identifiers 7.1, row JP). */

import { type IdentifierRules, weightedSum } from './rules.js'

// The ordinance counts places from the right (odd 1, even 2); over twelve digits that starts with 2 on the left.
const WEIGHTS = [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

export const jpCorporate: IdentifierRules = {
  country: 'JP',
  form: '13 digits, the first 1 to 9, not all zeros behind it; a qualified invoice prefix T is dropped',
  canonical: (cleaned) => /^T?((?!.0{12})[1-9]\d{12})$/.exec(cleaned)?.[1],
  // The ordinance's formula is mis-bracketed in print: the remainder is that of the whole sum.
  holds: (value) => 9 - (weightedSum(value.slice(1), WEIGHTS) % 9) === Number(value[0]),
  display: (value) => value.replace(/^(.)(....)(....)(....)$/, '$1-$2-$3-$4'),
}
