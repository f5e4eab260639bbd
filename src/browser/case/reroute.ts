/**
 * The consumer passes her complaint on: a fresh quote for the same facts, then her own copy encrypted anew to the agencies
 * that it names. The hub could not do that for her, since it can't read it (facts 3.3, re-routing c).
 */
import type { QuoteClaims } from '../../dispute/envelope.js'
import type { RouteQuote } from '../../dispute/route-question.js'
import { assertQuoteShown } from '../../dispute/sealed/assert-shown.js'
import { hashEnvelope } from '../../dispute/sealed/envelope-aad.js'
import { sealComplaint } from '../../dispute/sealed/seal-complaint.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { Refusal } from '../../refusal.js'
import { chooseRecipients, readEncryptionKeys } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import { readTrusted } from '../kit/trusted-anchor.js'
import { type Acting, postSigned } from './act.js'
import type { OpenCase } from './open-case.js'

/** A route that she can agree to; `claims` are null where it leads to no agency. */
export interface FreshRoute {
  quote: RouteQuote
  claims: QuoteClaims | null
  /** By whose keys it was verified: those to encrypt to are held to the same. */
  anchor: Anchor
}

/** @throws HubError; Refusal when the quote is not signed by the alliance, or says other than is shown */
export async function findRoute({ api, anchor, now, view, consumer }: Acting): Promise<FreshRoute> {
  const quote = await api.requote(view.case, consumer.accessKey)
  const trusted = await readTrusted(api, anchor, now())
  const claims = await verifyQuote(quote.quote, trusted)
  if (claims.quote.case !== view.case)
    throw new Refusal('bad-quote', 'The fresh quote is for another case. Ask for a new one.')
  assertQuoteShown(quote, claims)
  const leads = claims.quote.outcome === 'case' && claims.quote.lead !== null
  return { quote, claims: leads ? claims : null, anchor: trusted }
}

/**
 * Encrypts her own copy to the agencies of the route and sends it.
 * @throws Refusal, LogError when their keys can't be verified: nothing was sent then; HubError
 */
export async function reroute(
  acting: Acting,
  { content }: OpenCase,
  { quote, claims, anchor }: FreshRoute,
): Promise<void> {
  const { api, consumer, view } = acting
  if (!claims || claims.quote.lead === null || !content?.identity) throw new TypeError('nothing to pass on')
  const { lead, partner } = claims.quote
  const members = [lead, partner].filter((id) => id !== null)
  const trusted = await readEncryptionKeys(api, api.origin, members, { anchor })
  const envelope = await sealComplaint({
    quote: quote.quote,
    claims,
    revision: view.revision + 1,
    payload: content.complaint,
    identity: content.identity,
    keys: { ...chooseRecipients(claims, trusted), consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  await postSigned(
    acting,
    { type: 'rerouted', quote: quote.quote, lead, partner, envelope: hashEnvelope(envelope) },
    { envelope },
  )
}
