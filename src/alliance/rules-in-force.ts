/** Which of a scheme's dated rules apply on a day, and of which it is not known how they do (DESIGN 4.8). */
import type { HolderKind, Unsettled } from './definition.js'

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

/**
 * What is not known of how a rule is applied on that day to a holder of that kind; undefined where nothing is open.
 * @param on `YYYY-MM-DD`
 * @param holderKind undefined: not answered, so it may be one of whom it is not known
 */
export function doubtAbout(
  { unsettled }: { unsettled?: Unsettled | undefined },
  on: string,
  holderKind: HolderKind | undefined,
): Unsettled | undefined {
  if (!unsettled || unsettled.since > on) return undefined
  const { holderKind: whose } = unsettled
  return whose === undefined || holderKind === undefined || whose === holderKind ? unsettled : undefined
}
