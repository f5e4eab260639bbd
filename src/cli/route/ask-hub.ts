/** Asking a hub for a route, and believing it only as far as it is signed. */
import { type RouteQuestion, type RouteQuote, routeQuote } from '../../dispute/route-question.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { Refusal } from '../../refusal.js'
import { type Anchor, readAnchor } from '../../verify.js'
import { expectStatus, type HubClient, readAnswer } from '../hub-client.js'

export interface AskedRoute {
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
): Promise<AskedRoute> {
  const posted = await client.post('/v1/route-quotes', JSON.stringify(question), 'application/json')
  const answer = readAnswer(expectStatus(posted, 200), routeQuote, 'a route')
  const anchor = pinned ?? (await readHubAnchor(client, now))
  await checkQuote(answer, anchor, now)
  if (answer.linked) await checkQuote(answer.linked, anchor, now)
  return { answer, anchor, pinned: pinned !== undefined }
}

async function readHubAnchor(client: HubClient, now: number): Promise<Anchor> {
  const { text } = expectStatus(await client.get('/alliance/.well-known/openid-federation'), 200)
  return readAnchor(text, client.origin, now)
}

/** What is shown must be what was signed. */
async function checkQuote(answer: Omit<RouteQuote, 'linked'>, anchor: Anchor, now: number): Promise<void> {
  const { quote } = await verifyQuote(answer.quote, anchor, now)
  const shown = [
    answer.outcome,
    answer.lead,
    answer.partner,
    answer.cc,
    answer.reasons.map(({ rule }) => rule),
    answer.referrals.map(({ id }) => id),
    answer.recipients.map(({ member, kid }) => [member, kid]),
  ]
  const signed = [
    quote.outcome,
    quote.lead,
    quote.partner,
    quote.cc,
    quote.rules,
    quote.referrals,
    quote.recipients.map(({ member, kid }) => [member, kid]),
  ]
  if (JSON.stringify(shown) === JSON.stringify(signed)) return
  throw new Refusal('bad-quote', {
    detail: 'The hub shows another route than the one it signed. Do not use it, and tell the alliance.',
    at: 'quote',
  })
}
