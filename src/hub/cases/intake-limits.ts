/**
 * Limits against floods of complaints: work that rises with the load, and thresholds beyond which a case is parked. Parked
 * cases lose nothing and can be looked through; none is dropped or refused for its number (facts 4).
 */
import type { IntakeBucket } from '../../dispute/case-forms.js'
import type { QuoteClaims, WorkDemand } from '../../dispute/envelope.js'
import { BASE_WORK, MAX_WORK } from '../../dispute/work.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { HOUR } from './request-limits.js'

/**
 * Filings in an hour from which on a new one is parked, by what they have in common (GlobaLeaks' figures, which have stood
 * the test of floods): the limits of a network are low, those of an agency and of the hub what its officers can look through.
 */
export const INTAKE_LIMITS = {
  /** A household, an office or a training; one person files one. */
  network: 10,
  /** Many complaints to one agency from one place are the usual shape of a campaign. */
  'network-lead': 5,
  /** More than an agency's desk reads in an hour. */
  lead: 200,
  /** More than the alliance gets in a month. */
  hub: 1000,
} as const satisfies Record<IntakeBucket, number>

/** Filings in the hub's hour that are taken for normal: until then the work is the least. */
const CALM_FILINGS = 50

/**
 * How hard the proof of work of the next quote is. It doubles with every doubling of the hour's filings beyond the calm,
 * and never passes what a slow phone does in 3 s.
 */
export async function demandWork(hub: Hub): Promise<WorkDemand> {
  const filings = (await hub.cases.store.intakeCounts(Math.floor(hub.now() / HOUR), ['hub'])).get('hub') ?? 0
  const doublings = filings < CALM_FILINGS ? 0 : 1 + Math.floor(Math.log2(filings / CALM_FILINGS))
  const bits = Math.min(BASE_WORK.bits + doublings, MAX_WORK.bits)
  const puzzles = BASE_WORK.puzzles * 2 ** (doublings - (bits - BASE_WORK.bits))
  return { bits, puzzles: Math.min(puzzles, MAX_WORK.puzzles) }
}

/**
 * Counts a filing and judges whether it is parked.
 * @param network from hashNetwork; undefined where the runtime gives no address
 */
export async function judgeIntake(
  hub: Hub,
  claims: QuoteClaims,
  network: string | undefined,
): Promise<{ parked: boolean }> {
  const lead = claims.quote.lead ?? 'unrouted'
  const buckets: [IntakeBucket, string][] = [
    ['hub', 'hub'],
    ['lead', `lead:${lead}`],
    ...(network === undefined
      ? []
      : ([
          ['network', `network:${network}`],
          ['network-lead', `network-lead:${network}:${lead}`],
        ] as [IntakeBucket, string][])),
  ]
  const now = hub.now()
  const [counts, overrides] = await Promise.all([
    hub.cases.store.countIntake(
      Math.floor(now / HOUR),
      buckets.map(([, bucket]) => bucket),
    ),
    hub.cases.store.intakeLimits(now),
  ])
  const isBeyond = ([kind, bucket]: [IntakeBucket, string]): boolean =>
    (counts.get(bucket) ?? 0) > (overrides.get(kind)?.limit ?? INTAKE_LIMITS[kind])
  return { parked: buckets.some(isBeyond) }
}

/** How long an operator's own limit may last (ms): it is for a training or a campaign, not for ever. */
const LONGEST_OVERRIDE = 31 * 24 * HOUR

/**
 * The operator sets a limit of its own until a moment.
 * @param until epoch ms
 * @throws Refusal `bad-request`
 */
export async function overrideIntake(
  hub: Hub,
  bucket: IntakeBucket,
  limit: number,
  until: number,
): Promise<Map<string, { limit: number; until: number }>> {
  const now = hub.now()
  if (until <= now || until > now + LONGEST_OVERRIDE) {
    throw new Refusal('bad-request', {
      detail: 'until lies in the future, and within 31 days: after it the usual limit holds again.',
      value: new Date(until).toISOString(),
      at: 'until',
    })
  }
  await hub.cases.store.putIntakeLimit(bucket, limit, until)
  return hub.cases.store.intakeLimits(now)
}
