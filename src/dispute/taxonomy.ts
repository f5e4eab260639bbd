/**
 * The coded words of a complaint: what went wrong, what the consumer asks for, how a case can end. Codes travel and are
 * shown in the reader's language, so that an officer can read a complaint written in another (Rec. 2010/304/EU, CFPB).
 */

/** What is filed. `mark_misuse` reports a mark that is shown without right; it is no claim for money. */
export const CASE_KINDS = ['complaint', 'enquiry', 'mark_misuse'] as const
export type CaseKind = (typeof CASE_KINDS)[number]

/**
 * Who deals with whom. `B2C`: a consumer complains of a business. `B2C_by_trader`: a business complains of its consumer
 * abroad, which the founding report says CCJ once took.
 */
export const RELATIONS = ['B2C', 'C2C', 'B2B', 'B2C_by_trader'] as const
export type Relation = (typeof RELATIONS)[number]

export const CLAIM_TYPES = [
  'non_delivery',
  'partial_delivery',
  'late',
  'defective',
  'not_as_described',
  'counterfeit',
  'cancellation_refused',
  'refund_not_paid',
  'subscription_trap',
  'unauthorised_charge',
  'price_or_fee',
  'warranty',
  'misleading_ad',
  'privacy',
  'unsafe_product',
  'merchant_unreachable',
  'mark_misuse',
  'other',
] as const
export type ClaimType = (typeof CLAIM_TYPES)[number]

/** Claims in which writing to the shop first would only lose time, or warn a fraudster (gate G6). */
export const URGENT_CLAIMS: readonly ClaimType[] = ['unsafe_product', 'unauthorised_charge', 'mark_misuse']

export const REMEDIES = ['refund', 'replace', 'deliver', 'cancel', 'repair', 'apology', 'info'] as const
export type Remedy = (typeof REMEDIES)[number]

export const PAYMENT_METHODS = [
  'card',
  'bank_transfer',
  'e_wallet',
  'cash_on_delivery',
  'convenience_store',
  'instalments',
  'other',
] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

/** How the consumer wrote to the shop. */
export const CONTACT_CHANNELS = ['email', 'chat', 'phone', 'platform', 'post', 'other'] as const
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]

/** How the shop answered. */
export const CONTACT_RESULTS = ['no_answer', 'refused', 'promised', 'partly_solved', 'unreachable'] as const
export type ContactResult = (typeof CONTACT_RESULTS)[number]

/** Why an agency does not take a case. */
export const DECLINE_REASONS = [
  'out_of_scope',
  'not_a_consumer',
  'other_proceedings',
  'no_jurisdiction',
  'insufficient_information',
  'merchant_unidentifiable',
  'merchant_refuses_cooperation',
  'insolvent_merchant',
  'duplicate',
  'abusive',
  'other',
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

/** What an agency asks the consumer for; free text explains it. */
export const INFO_REQUESTS = [
  'order_number',
  'proof_of_payment',
  'correspondence',
  'photographs',
  'identity',
  'bank_details',
  'consent_to_convey_identity',
  'clarification',
] as const
export type InfoRequest = (typeof INFO_REQUESTS)[number]

/** How the merchant answered, as the partner records it. */
export const MERCHANT_RESULTS = ['accepts', 'offers', 'disputes', 'refuses', 'not_our_customer'] as const
export type MerchantResult = (typeof MERCHANT_RESULTS)[number]

/** Why the lead needs more time to find a solution; free text may explain it. */
export const EXTENSION_REASONS = [
  'merchant_asked_for_time',
  'evidence_awaited',
  'translation_awaited',
  'other',
] as const
export type ExtensionReason = (typeof EXTENSION_REASONS)[number]

/** How a case ends. `resolved` and `partly_resolved` come from the consumer alone, or by her silence after a paid offer. */
export const OUTCOMES = [
  'resolved',
  'partly_resolved',
  'not_resolved',
  'merchant_silent',
  'merchant_refused',
  'advice_given',
  'alert_issued',
  'referred',
  'out_of_scope',
  'duplicate',
  'withdrawn',
  'closed_no_reply',
  'abusive',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Outcomes that an agency may close a case with; the others are the consumer's word or the clock's. */
export const AGENCY_OUTCOMES = [
  'not_resolved',
  'merchant_silent',
  'merchant_refused',
  'advice_given',
  'alert_issued',
  'referred',
] as const satisfies readonly Outcome[]

/** The consumer's own word on how it ended. */
export const RATINGS = ['resolved', 'partly_resolved', 'not_resolved'] as const
export type Rating = (typeof RATINGS)[number]

/** The payload of a text: typed by its author, or a translation by a person or a machine. */
export const TEXT_ORIGINS = ['original', 'human', 'machine'] as const
export type TextOrigin = (typeof TEXT_ORIGINS)[number]

/**
 * Upper limits of the amount bands in units of each currency (band 0 reaches up to the first, band 5 lies above the
 * last): round numbers near 50, 200, 1000, 5000 and 20 000 US dollars, so that a band says little about a person.
 */
export const AMOUNT_BANDS = {
  JPY: [7500, 30_000, 150_000, 750_000, 3_000_000],
  THB: [1800, 7000, 35_000, 180_000, 700_000],
  VND: [1_300_000, 5_000_000, 25_000_000, 130_000_000, 500_000_000],
  USD: [50, 200, 1000, 5000, 20_000],
  EUR: [50, 200, 1000, 5000, 20_000],
  SGD: [70, 270, 1300, 7000, 27_000],
  MYR: [220, 900, 4500, 22_000, 90_000],
  KRW: [70_000, 270_000, 1_300_000, 7_000_000, 27_000_000],
  TWD: [1600, 6500, 32_000, 160_000, 650_000],
  CNY: [360, 1450, 7200, 36_000, 145_000],
  HKD: [390, 1550, 7800, 39_000, 155_000],
  AUD: [75, 300, 1500, 7500, 30_000],
  GBP: [40, 160, 800, 4000, 16_000],
  IDR: [800_000, 3_200_000, 16_000_000, 80_000_000, 320_000_000],
  PHP: [2900, 11_500, 58_000, 290_000, 1_150_000],
} as const satisfies Record<string, readonly [number, number, number, number, number]>

/** The highest amount band. */
export const MAX_AMOUNT_BAND = 5

/** The band of an amount; undefined for a currency without bands. */
export function amountBand(amount: number, currency: string): number | undefined {
  const limits = (AMOUNT_BANDS as Readonly<Record<string, readonly number[]>>)[currency]
  if (!limits) return undefined
  const band = limits.findIndex((limit) => amount <= limit)
  return band < 0 ? MAX_AMOUNT_BAND : band
}
