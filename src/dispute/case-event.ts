/**
 * Events of a case: append-only, each signed by its actor and chained to the one before by its SHA-256. They hold coded
 * facts only; words travel in encrypted messages beside them, which can be erased while the chain stays whole.
 */
import * as z from 'zod'
import { memberId } from '../alliance/definition.js'
import { jwtId, numericDate } from '../record/record.js'
import { caseReference } from './case-reference.js'
import { attachmentNotice, consumerKeys, generalJwe, sealedComplaint } from './envelope.js'
import { MAX_ATTACHMENTS } from './payload.js'
import {
  AGENCY_OUTCOMES,
  DECLINE_REASONS,
  EXTENSION_REASONS,
  INFO_REQUESTS,
  MERCHANT_RESULTS,
  type OUTCOMES,
  RATINGS,
} from './taxonomy.js'

/** Who acts in a case. `secretariat` signs with the alliance's operator key, `hub` with its federation key. */
export const ACTORS = ['hub', 'consumer', 'lead', 'partner', 'secretariat'] as const
export type Actor = (typeof ACTORS)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const isoDate = z.iso.date()
/** Calendar days by which a negotiation can be extended: as long as it lasts (ISO 32122, APEC-type rules). */
export const MAX_EXTENSION_DAYS = 10

/** Every event by its type, with the coded facts it carries. */
export const caseEvent = z.discriminatedUnion('type', [
  // the hub
  z.strictObject({
    type: z.literal('created'),
    /** SHA-256 of the JCS text of complaint and identity as filed. */
    envelope: sha256,
    lead: memberId.nullable(),
    partner: memberId.nullable(),
    cc: z.array(memberId),
    /** SHA-256 of the compact JWS of the quote it was filed with, which names the same agencies. */
    quote: sha256,
    /** The key that signs her events: were it left out, the hub could exchange it unseen. */
    consumer: consumerKeys.shape.sign,
  }),
  z.strictObject({ type: z.literal('delivered'), member: memberId, receipt: sha256 }),
  z.strictObject({ type: z.literal('undeliverable'), member: memberId }),
  /** A deadline passed whose consequence needs nobody's decision. */
  z.strictObject({ type: z.literal('lapsed'), due: isoDate }),
  z.strictObject({ type: z.literal('payload_erased') }),
  // the secretariat
  z.strictObject({ type: z.literal('assigned'), to: memberId }),
  // lead
  z.strictObject({ type: z.literal('accepted') }),
  z.strictObject({ type: z.literal('declined'), reason: z.enum(DECLINE_REASONS) }),
  z.strictObject({ type: z.literal('shared') }),
  /** Another member leads from now on; the complaint was re-wrapped to it. */
  z.strictObject({
    type: z.literal('transferred'),
    to: memberId,
    reason: z.enum(DECLINE_REASONS),
    envelope: sha256,
  }),
  /** Re-wrapped to other keys: an officer's new key, or the consumer's after she lost her secret. */
  z.strictObject({
    type: z.literal('rewrapped'),
    reason: z.enum(['new_officer_key', 'new_consumer_secret']),
    envelope: sha256,
    /** Public keys only: what opens them with her secret goes to herself, never to the other readers of an event. */
    consumer: consumerKeys.pick({ sign: true, enc: true }).optional(),
  }),
  /** The negotiation goes on for longer, once. */
  z.strictObject({
    type: z.literal('extended'),
    days: z.int().min(1).max(MAX_EXTENSION_DAYS),
    reason: z.enum(EXTENSION_REASONS),
  }),
  z.strictObject({
    type: z.literal('offer_made'),
    /** The merchant has done already what it offers: paid, sent, cancelled. Only then her silence counts as yes. */
    performed: z.boolean(),
  }),
  z.strictObject({ type: z.literal('closed'), outcome: z.enum(AGENCY_OUTCOMES) }),
  // partner
  z.strictObject({ type: z.literal('partner_accepted') }),
  z.strictObject({ type: z.literal('partner_declined'), reason: z.enum(DECLINE_REASONS) }),
  // whoever reaches the merchant: the partner, or the lead where there is none
  z.strictObject({ type: z.literal('merchant_notified') }),
  z.strictObject({ type: z.literal('merchant_responded'), result: z.enum(MERCHANT_RESULTS) }),
  z.strictObject({ type: z.literal('merchant_silent') }),
  // lead or partner
  z.strictObject({ type: z.literal('info_requested'), asks: z.array(z.enum(INFO_REQUESTS)).min(1) }),
  // the consumer
  z.strictObject({ type: z.literal('info_given') }),
  z.strictObject({ type: z.literal('offer_answered'), accept: z.boolean() }),
  z.strictObject({ type: z.literal('outcome_rated'), rating: z.enum(RATINGS) }),
  z.strictObject({ type: z.literal('withdrawn') }),
  z.strictObject({ type: z.literal('reopened') }),
  /** She encrypted her own copy to other agencies, with a fresh quote. */
  z.strictObject({
    type: z.literal('rerouted'),
    quote: z.string().max(16_384),
    lead: memberId,
    partner: memberId.nullable(),
    envelope: sha256,
  }),
  // anyone who has a part in it
  z.strictObject({ type: z.literal('message') }),
])
export type CaseEvent = z.infer<typeof caseEvent>
export type CaseEventType = CaseEvent['type']
export const CASE_EVENT_TYPES = caseEvent.options.map((option) => option.shape.type.value) as CaseEventType[]

/** Payload of an event's JWS (`typ: trustmark-case-event+jwt`). */
export const caseEventClaims = z.strictObject({
  /** Entity identifier of member or alliance; `<origin>/cases/<reference>` for the consumer. */
  iss: z.string().max(400),
  aud: z.string().max(400),
  iat: numericDate,
  jti: jwtId,
  case: z.strictObject({
    ref: caseReference,
    /** 0 for `created`. */
    seq: z.int().min(0),
    /** SHA-256 of the compact JWS of the event before; null for the first. */
    prev: sha256.nullable(),
    event: caseEvent,
    /** SHA-256 of the JCS text of the encrypted message that belongs to it. */
    message: sha256.optional(),
    attachments: z.array(attachmentNotice).max(MAX_ATTACHMENTS).optional(),
  }),
})
export type CaseEventClaims = z.infer<typeof caseEventClaims>

/** Body of `POST /v1/cases/{ref}/events`. `envelope` comes with `transferred`, `rewrapped` and `rerouted`. */
export const caseEventPost = z.strictObject({
  event: z.string().max(65_536),
  message: generalJwe.optional(),
  envelope: sealedComplaint.optional(),
})
export type CaseEventPost = z.infer<typeof caseEventPost>

/** Payload of a receipt (`typ: trustmark-case-receipt+jwt`, by an `auth` key): the agency has the ciphertext in hand. */
export const receiptClaims = z.strictObject({
  iss: z.string().max(400),
  aud: z.string().max(400),
  iat: numericDate,
  jti: jwtId,
  receipt: z.strictObject({
    case: caseReference,
    revision: z.int().min(1),
    /** SHA-256 of the JCS text of complaint and identity: what `created`, `transferred` … name. */
    envelope: sha256,
  }),
})
export type ReceiptClaims = z.infer<typeof receiptClaims>

/** Ends of a case that no agency sends. */
export type LapseOutcome = Extract<(typeof OUTCOMES)[number], 'closed_no_reply' | 'resolved'>
