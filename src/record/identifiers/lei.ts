/** Legal Entity Identifier, ISO 17442, check digits ISO 7064 MOD 97-10 (facts on identifiers 7.1, row LEI). */

import type { IdentifierRules } from './rules.js'

/** Remainder by 97 of the text read as one number, letters as 10 to 35. */
function remainder(value: string): number {
  return [...value].reduce((rest, char) => {
    const digit = Number.parseInt(char, 36)
    return (rest * (digit > 9 ? 100 : 10) + digit) % 97
  }, 0)
}

export const lei: IdentifierRules = {
  country: null,
  form: '18 letters or digits, not all zeros, and 2 check digits',
  canonical: (cleaned) => (/^(?!0{18})[0-9A-Z]{18}\d\d$/.test(cleaned) ? cleaned : undefined),
  // 98 minus a remainder is 02 to 98: 00, 01 and 99 are congruent to real check digits and must not pass for them.
  holds: (value) => remainder(value) === 1 && !/(?:00|01|99)$/.test(value),
  display: (value) => value,
}
