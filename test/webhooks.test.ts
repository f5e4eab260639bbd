/** Webhooks: where they may go, what they say, and when they are tried again. */
import type { lookup as lookUpName } from 'node:dns'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { isPublicAddress } from '../src/node/public-address.js'
import { createSendWebhook } from '../src/node/send-webhook.js'
import { asAgency, asConsumer, asOperator, fileCase, json, readJson } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { ADDRESS_HEADER, START } from './hub-fixture.js'
import { openReceiver, type Receiver } from './webhook-receiver.js'

describe('addresses that a webhook may reach', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '240e::1',
  ])('%s lies in the public internet', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'fec0::1',
    'localhost',
    '',
  ])('%s does not', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('sending', () => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await openReceiver()
  })
  afterEach(() => receiver.close())

  const outside = createSendWebhook({ loopback: false })
  const demo = createSendWebhook({ loopback: true })
  /** A resolver that answers for any name as a hostile or clumsy one could. */
  const resolving = (...addresses: string[]): typeof lookUpName =>
    ((_name: string, _options: object, done: (...args: unknown[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never

  it('posts body and headers, and answers the status', async () => {
    expect(await demo(receiver.url, { 'webhook-id': 'msg_1' }, '{"a":"é"}')).toEqual({ status: 204 })
    expect(receiver.received).toMatchObject([
      {
        method: 'POST',
        path: '/hook',
        body: '{"a":"é"}',
        headers: { 'webhook-id': 'msg_1', 'content-type': 'application/json', 'content-length': '10' },
      },
    ])
  })

  it('reaches nothing but https and public addresses outside of a demo', async () => {
    const port = new URL(receiver.url).port
    expect(await outside(receiver.url, {}, '')).toHaveProperty('error')
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '10.0.0.1',
      '169.254.169.254',
      '[::ffff:127.0.0.1]',
      '0x7f.1',
      '2130706433',
    ])
      expect(await outside(`https://${host}:${port}/`, {}, '')).toEqual({
        error: 'the address is not public',
      })
    expect(await outside('http://example.com/', {}, '')).toEqual({ error: 'webhooks go by https only' })
    expect(receiver.received).toEqual([])
  })

  it('looks where a name leads, at the moment of connecting', async () => {
    const refused = { error: 'the name leads to an address that is not public' }
    // The machine's own resolver, as in life.
    expect(await outside('https://localhost:1/', {}, '')).toEqual(refused)
    for (const address of [
      '127.0.0.1',
      '10.0.0.8',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '::ffff:192.168.0.1',
    ]) {
      const send = createSendWebhook({ loopback: false, resolve: resolving(address) })
      expect(await send('https://rebound.example/', {}, ''), address).toEqual(refused)
    }
    const mixed = createSendWebhook({ loopback: false, resolve: resolving('93.184.216.34', '10.0.0.8') })
    expect(await mixed('https://rebound.example/', {}, '')).toEqual(refused)
  })

  it('reaches loopback only, even in a demo', async () => {
    const send = createSendWebhook({ loopback: true, resolve: resolving('10.0.0.8') })
    expect(await send('http://agency.example/', {}, '')).toHaveProperty('error')
    expect(await demo('http://192.168.0.1/', {}, '')).toEqual({ error: 'the address is not public' })
  })

  it('follows no redirect', async () => {
    receiver.answers[0] = { status: 307, headers: { Location: `${receiver.url}/elsewhere` } }
    expect(await demo(receiver.url, {}, 'x')).toEqual({ status: 307 })
    expect(receiver.received).toHaveLength(1)
  })

  it('reads no more of an answer than it needs', async () => {
    receiver.answers[0] = { status: 200, body: 'x'.repeat(10_000_000) }
    expect(await demo(receiver.url, {}, 'x')).toEqual({ status: 200 })
  })

  it('says why there was no answer, and never throws', async () => {
    const { url } = receiver
    await receiver.close()
    expect(await demo(url, {}, 'x')).toEqual({ error: 'ECONNREFUSED' })
    const lost = createSendWebhook({
      loopback: false,
      resolve: ((_n: string, _o: object, done: (error: Error) => void) =>
        done(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))) as never,
    })
    expect(await lost('https://gone.example/', {}, 'x')).toEqual({ error: 'ENOTFOUND' })
  })
})

describe('an agency with a webhook', () => {
  let receiver: Receiver
  let stage: TestStage
  let secret: string

  beforeEach(async () => {
    receiver = await openReceiver()
    stage = await createStage({ sendWebhook: createSendWebhook({ loopback: true }) })
    secret = await register()
  })
  afterEach(() => receiver.close())

  const ccj = () => asAgency(stage, 'jp-ccj')
  const sweep = () => sweepCases(stage.t.hub)
  async function register(): Promise<string> {
    const answer = await ccj().request('/v1/webhook', json({ url: receiver.url }, {}, 'PUT'))
    return (await readJson<{ secret: string }>(answer)).secret
  }
  /** Sweeps every so often and answers in which minutes the agency was called. */
  async function callsWithin(hours: number, every = 5): Promise<number[]> {
    const minutes: number[] = []
    for (let minute = 0; minute <= hours * 60; minute += every) {
      stage.t.tick(START + minute * 60 - stage.now())
      await sweep()
      while (minutes.length < receiver.received.length) minutes.push(minute)
    }
    return minutes
  }
  const idOf = (call: Receiver['received'][number] | undefined) => String(call?.headers['webhook-id'])

  it('is told of a new case in a message that another library verifies, and that says nothing', async () => {
    const { ref } = await fileCase(stage)
    await sweep()
    expect(receiver.received).toHaveLength(1)
    const { headers, body } = receiver.received[0]!
    vi.useFakeTimers({ toFake: ['Date'], now: stage.now() * 1000 })
    try {
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>)
      expect(verified).toEqual({
        type: 'case.news',
        timestamp: new Date(START * 1000).toISOString(),
        data: { case: ref },
      })
      expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow()
      const other = `whsec_${btoa('x'.repeat(32))}`
      expect(() => new Webhook(other).verify(body, headers as Record<string, string>)).toThrow()
    } finally {
      vi.useRealTimers()
    }
    expect((await ccj().view(ref)).deliveries).toMatchObject([{ attempts: 1, state: 'pending' }])
  })

  it('is called again by the plan until it answers, with the same id', async () => {
    receiver.answers[0] = { status: 500 }
    const { ref } = await fileCase(stage)
    // 84 hours on, two working days of the agency's are over.
    const minutes = await callsWithin(83)
    expect(minutes).toEqual([0, 5, 35, 155, 515, 1955, 3395, 4835])
    expect(new Set(receiver.received.map(idOf)).size).toBe(1)
    stage.t.tick(2 * 3600)
    await sweep()
    expect((await ccj().view(ref)).deliveries).toMatchObject([{ attempts: 8, state: 'dead' }])
    const queue = await readJson<{ undelivered: object[] }>(await asOperator(stage).request('/v1/queue'))
    expect(queue.undelivered).toMatchObject([{ case: ref, attempts: 8, failure: 'answered 500' }])
    expect(stage.t.reported).toEqual([])
  })

  it('is reminded daily when it answered but signed nothing, and no more once it has', async () => {
    const { ref } = await fileCase(stage)
    expect(await callsWithin(30, 10)).toEqual([0, 1440])
    await ccj().receipt(ref)
    stage.t.tick(10 * 86_400)
    await sweep()
    expect(receiver.received).toHaveLength(2)
  })

  it('that is out of reach hinders no other', async () => {
    const other = await openReceiver()
    const ocpb = asAgency(stage, 'th-ocpb')
    await ocpb.request('/v1/webhook', json({ url: other.url }, {}, 'PUT'))
    const first = await fileCase(stage)
    await ccj().receipt(first.ref)
    await ccj().send(first.ref, { type: 'accepted' })
    await ccj().send(first.ref, { type: 'shared' })
    await receiver.close()
    await fileCase(stage)
    await sweep()
    expect(other.received).toHaveLength(1)
    expect(stage.t.reported).toEqual([])
    await other.close()
    receiver = await openReceiver()
  })

  it('that answers 410 is not called any more', async () => {
    receiver.answers[0] = { status: 410 }
    await fileCase(stage)
    await sweep()
    expect((await ccj().request('/v1/webhook')).status).toBe(404)
    await fileCase(stage)
    await sweep()
    expect(receiver.received).toHaveLength(1)
  })

  it('is told of what others do in its cases, once each, by the newest event', async () => {
    const filed = await fileCase(stage)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    await sweep()
    const before = receiver.received.length
    await asConsumer(stage, filed).send(filed.ref, { type: 'info_given' })
    await sweep()
    await sweep()
    const calls = receiver.received.slice(before)
    expect(calls.map(({ body }) => JSON.parse(body).data)).toEqual([{ case: filed.ref }])
    await asConsumer(stage, filed).send(filed.ref, { type: 'withdrawn' })
    await Promise.all([sweep(), sweep(), sweep()])
    expect(receiver.received).toHaveLength(before + 2)
    expect(new Set(receiver.received.slice(before).map(idOf)).size).toBe(2)
  })

  it('misses no news when it was away', async () => {
    const filed = await fileCase(stage)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    await sweep()
    const before = receiver.received.length
    receiver.answers[0] = { status: 503 }
    await asConsumer(stage, filed).send(filed.ref, { type: 'info_given' })
    await sweep()
    await sweep()
    expect(receiver.received).toHaveLength(before + 1)
    receiver.answers[0] = { status: 204 }
    stage.t.tick(299)
    await sweep()
    expect(receiver.received).toHaveLength(before + 1)
    stage.t.tick(1)
    await sweep()
    expect(receiver.received).toHaveLength(before + 2)
    expect(idOf(receiver.received.at(-1))).toBe(idOf(receiver.received.at(-2)))
    stage.t.tick(86_400)
    await sweep()
    expect(receiver.received).toHaveLength(before + 2)
  })

  it('is told of nothing that happened before it was registered', async () => {
    const filed = await fileCase(stage)
    await ccj().receipt(filed.ref)
    await asConsumer(stage, filed).send(filed.ref, { type: 'withdrawn' })
    await ccj().request('/v1/webhook', { method: 'DELETE' })
    await register()
    await sweep()
    expect(receiver.received).toEqual([])
  })

  it('is told of a parked case only once it is released', async () => {
    const headers = { [ADDRESS_HEADER]: '198.51.100.1' }
    let last = await fileCase(stage, { headers })
    for (let i = 0; i < 5; i += 1) last = await fileCase(stage, { headers })
    expect(last.accepted.parked).toBe(true)
    await sweep()
    const told = () =>
      receiver.received.map(({ body }) => (JSON.parse(body) as { data: { case: string } }).data.case)
    expect(told()).not.toContain(last.ref)
    await asOperator(stage).request(`/v1/queue/${last.ref}`, json({ decision: 'release' }))
    await sweep()
    expect(told().filter((ref) => ref === last.ref)).toHaveLength(1)
  })
})
