/** What is found by which question, what is only near, and what a verdict warns of. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { MemberDefinition } from '../src/alliance/definition.js'
import { type Verdict, verdict as verdictSchema } from '../src/record/verdict.js'
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

let t: TestHub
let dbd: TestMember

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
})

const DAY = 86_400
const gold = { certificate: 'V-1', mark: 'verified', level: 'gold' }
const platinum = {
  ...gold,
  certificate: 'V-2',
  level: 'platinum',
  facts: { yearsRegistered: 3, financialStatementYears: 3, websiteAward: true, passedStandard: true },
}

async function publish(
  options: Parameters<typeof recordClaims>[2] = {},
  by = dbd,
  bend: (claims: ReturnType<typeof recordClaims>) => void = () => {},
): Promise<void> {
  const claims = recordClaims(by, t.now(), options)
  bend(claims)
  const [result] = await t.push(await signRecord(by, claims))
  expect(result).toMatchObject({ outcome: 'accepted' })
}

/** The verdict, always held against its published schema. */
async function ask(params: Record<string, string>): Promise<Verdict> {
  const answer = await t.verdict(new URLSearchParams(params).toString())
  expect(t.reported).toEqual([])
  return verdictSchema.parse(answer)
}
const word = async (url: string) => (await ask({ url })).verdict
const warnings = async (url: string) => (await ask({ url })).warnings.map(({ code }) => code)

describe('a web address', () => {
  it.each([
    'https://somjai-silk.example',
    'http://somjai-silk.example/',
    'somjai-silk.example',
    'https://SOMJAI-SILK.example:443/path?utm_source=x#top',
    'https://somjai-silk.example./',
    'web:somjai-silk.example',
    'ดูร้านนี้ https://somjai-silk.example/ผ้าไหม นะคะ',
  ])('is found as %s', async (url) => {
    await publish()
    const verdict = await ask({ url })
    expect(verdict).toMatchObject({
      verdict: 'identity-confirmed',
      query: { url, keys: ['web:somjai-silk.example'] },
    })
    expect(verdict.records[0]?.matched).toMatchObject({ url: 'https://somjai-silk.example' })
  })

  it.each([
    'https://shop.somjai-silk.example',
    'https://www.somjai-silk.example',
    'https://somjai-silk.example:8443',
    'https://somjai-silk.example.evil.example',
    'https://evil-somjai-silk.example',
    'https://example',
  ])('of scope host does not cover %s', async (url) => {
    await publish()
    const verdict = await t.verdict(new URLSearchParams({ url }).toString())
    expect(verdict.records ?? []).toEqual([])
  })

  it('of scope domain covers the hosts below it, and no neighbour', async () => {
    await publish({ scope: 'domain' })
    for (const url of [
      'https://somjai-silk.example',
      'https://www.somjai-silk.example',
      'https://a.b.somjai-silk.example/x',
    ])
      expect(await word(url)).toBe('identity-confirmed')
    for (const url of [
      'https://xsomjai-silk.example',
      'https://other.example',
      'https://shop.somjai-silk.example:8443',
    ])
      expect(await word(url)).toBe('not-found')
  })

  it('of a domain below another covers only what is below itself', async () => {
    await publish({ url: 'https://shop.somjai-silk.example', scope: 'domain' })
    expect(await word('https://a.shop.somjai-silk.example')).toBe('identity-confirmed')
    expect(await word('https://somjai-silk.example')).toBe('not-found')
    expect(await word('https://b.somjai-silk.example')).toBe('not-found')
  })

  it('under a hosting provider’s name does not cover its other customers', async () => {
    await publish({ url: 'https://somjai.github.io', scope: 'domain' })
    expect(await word('https://somjai.github.io')).toBe('identity-confirmed')
    expect(await word('https://somchai.github.io')).toBe('not-found')
  })

  it('with a port is another shop than without', async () => {
    await publish({ url: 'https://somjai-silk.example:8443' })
    expect(await word('https://somjai-silk.example:8443/x')).toBe('identity-confirmed')
    expect(await word('https://somjai-silk.example')).toBe('not-found')
  })

  it('in Thai is found in either spelling, and shown in Thai', async () => {
    await publish({ url: 'https://ร้านค้า.ไทย' })
    for (const url of ['https://ร้านค้า.ไทย/หน้า', 'https://xn--42c5b3a1dc8kd.xn--o3cw4h']) {
      expect(await ask({ url })).toMatchObject({
        verdict: 'identity-confirmed',
        query: { display: 'ร้านค้า.ไทย' },
      })
    }
  })

  it('that the holder has left behind is no longer found', async () => {
    await publish()
    t.tick()
    await publish({ url: 'https://new.example' })
    expect([await word('https://somjai-silk.example'), await word('https://new.example')]).toEqual([
      'not-found',
      'identity-confirmed',
    ])
  })
})

describe('a shop on a platform', () => {
  const shopee = { url: 'https://shopee.co.th/shop/123456' }

  it('is found by either of its two keys', async () => {
    await publish(shopee, dbd, (claims) =>
      claims.trustmark.presences[0]?.keys.push('shopee:th:user:somjai.silk'),
    )
    for (const url of [
      'https://shopee.co.th/shop/123456?smtt=0',
      'https://shopee.co.th/somjai.silk',
      'shopee:th:shop:123456',
      'https://shopee.co.th/ผ้า-i.123456.99',
    ])
      expect(await word(url)).toBe('identity-confirmed')
    for (const url of [
      'https://shopee.co.th/shop/123457',
      'https://shopee.vn/shop/123456',
      'https://shopee.co.th/somjai',
    ])
      expect(await word(url)).toBe('not-found')
  })

  it('is not certified by the mark on its owner’s website', async () => {
    await publish({ ...gold })
    await publish({ ...shopee, certificate: 'R-2' })
    expect(await word('https://somjai-silk.example')).toBe('certified')
    expect(await word(shopee.url)).toBe('identity-confirmed')
  })

  it('is one of several presences of a record, and the one that matched is named', async () => {
    await publish({}, dbd, (claims) => {
      claims.trustmark.presences.push({
        kind: 'line',
        keys: ['line:@somjai'],
        url: 'https://line.me/R/ti/p/@somjai',
        scope: 'host',
        confirmedAt: '2026-11-01',
      })
    })
    expect((await ask({ url: 'https://line.me/R/ti/p/@somjai' })).records[0]?.matched?.kind).toBe('line')
    expect((await ask({ url: 'https://somjai-silk.example' })).records[0]?.matched?.kind).toBe('web')
    expect((await ask({ record: 'th-dbd:R-1' })).records[0]).not.toHaveProperty('matched')
  })

  it('behind a short link is not guessed at', async () => {
    await publish(shopee)
    const verdict = await ask({ url: 'https://shope.ee/abc' })
    expect(verdict).toMatchObject({ verdict: 'unresolvable-link', records: [], query: { keys: [] } })
    expect(Object.keys(verdict.advice ?? {}).sort()).toEqual(['en', 'ja', 'th', 'vi'])
  })
})

describe('the same record', () => {
  it('is answered alike by address, by id and by identifier', async () => {
    await publish()
    const [byUrl, byId, byIdentifier, bare] = await Promise.all([
      ask({ url: 'somjai-silk.example' }),
      ask({ record: 'th-dbd:R-1' }),
      ask({ identifier: 'th-juristic:0105548060561' }),
      ask({ identifier: '0-1055-48060-56-1' }),
    ])
    const { matched: _matched, ...record } = byUrl!.records[0]!
    expect(byId!.records).toEqual([record])
    expect(byIdentifier!.records).toEqual([record])
    expect(bare!.records).toEqual([record])
  })

  it('of a natural person is not found by any number', async () => {
    await publish({ holder: { kind: 'natural', name: { th: 'สมใจ ใจดี' }, identifiers: [] } })
    expect(await word('somjai-silk.example')).toBe('identity-confirmed')
    expect((await ask({ identifier: '0105548060561' })).verdict).toBe('not-found')
  })

  it('of another member keeps its own mark, level, kind and principles', async () => {
    const idea = await t.admit('vn-idea')
    await publish()
    await publish({ mark: 'website-notified', level: 'notified', facts: {} }, idea)
    const { records } = await ask({ url: 'somjai-silk.example' })
    expect(records.map(({ member, mark, verdict }) => [member.id, mark.kind, mark.type, verdict])).toEqual([
      ['th-dbd', 'identity', `${ORIGIN}/marks/th-dbd/registered/registered`, 'identity-confirmed'],
      ['vn-idea', 'registration', `${ORIGIN}/marks/vn-idea/website-notified/notified`, 'registered'],
    ])
    for (const record of records)
      expect(Object.keys(record.principles)).toEqual([
        'disclosure',
        'communication',
        'privacy',
        'security',
        'redress',
      ])
  })
})

describe('not found', () => {
  it('names the schemes searched, and whether the merchant’s country publishes here at all', async () => {
    await t.admit('vn-idea')
    expect((await ask({ url: 'https://shop.co.th' })).searched).toEqual({
      schemes: expect.arrayContaining([
        expect.objectContaining({ member: 'th-dbd', mark: 'verified' }),
        expect.objectContaining({ member: 'vn-idea' }),
      ]),
      country: { code: 'TH', publishes: true },
    })
    expect((await ask({ url: 'https://shop.co.kr' })).searched?.country).toEqual({
      code: 'KR',
      publishes: false,
    })
    expect((await ask({ url: 'https://shop.co.uk' })).searched?.country).toEqual({
      code: 'GB',
      publishes: false,
    })
    expect((await ask({ url: 'https://shop.com' })).searched).not.toHaveProperty('country')
    expect((await ask({ url: 'https://shopee.vn/shop/1' })).searched?.country).toEqual({
      code: 'VN',
      publishes: true,
    })
  })

  it('searches no member that has left', async () => {
    await t.push(await signStanding(t.operator, 'th-dbd', 'left', t.now()))
    expect((await ask({ url: 'https://shop.co.th' })).searched).toEqual({
      schemes: [],
      country: { code: 'TH', publishes: false },
    })
  })
})

describe('for the asker’s country', () => {
  it('names the bodies that can help there, and none that has left', async () => {
    const [ocpb, vcc] = await Promise.all(
      ['th-ocpb', 'vn-vcc'].map((id) => createMember(id, ORIGIN, t.operator, t.now())),
    )
    await t.push(ocpb!.admission, vcc!.admission)
    await publish()
    const shop = { url: 'somjai-silk.example' }
    const verdict = await ask({ ...shop, for: 'VN' })
    expect(verdict.records[0]?.recognition).toMatchObject({ alliance: true, for: 'VN', bodies: ['vn-vcc'] })
    expect(verdict.complaints.map(({ member, relation }) => [member, relation])).toEqual([
      ['vn-vcc', 'your-country'],
      ['th-ocpb', 'merchant-country'],
    ])
    expect((await ask(shop)).complaints.map(({ member }) => member)).toEqual(['th-ocpb'])
    expect(
      (await ask({ ...shop, for: 'TH' })).complaints.map(({ member, relation }) => [member, relation]),
    ).toEqual([['th-ocpb', 'your-country']])
    await t.push(await signStanding(t.operator, 'vn-vcc', 'left', t.now()))
    const later = await ask({ ...shop, for: 'VN' })
    expect(later.records[0]?.recognition.bodies).toEqual([])
    expect(later.complaints.map(({ member }) => member)).toEqual(['th-ocpb'])
  })
})

describe('warnings', () => {
  it('none where there is nothing to warn of', async () => {
    await publish()
    expect(await warnings('somjai-silk.example')).toEqual([])
  })

  it('of a higher mark lost within twelve months, by revocation', async () => {
    await publish()
    await publish(gold)
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:V-1', 'revoked', t.now()))
    const { verdict, warnings: given } = await ask({ url: 'somjai-silk.example' })
    expect([verdict, given]).toMatchObject([
      'identity-confirmed',
      [{ code: 'higher-mark-lapsed', record: 'th-dbd:V-1' }],
    ])
    t.tick(365 * DAY + 1)
    await publish({ certificate: 'R-2' })
    expect(await warnings('somjai-silk.example')).toEqual([])
  })

  it('of a higher mark that ran out, and not while one as high is held', async () => {
    await publish()
    await publish({ ...platinum, exp: t.now() + DAY })
    await publish(gold)
    t.tick(2 * DAY)
    expect(await warnings('somjai-silk.example')).toEqual(['higher-mark-lapsed'])
    await publish({ ...platinum, certificate: 'V-3' })
    expect(await warnings('somjai-silk.example')).toEqual([])
  })

  it('of no loss where only something lower or nothing was lost', async () => {
    await publish(gold)
    await publish({ exp: t.now() + DAY })
    t.tick(2 * DAY)
    expect(await warnings('somjai-silk.example')).toEqual([])
  })

  it('of no loss when what had run out long ago is revoked', async () => {
    await publish({ exp: t.now() + 900 * DAY })
    await publish({ ...gold, exp: t.now() + DAY })
    t.tick(500 * DAY)
    await t.push(await signStatus(dbd, 'th-dbd:V-1', 'revoked', t.now()))
    expect(await ask({ url: 'somjai-silk.example' })).toMatchObject({
      verdict: 'identity-confirmed',
      warnings: [],
    })
  })

  it('of no loss where nothing at all is held', async () => {
    await publish({ ...gold, exp: t.now() + DAY })
    t.tick(2 * DAY)
    expect(await ask({ url: 'somjai-silk.example' })).toMatchObject({ verdict: 'expired', warnings: [] })
  })

  it('of a scheme whose status could not be confirmed', async () => {
    const idea = await t.admit('vn-idea')
    await publish({ mark: 'website-notified', level: 'notified', facts: {} }, idea)
    expect((await ask({ url: 'somjai-silk.example' })).warnings).toMatchObject([
      { code: 'scheme-status-unconfirmed', record: 'vn-idea:R-1' },
    ])
  })

  it('of mixed scripts, whether or not anything is found', async () => {
    expect(await warnings('https://аpple.example')).toEqual(['mixed-script'])
    await publish({ url: 'https://аpple.example' })
    expect(await ask({ url: 'https://аpple.example' })).toMatchObject({
      verdict: 'identity-confirmed',
      warnings: [{ code: 'mixed-script' }],
      query: { display: expect.stringMatching(/^xn--/) },
    })
  })

  it('of an account name that may change hands', async () => {
    await publish({ url: 'https://shopee.co.th/somjai.silk' })
    expect(await warnings('https://shopee.co.th/somjai.silk')).toEqual(['handle-may-change-hands'])
    expect(await warnings('https://shopee.co.th/shop/5')).toEqual([])
  })

  it('of a mark next door that does not cover this address', async () => {
    await publish()
    for (const url of ['https://www.somjai-silk.example', 'https://shop.somjai-silk.example']) {
      expect(await ask({ url })).toMatchObject({
        verdict: 'not-found',
        records: [],
        warnings: [{ code: 'presence-not-covered', record: 'th-dbd:R-1' }],
      })
    }
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-1', 'suspended', t.now()))
    expect(await warnings('https://www.somjai-silk.example')).toEqual([])
  })

  it('of a mark on the www name when the bare one is asked for', async () => {
    await publish({ url: 'https://www.somjai-silk.example' })
    expect(await ask({ url: 'https://somjai-silk.example' })).toMatchObject({
      verdict: 'not-found',
      warnings: [{ code: 'presence-not-covered' }],
    })
  })

  it('of a member silent longer than it promised, from that second on', async () => {
    t = await createTestHub()
    const definition: MemberDefinition = { ...readDefinition('th-dbd'), publishes: 'P7D' }
    dbd = await createMember('th-dbd', ORIGIN, t.operator, t.now(), { definition })
    await t.push(dbd.admission)
    await publish()
    expect(await warnings('somjai-silk.example')).toEqual([])
    await t.push(await signRegister(dbd, ['th-dbd:R-1'], t.now()))
    const fresh = await ask({ url: 'somjai-silk.example' })
    expect(fresh.warnings).toEqual([])
    expect(fresh.asOf.members).toEqual({
      'th-dbd': { at: new Date(t.now() * 1000).toISOString(), count: 1, index: 2, agrees: true },
    })
    t.tick(7 * DAY - 1)
    expect(await warnings('somjai-silk.example')).toEqual([])
    t.tick()
    expect((await ask({ url: 'somjai-silk.example' })).warnings).toMatchObject([
      { code: 'member-stale', member: 'th-dbd' },
    ])
    await t.push(await signRegister(dbd, [], t.now()))
    const answer = await ask({ url: 'somjai-silk.example' })
    expect(answer.warnings).toEqual([])
    expect(answer.asOf.members['th-dbd']).toMatchObject({ count: 0, agrees: false })
  })

  it('says each in every language of the hub', async () => {
    await publish()
    const { warnings: given } = await ask({ url: 'https://www.somjai-silk.example' })
    for (const { detail } of given) expect(Object.keys(detail).sort()).toEqual(['en', 'ja', 'th', 'vi'])
  })
})
