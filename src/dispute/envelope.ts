/**
 * The sealed complaint on the wire: General JWEs (RFC 7516 section 7.2.1) to lead, partner and the consumer, bound by
 * their AAD to quote, metadata and recipients, so that none can be swapped, stripped or relabelled (DESIGN 4.9).
 */
import * as z from 'zod'
import { memberId } from '../alliance/definition.js'
import { jwtId, numericDate } from '../record/record.js'
import { publicJwk } from '../trust/keys.js'
import { caseReference } from './case-reference.js'
import { attachmentId, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, MAX_ATTACHMENTS_BYTES } from './payload.js'
import { caseMeta, ROUTE_FLAGS, ROUTE_OUTCOMES, recipientKey } from './route-question.js'
import { reason } from './routing/reason.js'
import { KEY_ALG } from './sealed/formats.js'

export { CASE_EVENT_TYP, CASE_RECEIPT_TYP, CONTENT_ENC, KEY_ALG, QUOTE_TYP } from './sealed/formats.js'

/** Recipients of one JWE: the `enc` keys of lead and partner (20 each at most) and the consumer's own. */
export const MAX_RECIPIENTS = 41
/** A padded complaint of 8000 characters in Thai is some 30 kB; base64url and headers double it. */
export const MAX_JWE_BYTES = 131_072

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/)
/** base64url of at most so many bytes. */
const sealedBytes = (bytes: number) => base64url.min(1).max(Math.ceil((bytes * 4) / 3))
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** `{"enc":"A256GCM","typ":"…"}` with the longest type has some 50. */
const HEADER_BYTES = 96
/** The quote's metadata with every field at its longest is some 1.5 kB, thumbprints of all recipients 2 kB. */
const AAD_BYTES = 6144
/** A coordinate of P-384; X25519 and P-256 have 32. */
const COORDINATE_BYTES = 48
const coordinate = sealedBytes(COORDINATE_BYTES)

/** The sender's half of one key agreement, on the recipient's own curve. */
const ephemeralKey = z.union([
  z.strictObject({ kty: z.literal('EC'), crv: z.enum(['P-256', 'P-384']), x: coordinate, y: coordinate }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: coordinate }),
])

/** A P-256 public key of the consumer's browser. */
const consumerJwk = z.strictObject({ ...publicJwk.options[0].shape, crv: z.literal('P-256') })

export const generalJwe = z.strictObject({
  protected: sealedBytes(HEADER_BYTES),
  aad: sealedBytes(AAD_BYTES),
  /** As RFC 7518 has them (sections 5.3 and 4.4): a GCM nonce, its tag, and a wrapped key of 256 bits. */
  iv: sealedBytes(12),
  ciphertext: base64url.min(1).max(MAX_JWE_BYTES),
  tag: sealedBytes(16),
  recipients: z
    .array(
      z.strictObject({
        encrypted_key: sealedBytes(40),
        header: z.strictObject({
          alg: z.literal(KEY_ALG),
          kid: thumbprint,
          epk: ephemeralKey,
        }),
      }),
    )
    .min(1)
    .max(MAX_RECIPIENTS),
})
export type GeneralJwe = z.infer<typeof generalJwe>

/** The parts of a case that are encrypted. */
export const SEALED_PARTS = ['complaint', 'identity', 'message'] as const
export type SealedPart = (typeof SEALED_PARTS)[number]

/** What the AAD of complaint and identity says; its bytes are the JCS text (RFC 8785) of this. */
export const envelopeAad = z.strictObject({
  v: z.literal(1),
  part: z.enum(['complaint', 'identity']),
  case: caseReference,
  /** 1 as filed; one more with each re-wrapping. */
  revision: z.int().min(1),
  meta: caseMeta,
  /** SHA-256 of the quote's compact JWS. */
  quote: sha256,
  /** Thumbprint of the key with which the consumer signs her events: nobody else can speak for her. */
  consumer: thumbprint,
  /** Thumbprints of all recipients, in the order of the JWE. */
  recipients: z.array(thumbprint).min(1),
})
export type EnvelopeAad = z.infer<typeof envelopeAad>

/** What the AAD of a message says: it belongs to exactly one place in one case's chain. */
export const messageAad = z.strictObject({
  v: z.literal(1),
  part: z.literal('message'),
  case: caseReference,
  /** SHA-256 of the event before the one that carries it. */
  prev: sha256,
  /** Thumbprint of the key that signs the event. */
  from: thumbprint,
  recipients: z.array(thumbprint).min(1),
})
export type MessageAad = z.infer<typeof messageAad>

/** Both JWEs of a complaint. Identity goes to lead and consumer only. */
export const sealedComplaint = z.strictObject({ complaint: generalJwe, identity: generalJwe })
export type SealedComplaint = z.infer<typeof sealedComplaint>

/** The consumer's keys of one case, as her browser made them. Private halves are sealed under her secret. */
export const consumerKeys = z.strictObject({
  /** Signs her events (ES256). */
  sign: consumerJwk,
  /** Her own recipient key. */
  enc: consumerJwk,
  /** SHA-256 (lower hex) of her access key, which is derived from the secret: the hub never sees either before she opens the case. */
  access: sha256,
  /** Compact JWE (`dir`, A256GCM) of both private keys under a key derived from the secret. */
  sealed: z.string().max(4096),
})
export type ConsumerKeys = z.infer<typeof consumerKeys>

/** Ciphertext of one file: base64url adds a third, the JWE's other parts a few bytes. */
export const MAX_SEALED_ATTACHMENT_BYTES = Math.ceil(MAX_ATTACHMENT_BYTES * 1.4) + 1024

/** A file that was announced; its bytes (a compact JWE, ASCII) are uploaded beside. `bytes` is the ciphertext's length. */
export const attachmentNotice = z.strictObject({
  id: attachmentId,
  bytes: z.int().min(1).max(MAX_SEALED_ATTACHMENT_BYTES),
  sha256,
})
export type AttachmentNotice = z.infer<typeof attachmentNotice>

/** Ciphertext of all files together: base64url adds a third. */
export const MAX_SEALED_ATTACHMENTS_BYTES = Math.ceil(MAX_ATTACHMENTS_BYTES * 1.4)

/** Body of `POST /v1/complaints`. Sending the same again is safe. */
export const complaintFiling = z.strictObject({
  v: z.literal(1),
  quote: z.string().max(16_384),
  /** Solution of the quote's proof of work, see work.ts. */
  work: z.string().max(2000),
  ...sealedComplaint.shape,
  attachments: z.array(attachmentNotice).max(MAX_ATTACHMENTS),
  consumer: consumerKeys,
  /** Only when she asks the hub itself to write to her that there is news; kept apart and dropped at close. */
  notify: z.strictObject({ email: z.email().max(254), lang: z.string().max(20) }).optional(),
})
export type ComplaintFiling = z.infer<typeof complaintFiling>

/** How hard the proof of work is: `puzzles` of `bits` leading zero bits each. */
export const workDemand = z.strictObject({ bits: z.int().min(0).max(24), puzzles: z.int().min(1).max(64) })
export type WorkDemand = z.infer<typeof workDemand>

/** Payload of the signed quote (`typ: trustmark-quote+jwt`, by the hub's federation key). */
export const quoteClaims = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  iat: numericDate,
  exp: numericDate,
  jti: jwtId,
  quote: z.strictObject({
    /** The reference that a case filed with this quote gets: a quote files one case. */
    case: caseReference,
    meta: caseMeta,
    outcome: z.enum(ROUTE_OUTCOMES),
    lead: memberId.nullable(),
    partner: memberId.nullable(),
    cc: z.array(memberId),
    referrals: z.array(z.string()),
    gates: z.array(z.string()),
    rules: z.array(z.string()),
    /**
     * What the text of each rule names, so that every reader can tell it in words of its own. Older quotes are without:
     * of their rules only those are told that name nobody.
     */
    reasons: z.array(reason).optional(),
    flags: z.array(z.enum(ROUTE_FLAGS)),
    rulesetVersion: z.string(),
    recipients: z.array(recipientKey),
    /** Log size at which keys and records were read. */
    logSize: z.int().min(0),
    work: workDemand,
  }),
})
export type QuoteClaims = z.infer<typeof quoteClaims>

/** In seconds: she writes her story before she asks for the quote; then half an hour suffices to look it over and send. */
export const QUOTE_LIFETIME = 1800
