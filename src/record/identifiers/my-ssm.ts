/** Malaysian registration number of the SSM, the 12-digit form since 11 October 2019 (facts on identifiers 7.1, row MY). */

import type { IdentifierRules } from './rules.js'

/** Year range that a registration can bear: wide, because the pure rooms have no clock. */
const FIRST_YEAR = 1800
const LAST_YEAR = 2100

export const mySsm: IdentifierRules = {
  country: 'MY',
  form: `12 digits: a year ${FIRST_YEAR} to ${LAST_YEAR}, a type 01 to 06 and a running number; the old number may follow in brackets`,
  canonical(cleaned) {
    const [, value, year] =
      /^((\d{4})0[1-6](?!0{6})\d{6})(?:\([A-Z]{0,2}\d{1,9}[A-Z]?\))?$/.exec(cleaned) ?? []
    return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR ? value : undefined
  },
  // No check digit is documented in the sources read: the form is all there is.
  holds: () => true,
  display: (value) => value,
}
