/**
 * Whether what the hub shows of a case is what was signed: the anchor, the keys of the agencies as the log holds them,
 * the whole chain of events, and the state that these lead to (DESIGN 4.9). The hub's own words are only compared.
 */
import { statedCalendar } from '../../dispute/calendar.js'
import type { CaseView } from '../../dispute/case-view.js'
import { type VerifiedChain, verifyChain } from '../../dispute/chain.js'
import { findDifference } from '../../dispute/compare-view.js'
import { type QuoteClaims, quoteClaims } from '../../dispute/envelope.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import type { HubPort } from '../../follow-log-keys.js'
import { readPayload } from '../../trust/jws.js'
import type { PublicJwk } from '../../trust/keys.js'
import { type MemberKeys, readEncryptionKeys } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import { HubError } from '../kit/hub-error.js'

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

/**
 * Adds the keys of members that are not known yet, also of those that were suspended since: what they signed still counts.
 * Before anything is encrypted, keys are read again, and then only of members that are admitted.
 * @returns false when some can't be verified now
 */
export async function addMembers(vouchers: Vouchers, ids: readonly string[], hub: HubPort): Promise<boolean> {
  const { anchor, members } = vouchers
  const found = await Promise.all(
    ids
      .filter((id) => !members.has(id))
      .map((id) =>
        readEncryptionKeys(hub, anchor.origin, [id], { anchor, anyStanding: true }).then(
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

/**
 * @param own the key with which she signs, from behind her secret
 * @param now epoch ms
 */
export async function checkCase(
  view: CaseView,
  own: PublicJwk,
  vouchers: Vouchers | undefined,
  complete: boolean,
  now: number,
): Promise<Checked> {
  const quote = quoteClaims.parse(readPayload(view.quote))
  if (!vouchers || !complete) return { trust: { kind: 'unchecked' }, chain: null, quote }
  // Once erased, the events are gone with everything else: there is nothing left to check or to doubt.
  if (view.events.length > 0 && view.events.every(({ event }) => event === null))
    return { trust: { kind: 'unchecked' }, chain: null, quote }
  const { anchor, members } = vouchers
  try {
    const signed = await verifyQuote(view.quote, anchor)
    const chain = await verifyChain(view.events, {
      origin: anchor.origin,
      case: view.case,
      hub: anchor.federation,
      operator: anchor.operator,
      members,
      consumer: own,
      filedQuote: view.filedQuote,
      calendars: new Map([...members].map(([id, { calendar }]) => [id, statedCalendar(calendar)])),
    })
    const differing = findDifference(view, chain, signed, now)
    if (differing) {
      const { name, shown, signed } = differing
      const doubt = `${name}: the hub shows ${shown}, but ${signed} was signed`
      return { trust: { kind: 'doubtful', doubt }, chain: null, quote }
    }
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
