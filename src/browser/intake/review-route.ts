/** What she is shown before she agrees, and by which routes her complaint is filed then: one, or two where a mark was forged. */
import type { Referral, RouteQuestion, RouteQuote } from '../../dispute/route-question.js'
import type { RouteAnswer } from '../../dispute/sealed/assert-shown.js'
import type { AdmissionFloor } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'
import { readTrusted } from '../kit/trusted-anchor.js'
import { type CheckedRoute, checkRoute } from './route.js'

export interface Review {
  question: RouteQuestion
  main: CheckedRoute
  /** Her own claim beside a report of misuse, which she may leave out. */
  linked: CheckedRoute | undefined
  /** What she can do besides, each once. */
  referrals: readonly Referral[]
  /** JWT seconds after which a new quote is needed. */
  expires: number
}

/** Time that sending may take before the quote runs out (s): an old telephone and a slow line. */
const SENDING_TIME = 300

/** @throws Refusal, LogError, HubError when the quote or a key does not hold */
export async function reviewRoute(
  api: HubApi,
  pinned: Anchor | undefined,
  question: RouteQuestion,
  quote: RouteQuote,
  floor: AdmissionFloor = {},
): Promise<Review> {
  const now = Math.floor(Date.now() / 1000)
  const anchor = await readTrusted(api, pinned, now)
  const { linked, ...own } = quote
  const check = (answer: RouteAnswer): Promise<CheckedRoute> =>
    checkRoute(api, anchor, question, answer, now, floor)
  const [main, second] = await Promise.all([
    check(own),
    linked?.outcome === 'case' ? check(linked) : undefined,
  ])
  // Counted on this clock from now on: the telephone's may be wrong.
  const lifetime = main.claims.exp - main.claims.iat
  const referrals = [...quote.referrals, ...(linked?.referrals ?? [])]
  return {
    question,
    main,
    linked: second,
    referrals: referrals.filter(({ id }, i) => referrals.findIndex((one) => one.id === id) === i),
    expires: now + lifetime - SENDING_TIME,
  }
}

/** Whether a new review leads to the same agencies as the one that she agreed to. */
export function isSameRoute(a: Review, b: Review): boolean {
  const route = ({ main, linked }: Review): string =>
    JSON.stringify([main, linked].map((one) => one && [one.answer.lead, one.answer.partner, one.answer.cc]))
  return route(a) === route(b)
}
