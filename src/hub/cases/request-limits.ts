/** Requests that cost nothing to send and are limited by the hour: quotes, wrong keys, lost secrets (facts 4). */
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'

export const HOUR = 60 * 60 * 1000

/** How many of each an hour may see, and why so many. */
export const REQUEST_LIMITS = {
  /** A class of thirty that tries it out, each with a few changes of mind; a quote costs the hub a signature. */
  quote: 200,
  /** A shared terminal at an agency's counter, where people mistype; a guesser gains nothing by any number (80 bits). */
  'wrong-key': 60,
  /** Losing a secret is rare; a few mistakes are not. */
  recovery: 5,
  /**
   * Of one case from wherever: more than one network may send, so that it takes several to keep her out, and few enough
   * that all of the week for which they are kept are some 1,700 of 3 kB.
   */
  'case-recovery': 10,
} as const
export type LimitedRequest = keyof typeof REQUEST_LIMITS

/**
 * Counts one more request of a kind.
 * @param subject what they have in common: the network from hashNetwork, or the case's reference; without one nothing is counted
 * @throws Refusal `too-many-requests` beyond the limit of the hour
 */
export async function countRequest(
  hub: Hub,
  kind: LimitedRequest,
  subject: string | undefined,
): Promise<void> {
  if (subject === undefined) return
  const bucket = `${kind}:${subject}`
  const now = hub.now()
  const count = (await hub.cases.store.countIntake(Math.floor(now / HOUR), [bucket])).get(bucket) ?? 0
  if (count <= REQUEST_LIMITS[kind]) return
  const [from, remedy] =
    kind === 'case-recovery'
      ? ['For one reference', 'Try again in the next hour, or call the agency that leads the case.']
      : ['From one network', 'Try again in the next hour, or from another network.']
  throw new Refusal('too-many-requests', {
    detail: `${from} the hub takes ${REQUEST_LIMITS[kind]} requests of this kind (${kind}) an hour. ${remedy}`,
    retryAfter: Math.ceil((HOUR - (now % HOUR)) / 1000),
  })
}
