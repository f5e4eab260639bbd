/** Which of a scheme's dated rules apply on a day (DESIGN 4.8). */

/** ISO dates; an absent bound is open. */
export interface Dated {
  validFrom?: string | undefined
  validUntil?: string | undefined
}

/**
 * The rules in force on that day: `validFrom` is inclusive, `validUntil` exclusive.
 * @param at `YYYY-MM-DD`, a longer ISO time of which the day counts, or a Date, of which the UTC day counts
 */
export function rulesInForce<R extends Dated>(rules: readonly R[], at: Date | string): R[] {
  const day = (typeof at === 'string' ? at : at.toISOString()).slice(0, 10)
  return rules.filter(
    ({ validFrom, validUntil }) =>
      (validFrom === undefined || validFrom <= day) && (validUntil === undefined || day < validUntil),
  )
}
