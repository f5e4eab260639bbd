/**
 * Whether what the hub shows of a case is what was signed: the anchor, the keys of the agencies as the log holds them,
 * the whole chain of events, and the state that these lead to (DESIGN 4.9). The hub's own words are only compared.
 */
import type { CaseView } from '../../dispute/case-view.js'
import { type VerifiedChain, verifyChain } from '../../dispute/chain.js'
import { type QuoteClaims, quoteClaims } from '../../dispute/envelope.js'
import { hashEnvelope } from '../../dispute/sealed/envelope-aad.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { readPayload } from '../../trust/jws.js'
import type { PublicJwk } from '../../trust/keys.js'
import { type MemberKeys, readEncryptionKeys } from '../../trusted-keys.js'
import { type Anchor, readAnchor } from '../../verify.js'
import { HubError } from '../kit/hub-error.js'
import type { PageAgency } from './agencies.js'

export const CONFIGURATION = '/alliance/.well-known/openid-federation'

/** Who vouches for what is shown; kept while a case is open, so that a look for news asks little. */
export interface Vouchers {
  anchor: Anchor
  members: Map<string, MemberKeys>
}

/** How far the hub's account could be checked. `doubt` says what differs, in English, for experts. */
export type Trust =
  | { kind: 'checked' }
  /** Keys could not be had: nothing speaks against the account, and nothing for it. */
  | { kind: 'unchecked' }
  | { kind: 'doubtful'; doubt: string }

export interface Checked {
  trust: Trust
  /** Null where it does not hold. */
  chain: VerifiedChain | null
  /** The quote's claims; unverified where `trust` is not `checked`. */
  quote: QuoteClaims
}

/** @throws HubError, Refusal when the alliance's own keys can't be had */
export async function readVouchers(
  fetchText: (path: string) => Promise<string>,
  origin: string,
  now: number,
  pinned?: Anchor,
): Promise<Vouchers> {
  const anchor = pinned ?? (await readAnchor(await fetchText(CONFIGURATION), origin, now))
  return { anchor, members: new Map() }
}

/**
 * Adds the keys of members that are not known yet, also of those that were suspended since: what they signed still counts.
 * Before anything is encrypted, keys are read again, and then only of members that are admitted.
 * @returns false when some can't be verified now
 */
export async function addMembers(
  vouchers: Vouchers,
  ids: readonly string[],
  fetchText: (path: string) => Promise<string>,
): Promise<boolean> {
  const { anchor, members } = vouchers
  const found = await Promise.all(
    ids
      .filter((id) => !members.has(id))
      .map((id) =>
        readEncryptionKeys(fetchText, anchor.origin, [id], { anchor, anyStanding: true }).then(
          (keys) => {
            for (const [key, value] of keys) members.set(key, value)
            return true
          },
          () => false,
        ),
      ),
  )
  return found.every(Boolean)
}

/** Every member that has or had a part, by who signed and who is named. */
export function membersOf(view: CaseView, agencies: readonly PageAgency[]): string[] {
  const signers = view.events.flatMap(({ event }) => {
    if (event === null) return []
    const { iss } = readPayload<{ iss?: unknown }>(event)
    return agencies.filter(({ entity }) => entity === iss).map(({ id }) => id)
  })
  return [...new Set([...signers, ...[view.lead, view.partner].filter((id) => id !== null)])]
}

/** @param own the key with which she signs, from behind her secret */
export async function checkCase(
  view: CaseView,
  own: PublicJwk,
  vouchers: Vouchers | undefined,
  complete: boolean,
): Promise<Checked> {
  const quote = quoteClaims.parse(readPayload(view.quote))
  if (!vouchers || !complete) return { trust: { kind: 'unchecked' }, chain: null, quote }
  // Once erased, the events are gone with everything else: there is nothing left to check or to doubt.
  if (view.state === 'archived') return { trust: { kind: 'unchecked' }, chain: null, quote }
  const { anchor, members } = vouchers
  try {
    await verifyQuote(view.quote, anchor)
    const chain = await verifyChain(view.events, {
      origin: anchor.origin,
      case: view.case,
      hub: anchor.federation,
      operator: anchor.operator,
      members,
      consumer: own,
    })
    const differing = findDifference(view, chain)
    if (differing) return { trust: { kind: 'doubtful', doubt: differing }, chain: null, quote }
    return { trust: { kind: 'checked' }, chain, quote }
  } catch (error) {
    if (error instanceof HubError) throw error
    return {
      trust: { kind: 'doubtful', doubt: error instanceof Error ? error.message : 'unknown' },
      chain: null,
      quote,
    }
  }
}

/** What the hub says otherwise than the events do; undefined when they agree. */
export function findDifference(
  view: CaseView,
  { status, head, envelope, events }: VerifiedChain,
): string | undefined {
  const pairs: [string, unknown, unknown][] = [
    ['state', view.state, status.state],
    ['lead', view.lead, status.lead],
    ['partner', view.partner, status.partner],
    ['shared', view.shared, status.shared],
    ['revision', view.revision, status.revision],
    ['outcome', view.outcome, status.outcome],
    ['assumed', view.assumed, status.assumed],
    ['rating', view.rating, status.rating],
    ['head', view.head, head],
    ['envelopeSha256', view.envelopeSha256, envelope],
    ['number of events', view.events.length, events.length],
    ...(view.envelope
      ? [['envelope', hashEnvelope(view.envelope), envelope] as [string, unknown, unknown]]
      : []),
  ]
  const differing = pairs.find(([, shown, signed]) => shown !== signed)
  return (
    differing &&
    `${differing[0]}: the hub shows ${String(differing[1])}, the events say ${String(differing[2])}`
  )
}
