/** Bodies and answers around a case that hub, agencies and the secretariat exchange beside its view (DESIGN 5). */
import * as z from 'zod'
import { caseReference } from './case-reference.js'
import { attachmentNotice, consumerKeys, sealedComplaint } from './envelope.js'

/** Longest receipt: a JWS of half a kilobyte, or twice that with an RSA key. */
export const MAX_RECEIPT_BYTES = 8192
/** No limit anyone could mean is larger. */
const MAX_LIMIT = 1_000_000

/** The complaint as an agency fetches it, keeps it, and signs a receipt over it. */
export const caseEnvelope = z.strictObject({
  case: caseReference,
  revision: z.int().min(1),
  quote: z.string(),
  envelope: sealedComplaint,
  envelopeSha256: z.string().regex(/^[0-9a-f]{64}$/),
  attachments: z.array(z.strictObject({ ...attachmentNotice.shape, stored: z.boolean() })),
})

/** Body of `POST /v1/cases/{ref}/receipts`: a JWS of type `trustmark-case-receipt+jwt`. */
export const receiptPost = z.strictObject({ receipt: z.string().max(MAX_RECEIPT_BYTES) })

export const storedFile = z.strictObject({ ...attachmentNotice.shape, stored: z.literal(true) })

export const webhookPut = z.strictObject({ url: z.string() })
/** `secret` only in the answer to its registration. */
export const webhookView = z.strictObject({ url: z.string(), secret: z.string().optional() })
export const nothing = z.strictObject({})

export const recoveryPost = z.strictObject({ consumer: consumerKeys })
export const recoveryCode = z.strictObject({ case: caseReference, code: z.string().regex(/^\d{8}$/) })
export const recoveryView = z.strictObject({
  ...recoveryCode.shape,
  consumer: consumerKeys,
  requestedAt: z.iso.datetime(),
})

export const queueDecision = z.strictObject({ decision: z.literal('release') })
export const queueReleased = z.strictObject({ case: caseReference, parked: z.literal(false) })

/** What filings of an hour are counted by, each with its limit. */
export const INTAKE_BUCKETS = ['network', 'network-lead', 'lead', 'hub'] as const
export type IntakeBucket = (typeof INTAKE_BUCKETS)[number]
export const intakeLimit = z.strictObject({
  bucket: z.enum(INTAKE_BUCKETS),
  limit: z.int().min(0).max(MAX_LIMIT),
  until: z.iso.datetime(),
})
export const intakeLimits = z.strictObject({ limits: z.array(intakeLimit) })
export const complaintFigures = z.strictObject({
  /** Open cases for which no agency matched when they were filed. */
  unmatchedOpen: z.int().min(0),
  /** Such cases since the hub began. */
  unmatchedEver: z.int().min(0),
  /** Open cases that are kept back as suspected spam. */
  parked: z.int().min(0),
})
