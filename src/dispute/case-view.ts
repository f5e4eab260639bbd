/** What the hub shows of a case to those who have a part in it (DESIGN 5). Each sees what its role may see. */
import * as z from 'zod'
import { memberId } from '../alliance/definition.js'
import { ACTORS, CASE_EVENT_TYPES } from './case-event.js'
import { caseReference } from './case-reference.js'
import { CASE_STATES, CLOCK_OWNERS } from './case-state.js'
import { attachmentNotice, consumerKeys, generalJwe, sealedComplaint } from './envelope.js'
import { caseMeta } from './route-question.js'
import { OUTCOMES, RATINGS } from './taxonomy.js'

const isoTime = z.iso.datetime()
const isoDate = z.iso.date()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Delivery to one member is counted apart from the state of the case. */
export const DELIVERY_STATES = ['pending', 'receipted', 'dead'] as const

export const caseDelivery = z.strictObject({
  member: memberId,
  role: z.enum(['lead', 'partner', 'cc']),
  state: z.enum(DELIVERY_STATES),
  /** How often the member was told of it. */
  attempts: z.int().min(0),
  receiptedAt: isoTime.nullable(),
})

export const caseEventView = z.strictObject({
  seq: z.int().min(0),
  at: isoTime,
  type: z.enum(CASE_EVENT_TYPES),
  actor: z.enum(ACTORS),
  /** The signed event; null once the case is archived. */
  event: z.string().nullable(),
  /** Its encrypted message; null when it has none, or none for the reader. */
  message: generalJwe.nullable(),
})
export type CaseEventView = z.infer<typeof caseEventView>

export const caseView = z.strictObject({
  case: caseReference,
  /** As whom the asker sees it. The secretariat sees what those in cc see. */
  role: z.enum(['consumer', 'lead', 'partner', 'cc', 'secretariat']),
  phase: z.enum(['open', 'closed']),
  state: z.enum(CASE_STATES),
  outcome: z.enum(OUTCOMES).nullable(),
  assumed: z.boolean(),
  rating: z.enum(RATINGS).nullable(),
  meta: caseMeta,
  /** The newest quote: that of the filing, or of the last re-routing. */
  quote: z.string(),
  /** The quote that it was filed with, whose hash `created` names. */
  filedQuote: z.string(),
  filedAt: isoTime,
  revision: z.int().min(1),
  lead: memberId.nullable(),
  partner: memberId.nullable(),
  cc: z.array(memberId),
  shared: z.boolean(),
  owner: z.enum(CLOCK_OWNERS).nullable(),
  /** Since when the owner has it. */
  since: isoTime,
  due: isoDate.nullable(),
  late: z.boolean(),
  /** Suspected spam: kept back until somebody looked at it. */
  parked: z.boolean(),
  deliveries: z.array(caseDelivery),
  events: z.array(caseEventView),
  /** SHA-256 of the newest event: the `prev` of the next. */
  head: sha256,
  /** Event types that the asker may send now. */
  actions: z.array(z.enum(CASE_EVENT_TYPES)),
  attachments: z.array(z.strictObject({ ...attachmentNotice.shape, stored: z.boolean() })),
  /** The consumer's public keys, for messages to her. Her sealed private keys go to herself only. */
  consumer: z.strictObject({
    sign: consumerKeys.shape.sign,
    enc: consumerKeys.shape.enc,
    sealed: z.string().optional(),
  }),
  /** The complaint and its hash; null where the asker may not read it (yet), or once erased. */
  envelope: sealedComplaint.nullable(),
  envelopeSha256: sha256,
  /** The day on which the content is erased; null while open. */
  erasesOn: isoDate.nullable(),
  demo: z.literal(true).optional(),
})
export type CaseView = z.infer<typeof caseView>

/** Answer to a filing. */
export const caseAccepted = z.strictObject({
  case: caseReference,
  receivedAt: isoTime,
  envelopeSha256: sha256,
  parked: z.boolean(),
  /** Ids of announced files that have not arrived. */
  missing: z.array(z.string()),
})
export type CaseAccepted = z.infer<typeof caseAccepted>

/** Answer to an event. */
export const eventAccepted = z.strictObject({
  case: caseReference,
  seq: z.int(),
  sha256,
  state: z.enum(CASE_STATES),
  missing: z.array(z.string()),
})
export type EventAccepted = z.infer<typeof eventAccepted>

/** One line of an agency's inbox: a case that is new to it or in which something happened. */
export const inboxItem = z.strictObject({
  /** Position in the member's inbox: pass the largest one as `after`. */
  cursor: z.int().min(1),
  case: caseReference,
  role: z.enum(['lead', 'partner', 'cc']),
  /** The event that put it there. */
  type: z.enum(CASE_EVENT_TYPES),
  seq: z.int().min(0),
  at: isoTime,
  state: z.enum(CASE_STATES),
  owner: z.enum(CLOCK_OWNERS).nullable(),
  due: isoDate.nullable(),
  meta: caseMeta,
  parked: z.boolean(),
  /** Whether this member still owes a receipt. */
  receiptDue: z.boolean(),
})
export type InboxItem = z.infer<typeof inboxItem>

export const inboxPage = z.strictObject({ items: z.array(inboxItem), next: z.int().min(0) })
export type InboxPage = z.infer<typeof inboxPage>

/** What the secretariat looks through: metadata of parked and unrouted cases, and deliveries that were given up. */
export const secretariatQueue = z.strictObject({
  cases: z.array(
    z.strictObject({
      case: caseReference,
      filedAt: isoTime,
      parked: z.boolean(),
      /** Nothing matched when it was filed. */
      unmatched: z.boolean(),
      state: z.enum(CASE_STATES),
      lead: memberId.nullable(),
      partner: memberId.nullable(),
      due: isoDate.nullable(),
      meta: caseMeta,
    }),
  ),
  undelivered: z.array(
    z.strictObject({
      case: caseReference,
      member: memberId,
      role: z.enum(['lead', 'partner', 'cc']),
      attempts: z.int().min(0),
      since: isoTime,
      /** Why the last attempt to tell the agency failed; null where it has no webhook, or answered. */
      failure: z.string().nullable(),
    }),
  ),
  /** What keeps a member from being given cases, such as a missing key; one sentence each. */
  members: z.array(z.string()),
})
export type SecretariatQueue = z.infer<typeof secretariatQueue>
