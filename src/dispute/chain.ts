/**
 * A reader's own check of a case: every event is signed by whoever may send it, follows the one before, and leads to the
 * state that is shown. Consumers' pages and agencies' desks believe the events, not what the hub says of them.
 */
import { formatAllianceId } from '../record/record.js'
import { Refusal, type RefusalCode } from '../refusal.js'
import { sha256Hex } from '../trust/digest.js'
import { type DecodedJws, decodeJws, verifyJws } from '../trust/jws.js'
import type { PublicJwk } from '../trust/keys.js'
import { type Actor, type CaseEventClaims, caseEventClaims } from './case-event.js'
import type { CaseStatus } from './case-state.js'
import type { CaseEventView } from './case-view.js'
import type { RouteFlag } from './route-question.js'
import { hashMessage } from './sealed/envelope-aad.js'
import { CASE_EVENT_TYP, formatCaseId } from './sealed/formats.js'
import { applyEvent, openCase } from './transition.js'

/** As the schema of a posted event allows. */
const MAX_EVENT_BYTES = 65_536

/** Where a case's actors' keys come from: never from the hub's view of the case, but for the consumer's current key. */
export interface ChainKeys {
  origin: string
  /** The case's reference. */
  case: string
  /** The hub's federation keys (`Anchor.federation`). */
  hub: readonly PublicJwk[]
  /** The operator's keys (`Anchor.operator`). */
  operator: readonly PublicJwk[]
  /** Verified keys of every member that has or had a part (`readEncryptionKeys`). */
  members: ReadonlyMap<string, { entity: string; auth: readonly PublicJwk[] }>
  /** The key with which she signs now (`CaseView.consumer.sign`); what `created` and `rewrapped` name outweighs it. */
  consumer: PublicJwk
  /** Flags of the quote it was filed with. */
  flags?: readonly RouteFlag[]
  /** The day of an event in the lead's zone (ISO date), for a reader that has the calendars; else see formatDay. */
  dayOf?: (at: string, status: CaseStatus | undefined) => string
}

export interface VerifiedEvent {
  seq: number
  /** SHA-256 of its compact JWS: the `prev` of the next. */
  sha256: string
  actor: Actor
  /** The member that signed it; null for consumer, hub and secretariat. */
  member: string | null
  claims: CaseEventClaims
}

export interface VerifiedChain {
  events: readonly VerifiedEvent[]
  /** The case as these events leave it. */
  status: CaseStatus
  /** SHA-256 of the newest event. */
  head: string
  /** Hash of the sealed complaint that counts now. */
  envelope: string
  /** The key that signs for the consumer now. */
  consumer: PublicJwk
}

/**
 * Verifies a case from its first event on. Messages that the reader may not see are null and are not missed.
 * @throws Refusal whose `at` is `events[<seq>]`: `bad-signature`, `unknown-key`, `unknown-issuer`, `wrong-audience`,
 *   `bad-claims`, `event-not-allowed`, those of decoding, and `payload-erased` for an archived case, whose events are gone
 */
export async function verifyChain(events: readonly CaseEventView[], keys: ChainKeys): Promise<VerifiedChain> {
  const verified: VerifiedEvent[] = []
  let chain: Omit<VerifiedChain, 'events'> | undefined
  for (const [seq, view] of events.entries()) {
    const [event, next] = await inEvent(seq, () => verifyNext(view, seq, chain, keys))
    verified.push(event)
    chain = next
  }
  if (!chain) throw new Refusal('bad-claims', { detail: 'The case has no events.', at: 'events' })
  return { events: verified, ...chain }
}

async function verifyNext(
  view: CaseEventView,
  seq: number,
  chain: Omit<VerifiedChain, 'events'> | undefined,
  keys: ChainKeys,
): Promise<[VerifiedEvent, Omit<VerifiedChain, 'events'>]> {
  if (view.event === null)
    throw new Refusal('payload-erased', 'Its text was erased, so nothing of it can be checked.')
  const decoded = decodeJws(view.event, { [CASE_EVENT_TYP]: { maxBytes: MAX_EVENT_BYTES } })
  const claims = readClaims(decoded, view, seq, chain?.head ?? null, keys)
  const { event } = claims.case
  const consumer =
    event.type === 'created' ? (event.consumer ?? keys.consumer) : (chain?.consumer ?? keys.consumer)
  const signer = findSigner(claims.iss, decoded.header.kid, consumer, chain?.status, keys)
  await verifyJws(decoded, signer.key)
  if (signer.actor !== view.actor || event.type !== view.type)
    throw wrong(`The hub shows it as ${view.type} of ${view.actor}; it is ${event.type} of ${signer.actor}.`)
  const head = sha256Hex(view.event)
  return [
    { seq, sha256: head, actor: signer.actor, member: signer.member, claims },
    {
      status: nextStatus(chain?.status, signer.actor, claims, view.at, keys),
      head,
      envelope: 'envelope' in event ? event.envelope : (chain?.envelope ?? ''),
      consumer: event.type === 'rewrapped' ? (event.consumer?.sign ?? consumer) : consumer,
    },
  ]
}

/** Everything that the claims must say, but for who may say it. */
function readClaims(
  decoded: DecodedJws,
  view: CaseEventView,
  seq: number,
  prev: string | null,
  keys: ChainKeys,
): CaseEventClaims {
  const parsed = caseEventClaims.safeParse(decoded.payload)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw wrong(`${issue?.path.join('.') || 'The payload'}: ${issue?.message ?? 'does not fit its schema'}.`)
  }
  const { aud, case: own } = parsed.data
  const alliance = formatAllianceId(keys.origin)
  if (aud !== alliance) throw new Refusal('wrong-audience', `aud must be ${alliance}.`)
  if (own.ref !== keys.case) throw wrong(`It belongs to the case ${own.ref}.`)
  if (own.seq !== seq || view.seq !== seq)
    throw wrong(`It is number ${own.seq} of the case, and stands at ${seq}.`)
  if (own.prev !== prev)
    throw wrong('prev does not name the event before it: one was altered, left out or put in.')
  if ((seq === 0) !== (own.event.type === 'created'))
    throw wrong('A case begins with created, and only once.')
  if (view.message && (!own.message || hashMessage(view.message) !== own.message))
    throw wrong('The message beside it is not the one that it names.')
  return parsed.data
}

function findSigner(
  iss: string,
  kid: string,
  consumer: PublicJwk,
  status: CaseStatus | undefined,
  keys: ChainKeys,
): { actor: Actor; member: string | null; key: PublicJwk } {
  const among = (candidates: readonly PublicJwk[]) => candidates.find((jwk) => jwk.kid === kid)
  if (iss === formatCaseId(keys.origin, keys.case))
    return { actor: 'consumer', member: null, key: among([consumer]) ?? unknownKey('the consumer', kid) }
  if (iss === formatAllianceId(keys.origin)) {
    const hub = among(keys.hub)
    if (hub) return { actor: 'hub', member: null, key: hub }
    return {
      actor: 'secretariat',
      member: null,
      key: among(keys.operator) ?? unknownKey('the alliance', kid),
    }
  }
  for (const actor of ['lead', 'partner'] as const) {
    const id = status?.[actor]
    const member = id ? keys.members.get(id) : undefined
    if (id && member?.entity === iss)
      return { actor, member: id, key: among(member.auth) ?? unknownKey(id, kid) }
  }
  throw new Refusal('unknown-issuer', `${iss.slice(0, 200)} has no part in the case at this point.`)
}

function nextStatus(
  status: CaseStatus | undefined,
  actor: Actor,
  { case: { event } }: CaseEventClaims,
  at: string,
  { flags, dayOf }: ChainKeys,
): CaseStatus {
  // How late somebody was, or whether an agency had left, only the hub could know then; a reader lets it pass.
  const moment = { day: dayOf?.(at, status) ?? formatDay(at, event.type), leadGone: true, veryLate: true }
  if (status) return applyEvent(status, actor, event, moment)
  if (event.type !== 'created' || actor !== 'hub') throw wrong('A case is created by the hub.')
  return openCase(event, flags)
}

/** Hours by which the world's first and last clocks are ahead of UTC. */
const FIRST_ZONE = 14
const LAST_ZONE = -12

/**
 * The day of an event. The hub counts the days after a close in the lead's zone, which a reader need not know: to it every
 * case closed as late, and was rated or opened again as early, as the day can be anywhere.
 */
function formatDay(at: string, type: CaseEventClaims['case']['event']['type']): string {
  const zone = type === 'outcome_rated' || type === 'reopened' ? LAST_ZONE : FIRST_ZONE
  return new Date(Date.parse(at) + zone * 3_600_000).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

function unknownKey(whose: string, kid: string): never {
  throw new Refusal('unknown-key', `It is signed with ${kid}, which is not a key of ${whose} for this.`)
}

function wrong(detail: string): Refusal {
  return new Refusal('bad-claims' satisfies RefusalCode, detail)
}

/** Names the event in whatever is refused about it. */
async function inEvent<T>(seq: number, check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, {
      ...error.details,
      detail: `Event ${seq}: ${error.message}`,
      at: `events[${seq}]`,
    })
  }
}
