/** The question of a route quote and its answer on the wire (DESIGN 5): cleartext metadata that names nobody. */
import * as z from 'zod'
import { memberId } from '../alliance/definition.js'
import { countryCode, languageTag, localText, plainText } from '../alliance/text.js'
import { recordId } from '../record/record.js'
import { CASE_KINDS, CLAIM_TYPES, MAX_AMOUNT_BAND, RELATIONS } from './taxonomy.js'

/** Longest web address or shop link of a purchase: as long as any that a record may hold, with room for its query. */
const MAX_PURCHASE_URL = 1000
/** Longest name of a marketplace: a platform's code or its web address. */
const MAX_MARKETPLACE = 200

/** ISO 4217, upper case. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 currency code such as THB')

const shared = {
  kind: z.enum(CASE_KINDS),
  relation: z.enum(RELATIONS),
  consumerCountry: countryCode,
  /** Where the consumer believes the shop to be; a record's own country outweighs it. */
  merchantCountry: countryCode.optional(),
  /** The member whose mark the shop shows. */
  markShown: memberId.optional(),
  claimType: z.enum(CLAIM_TYPES),
  /** 0 to 5, see AMOUNT_BANDS: never the amount itself. */
  amountBand: z.int().min(0).max(MAX_AMOUNT_BAND),
  currency: currencyCode,
  /** In which language the consumer writes, and reads the answer. */
  lang: languageTag,
  contactedMerchant: z.boolean(),
  /** A court or another dispute body has decided, or is dealing with it. */
  otherProceedings: z.boolean(),
  minor: z.boolean(),
}

/** Body of `POST /v1/route-quotes`. Unknown members are refused, so that no form sends a name by mistake. */
export const routeQuestion = z.strictObject({
  ...shared,
  record: recordId.optional(),
  /** Origin of the shop or its link on a platform; looked up and not kept. */
  purchaseUrl: plainText.max(MAX_PURCHASE_URL).optional(),
  /** The marketplace on which it was bought: its web address, or the code of a platform such as `shopee`. */
  marketplace: plainText.max(MAX_MARKETPLACE).optional(),
})
export type RouteQuestion = z.infer<typeof routeQuestion>

/** What a case keeps in clear for routing and figures: no personal data (Rec. 2010/304/EU). */
export const caseMeta = z.strictObject({
  ...shared,
  merchantCountry: countryCode.nullable(),
  markShown: memberId.nullable(),
  /** The record that the route rests on. */
  record: recordId.nullable(),
  marketplace: z.string().max(MAX_MARKETPLACE).nullable(),
})
export type CaseMeta = z.infer<typeof caseMeta>

export const ROUTE_OUTCOMES = ['case', 'referral', 'precontact', 'decline'] as const
export type RouteOutcome = (typeof ROUTE_OUTCOMES)[number]

/** What is special about a route; shown to consumer and agencies. */
export const ROUTE_FLAGS = [
  'voluntary',
  'high_value',
  'translation_required',
  'consumer_translation',
  'record_stale',
  'merchant_untrusted',
  'compliance_case',
  'advice_only',
  'evidence_needed',
  'unmatched',
  'assumption',
] as const
export type RouteFlag = (typeof ROUTE_FLAGS)[number]

/** A body outside the alliance, or a way of its own, that the consumer can turn to. */
export const referral = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,40}$/),
  name: localText,
  url: z.string().nullable(),
  phone: z.string().optional(),
  /** In which languages it can be used. */
  languages: z.array(languageTag),
  /** What it does and does not do. */
  note: localText,
  /** Where this stands. */
  source: z.string(),
})
export type Referral = z.infer<typeof referral>

/** A key to encrypt to: always one of the member's `enc` keys. */
export const recipientKey = z.strictObject({ member: memberId, kid: z.string() })
export type RecipientKey = z.infer<typeof recipientKey>

const answer = {
  outcome: z.enum(ROUTE_OUTCOMES),
  lead: memberId.nullable(),
  partner: memberId.nullable(),
  /** They get metadata only. */
  cc: z.array(memberId),
  referrals: z.array(referral),
  /** Ids of the gates that applied. */
  gates: z.array(z.string()),
  /** Every rule that had a part in it, in order, in the language asked for. */
  reasons: z.array(z.strictObject({ rule: z.string(), text: z.string() })),
  flags: z.array(z.enum(ROUTE_FLAGS)),
  rulesetVersion: z.string(),
  recipients: z.array(recipientKey),
  /** With `precontact`: how many calendar days the shop has to answer before the consumer goes on. */
  precontactDays: z.int().optional(),
  /** JWS of type `trustmark-quote+jwt`; needed to file. */
  quote: z.string(),
  expires: z.iso.datetime(),
}

/** Answer of `POST /v1/route-quotes`. `linked`: the claim for money beside a report of misuse, with a quote of its own. */
export const routeQuote = z.strictObject({ ...answer, linked: z.strictObject(answer).optional() })
export type RouteQuote = z.infer<typeof routeQuote>
