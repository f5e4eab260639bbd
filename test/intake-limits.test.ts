/** Limits against floods: what is parked, who can change it, how hard the work becomes, and that no address is kept. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SecretariatQueue } from '../src/dispute/case-view.js'
import type { QuoteClaims } from '../src/dispute/envelope.js'
import { BASE_WORK, MAX_WORK } from '../src/dispute/work.js'
import { demandWork, INTAKE_LIMITS, judgeIntake } from '../src/hub/cases/intake-limits.js'
import { hashNetwork, readNetwork } from '../src/hub/cases/network.js'
import { REQUEST_LIMITS } from '../src/hub/cases/request-limits.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import {
  asAgency,
  asConsumer,
  askQuote,
  asOperator,
  fileCase,
  json,
  QUESTION,
  readJson,
} from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { ADDRESS_HEADER, START } from './hub-fixture.js'
import { makeClaims } from './sealed-scene.js'

const HOUR = 3600
let stage: TestStage
beforeEach(async () => {
  stage = await createStage()
})

const claimsTo = (lead: string | null): QuoteClaims => makeClaims([], [], { lead })
const judge = async (lead: string | null, network?: string) =>
  (await judgeIntake(stage.t.hub, claimsTo(lead), network)).parked
const from = (address: string) => ({ headers: { [ADDRESS_HEADER]: address } })

describe('networks', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s belongs to %s', (address, network) => expect(readNetwork(address)).toBe(network))

  it.each(['', 'unknown', '300.1.1.1', '1.2.3', '_hidden', ':::', '2001:db8::g', '1.2.3.4, 5.6.7.8'])(
    '"%s" belongs to none',
    (address) => expect(readNetwork(address)).toBeUndefined(),
  )

  it('never makes one fail, whatever a proxy writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (address) => {
        expect(readNetwork(address) ?? '').toMatch(/^$|^\d+\.\d+\.\d+\.\d+$|^[0-9a-f:]+::\/64$/)
      }),
    )
  })

  it('are known by a hash that is another one tomorrow, and nobody’s then', async () => {
    const { hub } = stage.t
    const today = await hashNetwork(hub, '203.0.113.9')
    expect(today).toMatch(/^[0-9a-f]{16}$/)
    expect(await hashNetwork(hub, '::ffff:203.0.113.9')).toBe(today)
    expect(await hashNetwork(hub, '203.0.113.10')).not.toBe(today)
    expect(await hashNetwork(hub, undefined)).toBeUndefined()
    stage.t.tick(24 * HOUR)
    expect(await hashNetwork(hub, '203.0.113.9')).not.toBe(today)
    expect(await hub.cases.store.dailySalt('2026-11-22', 'gone')).toBe('gone')
  })
})

describe('beyond its limit a filing is parked', () => {
  it.each<[keyof typeof INTAKE_LIMITS, (i: number) => [lead: string | null, network?: string]]>([
    ['network', (i) => [`xx-${i}`, 'a']],
    ['network-lead', () => ['jp-ccj', 'a']],
    ['lead', (i) => ['jp-ccj', `n${i}`]],
    ['hub', (i) => [`xx-${i}`, `n${i}`]],
  ])('of %s', async (bucket, next) => {
    const limit = INTAKE_LIMITS[bucket]
    const parked: boolean[] = []
    for (let i = 0; i < limit + 2; i += 1) parked.push(await judge(...next(i)))
    expect(parked.indexOf(true)).toBe(limit)
    expect(parked.slice(limit)).toEqual([true, true])
    stage.t.tick(HOUR)
    expect(await judge(...next(0))).toBe(false)
  })

  it('also without an address, by agency and hub', async () => {
    for (let i = 0; i < INTAKE_LIMITS.lead; i += 1) expect(await judge(null)).toBe(false)
    expect(await judge(null)).toBe(true)
    expect(await judge('jp-ccj')).toBe(false)
  })
})

describe('a parked case', () => {
  async function parkOne() {
    const limit = INTAKE_LIMITS['network-lead']
    for (let i = 0; i < limit; i += 1)
      expect((await fileCase(stage, from('198.51.100.1'))).accepted.parked).toBe(false)
    const filed = await fileCase(stage, from('198.51.100.1'))
    expect(filed.accepted.parked).toBe(true)
    return filed
  }
  const release = (ref: string, as = asOperator(stage)) =>
    as.request(`/v1/queue/${ref}`, json({ decision: 'release' }))

  it('is kept, seen by its consumer, and delivered to nobody until it is released', async () => {
    const filed = await parkOne()
    const ccj = asAgency(stage, 'jp-ccj')
    expect(await asConsumer(stage, filed).view(filed.ref)).toMatchObject({
      parked: true,
      due: null,
      late: false,
    })
    expect((await ccj.inbox()).items.map((item) => item.case)).not.toContain(filed.ref)
    const shown = (await ccj.inbox('?parked=1')).items.find((item) => item.case === filed.ref)
    expect(shown).toMatchObject({ parked: true, receiptDue: false })
    const { next } = await ccj.inbox('?parked=1')
    stage.t.tick(30 * 24 * HOUR)
    await sweepCases(stage.t.hub)
    expect((await asConsumer(stage, filed).view(filed.ref)).deliveries).toMatchObject([{ state: 'pending' }])
    const queue = await readJson<SecretariatQueue>(await asOperator(stage).request('/v1/queue'))
    expect(queue.cases).toMatchObject([{ case: filed.ref, parked: true, lead: 'jp-ccj' }])
    expect(await readJson(await stage.request('/v1/complaint-figures'))).toMatchObject({ parked: 1 })

    expect((await release(filed.ref, ccj)).status).toBe(403)
    expect(await readJson(await release(filed.ref))).toEqual({ case: filed.ref, parked: false })
    expect((await release(filed.ref)).status).toBe(404)
    expect((await ccj.inbox(`?after=${next}`)).items.at(-1)).toMatchObject({
      case: filed.ref,
      receiptDue: true,
    })
    const view = await ccj.view(filed.ref)
    expect(view).toMatchObject({ parked: false, late: false, state: 'received' })
    expect(Date.parse(`${view.due}T00:00:00Z`) / 1000).toBeGreaterThan(stage.now() - 24 * HOUR)
    expect(await ccj.receipt(filed.ref)).toMatchObject({ state: 'in_triage' })
    expect(stage.t.reported).toEqual([])
  })

  it('can be withdrawn by its consumer', async () => {
    const filed = await parkOne()
    const her = asConsumer(stage, filed)
    expect(await her.send(filed.ref, { type: 'withdrawn' })).toMatchObject({ state: 'closed' })
    expect((await release(filed.ref)).status).toBe(404)
  })
})

describe('the operator', () => {
  const set = (body: object, as = asOperator(stage)) => as.request('/v1/intake-limits', json(body, {}, 'PUT'))
  const until = (seconds: number) => new Date((stage.now() + seconds) * 1000).toISOString()

  it('raises a limit for a training, for as long as it lasts', async () => {
    const asked = { bucket: 'network-lead', limit: 40, until: until(2 * HOUR) }
    expect(await readJson(await set(asked))).toEqual({ limits: [asked] })
    await set({ bucket: 'network', limit: 40, until: until(2 * HOUR) })
    for (let i = 0; i < 40; i += 1) expect(await judge('jp-ccj', 'school')).toBe(false)
    expect(await judge('jp-ccj', 'school')).toBe(true)
    stage.t.tick(3 * HOUR)
    for (let i = 0; i < 5; i += 1) expect(await judge('jp-ccj', 'school')).toBe(false)
    expect(await judge('jp-ccj', 'school')).toBe(true)
  })

  it('lowers one to nothing in a flood: everything is parked, nothing is lost', async () => {
    await set({ bucket: 'hub', limit: 0, until: until(HOUR) })
    const filed = await fileCase(stage)
    expect(filed.accepted.parked).toBe(true)
    expect((await asConsumer(stage, filed).view(filed.ref)).parked).toBe(true)
  })

  it('is asked for sense', async () => {
    const body = { bucket: 'network', limit: 5, until: until(HOUR) }
    expect((await set(body, asAgency(stage, 'jp-ccj'))).status).toBe(403)
    expect((await set({ ...body, until: until(-1) })).status).toBe(400)
    expect((await set({ ...body, until: until(32 * 24 * HOUR) })).status).toBe(400)
    for (const wrong of [
      { bucket: 'all' },
      { limit: -1 },
      { limit: 0.5 },
      { until: 'tomorrow' },
      { note: '' },
    ])
      expect((await set({ ...body, ...wrong })).status).toBe(422)
  })
})

describe('the work', () => {
  const hashes = ({ bits, puzzles }: { bits: number; puzzles: number }) => puzzles * 2 ** bits

  it('is the least on a calm day, rises with the filings of the hour, and never passes its most', async () => {
    const { hub } = stage.t
    expect(await demandWork(hub)).toEqual(BASE_WORK)
    let last = 0
    for (let filings = 0; filings <= 1200; filings += 1) {
      const work = await demandWork(hub)
      expect(hashes(work)).toBeGreaterThanOrEqual(last)
      last = hashes(work)
      if (filings < 50) expect(work).toEqual(BASE_WORK)
      if (filings === 50) expect(hashes(work)).toBe(2 * hashes(BASE_WORK))
      await judge(`xx-${filings}`)
    }
    expect(await demandWork(hub)).toEqual(MAX_WORK)
    stage.t.tick(HOUR)
    expect(await demandWork(hub)).toEqual(BASE_WORK)
  })

  it('stands in the quote', async () => {
    const filed = await fileCase(stage)
    expect(filed.claims.quote.work).toEqual(BASE_WORK)
  })
})

describe('quotes', () => {
  it('are limited by network, with the time to wait', async () => {
    const ask = (address: string) =>
      stage.request('/v1/route-quotes', json(QUESTION, { [ADDRESS_HEADER]: address }))
    for (let i = 0; i < REQUEST_LIMITS.quote; i += 1) expect((await ask('198.51.100.2')).status).toBe(200)
    const slowed = await ask('198.51.100.2')
    expect([slowed.status, ((await slowed.json()) as { code: string }).code]).toEqual([
      429,
      'too-many-requests',
    ])
    expect(Number(slowed.headers.get('Retry-After'))).toBe(HOUR - (START % HOUR))
    expect((await ask('198.51.100.3')).status).toBe(200)
    // Without an address there is nothing to count by.
    for (let i = 0; i < 3; i += 1) expect((await askQuote(stage)).outcome).toBe('case')
  })
})
