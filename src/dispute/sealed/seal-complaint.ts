/** Sealing a complaint in the consumer's browser, or anew by the lead: one JWE for the story, one for who she is (DESIGN 4.9). */
import type { PublicJwk } from '../../trust/keys.js'
import type { QuoteClaims, SealedComplaint } from '../envelope.js'
import type { ComplaintPayload, IdentityPayload } from '../payload.js'
import { envelopeAadOf, formatAad } from './envelope-aad.js'
import { COMPLAINT_JWE_TYP } from './formats.js'
import { encryptTo } from './general-jwe.js'
import { formatPaddedJson } from './padded-json.js'

export interface ComplaintToSeal {
  /** The quote's compact JWS, with its claims. Verify it first. */
  quote: string
  claims: QuoteClaims
  /** 1 as filed, one more with each re-wrapping. */
  revision: number
  payload: ComplaintPayload
  identity: IdentityPayload
  /** Every `enc` key of lead and partner, in key-set order (`chooseRecipients` in trusted-keys.ts), and her own. */
  keys: { lead: readonly PublicJwk[]; partner: readonly PublicJwk[]; consumer: PublicJwk }
  /** Thumbprint of the key with which she signs her events. */
  consumerSign: string
}

/**
 * @example
 * const { keys, signer, accessKey } = await createConsumer(claims.quote.case, secret)
 * const sealed = await sealComplaint({ quote, claims, revision: 1, payload, identity,
 *   keys: { ...chooseRecipients(claims, trusted), consumer: keys.enc }, consumerSign: keys.sign.kid })
 * @throws SealError `key-unsupported`
 */
export async function sealComplaint(what: ComplaintToSeal): Promise<SealedComplaint> {
  const { lead, partner, consumer } = what.keys
  const kids = (keys: readonly PublicJwk[]) => keys.map(({ kid }) => kid)
  const place = {
    quote: what.quote,
    claims: what.claims,
    revision: what.revision,
    recipients: { lead: kids(lead), partner: kids(partner) },
    consumer: { enc: consumer, sign: { kid: what.consumerSign } },
  }
  const seal = (part: 'complaint' | 'identity', payload: object, keys: readonly PublicJwk[]) =>
    encryptTo(formatPaddedJson(payload), COMPLAINT_JWE_TYP, formatAad(envelopeAadOf(part, place)), keys)
  const [complaint, identity] = await Promise.all([
    seal('complaint', what.payload, [...lead, ...partner, consumer]),
    seal('identity', what.identity, [...lead, consumer]),
  ])
  return { complaint, identity }
}
