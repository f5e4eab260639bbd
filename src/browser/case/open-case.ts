/** Opens a case with reference and secret, and reads it again while it is open: fetched, checked, decrypted (DESIGN 4.9). */
import type { CaseEventClaims } from '../../dispute/case-event.js'
import type { CaseView } from '../../dispute/case-view.js'
import type { VerifiedChain } from '../../dispute/chain.js'
import { listMembers } from '../../dispute/compare-view.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import type { ComplaintPayload, IdentityPayload } from '../../dispute/payload.js'
import type { Consumer } from '../../dispute/sealed/consumer.js'
import { openConsumer } from '../../dispute/sealed/consumer.js'
import { hashMessage, quoteRecipients, type Recipients } from '../../dispute/sealed/envelope-aad.js'
import { kidsOf } from '../../dispute/sealed/general-jwe.js'
import { openMessage } from '../../dispute/sealed/message.js'
import { openSealed } from '../../dispute/sealed/open-complaint.js'
import { accessKeyOf } from '../../dispute/sealed/secret.js'
import { decodeJws, readPayload } from '../../trust/jws.js'
import type { Anchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'
import { readTrusted } from '../kit/trusted-anchor.js'
import type { PageAgency } from './agencies.js'
import { missingMessage, type ReadEvent, type ReadMessage } from './timeline.js'
import { addMembers, type Checked, checkCase, type Trust, type Vouchers } from './trust.js'

/** How long keys of agencies are taken as read before (ms). Before every message they are read anew. */
const VOUCHERS_AGE = 15 * 60_000

/** A case that is open on this device. The secret itself is not in it. */
export interface OpenCase {
  ref: string
  consumer: Consumer
  view: CaseView
  events: ReadEvent[]
  /** Null where nothing is left of it, or it does not open. */
  content: { complaint: ComplaintPayload; identity: IdentityPayload | null } | null
  quote: QuoteClaims
  trust: Trust
  /** What she may do; see {@link actionsOf}. */
  actions: CaseView['actions']
  /** When it was read, epoch ms. */
  readAt: number
  vouchers: { at: number; value: Vouchers } | undefined
}

export type OpeningStep = 'keys' | 'fetching' | 'checking' | 'opening'

/** What reading needs beside the case itself. */
export interface Reading {
  api: HubApi
  /** Pinned keys of the alliance; absent: those the hub shows. */
  anchor: Anchor | undefined
  agencies: readonly PageAgency[]
  /** Epoch ms. */
  now(): number
}

/**
 * @param secret 24 digits as readCaseSecret gives them
 * @throws HubError `not-authorised`, `case-unknown`, `too-many-requests`, `offline`; SealError `wrong-secret`
 */
export async function openCase(
  reading: Reading,
  ref: string,
  secret: string,
  onStep: (step: OpeningStep) => void,
): Promise<OpenCase> {
  onStep('keys')
  const access = await accessKeyOf(ref, secret)
  onStep('fetching')
  const view = await reading.api.readCase(ref, access)
  onStep('keys')
  const consumer = await openConsumer(ref, secret, view.consumer.sealed ?? '')
  return readCase(reading, { ref, consumer, view, vouchers: undefined }, onStep)
}

/** Reads it again, and checks it again: the hub may tell something else this time. */
export async function refreshCase(reading: Reading, open: OpenCase): Promise<OpenCase> {
  const view = await reading.api.readCase(open.ref, open.consumer.accessKey)
  return readCase(reading, { ...open, view }, () => undefined)
}

async function readCase(
  reading: Reading,
  { ref, consumer, view, vouchers: known }: Pick<OpenCase, 'ref' | 'consumer' | 'view' | 'vouchers'>,
  onStep: (step: OpeningStep) => void,
): Promise<OpenCase> {
  onStep('checking')
  const { api, anchor, agencies, now } = reading
  const check = async (kept: OpenCase['vouchers']) => {
    const vouchers =
      kept ??
      (await readTrusted(api, anchor, Math.floor(now() / 1000)).then(
        (value) => ({ at: now(), value: { anchor: value, members: new Map() } }),
        () => undefined,
      ))
    const complete = vouchers ? await addMembers(vouchers.value, listMembers(view), api) : false
    return { vouchers, checked: await checkCase(view, consumer.keys.sign, vouchers?.value, complete, now()) }
  }
  const fresh = known && now() - known.at < VOUCHERS_AGE ? known : undefined
  const first = await check(fresh)
  // An agency may have replaced its key since the keys were read.
  const isStale = fresh && first.checked.trust.kind === 'doubtful'
  const { vouchers, checked } = isStale ? await check(undefined) : first
  onStep('opening')
  const [events, opened] = await Promise.all([
    Promise.all(view.events.map((_, i) => readEvent(view, i, checked.chain, consumer, agencies))),
    openContent(view, checked, consumer),
  ])
  const trust: Trust =
    opened.doubt && checked.trust.kind === 'checked'
      ? { kind: 'doubtful', doubt: opened.doubt }
      : checked.trust
  return {
    ref,
    consumer,
    view,
    events,
    content: opened.content,
    quote: checked.quote,
    trust,
    actions: actionsOf(view, trust),
    readAt: now(),
    vouchers,
  }
}

/**
 * What she may do: nothing while the hub's account is in doubt, for it may name the wrong readers or invent an offer; and only
 * take the case back while it could not be checked, for that tells nobody anything.
 */
function actionsOf({ actions }: CaseView, { kind }: Trust): CaseView['actions'] {
  if (kind === 'checked') return actions
  return kind === 'unchecked' ? actions.filter((type) => type === 'withdrawn') : []
}

/** One event with its message decrypted. Where the chain does not hold, its coded facts are the hub's word alone. */
async function readEvent(
  view: CaseView,
  i: number,
  chain: VerifiedChain | null,
  consumer: Consumer,
  agencies: readonly PageAgency[],
): Promise<ReadEvent> {
  const shown = view.events[i]
  if (!shown) throw new RangeError(`no event ${i}`)
  const { seq, at, type, actor, event: jws } = shown
  const shared = { seq, at, type, actor }
  if (jws === null) return { ...shared, member: null, event: null, message: 'erased' }
  const verified = chain?.events[i]
  const claims = verified?.claims ?? readPayload<CaseEventClaims>(jws)
  return {
    ...shared,
    member: verified?.member ?? agencies.find(({ entity }) => entity === claims.iss)?.id ?? null,
    event: claims.case.event,
    message: await readMessage(view.case, jws, claims, shown, consumer),
  }
}

async function readMessage(
  ref: string,
  jws: string,
  { case: { prev, message: named } }: CaseEventClaims,
  { message: jwe, actor, type }: CaseView['events'][number],
  { encPrivate }: Consumer,
): Promise<ReadMessage> {
  if (named === undefined) return null
  if (jwe === null) return missingMessage({ actor, type })
  try {
    if (hashMessage(jwe) !== named || prev === null) return 'unreadable'
    return await openMessage(jwe, { case: ref, prev, from: kidOf(jws) }, encPrivate)
  } catch {
    return 'unreadable'
  }
}

function kidOf(jws: string): string {
  const { typ } = JSON.parse(atob((jws.split('.')[0] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
    typ: string
  }
  return decodeJws(jws, { [typ]: { maxBytes: jws.length } }).header.kid
}

async function openContent(
  view: CaseView,
  { quote, chain }: Checked,
  consumer: Consumer,
): Promise<{ content: OpenCase['content']; doubt?: string }> {
  if (!view.envelope) return { content: null }
  const place = {
    quote: view.quote,
    claims: quote,
    revision: view.revision,
    recipients: recipientsOf(view, quote, chain, consumer.keys.enc.kid),
    consumer: consumer.keys,
  }
  try {
    return { content: await openSealed(view.envelope, place, consumer.encPrivate) }
  } catch (error) {
    return { content: null, doubt: error instanceof Error ? error.message : 'the complaint does not open' }
  }
}

/**
 * As filed or re-routed, the quote names all recipients. Once a lead re-wrapped it, its signature over the envelope's hash
 * stands for them, and they are read from the envelope itself.
 */
function recipientsOf(
  { envelope, revision }: CaseView,
  quote: QuoteClaims,
  chain: VerifiedChain | null,
  own: string,
): Recipients {
  const last = [...(chain?.events ?? [])].reverse().find(({ claims }) => 'envelope' in claims.case.event)
  const type = last?.claims.case.event.type
  if (!envelope || type === 'rerouted' || type === 'created' || (!type && revision === 1))
    return quoteRecipients(quote)
  const lead = kidsOf(envelope.identity).filter((kid) => kid !== own)
  return { lead, partner: kidsOf(envelope.complaint).filter((kid) => kid !== own && !lead.includes(kid)) }
}
