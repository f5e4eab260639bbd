/**
 * A reader's own check of a case: every event is signed by whoever may send it, follows the one before, and leads to the
 * state that is shown. Consumers' pages and agencies' desks believe the events, not what the hub says of them.
 */
import { formatAllianceId } from '../record/record.js'
import { Refusal, type RefusalCode } from '../refusal.js'
import { sha256Hex } from '../trust/digest.js'
import { type DecodedJws, decodeJws, verifyJws } from '../trust/jws.js'
import type { PublicJwk } from '../trust/keys.js'
import type { WorkCalendars } from './calendar.js'
import { type Actor, type CaseEvent, type CaseEventClaims, caseEventClaims } from './case-event.js'
import type { CaseStatus } from './case-state.js'
import type { CaseEventView } from './case-view.js'
import { assertLapse, assertTime, type ChainTime, readerClock } from './chain-clock.js'
import type { Moment } from './closing.js'
import { caseDay, type RunningClock } from './deadlines.js'
import type { QuoteClaims } from './envelope.js'
import { verifyFiled } from './filed-quote.js'
import { type CaseKeys, findSigner } from './find-signer.js'
import { hashMessage } from './sealed/envelope-aad.js'
import { CASE_EVENT_TYP } from './sealed/formats.js'
import { verifyQuote } from './sealed/verify-quote.js'
import { applyEvent, openCase } from './transition.js'

/** As the schema of a posted event allows. */
const MAX_EVENT_BYTES = 65_536

/** Where a case's actors' keys come from: never from the hub's view of the case, but for the consumer's current key. */
export interface ChainKeys extends CaseKeys {
  /** The key with which she signs now, to her own knowledge or the hub's (`CaseView.consumer.sign`): the events must lead to it. */
  consumer: PublicJwk
  /** The quote it was filed with (`CaseView.filedQuote`), a compact JWS: checked here, whoever shows it. */
  filedQuote: string
  /** Of lead, partner and assigned members; with one that is missing, days are counted as early or late as they can be. */
  calendars?: WorkCalendars
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
  /** The newest quote, a compact JWS: that of the filing, or of the last re-routing. */
  quote: string
  /** When the newest event came in, and when the running clock started (epoch ms). */
  at: number
  since: number
  /** The running clock; null where a calendar that counts is not known. */
  clock: RunningClock | null
}

/**
 * Verifies a case from its first event on. Messages that the reader may not see are null and are not missed.
 * @throws Refusal whose `at` is `events[<seq>]`: `bad-signature`, `unknown-key`, `unknown-issuer`, `wrong-audience`,
 *   `bad-claims`, `bad-quote`, `event-not-allowed`, those of decoding, and `payload-erased` for an archived case, whose events are gone
 */
export async function verifyChain(events: readonly CaseEventView[], keys: ChainKeys): Promise<VerifiedChain> {
  const verified: VerifiedEvent[] = []
  let chain: Link | undefined
  for (const [seq, view] of events.entries()) {
    const [event, next] = await inEvent(seq, () => verifyNext(view, seq, chain, keys))
    verified.push(event)
    chain = next
  }
  if (!chain) throw new Refusal('bad-claims', { detail: 'The case has no events.', at: 'events' })
  const { iat: _iat, ...told } = chain
  if (told.consumer.kid !== keys.consumer.kid)
    throw wrong('The consumer’s key is not the one that its events name.')
  return { events: verified, ...told }
}

/** What an event leaves to the next. */
type Link = Omit<VerifiedChain, 'events'> & ChainTime

async function verifyNext(
  view: CaseEventView,
  seq: number,
  chain: Link | undefined,
  keys: ChainKeys,
): Promise<[VerifiedEvent, Link]> {
  if (view.event === null)
    throw new Refusal('payload-erased', 'Its text was erased, so nothing of it can be checked.')
  const decoded = decodeJws(view.event, { [CASE_EVENT_TYP]: { maxBytes: MAX_EVENT_BYTES } })
  const claims = readClaims(decoded, view, seq, chain?.head ?? null, keys)
  const { event } = claims.case
  const consumer = event.type === 'created' ? event.consumer : (chain?.consumer ?? keys.consumer)
  const received = Date.parse(view.at)
  const signed = { iss: claims.iss, kid: decoded.header.kid, at: received }
  const signer = findSigner(signed, consumer, chain?.status, keys)
  await verifyJws(decoded, signer.key)
  if (signer.actor !== view.actor || event.type !== view.type)
    throw wrong(`The hub shows it as ${view.type} of ${view.actor}; it is ${event.type} of ${signer.actor}.`)
  assertTime(received, claims.iat, signer.actor, chain)
  if (event.type === 'lapsed' && chain)
    assertLapse(event, chain.status, chain.since, received, keys.calendars)
  const filed = event.type === 'created' ? await verifyFiled(keys.filedQuote, event, keys) : undefined
  const fresh = event.type === 'rerouted' ? await verifyFresh(event, keys) : undefined
  const head = sha256Hex(view.event)
  const status = nextStatus(chain?.status, signer.actor, claims, view.at, keys, fresh ?? filed)
  return [
    { seq, sha256: head, actor: signer.actor, member: signer.member, claims },
    {
      status,
      head,
      envelope: 'envelope' in event ? event.envelope : (chain?.envelope ?? ''),
      consumer: event.type === 'rewrapped' ? (event.consumer?.sign ?? consumer) : consumer,
      quote: event.type === 'rerouted' ? event.quote : (chain?.quote ?? keys.filedQuote),
      at: received,
      iat: claims.iat,
      ...readerClock(chain, status, received, keys.calendars),
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

/** The fresh quote of a re-routing names where she sent her complaint; the hub signed it, and checked the same. */
async function verifyFresh(
  { quote, lead, partner }: Extract<CaseEvent, { type: 'rerouted' }>,
  { origin, case: ref, hub }: ChainKeys,
): Promise<QuoteClaims> {
  const claims = await verifyQuote(quote, { alliance: formatAllianceId(origin), federation: hub })
  const named = claims.quote
  if (named.case !== ref) throw new Refusal('bad-quote', `Its fresh quote is for the case ${named.case}.`)
  if (named.outcome !== 'case' || named.lead !== lead || named.partner !== partner)
    throw new Refusal('bad-quote', 'Its fresh quote leads to other agencies than the event.')
  return claims
}

function nextStatus(
  status: CaseStatus | undefined,
  actor: Actor,
  { case: { event } }: CaseEventClaims,
  at: string,
  { calendars }: ChainKeys,
  quoted: QuoteClaims | undefined,
): CaseStatus {
  // How late somebody was, or whether an agency had left, only the hub could know then; a reader lets it pass.
  const moment: Moment = {
    day: dayOf(at, event.type, status, calendars),
    leadGone: true,
    veryLate: true,
    over: 'unknown',
    ...(quoted && { flags: quoted.quote.flags }),
  }
  if (status) return applyEvent(status, actor, event, moment)
  if (event.type !== 'created' || actor !== 'hub') throw wrong('A case is created by the hub.')
  return openCase(event, quoted?.quote.flags)
}

/** Hours by which the world's first and last clocks are ahead of UTC. */
const FIRST_ZONE = 14
const LAST_ZONE = -12

/** In the lead's zone where its calendar is known. */
function dayOf(
  at: string,
  type: CaseEvent['type'],
  status: CaseStatus | undefined,
  calendars: WorkCalendars | undefined,
): string {
  const lead = status?.lead ?? null
  const known = calendars && (lead === null || calendars.has(lead))
  return known ? caseDay({ lead }, Date.parse(at), calendars) : formatDay(at, type)
}

/**
 * The day of an event. The hub counts the days after a close in the lead's zone, which a reader need not know: to it every
 * case closed as late, and was rated or opened again as early, as the day can be anywhere.
 */
function formatDay(at: string, type: CaseEventClaims['case']['event']['type']): string {
  const zone = type === 'outcome_rated' || type === 'reopened' ? LAST_ZONE : FIRST_ZONE
  return new Date(Date.parse(at) + zone * 3_600_000).toISOString().slice(0, 'YYYY-MM-DD'.length)
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
