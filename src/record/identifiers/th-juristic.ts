/** Thai juristic person and taxpayer number, เลขทะเบียนนิติบุคคล (facts on identifiers 7.1, row TH). */

import { type IdentifierRules, weightedSum } from './rules.js'

const WEIGHTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]

/** The check digit of both Thai 13-digit numbers: a juristic person's (starts 0) and a citizen's (starts 1 to 8). */
export function thaiCheckHolds(digits: string): boolean {
  return (11 - (weightedSum(digits, WEIGHTS) % 11)) % 10 === Number(digits[12])
}

export const thJuristic: IdentifierRules = {
  country: 'TH',
  form: '13 digits, the first 0, not all zeros',
  canonical: (cleaned) => (/^(?!0{12})0\d{12}$/.test(cleaned) ? cleaned : undefined),
  holds: thaiCheckHolds,
  display: (value) => value.replace(/^(.)(....)(.....)(..)(.)$/, '$1-$2-$3-$4-$5'),
  // Even with a wrong check digit: a mistyped citizen id still points at its owner.
  isPersonal: (cleaned) => /^[1-8]\d{12}$/.test(cleaned),
}
