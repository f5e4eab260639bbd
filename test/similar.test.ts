/** Look-alikes of certified shops on a real hub: who is named, who is warned of, and whom nobody accuses. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkLookUp } from '../src/cli/look-up/check-lookup.js'
import { formatLookUp } from '../src/cli/look-up/format-verdict.js'
import { verify } from '../src/hub/verify.js'
import { MAX_SIMILAR, type Verdict } from '../src/record/verdict.js'
import { VERDICT_TYP } from '../src/trust/statements.js'
import { readAnchor, verifyVerdict } from '../src/verify.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { portOf } from './hub-port.js'
import { copyOf, sync } from './mirror-fixture.js'

let t: TestHub
let dbd: TestMember

/** Publishes a record in force for this address. */
async function certify(certificate: string, url: string, scope: 'host' | 'domain' = 'host'): Promise<void> {
  const claims = recordClaims(dbd, t.now(), { certificate, url, scope })
  const [result] = await t.push(await signRecord(dbd, claims))
  expect(result?.outcome).toBe('accepted')
}

const ask = (url: string): Promise<Verdict> => t.verdict(`url=${encodeURIComponent(url)}`)
const named = ({ similar }: Verdict) => similar?.map(({ record, resemblance }) => [record, resemblance])
const accused = ({ warnings }: Verdict) =>
  warnings.filter(({ code }) => code === 'lookalike').map(({ record }) => record)

const get = async (path: string, accept = '*/*') =>
  (await t.app.request(path, { headers: { Accept: accept } })).text()

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await certify('SILK', 'https://somjai-silk.example')
  await certify('LINE', 'https://line.me/R/ti/p/@baanchang')
})

describe('an address that resembles a certified one', () => {
  it.each([
    ['https://sоmjai-silk.example', 'letters'],
    ['https://s0mjal-silk.example/pay', 'letters'],
    ['somjai-slik.example', 'typo'],
    ['somjaisilk.example', 'typo'],
    ['somjai-silk.shop', 'suffix'],
    ['somjai-silk.example.pay.example', 'suffix'],
  ])('%s is warned of, and the genuine address named', async (url, resemblance) => {
    const verdict = await ask(url)
    expect(verdict.verdict).toBe('not-found')
    expect(named(verdict)).toEqual([['th-dbd:SILK', resemblance]])
    expect(verdict.similar?.[0]).toMatchObject({
      verdict: 'identity-confirmed',
      url: 'https://somjai-silk.example',
      holder: { en: 'Somjai Silk Co., Ltd.' },
      mark: { en: 'DBD Registered' },
    })
    const [warning] = verdict.warnings.filter(({ code }) => code === 'lookalike')
    expect(warning?.record).toBe('th-dbd:SILK')
    for (const text of Object.values(warning!.detail)) expect(text).toContain('somjai-silk.example')
    expect(Object.keys(warning!.detail).sort()).toEqual(['en', 'ja', 'th', 'vi'])
  })

  it('is cautioned of and not accused where a domain only contains the shop’s name', async () => {
    for (const [url, codes] of [
      ['official-somjaisilk.example', ['name-inside']],
      ['somjai-silk.evil.com', ['name-inside']],
      ['somjai-silk.example.com', ['name-inside']],
      // Its own account, as likely as not.
      ['instagram.com/somjai.silk', ['handle-may-change-hands']],
    ] as const) {
      const verdict = await ask(url)
      expect([named(verdict), accused(verdict)]).toEqual([[['th-dbd:SILK', 'name-inside']], []])
      expect(verdict.warnings.map(({ code }) => code)).toEqual(codes)
      if (codes[0] === 'name-inside')
        for (const text of Object.values(verdict.warnings[0]!.detail))
          expect(text).toContain('somjai-silk.example')
    }
  })

  it('may be an account on a platform', async () => {
    const verdict = await ask('https://line.me/R/ti/p/@baanchanq')
    expect([named(verdict), accused(verdict)]).toEqual([[['th-dbd:LINE', 'typo']], ['th-dbd:LINE']])
    expect(verdict.warnings[0]?.detail.en).toContain('LINE @baanchang')
  })

  it('is told in signed answers, and not to those who ask for many', async () => {
    const url = 'https://somjai-slik.example'
    const path = `/v1/verify?url=${encodeURIComponent(url)}`
    const signed = await get(path, 'application/jwt')
    expect(JSON.parse(atob(signed.split('.')[0]!)).typ).toBe(VERDICT_TYP)
    const anchor = await readAnchor(await get('/alliance/.well-known/openid-federation'), ORIGIN, t.now())
    expect(named(await verifyVerdict(signed, anchor, t.now()))).toEqual([['th-dbd:SILK', 'typo']])
    const many = await t.app.request('/v1/verify', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ queries: [{ url }] }),
    })
    const { results } = (await many.json()) as { results: Verdict[] }
    const { similar, warnings, ...same } = await ask(url)
    expect([similar?.length, warnings.length]).toEqual([1, 1])
    expect(results).toEqual([{ ...same, warnings: [] }])
  })

  it('is printed by `trustmark verify`, as the hub’s word beside what was checked', async () => {
    const looked = await checkLookUp(portOf(t.app), ORIGIN, { url: 'https://somjai-slik.example' }, t.now())
    expect([looked.trusted, named(looked.verdict)]).toEqual([true, [['th-dbd:SILK', 'typo']]])
    const lines = formatLookUp(looked, 'en')
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}https:\/\/somjai-silk\.example .*th-dbd:SILK: One character/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^The hub’s word: .*which addresses are similar/))
  })

  it('of a well-known platform is warned of without a record', async () => {
    for (const url of ['ѕhopee.co.th', 'lazada.shop', 'faceb00k.example']) {
      const verdict = await ask(url)
      expect([verdict.similar, accused(verdict)]).toEqual([undefined, [undefined]])
    }
    expect(accused(await ask('line.example'))).toEqual([])
  })
})

describe('nobody is named or accused', () => {
  it('where a mark in force covers the address, however much it resembles another', async () => {
    await certify('SILKS', 'https://somjai-silks.example')
    const verdict = await ask('https://somjai-silks.example')
    expect([verdict.verdict, verdict.similar, verdict.warnings]).toEqual([
      'identity-confirmed',
      undefined,
      [],
    ])
    expect((await ask('https://somjai-silk.example')).warnings).toEqual([])
  })

  it('for questions by number or record, or by what is known by its number alone', async () => {
    for (const query of ['record=th-dbd:SILK9', 'identifier=0105536000013', 'url=shopee:th:shop:12345'])
      expect((await t.verdict(query)).similar).toBeUndefined()
  })

  it('for another host of a certified domain: it is shown, and imitates nobody', async () => {
    await certify('OWN', 'https://www.ban-rai-coffee.example')
    await certify('OTHER', 'https://ban-rai-coffee.shop')
    const verdict = await ask('https://pay.ban-rai-coffee.example')
    expect(named(verdict)).toEqual([
      ['th-dbd:OWN', 'name-inside'],
      ['th-dbd:OTHER', 'suffix'],
    ])
    expect(accused(verdict)).toEqual([])
    const bare = await ask('https://ban-rai-coffee.example')
    expect(bare.warnings.map(({ code, record }) => [code, record])).toEqual([
      ['presence-not-covered', 'th-dbd:OWN'],
    ])
    expect(bare.similar).toBeUndefined()
  })

  it('by a shop that lost its mark, nor is such a shop itself an imitation', async () => {
    await certify('LOST', 'https://doi-pottery.example')
    await certify('KEPT', 'https://doi-potery.example')
    await t.push(await signStatus(dbd, 'th-dbd:LOST', 'revoked', t.now() + 1))
    const lost = await ask('https://doi-pottery.example')
    expect([lost.verdict, named(lost), accused(lost)]).toEqual(['revoked', [['th-dbd:KEPT', 'typo']], []])
    expect(named(await ask('https://doi-pottery.shop'))).toEqual([['th-dbd:KEPT', 'typo']])
  })

  it('once the certificate has run out, from that moment on', async () => {
    const url = 'https://short-lived-shop.example'
    const claims = recordClaims(dbd, t.now(), { certificate: 'SHORT', url, exp: t.now() + 86_400 })
    await t.push(await signRecord(dbd, claims))
    const asked = 'https://short-lived-shap.example'
    expect(named(await ask(asked))).toEqual([['th-dbd:SHORT', 'typo']])
    t.tick(86_400)
    const { similar, warnings } = await ask(asked)
    expect([similar, warnings]).toEqual([undefined, []])
  })
})

describe('a copy of the log', () => {
  it('gives the same answer, without being told', async () => {
    const copy = await copyOf(t)
    await sync(copy, t)
    for (const url of [
      'https://sоmjai-silk.example',
      'https://doi-pottery.shop',
      'https://no-mark.example',
    ]) {
      const { verdict } = await verify(copy, { url })
      expect([verdict.similar, verdict.warnings]).toEqual([
        (await ask(url)).similar,
        (await ask(url)).warnings,
      ])
    }
  })
})

describe('of many that resemble it', () => {
  it('the nearest stand first, and each address once with its highest mark', async () => {
    for (const [i, url] of [
      'https://krabi-crafts.example',
      'https://krabi-craft.shop',
      'https://krabi-craft.example',
      'https://krabi.example',
      'https://krabicraft.test',
      'https://kr4bi-craft.example',
      'https://www.krabl-craft.co.th',
    ].entries())
      await certify(`K${i}`, url)
    const gold = recordClaims(dbd, t.now(), {
      certificate: 'K2-GOLD',
      url: 'https://krabi-craft.example',
      mark: 'verified',
      level: 'gold',
    })
    await t.push(await signRecord(dbd, gold))
    const verdict = await ask('https://krabi-craft.co.th')
    expect(verdict.similar).toHaveLength(MAX_SIMILAR)
    expect(named(verdict)).toEqual([
      ['th-dbd:K6', 'letters'],
      ['th-dbd:K0', 'typo'],
      ['th-dbd:K5', 'typo'],
      ['th-dbd:K4', 'typo'],
      ['th-dbd:K2-GOLD', 'suffix'],
    ])
    expect(accused(verdict)).toEqual(['th-dbd:K6'])
  })
})
