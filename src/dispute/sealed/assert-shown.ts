/** What a hub shows of a route must be what it signed: consumers' pages and the command line believe no more than that (DESIGN 4.10). */
import { Refusal } from '../../refusal.js'
import { canonicalJson } from '../../trust/digest.js'
import type { QuoteClaims } from '../envelope.js'
import type { RouteQuote } from '../route-question.js'

/** One answer of a quote: the main one, or the claim linked to a report of misuse. */
export type RouteAnswer = Omit<RouteQuote, 'linked'>

/**
 * Compares everything of an answer that its quote signs. Texts of reasons and referrals are not signed, only which they are.
 * @param claims of its verified quote
 * @throws Refusal `bad-quote` with the member that differs in `at`
 */
export function assertQuoteShown(answer: RouteAnswer, { exp, quote }: QuoteClaims): void {
  const { outcome, lead, partner, cc, gates, flags, rulesetVersion, recipients } = answer
  const shown = {
    ...{ outcome, lead, partner, cc, gates, flags, rulesetVersion, recipients },
    rules: answer.reasons.map(({ rule }) => rule),
    referrals: answer.referrals.map(({ id }) => id),
  }
  const differing = (Object.keys(shown) as (keyof typeof shown)[]).find(
    (name) => canonicalJson(shown[name]) !== canonicalJson(quote[name]),
  )
  const wrong = differing ?? (Date.parse(answer.expires) === exp * 1000 ? undefined : 'expires')
  if (wrong === undefined) return
  throw new Refusal('bad-quote', {
    detail: `The hub shows another route than the one it signed (${wrong}). Do not use it, and tell the alliance.`,
    at: wrong,
  })
}
