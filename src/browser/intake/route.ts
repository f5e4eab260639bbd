/**
 * The route of a complaint, believed only as far as it is signed: the quote by the alliance's federation key, and every
 * key to encrypt to by the operator and the public log (DESIGN 4.9, 4.10).
 */
import type { QuoteClaims } from '../../dispute/envelope.js'
import type { RouteQuestion } from '../../dispute/route-question.js'
import { assertQuoteShown, type RouteAnswer } from '../../dispute/sealed/assert-shown.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { Refusal } from '../../refusal.js'
import type { PublicJwk } from '../../trust/keys.js'
import { type AdmissionFloor, chooseRecipients, readEncryptionKeys } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'

/** How far a telephone's clock may be wrong (s): some are off by minutes, and the hub judges the time itself. */
const CLOCK_LEEWAY = 3600

/** A route that a complaint can be filed by. */
export interface CheckedRoute {
  answer: RouteAnswer
  claims: QuoteClaims
  keys: { lead: PublicJwk[]; partner: PublicJwk[] }
}

/**
 * Checks a quote against what was asked and what is shown, and finds the keys that it names.
 * @param now JWT seconds
 * @param floor admissions below which none counts
 * @throws Refusal, LogError when anything does not hold; HubError
 */
export async function checkRoute(
  api: HubApi,
  anchor: Anchor,
  question: RouteQuestion,
  answer: RouteAnswer,
  now: number,
  floor: AdmissionFloor = {},
): Promise<CheckedRoute> {
  const claims = await verifyQuote(answer.quote, anchor)
  if (claims.exp + CLOCK_LEEWAY < now) throw new Refusal('quote-expired', 'Ask for a new quote.')
  assertAsAsked(claims, question)
  assertQuoteShown(answer, claims)
  const { lead, partner } = claims.quote
  const members = [lead, partner].filter((id) => id !== null)
  const pinned = { anchor, now, floor }
  const trusted = await readEncryptionKeys(api, api.origin, members, pinned)
  return { answer, claims, keys: chooseRecipients(claims, trusted) }
}

/** Another consumer's quote, or one for other facts, must not be put under her complaint. */
function assertAsAsked({ quote }: QuoteClaims, question: RouteQuestion): void {
  const { meta } = quote
  const names = ['consumerCountry', 'lang', 'currency', 'otherProceedings', 'minor'] as const
  // A claim beside a forged mark becomes a report of it as well; nothing else may turn into anything else.
  const isOther = meta.claimType !== question.claimType && meta.claimType !== 'mark_misuse'
  const wrong = isOther ? 'claimType' : names.find((name) => meta[name] !== question[name])
  // A record in force outweighs what she ticked, so relation, kind and country of the shop may differ.
  if (wrong || meta.amountBand !== question.amountBand)
    throw new Refusal('bad-quote', {
      detail: 'The quote is about another complaint.',
      at: wrong ?? 'amountBand',
    })
}
