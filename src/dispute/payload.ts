/** What is encrypted: the complaint, the consumer's identity, and messages of a case (DESIGN 4.9). */
import * as z from 'zod'
import { languageTag } from '../alliance/text.js'
import { currencyCode } from './route-question.js'
import {
  CONTACT_CHANNELS,
  CONTACT_RESULTS,
  MERCHANT_RESULTS,
  PAYMENT_METHODS,
  REMEDIES,
  TEXT_ORIGINS,
} from './taxonomy.js'

/** Longest free text: two printed pages; more goes into an attachment. */
export const MAX_FREE_TEXT = 8000
/** Longest short field, such as an order number or a name. */
export const MAX_FIELD = 300
/** Files of a case at most; with ten of 10 MB the limit of all together is the first to bite. */
export const MAX_ATTACHMENTS = 10
/** Largest file in bytes before encryption: a phone's photograph or a scanned contract. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
/** All files of a case together: what a slow line uploads within half an hour. */
export const MAX_ATTACHMENTS_BYTES = 40 * 1024 * 1024
/** Images are drawn anew in the browser, which leaves no EXIF; a pdf is shown only in a sandbox. */
export const ATTACHMENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const

const isoDate = z.iso.date()
const field = z.string().max(MAX_FIELD)

/** 128 random bits; the file's name towards the hub. */
export const attachmentId = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** How to find and open an attachment: its key lies only here, so re-wrapping a case never touches the files. */
export const attachmentKey = z.strictObject({
  id: attachmentId,
  name: field,
  type: z.enum(ATTACHMENT_TYPES),
  /** Before encryption. */
  bytes: z.int().min(1).max(MAX_ATTACHMENT_BYTES),
  /** 256-bit AES key, base64url. */
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Of the ciphertext, lower hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type AttachmentKey = z.infer<typeof attachmentKey>

/** One text with its language; a translation stands beside its original, never instead of it. */
export const authoredText = z.strictObject({
  lang: languageTag,
  text: z.string().min(1).max(MAX_FREE_TEXT),
  made: z.enum(TEXT_ORIGINS),
})
export type AuthoredText = z.infer<typeof authoredText>

/** An amount in units of the currency as the consumer wrote it, such as `1290.00`. */
export const money = z.strictObject({
  amount: z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, 'an amount such as 1290.00'),
  currency: currencyCode,
})

/** The complaint. It names the purchase, never its maker: that is {@link identityPayload}. */
export const complaintPayload = z.strictObject({
  v: z.literal(1),
  shop: z.strictObject({
    /** As she knows it: a web address, a shop link, or a name. */
    name: field,
    url: z.string().max(1000).optional(),
  }),
  transaction: z.strictObject({
    orderNo: field.optional(),
    date: isoDate.optional(),
    paid: money.optional(),
    paymentMethod: z.enum(PAYMENT_METHODS).optional(),
    product: field.optional(),
  }),
  contacted: z
    .strictObject({
      date: isoDate.optional(),
      channel: z.enum(CONTACT_CHANNELS),
      result: z.enum(CONTACT_RESULTS),
    })
    .optional(),
  remedy: z.strictObject({ sought: z.array(z.enum(REMEDIES)).min(1), amount: money.optional() }),
  story: authoredText,
  attachments: z.array(attachmentKey).max(MAX_ATTACHMENTS),
  /** Whether the lead may tell the merchant who she is. */
  conveyIdentity: z.boolean(),
})
export type ComplaintPayload = z.infer<typeof complaintPayload>

/** Who she is: encrypted apart, to the lead and herself only. No sex, nationality, birth date or identity number. */
export const identityPayload = z.strictObject({
  v: z.literal(1),
  name: field.min(1),
  email: field.optional(),
  phone: field.optional(),
  /** Where the merchant would send something. */
  address: z.string().max(1000).optional(),
})
export type IdentityPayload = z.infer<typeof identityPayload>

/** A message of a case event, encrypted to whom it is for. */
export const messagePayload = z.strictObject({
  v: z.literal(1),
  texts: z.array(authoredText).max(4),
  attachments: z.array(attachmentKey).max(MAX_ATTACHMENTS).optional(),
  /** What the merchant answered, in the partner's record of it. */
  merchant: z
    .strictObject({
      result: z.enum(MERCHANT_RESULTS),
      remedy: z.enum(REMEDIES).optional(),
      amount: money.optional(),
    })
    .optional(),
  /** An offer that the lead conveys. */
  offer: z
    .strictObject({ remedy: z.enum(REMEDIES), amount: money.optional(), until: isoDate.optional() })
    .optional(),
  /** The consumer's identity, given on by the lead where she let it be conveyed. */
  identity: identityPayload.optional(),
})
export type MessagePayload = z.infer<typeof messagePayload>
