/**
 * Names and algorithms of everything that is sealed or signed in a case. Apart from the schemas, so that a browser can
 * seal without loading them.
 */

/** The only content encryption, and the only key management, of every JWE here. */
export const CONTENT_ENC = 'A256GCM'
export const KEY_ALG = 'ECDH-ES+A256KW'

export const QUOTE_TYP = 'trustmark-quote+jwt'
export const CASE_EVENT_TYP = 'trustmark-case-event+jwt'
export const CASE_RECEIPT_TYP = 'trustmark-case-receipt+jwt'
/** RFC 7523 as the update of OAuth's client authentication names it. */
export const ASSERTION_TYP = 'client-authentication+jwt'

/** Complaint and identity; which of the two it is stands in the AAD. */
export const COMPLAINT_JWE_TYP = 'trustmark-complaint+jwe'
export const MESSAGE_JWE_TYP = 'trustmark-message+jwe'
export const ATTACHMENT_JWE_TYP = 'trustmark-attachment+jwe'
export const CONSUMER_KEYS_JWE_TYP = 'trustmark-consumer-keys+jwe'

/** Longest life of a client assertion in seconds: one request, and two clocks that differ. */
export const ASSERTION_LIFETIME = 300

/** What a case is addressed by: `iss` of the consumer's events. */
export function formatCaseId(origin: string, reference: string): string {
  return `${origin}/cases/${reference}`
}
