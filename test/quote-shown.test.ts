/** A hub that shows another route than it signed: whoever asks, for a new complaint or for one that is passed on, finds out. */
import { beforeAll, describe, expect, it } from 'vitest'
import { findRoute } from '../src/browser/case/reroute.js'
import { checkRoute } from '../src/browser/intake/route.js'
import { createHubApi, type HubApi } from '../src/browser/kit/hub-api.js'
import { readTrusted } from '../src/browser/kit/trusted-anchor.js'
import { createHubClient } from '../src/cli/hub-client.js'
import { askRoute } from '../src/cli/route/ask-hub.js'
import type { QuoteClaims } from '../src/dispute/envelope.js'
import type { RouteQuote } from '../src/dispute/route-question.js'
import { readPayload } from '../src/trust/jws.js'
import { QUESTION } from './case-play.js'
import { createTestHub, ORIGIN, type TestHub } from './hub-fixture.js'

let t: TestHub
let api: HubApi
beforeAll(async () => {
  t = await createTestHub()
  for (const id of ['jp-ccj', 'th-ocpb', 'vn-vcc']) await t.admit(id)
  api = createHubApi(ORIGIN, { fetch: (url, init) => t.app.request(url, init) })
})

type Lie = (answer: RouteQuote) => Partial<RouteQuote>

/** Everybody who asks for a route and believes no more than was signed. */
const ASKERS: [string, (lie: Lie) => Promise<unknown>][] = [
  [
    'the complaint form',
    async (lie) => {
      const { linked: _linked, ...answer } = await api.routeQuote(QUESTION)
      const anchor = await readTrusted(api, undefined, t.now())
      return checkRoute(api, anchor, QUESTION, { ...answer, ...lie(answer) }, t.now())
    },
  ],
  [
    'the page of a case that is passed on',
    async (lie) => {
      const answer = await api.routeQuote(QUESTION)
      const { quote } = readPayload<QuoteClaims>(answer.quote)
      const requote = async () => ({ ...answer, ...lie(answer) })
      return findRoute({
        api: { ...api, requote },
        anchor: undefined,
        view: { case: quote.case },
        consumer: { accessKey: '' },
        now: t.now,
      } as unknown as Parameters<typeof findRoute>[0])
    },
  ],
  [
    'the command line',
    async (lie) => {
      const client = createHubClient(ORIGIN, {
        fetch: async (url, init) => {
          const response = await t.app.request(url, init)
          if (!url.endsWith('/v1/route-quotes')) return response
          const answer = (await response.json()) as RouteQuote
          return Response.json({ ...answer, ...lie(answer) })
        },
      })
      return askRoute(client, QUESTION, t.now())
    },
  ],
]

const LIES: [name: string, lie: Lie][] = [
  ['outcome', () => ({ outcome: 'referral' })],
  ['lead', () => ({ lead: 'vn-vcc' })],
  ['partner', () => ({ partner: null })],
  ['cc', () => ({ cc: ['vn-vcc'] })],
  ['gates', () => ({ gates: ['G1'] })],
  ['flags', ({ flags }) => ({ flags: [...flags, 'advice_only'] })],
  ['rulesetVersion', () => ({ rulesetVersion: 'another' })],
  ['rules', ({ reasons }) => ({ reasons: [...reasons, { rule: 'R90', text: 'x' }] })],
  ['referrals', ({ referrals }) => ({ referrals: [...referrals, referral()] })],
  ['recipients', ({ recipients }) => ({ recipients: recipients.slice(1) })],
  ['expires', () => ({ expires: '2099-01-01T00:00:00.000Z' })],
]

const referral = (): RouteQuote['referrals'][number] => ({
  id: 'a-friend-of-the-hub',
  name: { en: 'Pay here' },
  url: 'https://fraud.example',
  languages: ['en'],
  note: { en: 'x' },
  source: 'x',
})

describe.each(ASKERS)('%s', (_, ask) => {
  it('takes a route that is shown as it was signed', async () => {
    await expect(ask(() => ({}))).resolves.toBeTruthy()
  })

  it.each(LIES)('refuses a route that is shown with another: %s', async (name, lie) => {
    await expect(ask(lie)).rejects.toMatchObject({ code: 'bad-quote', details: { at: name } })
  })
})

it('keys to encrypt to are held to the anchor by which the quote was verified', async () => {
  const answer = await api.routeQuote(QUESTION)
  const { quote } = readPayload<QuoteClaims>(answer.quote)
  const fresh = await findRoute({
    api: { ...api, requote: async () => answer },
    anchor: undefined,
    view: { case: quote.case },
    consumer: { accessKey: '' },
    now: t.now,
  } as unknown as Parameters<typeof findRoute>[0])
  expect(fresh.anchor).toEqual(await readTrusted(api, undefined, t.now()))
  expect(fresh.claims?.quote.lead).toBe('jp-ccj')
})
