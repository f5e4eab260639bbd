/**
 * The route of a complaint, believed only as far as it is signed: the quote by the alliance's federation key, and every
 * key to encrypt to by the operator and the public log (DESIGN 4.9, 4.10).
 */
import type { QuoteClaims } from '../../dispute/envelope.js'
import type { RouteQuestion, RouteQuote } from '../../dispute/route-question.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { Refusal } from '../../refusal.js'
import type { PublicJwk } from '../../trust/keys.js'
import { chooseRecipients, readEncryptionKeys } from '../../trusted-keys.js'
import { type Anchor, readAnchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'

/** How far a telephone's clock may be wrong (s): some are off by minutes, and the hub judges the time itself. */
const CLOCK_LEEWAY = 3600

/** One answer of a quote: the main one, or the claim linked to a report of misuse. */
export type RouteAnswer = Omit<RouteQuote, 'linked'>

/** A route that a complaint can be filed by. */
export interface CheckedRoute {
  answer: RouteAnswer
  claims: QuoteClaims
  keys: { lead: PublicJwk[]; partner: PublicJwk[] }
}

/** The alliance's keys: pinned ones, else those that the hub shows now. @throws Refusal, HubError */
export async function readTrusted(api: HubApi, pinned: Anchor | undefined, now: number): Promise<Anchor> {
  return pinned ?? readAnchor(await api.text('/alliance/.well-known/openid-federation'), api.origin, now)
}

/**
 * Checks a quote against what was asked and what is shown, and finds the keys that it names.
 * @param now JWT seconds
 * @throws Refusal, LogError when anything does not hold; HubError
 */
export async function checkRoute(
  api: HubApi,
  anchor: Anchor,
  question: RouteQuestion,
  answer: RouteAnswer,
  now: number,
): Promise<CheckedRoute> {
  const claims = await verifyQuote(answer.quote, anchor)
  if (claims.exp + CLOCK_LEEWAY < now) throw new Refusal('quote-expired', 'Ask for a new quote.')
  assertAsAsked(claims, question)
  assertAsShown(claims, answer)
  const { lead, partner } = claims.quote
  const members = [lead, partner].filter((id) => id !== null)
  const trusted = await readEncryptionKeys((path) => api.text(path), api.origin, members, { anchor, now })
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

/** What she was shown must be what was signed. */
function assertAsShown({ quote }: QuoteClaims, answer: RouteAnswer): void {
  const shown = [answer.outcome, answer.lead, answer.partner, [...answer.cc], answer.recipients]
  const signed = [quote.outcome, quote.lead, quote.partner, [...quote.cc], quote.recipients]
  if (JSON.stringify(shown.map(ordered)) !== JSON.stringify(signed.map(ordered)))
    throw new Refusal('bad-quote', 'The hub shows another route than it signed.')
}

/** Recipients by their members and key ids, whatever the order of members in the JSON. */
function ordered(value: unknown): unknown {
  return Array.isArray(value)
    ? value.map((one) => (typeof one === 'string' ? one : `${one.member} ${one.kid}`))
    : value
}
