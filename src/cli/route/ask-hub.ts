/** Asking a hub for a route, and believing it only as far as it is signed. */
import type { Language } from '../../alliance/text.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import { type RouteQuestion, type RouteQuote, routeQuote } from '../../dispute/route-question.js'
import { reasonWords } from '../../dispute/routing/reason-text.js'
import { namedMembers, tellReasons } from '../../dispute/routing/tell-reasons.js'
import { assertQuoteShown, type RouteAnswer } from '../../dispute/sealed/assert-shown.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { type Anchor, readAnchor } from '../../verify.js'
import { trustedMembers } from '../cases/trusted-members.js'
import { expectStatus, type HubClient, readAnswer } from '../hub-client.js'

export interface AskedRoute {
  /** Its reasons are told from the signed quote, in the reader's language, whatever the hub said of them. */
  answer: RouteQuote
  anchor: Anchor
  /** Whether the alliance's keys were given by the caller. */
  pinned: boolean
}

/**
 * @param now JWT seconds
 * @throws Refusal when the quote is not the alliance's, or says other than the answer; HubClientError
 */
export async function askRoute(
  client: HubClient,
  question: RouteQuestion,
  now: number,
  pinned?: Anchor,
  lang: Language = 'en',
): Promise<AskedRoute> {
  const posted = await client.post('/v1/route-quotes', JSON.stringify(question), 'application/json')
  const answer = readAnswer(expectStatus(posted, 200), routeQuote, 'a route')
  const anchor = pinned ?? (await readHubAnchor(client, now))
  const { definitionsOf } = trustedMembers(client, anchor)
  const tell = async (one: RouteAnswer): Promise<Pick<RouteAnswer, 'reasons'>> => {
    const claims = await checkQuote(one, anchor, now)
    const definitions = await definitionsOf(namedMembers(claims))
    const words = reasonWords(lang, (id) => definitions.get(id))
    return { reasons: tellReasons(claims, words).map(({ rule, text }) => ({ rule, text: text ?? rule })) }
  }
  return {
    answer: {
      ...answer,
      ...(await tell(answer)),
      ...(answer.linked && { linked: { ...answer.linked, ...(await tell(answer.linked)) } }),
    },
    anchor,
    pinned: pinned !== undefined,
  }
}

async function readHubAnchor(client: HubClient, now: number): Promise<Anchor> {
  const { text } = expectStatus(await client.get('/alliance/.well-known/openid-federation'), 200)
  return readAnchor(text, client.origin, now)
}

async function checkQuote(answer: RouteAnswer, anchor: Anchor, now: number): Promise<QuoteClaims> {
  const claims = await verifyQuote(answer.quote, anchor, now)
  assertQuoteShown(answer, claims)
  return claims
}
