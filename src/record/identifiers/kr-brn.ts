/** Korean business registration number, 사업자등록번호 (facts on identifiers 7.1, row KR). */

import { type IdentifierRules, weightedSum } from './rules.js'

const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5]

export const krBrn: IdentifierRules = {
  country: 'KR',
  form: '10 digits, grouped 3-2-5, not all zeros',
  canonical: (cleaned) => (/^(?!0{9})\d{10}$/.test(cleaned) ? cleaned : undefined),
  holds(value) {
    const carried = Math.floor((Number(value[8]) * 5) / 10)
    return (10 - ((weightedSum(value, WEIGHTS) + carried) % 10)) % 10 === Number(value[9])
  },
  display: (value) => value.replace(/^(...)(..)(.....)$/, '$1-$2-$3'),
}
