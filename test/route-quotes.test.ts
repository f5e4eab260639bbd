/** Asking a hub where a complaint goes: what it reads from its log, what it signs, and what it never repeats. */
import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { quoteClaims } from '../src/dispute/envelope.js'
import { type RouteQuote, routeQuestion, routeQuote } from '../src/dispute/route-question.js'
import { reasonWords } from '../src/dispute/routing/reason-text.js'
import { tellReasons } from '../src/dispute/routing/tell-reasons.js'
import { QUOTE_TYP } from '../src/dispute/sealed/formats.js'
import { quoteRoute } from '../src/hub/cases/quote-route.js'
import { readQuote } from '../src/hub/cases/read-quote.js'
import type { Problem } from '../src/refusal.js'
import { readPayload } from '../src/trust/jws.js'
import { signJws } from '../src/trust/signer.js'
import {
  createMember,
  createTestHub,
  ORIGIN,
  readDefinition,
  recordClaims,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { GOLDEN, summarise } from './routes.js'

const SHOP = 'https://somjai-silk.example'
const QUESTION = {
  kind: 'complaint',
  relation: 'B2C',
  consumerCountry: 'JP',
  purchaseUrl: SHOP,
  claimType: 'non_delivery',
  amountBand: 1,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
}

let t: TestHub
let members: Record<string, TestMember>

async function ask(change: object, hub = t): Promise<{ status: number; text: string; response: Response }> {
  const response = await hub.app.request('/v1/route-quotes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...QUESTION, ...change }),
  })
  return { status: response.status, text: await response.clone().text(), response }
}

async function quote(change: object = {}, hub = t): Promise<RouteQuote> {
  const { status, text } = await ask(change, hub)
  expect(status, text).toBe(200)
  return routeQuote.parse(JSON.parse(text))
}

async function refusal(change: object, hub = t): Promise<Problem> {
  const { status, text } = await ask(change, hub)
  expect(status, text).toBeGreaterThanOrEqual(400)
  return JSON.parse(text) as Problem
}

const claimsOf = ({ quote: jws }: { quote: string }) => quoteClaims.parse(readPayload(jws)).quote
const rulesOf = ({ reasons }: { reasons: { rule: string }[] }) => reasons.map(({ rule }) => rule)

/** A hub with the demo's members, a DBD shop, a SafeWeb shop and a TradeSafe shop, and fresh registers. */
async function createAlliance(dbd: object = {}): Promise<{ hub: TestHub; made: Record<string, TestMember> }> {
  const hub = await createTestHub()
  const made: Record<string, TestMember> = {}
  for (const id of ['jp-ccj', 'th-ocpb', 'vn-vcc', 'vn-ecomviet', 'jp-tradesafe'])
    made[id] = await hub.admit(id, { signed: false })
  const definition = { ...readDefinition('th-dbd'), ...dbd }
  made['th-dbd'] = await createMember('th-dbd', ORIGIN, hub.operator, hub.now(), { definition })
  const shops: [string, object][] = [
    ['th-dbd', {}],
    [
      'vn-ecomviet',
      {
        mark: 'safeweb',
        level: 'safeweb',
        url: 'https://ao-dai.example',
        certificate: 'S-1',
        holder: { identifiers: [] },
        facts: {},
      },
    ],
    [
      'jp-tradesafe',
      {
        mark: 'tradesafe',
        level: 'tradesafe',
        url: 'https://wagashi.example',
        certificate: 'T-1',
        holder: { identifiers: [] },
        facts: {},
      },
    ],
  ]
  await hub.push(made['th-dbd']!.admission)
  for (const [id, change] of shops) {
    const claims = recordClaims(made[id]!, hub.now(), change)
    const [result] = await hub.push(await signRecord(made[id]!, claims))
    expect(result?.outcome, JSON.stringify(result)).toBe('accepted')
    await hub.push(await signRegister(made[id]!, [claims.trustmark.id], hub.now()))
  }
  return { hub, made }
}

beforeAll(async () => {
  const alliance = await createAlliance()
  t = alliance.hub
  members = alliance.made
})

describe('POST /v1/route-quotes', () => {
  it.each([
    ['Japan against a DBD shop', 'th-dbd:R-1', SHOP],
    ['Vietnam against a DBD shop', 'th-dbd:R-1', SHOP],
    ['Thailand against a SafeWeb shop', 'vn-ecomviet:S-1', 'https://ao-dai.example'],
    ['Japan against a SafeWeb shop: every part is stated', 'vn-ecomviet:S-1', 'https://ao-dai.example'],
    ['Thailand against a TradeSafe shop', 'jp-tradesafe:T-1', 'https://wagashi.example'],
    ['Korea against a TradeSafe shop', 'jp-tradesafe:T-1', 'https://wagashi.example'],
    ['Singapore against a DBD shop: stated by the memorandum', 'th-dbd:R-1', SHOP],
    ['Germany against a DBD shop', 'th-dbd:R-1', SHOP],
  ])('answers as the golden file has it, by record and by address: %s', async (name, record, url) => {
    const { facts, expected } = GOLDEN.cases.find((one) => one.name === name)!
    const { consumerCountry, currency, lang } = { ...GOLDEN.defaults, ...facts }
    for (const asked of [
      { record, purchaseUrl: undefined },
      { purchaseUrl: url },
      { record, purchaseUrl: url },
    ]) {
      const found = await quote({ consumerCountry, currency, lang, ...asked })
      expect(summarise(found)).toEqual(expected)
      expect(claimsOf(found).meta.record).toBe(record)
    }
  })

  it.each([
    ['Japan against an uncertified shop in Vietnam', {}],
    ['Japan against a shop in Korea', {}],
    ['Japan, and nobody knows where the shop is', {}],
    ['Germany against a shop in France', {}],
    ['Taiwan against an uncertified shop in Japan', {}],
    ['a Japanese trader against a buyer in Thailand', { relation: 'B2C_by_trader' }],
    ['both in Korea', {}],
  ])('knows shops without a record: %s', async (name, change) => {
    const { facts, expected } = GOLDEN.cases.find((one) => one.name === name)!
    const { consumerCountry, currency, lang, merchantCountry } = { ...GOLDEN.defaults, ...facts }
    const found = await quote({
      consumerCountry,
      currency,
      lang,
      purchaseUrl: 'https://no-mark.example',
      ...(merchantCountry && { merchantCountry }),
      ...change,
    })
    expect(summarise(found)).toEqual(expected)
  })

  it('is kept by no cache, refused or not', async () => {
    for (const change of [{}, { minor: 'no' }, { record: 'th-dbd:R-9' }])
      expect((await ask(change)).response.headers.get('Cache-Control')).toBe('no-store')
  })

  it('gives reasons in the language asked for', async () => {
    for (const [lang, word] of [
      ['ja', '店舗への連絡'],
      ['th', 'เป็นผู้ติดต่อร้านค้า'],
      ['vi', 'liên hệ với cửa hàng'],
      ['en', 'leads your case'],
      ['de', 'leads your case'],
    ] as const)
      expect((await quote({ lang })).reasons[0]!.text).toContain(word)
  })
})

describe('the quote', () => {
  it('is signed by the hub’s federation key as a quote, for half an hour, one case each', async () => {
    const first = await quote()
    const header = JSON.parse(atob(first.quote.split('.')[0]!)) as object
    expect(header).toEqual({ alg: 'ES256', kid: t.hub.keys.federationPublic.kid, typ: QUOTE_TYP })
    const claims = await readQuote(t.hub, first.quote)
    expect(claims).toMatchObject({
      iss: `${ORIGIN}/alliance`,
      aud: `${ORIGIN}/alliance`,
      iat: t.now(),
      exp: t.now() + 1800,
    })
    expect(Date.parse(first.expires)).toBe(claims.exp * 1000)
    expect(claims.quote).toMatchObject({ outcome: 'case', lead: 'jp-ccj', rules: rulesOf(first) })
    expect(claims.quote.reasons?.map(({ rule }) => rule)).toEqual(rulesOf(first))
    expect(claims.quote.reasons?.[0]?.params).toEqual({
      lead: { members: ['jp-ccj'] },
      partner: { members: ['th-ocpb'] },
    })
    for (const lang of LANGUAGES) {
      const words = reasonWords(lang, readDefinition)
      expect(tellReasons(claims, words)).toEqual(
        (await quote({ lang })).reasons.filter(({ rule }) => rulesOf(first).includes(rule)),
      )
    }
    expect(claims.quote.case).toMatch(/^JP-/)
    expect(claims.quote.work.bits).toBeGreaterThan(0)
    expect(claimsOf(await quote()).case).not.toBe(claims.quote.case)
  })

  it('names every key to encrypt to, the lead’s first', async () => {
    const { recipients } = await quote()
    expect(recipients).toEqual([
      { member: 'jp-ccj', kid: members['jp-ccj']!.keys.enc[0]!.kid },
      { member: 'th-ocpb', kid: members['th-ocpb']!.keys.enc[0]!.kid },
    ])
    expect((await quote({ minor: true })).recipients).toEqual([])
    expect((await quote({ contactedMerchant: false })).recipients).toEqual([])
  })

  it('expires, and is no other hub’s, no other type’s and no member’s', async () => {
    const { quote: jws } = await quote()
    const other = await createTestHub()
    await expect(readQuote(other.hub, jws)).rejects.toMatchObject({ code: 'bad-quote' })
    const payload = readPayload<object>(jws)
    const wrongType = await signJws(t.hub.keys.federation, 'trustmark-verdict+jwt', payload)
    const byMember = await signJws(members['jp-ccj']!.auth, QUOTE_TYP, payload)
    const elsewhere = await signJws(t.hub.keys.federation, QUOTE_TYP, {
      ...payload,
      aud: 'https://other.example/alliance',
    })
    for (const bad of [wrongType, byMember, elsewhere, `${jws.slice(0, -2)}AA`, 'x'])
      await expect(readQuote(t.hub, bad)).rejects.toMatchObject({ code: 'bad-quote' })
    const later = { ...t.hub, now: () => (t.now() + 1801) * 1000 }
    await expect(readQuote(later, jws)).rejects.toMatchObject({ code: 'quote-expired' })
    expect((await readQuote(later, jws, { allowExpired: true })).exp).toBe(t.now() + 1800)
  })

  it('names nobody: neither the address nor what hung on it', async () => {
    const secret = 'order-4711-tanaka'
    const { text } = await ask({
      purchaseUrl: `https://www.no-mark.example/${secret}?mail=tanaka@mail.example`,
    })
    const payload = JSON.stringify(readPayload((JSON.parse(text) as RouteQuote).quote))
    for (const kept of [text, payload, JSON.stringify([...t.hub.memory.verdicts.byName.keys()])])
      for (const word of [secret, 'tanaka', 'mail.example']) expect(kept).not.toContain(word)
    expect(payload).not.toContain('no-mark')
  })
})

describe('a shop with two certificates', () => {
  it('is filed with the one that the question names, for that is what she was shown', async () => {
    const { hub, made } = await createAlliance()
    const second = recordClaims(made['vn-ecomviet']!, hub.now(), {
      mark: 'safeweb',
      level: 'safeweb',
      url: SHOP,
      certificate: 'S-2',
      holder: { identifiers: [] },
      facts: {},
    })
    const [result] = await hub.push(await signRecord(made['vn-ecomviet']!, second))
    expect(result?.outcome, JSON.stringify(result)).toBe('accepted')
    for (const record of ['th-dbd:R-1', 'vn-ecomviet:S-2'])
      expect(claimsOf(await quote({ record, purchaseUrl: SHOP }, hub)).meta.record).toBe(record)
  })
})

describe('what the log says outweighs what was ticked', () => {
  it('a seller with a record in force is a trader', async () => {
    const found = await quote({ relation: 'C2C', merchantCountry: 'US' })
    expect(found).toMatchObject({ outcome: 'case', gates: ['T1'], lead: 'jp-ccj', partner: 'th-ocpb' })
    expect(claimsOf(found).meta).toMatchObject({ relation: 'B2C', merchantCountry: 'TH' })
    expect(await quote({ relation: 'C2C', purchaseUrl: 'https://no-mark.example' })).toMatchObject({
      outcome: 'referral',
      gates: ['G3'],
    })
  })

  it('a mark shown by a shop that a fresh and whole register does not hold is forged', async () => {
    const found = await quote({
      purchaseUrl: 'https://somjai-si1k.example',
      markShown: 'th-dbd',
      merchantCountry: 'TH',
    })
    expect(found).toMatchObject({
      outcome: 'case',
      lead: 'th-dbd',
      partner: 'th-ocpb',
      flags: ['merchant_untrusted', 'consumer_translation'],
    })
    expect(claimsOf(found).meta).toMatchObject({
      kind: 'mark_misuse',
      claimType: 'mark_misuse',
      record: null,
    })
    expect(found.linked).toMatchObject({ outcome: 'case', lead: 'jp-ccj', partner: 'th-ocpb' })
    expect(claimsOf(found.linked!).meta).toMatchObject({ kind: 'complaint', claimType: 'non_delivery' })
    expect(claimsOf(found.linked!).case).not.toBe(claimsOf(found).case)
    expect(found.linked!.recipients[0]!.member).toBe('jp-ccj')
  })

  it('a record that was copied from another shop is a forged mark', async () => {
    const found = await quote({ purchaseUrl: 'https://copycat.example', record: 'th-dbd:R-1' })
    expect(rulesOf(found)).toContain('M1')
    expect(claimsOf(found).meta).toMatchObject({ markShown: 'th-dbd', record: null })
  })

  it.each<[string, object]>([
    ['of a member that is not known', { markShown: 'xx-none' }],
    ['of a member that awards no marks', { markShown: 'th-ocpb' }],
    [
      'next door to a certified shop',
      { purchaseUrl: 'https://www.somjai-silk.example', markShown: 'th-dbd' },
    ],
    ['behind a link whose end can not be known', { purchaseUrl: 'https://lin.ee/abc', markShown: 'th-dbd' }],
    ['of which no address is given', { purchaseUrl: undefined, markShown: 'th-dbd' }],
  ])('is never called forged: a mark %s', async (_, change) => {
    const found = await quote({ purchaseUrl: 'https://no-mark.example', ...change })
    expect(rulesOf(found)).not.toContain('M1')
    expect(found.linked).toBeUndefined()
    expect(found.flags).toContain('record_stale')
  })
})

describe('when things changed', () => {
  const mark = { purchaseUrl: 'https://no-mark.example', markShown: 'th-dbd' }

  it('a stale member’s mark is never called forged, and its records count as the last good ones', async () => {
    const { hub } = await createAlliance({ publishes: 'P1D' })
    expect(rulesOf(await quote(mark, hub))).toContain('M1')
    hub.tick(2 * 86_400)
    expect(rulesOf(await quote(mark, hub))).toEqual(['R32', 'M3-claim'])
    const found = await quote({ relation: 'C2C' }, hub)
    expect(rulesOf(found)).toEqual(['T1', 'R20', 'M3-claim', 'R24', 'R60', 'A1'])
  })

  it('a register that counts more than the hub has proves nothing', async () => {
    const { hub, made } = await createAlliance()
    hub.tick(60)
    await hub.push(await signRegister(made['th-dbd']!, ['th-dbd:R-1', 'th-dbd:R-2'], hub.now()))
    expect(rulesOf(await quote(mark, hub))).not.toContain('M1')
  })

  it('a revoked mark makes it a matter of compliance too, and its holder no trader by it', async () => {
    const { hub, made } = await createAlliance()
    hub.tick(60)
    await hub.push(await signStatus(made['th-dbd']!, 'th-dbd:R-1', 'revoked', hub.now()))
    expect(await quote({}, hub)).toMatchObject({
      lead: 'jp-ccj',
      cc: ['th-dbd'],
      flags: expect.arrayContaining(['compliance_case']),
    })
    expect((await quote({ relation: 'C2C' }, hub)).gates).toEqual(['G3'])
  })

  it('a suspended member leads nothing and is told nothing; its records are not held against the shop', async () => {
    const { hub } = await createAlliance()
    hub.tick(60)
    await hub.push(await signStanding(hub.operator, 'jp-ccj', 'suspended', hub.now()))
    await hub.push(await signStanding(hub.operator, 'th-dbd', 'suspended', hub.now()))
    expect(await quote({}, hub)).toMatchObject({
      lead: 'th-ocpb',
      partner: null,
      cc: [],
      recipients: [{ member: 'th-ocpb' }],
      flags: expect.arrayContaining(['record_stale']),
    })
    await hub.push(await signStanding(hub.operator, 'th-ocpb', 'suspended', hub.now() + 1))
    const found = await quote({}, hub)
    expect(found).toMatchObject({ outcome: 'case', lead: null, flags: ['unmatched'], recipients: [] })
    expect(found.referrals.map(({ id }) => id)).toContain('jp-188')
  })
})

describe('a quote for a case that is passed on', () => {
  const question = (change: object = {}) => routeQuestion.parse({ ...QUESTION, ...change })
  const passed = (change: object = {}) => ({
    reference: 'JP-7Q4K9-MXW2C',
    passOver: [],
    lead: null,
    flags: [],
    ...change,
  })

  it('keeps the reference, passes over who does not answer, and asks the shop no second time', async () => {
    const found = await quoteRoute(
      t.hub,
      question({ contactedMerchant: false }),
      passed({ passOver: ['jp-ccj'] }),
    )
    expect(found).toMatchObject({ outcome: 'case', lead: 'th-ocpb', partner: null, cc: ['jp-ccj', 'th-dbd'] })
    expect(claimsOf(found)).toMatchObject({ case: 'JP-7Q4K9-MXW2C', meta: { contactedMerchant: false } })
  })

  it('goes to whom the secretariat named', async () => {
    const report = question({ kind: 'mark_misuse', purchaseUrl: undefined, lang: 'en' })
    expect(await quoteRoute(t.hub, report, passed())).toMatchObject({ lead: null, flags: ['unmatched'] })
    const found = await quoteRoute(t.hub, report, passed({ lead: 'th-ocpb' }))
    expect(found).toMatchObject({ outcome: 'case', lead: 'th-ocpb', partner: null, flags: [] })
    expect(found.recipients.map(({ member }) => member)).toEqual(['th-ocpb'])
    expect(found.reasons[0]).toMatchObject({
      rule: 'S1',
      text: expect.stringContaining('Board (OCPB) leads it'),
    })
    expect((await readQuote(t.hub, found.quote)).quote.rules).toEqual(['S1'])
  })

  it('says nothing of a lead that it does not get', async () => {
    const found = await quoteRoute(t.hub, question(), passed({ lead: 'vn-vcc' }))
    expect(found).toMatchObject({ lead: 'vn-vcc', partner: 'th-ocpb' })
    expect(rulesOf(found)).toEqual(['S1', 'R24', 'A1'])
    expect(JSON.stringify(found.reasons)).not.toContain('CCJ')
    const same = await quoteRoute(t.hub, question(), passed({ lead: 'jp-ccj' }))
    expect(rulesOf(same)).toEqual(['S1', 'R20', 'R24', 'R60', 'A1'])
  })

  it('remembers that the shop showed a forged mark, in the report and in the claim, whoever leads', async () => {
    const asked = { purchaseUrl: 'https://copy.example', markShown: 'th-dbd', merchantCountry: 'TH' }
    const first = await quote(asked)
    expect(rulesOf(first.linked!)).toEqual(expect.arrayContaining(['R30', 'M1-linked']))
    const again = ({ quote: jws }: { quote: string }, change: object) => {
      const { meta, flags } = claimsOf({ quote: jws })
      const { record: _, marketplace: _m, ...facts } = meta
      return quoteRoute(t.hub, routeQuestion.parse(facts), passed({ flags, ...change }))
    }
    const claim = await again(first.linked!, { passOver: ['jp-ccj'] })
    expect(rulesOf(claim)).toEqual(['R33', 'M1-linked', 'R61', 'A1'])
    expect(claim.flags).toContain('merchant_untrusted')
    expect(claim.flags).not.toContain('record_stale')
    const report = await again(first, {})
    expect(rulesOf(report)).toEqual(rulesOf(first))
    const elsewhere = await again(first, { passOver: ['th-dbd'], lead: 'th-ocpb' })
    expect(elsewhere).toMatchObject({ lead: 'th-ocpb', flags: ['merchant_untrusted'] })
    expect(claimsOf(elsewhere).flags).toEqual(['merchant_untrusted'])
  })

  it('makes no second case of a forged mark', async () => {
    const forged = question({ purchaseUrl: 'https://copy.example', markShown: 'th-dbd' })
    expect((await quoteRoute(t.hub, forged, passed())).linked).toBeUndefined()
  })
})

describe('a marketplace', () => {
  it('is kept as a host or a platform’s code, and looked up', async () => {
    const named = async (change: object) =>
      claimsOf(await quote({ purchaseUrl: 'https://no-mark.example', ...change })).meta.marketplace
    expect(await named({ marketplace: 'Shopee' })).toBe('shopee')
    expect(await named({ marketplace: 'https://shopee.co.th/' })).toBe('shopee')
    expect(await named({ marketplace: 'https://market.example/seller/tanaka?x=1' })).toBe('market.example')
    expect(await named({})).toBeNull()
    expect(await named({ purchaseUrl: 'https://shopee.co.th/demo_shop' })).toBe('shopee')
    const found = await quote({ purchaseUrl: 'https://no-mark.example', marketplace: SHOP })
    expect(rulesOf(found)).toEqual(['R40', 'R43', 'R60', 'A1'])
  })

  it('gives the country of a platform’s site as a hint, which what the consumer read outweighs', async () => {
    const meta = async (change: object) =>
      claimsOf(await quote({ purchaseUrl: 'https://shopee.co.th/demo_shop', ...change })).meta
    expect((await meta({})).merchantCountry).toBe('TH')
    expect((await meta({ merchantCountry: 'CN' })).merchantCountry).toBe('CN')
    expect((await meta({ purchaseUrl: 'https://shop-without.io' })).merchantCountry).toBeNull()
  })
})

describe('refusals', () => {
  const NUMBER = '1-1017-00230-70-8'

  it('of unknown members name them and where they belong', async () => {
    const problem = await refusal({ name: 'Tanaka Hanako' })
    expect(problem).toMatchObject({ status: 400, code: 'bad-request', at: 'name' })
    expect(problem.detail).toContain('encrypted complaint')
    expect(JSON.stringify(problem)).not.toContain('Tanaka')
    expect(JSON.stringify(await refusal({ [NUMBER]: 1 }))).not.toContain(NUMBER)
  })

  it.each<[string, object, string, string]>([
    ['a kind', { kind: 'lawsuit' }, 'bad-request', 'kind'],
    ['a country', { consumerCountry: 'Japan' }, 'bad-request', 'consumerCountry'],
    ['a country that does not exist', { consumerCountry: 'QZ' }, 'bad-request', 'consumerCountry'],
    ['a withdrawn country', { merchantCountry: 'DY' }, 'bad-request', 'merchantCountry'],
    ['an amount itself', { amountBand: 1290 }, 'bad-request', 'amountBand'],
    ['a currency', { currency: 'baht' }, 'bad-request', 'currency'],
    ['a missing answer', { minor: undefined }, 'bad-request', 'minor'],
    ['a record id', { record: NUMBER }, 'bad-request', 'record'],
    ['a record that is not there', { record: 'th-dbd:R-404' }, 'record-unknown', 'record'],
    ['an address', { purchaseUrl: `my order ${NUMBER}` }, 'bad-query', 'purchaseUrl'],
    ['a number for an address', { purchaseUrl: NUMBER }, 'bad-query', 'purchaseUrl'],
    ['a marketplace', { marketplace: `Tanaka ${NUMBER}` }, 'bad-query', 'marketplace'],
    ['control characters', { purchaseUrl: 'https://a.example\u0000' }, 'bad-request', 'purchaseUrl'],
  ])('name field and remedy, and repeat nothing: %s', async (_, change, code, at) => {
    const problem = await refusal(change)
    expect(problem).toMatchObject({ code, at })
    expect(problem.detail.length).toBeGreaterThan(20)
    const text = JSON.stringify(problem)
    for (const value of Object.values(change))
      if (typeof value === 'string' && value.length > 5) expect(text).not.toContain(value)
    expect(text).not.toContain(NUMBER)
  })

  it('name every member that is missing at once', async () => {
    const missing = await refusal({ kind: undefined })
    expect(missing).toMatchObject({ code: 'bad-request', at: 'kind' })
    expect(missing.detail).toMatch(/^kind is missing\./)
    const several = await refusal({ kind: undefined, relation: 'X2X', lang: undefined, minor: undefined })
    expect(several.detail).toMatch(/^kind, lang, minor are missing\./)
  })

  it('reach bodies that are too large or no object', async () => {
    expect((await refusal({ purchaseUrl: 'x'.repeat(9000) })).code).toBe('body-too-large')
    const list = await t.app.request('/v1/route-quotes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '[]',
    })
    expect(await list.json()).toMatchObject({
      code: 'bad-request',
      detail: expect.stringContaining('/schemas/route-question.json'),
    })
  })
})
