/**
 * Whether what the hub shows of a case is what was signed: the quote, and the state to which the chain of events leads.
 * Consumers' pages and agencies' desks compare the same (DESIGN 4.9).
 */
import { memberId } from '../alliance/definition.js'
import { canonicalJson, sha256Hex } from '../trust/digest.js'
import { readPayload } from '../trust/jws.js'
import type { CaseEventClaims } from './case-event.js'
import type { CaseView } from './case-view.js'
import type { VerifiedChain } from './chain.js'
import { countDays } from './days.js'
import type { QuoteClaims } from './envelope.js'
import { hashEnvelope } from './sealed/envelope-aad.js'

/** Told by the events, and by the same name in the view. */
const TOLD = [
  ...(['state', 'lead', 'partner', 'cc', 'shared', 'revision'] as const),
  ...(['outcome', 'assumed', 'rating'] as const),
] as const

/** What can differ. `case` and `meta` are the quote's; the others are told by the events. */
export type DifferingName =
  | (typeof TOLD)[number]
  | 'case'
  | 'meta'
  | 'phase'
  | 'quote'
  | 'filedAt'
  | 'parked'
  | 'owner'
  | 'since'
  | 'due'
  | 'erasesOn'
  | 'events'
  | 'head'
  | 'consumer'
  | 'envelopeSha256'
  | 'envelope'

/** The first thing that the hub shows otherwise than it was signed, as JSON. */
export interface Difference {
  name: DifferingName
  shown: string
  signed: string
}

/**
 * Compares a view with what was verified of it; undefined when they agree.
 * @param quote claims of its verified quote
 * @param now epoch ms
 */
export function findDifference(
  view: CaseView,
  chain: VerifiedChain,
  { quote }: QuoteClaims,
  now: number,
): Difference | undefined {
  const { status, head, envelope, consumer, events } = chain
  const isOver = status.state === 'closed' || status.state === 'archived'
  const pairs: [DifferingName, unknown, unknown][] = [
    ['case', view.case, quote.case],
    ['meta', view.meta, quote.meta],
    ...TOLD.map((name): [DifferingName, unknown, unknown] => [name, view[name], status[name]]),
    ['phase', view.phase, isOver ? 'closed' : 'open'],
    ['events', view.events.length, events.length],
    ['quote', sha256Hex(view.quote), sha256Hex(chain.quote)],
    ['filedAt', view.filedAt, view.events[0]?.at],
    ['head', view.head, head],
    ['consumer', view.consumer.sign.kid, consumer.kid],
    ['envelopeSha256', view.envelopeSha256, envelope],
    ['envelope', view.envelope ? hashEnvelope(view.envelope) : envelope, envelope],
    ...compareClock(view, chain, isOver, now),
  ]
  for (const [name, ...both] of pairs) {
    const [shown, signed] = both.map(canonicalJson)
    if (shown !== undefined && signed !== undefined && shown !== signed) return { name, shown, signed }
  }
  return undefined
}

/**
 * Days by which the hub's due day may differ from the reader's: an agency may have announced or dropped closures since the
 * clock started, and pages have no list of public holidays. The longest are those of the lunar new year, nine days.
 */
const CALENDAR_DRIFT = 14
const MS_PER_DAY = 86_400_000

/** Whose turn it is and until when; compared only where calendars are known, but for the start. */
function compareClock(
  view: CaseView,
  { status, events, since, clock }: VerifiedChain,
  isOver: boolean,
  now: number,
): [DifferingName, unknown, unknown][] {
  const start = new Date(since).toISOString()
  // A parked case waits for no agency until somebody releases it, which starts its clock anew and is no event.
  const mayBeParked = !events.some(({ member, claims }) => member || claims.case.event.type === 'delivered')
  const later = Date.parse(view.since) - since
  const isReleased = mayBeParked && later >= 0 && since + later <= now + MS_PER_DAY
  const pairs: [DifferingName, unknown, unknown][] = [
    ['parked', view.parked && !mayBeParked, false],
    ['since', isReleased ? start : view.since, start],
  ]
  if (isOver) {
    pairs.push(['owner', view.owner, null], ['due', view.due, null])
    return clock && status.state === 'closed' ? [...pairs, ['erasesOn', view.erasesOn, clock.due]] : pairs
  }
  pairs.push(['erasesOn', view.erasesOn, null])
  if (view.parked) return [...pairs, ['due', view.due, null]]
  if (!clock || clock.due === null) return pairs
  const waited = isReleased ? Math.ceil(later / MS_PER_DAY) : 0
  const days = view.due === null ? Number.NaN : countDays(clock.due, view.due)
  const isNear = days >= -CALENDAR_DRIFT && days <= CALENDAR_DRIFT + waited
  return [...pairs, ['owner', view.owner, clock.owner], ['due', isNear ? clock.due : view.due, clock.due]]
}

/**
 * Members that a case names: everybody who had a part was named before. What its events claim is verified afterwards, with
 * the keys found by this; what can't be read names nobody, and is refused then.
 */
export function listMembers({ lead, partner, events }: CaseView): string[] {
  const named = events.flatMap(({ event }) => {
    const { lead, partner, to } = (event === null ? {} : readEvent(event)) as Record<string, unknown>
    return [lead, partner, to]
  })
  return [...new Set([lead, partner, ...named])].filter((id) => memberId.safeParse(id).success) as string[]
}

function readEvent(jws: string): object {
  try {
    return readPayload<Partial<CaseEventClaims> | null>(jws)?.case?.event ?? {}
  } catch {
    return {}
  }
}
