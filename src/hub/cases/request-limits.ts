/** Requests that cost nothing to send and are limited per network and hour: quotes, wrong keys, lost secrets (facts 4). */
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'

export const HOUR = 60 * 60 * 1000

/** How many of each an hour may see, and why so many. */
export const REQUEST_LIMITS = {
  /** A class of thirty that tries it out, each with a few changes of mind; a quote costs the hub a signature. */
  quote: 200,
  /** A shared terminal at an agency's counter, where people mistype; a guesser gains nothing by any number (80 bits). */
  'wrong-key': 60,
  /** Losing a secret is rare; each request pushes out the oldest of the five that are kept. */
  recovery: 5,
} as const
export type LimitedRequest = keyof typeof REQUEST_LIMITS

/**
 * Counts one more request of a kind.
 * @param network from hashNetwork; without one nothing is counted
 * @throws Refusal `too-many-requests` beyond the limit of the hour
 */
export async function countRequest(
  hub: Hub,
  kind: LimitedRequest,
  network: string | undefined,
): Promise<void> {
  if (network === undefined) return
  const bucket = `${kind}:${network}`
  const now = hub.now()
  const count = (await hub.cases.store.countIntake(Math.floor(now / HOUR), [bucket])).get(bucket) ?? 0
  if (count <= REQUEST_LIMITS[kind]) return
  throw new Refusal('too-many-requests', {
    detail: `From one network the hub takes ${REQUEST_LIMITS[kind]} requests of this kind (${kind}) an hour. Try again in the next hour, or from another network.`,
    retryAfter: Math.ceil((HOUR - (now % HOUR)) / 1000),
  })
}
