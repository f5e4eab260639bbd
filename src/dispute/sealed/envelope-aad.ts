/** What binds a sealed complaint to its place: quote, metadata, revision, the consumer's key and every recipient. */
import { canonicalJson, jsonDigest, sha256Hex } from '../../trust/digest.js'
import { decodeBase64url, decodeUtf8 } from '../../trust/json.js'
import type { EnvelopeAad, GeneralJwe, MessageAad, QuoteClaims, SealedComplaint } from '../envelope.js'

/** Thumbprints of who a complaint is encrypted to, beside the consumer; each in the order of its key set. */
export interface Recipients {
  lead: readonly string[]
  partner: readonly string[]
}

/** What a sealed complaint must say of itself. */
export interface EnvelopePlace {
  /** The quote's compact JWS. */
  quote: string
  claims: QuoteClaims
  /** 1 as filed, one more with each re-wrapping. */
  revision: number
  recipients: Recipients
  /** Thumbprints of her keys of the case. */
  consumer: { sign: { kid: string }; enc: { kid: string } }
}

/** The recipients that a quote names, which are those of the first revision. */
export function quoteRecipients({ quote }: QuoteClaims): Recipients {
  const kidsOf = (member: string | null) =>
    member === null ? [] : quote.recipients.filter((key) => key.member === member).map(({ kid }) => kid)
  return { lead: kidsOf(quote.lead), partner: quote.partner === quote.lead ? [] : kidsOf(quote.partner) }
}

/** The AAD that a part must carry. Identity goes to lead and consumer only. */
export function envelopeAadOf(
  part: EnvelopeAad['part'],
  { quote, claims, revision, recipients, consumer }: EnvelopePlace,
): EnvelopeAad {
  const partner = part === 'complaint' ? recipients.partner : []
  return {
    v: 1,
    part,
    case: claims.quote.case,
    revision,
    meta: claims.quote.meta,
    quote: sha256Hex(quote),
    consumer: consumer.sign.kid,
    recipients: [...recipients.lead, ...partner, consumer.enc.kid],
  }
}

/** The one text of an AAD (RFC 8785). */
export function formatAad(aad: EnvelopeAad | MessageAad): string {
  return canonicalJson(aad)
}

/** The text of a JWE's AAD. @throws Refusal `bad-encoding`, `not-utf8` */
export function readAadText({ aad }: Pick<GeneralJwe, 'aad'>): string {
  return decodeUtf8(decodeBase64url(aad, 'The AAD'), 'The AAD')
}

/** How events and receipts name a sealed complaint. */
export function hashEnvelope({ complaint, identity }: SealedComplaint): string {
  return jsonDigest({ complaint, identity })
}

/** How an event names its message. */
export function hashMessage(message: GeneralJwe): string {
  return jsonDigest(message)
}
