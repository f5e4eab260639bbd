/** What the hub does by the clock: gives up on agencies that are silent, lets deadlines lapse, erases what is over. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { SecretariatQueue } from '../src/dispute/case-view.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { asAgency, asConsumer, asOperator, fileCase, readJson } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { START } from './hub-fixture.js'

/** A Sunday in Japan, before Labour Thanksgiving Day; two working days on, Wednesday the 25th is over. */
const END_OF_WEDNESDAY = Date.parse('2026-11-25T15:00:00Z') / 1000
const DAY = 86_400

let stage: TestStage
beforeEach(async () => {
  stage = await createStage()
})

const sweep = async () => {
  await sweepCases(stage.t.hub)
  expect(stage.t.reported).toEqual([])
}
const goTo = (seconds: number) => stage.t.tick(seconds - stage.now())
const ccj = () => asAgency(stage, 'jp-ccj')
const ocpb = () => asAgency(stage, 'th-ocpb')

describe('an agency that signs no receipt', () => {
  it('is given up after two working days of its own calendar, before the eyes of all', async () => {
    const filed = await fileCase(stage)
    const her = asConsumer(stage, filed)
    await sweep()
    goTo(END_OF_WEDNESDAY - 1)
    await sweep()
    expect((await her.view(filed.ref)).deliveries).toMatchObject([{ member: 'jp-ccj', state: 'pending' }])
    goTo(END_OF_WEDNESDAY)
    await sweep()
    const view = await her.view(filed.ref)
    expect(view.deliveries).toMatchObject([{ member: 'jp-ccj', state: 'dead' }])
    expect(view.events.map(({ type, actor }) => [type, actor])).toEqual([
      ['created', 'hub'],
      ['undeliverable', 'hub'],
    ])
    expect(view).toMatchObject({ state: 'received', owner: 'secretariat' })
    const queue = await readJson<SecretariatQueue>(await asOperator(stage).request('/v1/queue'))
    expect(queue.undelivered).toMatchObject([
      { case: filed.ref, member: 'jp-ccj', role: 'lead', attempts: 0 },
    ])
    await sweep()
    expect((await her.view(filed.ref)).events).toHaveLength(2)
  })

  it('can still sign it later, and the case goes on', async () => {
    const filed = await fileCase(stage)
    goTo(END_OF_WEDNESDAY)
    await sweep()
    expect(await ccj().receipt(filed.ref)).toMatchObject({ state: 'in_triage' })
    await sweep()
    const queue = await readJson<SecretariatQueue>(await asOperator(stage).request('/v1/queue'))
    expect(queue.undelivered).toEqual([])
  })

  it('as the partner, has declined by its silence, on its own calendar', async () => {
    const filed = await fileCase(stage)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'accepted' })
    await ccj().send(filed.ref, { type: 'shared' })
    // Monday and Tuesday are working days in Bangkok, which is two hours behind Tokyo.
    goTo(Date.parse('2026-11-24T17:00:00Z') / 1000 - 1)
    await sweep()
    expect((await ccj().view(filed.ref)).state).toBe('shared')
    stage.t.tick()
    await sweep()
    expect((await ccj().view(filed.ref)).state).toBe('partner_declined')
  })

  it('is given up once, however many sweep at the same time', async () => {
    const refs = [await fileCase(stage), await fileCase(stage)].map(({ ref }) => ref)
    goTo(END_OF_WEDNESDAY)
    await Promise.all([sweep(), sweep(), sweep()])
    for (const ref of refs) {
      const { events } = await ccj().view(ref)
      expect(events.map(({ type }) => type)).toEqual(['created', 'undeliverable'])
    }
  })

  it('is given up once, also by a sweep that looked before and acts later', async () => {
    const { ref } = await fileCase(stage)
    const { store } = stage.t.hub.cases
    goTo(END_OF_WEDNESDAY)
    const due = await store.dueDeliveries(stage.now() * 1000, 10)
    expect(due).toHaveLength(1)
    await sweep()
    store.dueDeliveries = async () => due
    await sweep()
    expect((await ccj().view(ref)).events.map(({ type }) => type)).toEqual(['created', 'undeliverable'])
  })

  it('owes nothing any more once the case is over', async () => {
    const filed = await fileCase(stage)
    await asConsumer(stage, filed).send(filed.ref, { type: 'withdrawn' })
    goTo(END_OF_WEDNESDAY)
    await sweep()
    expect((await ccj().view(filed.ref)).events.map(({ type }) => type)).toEqual(['created', 'withdrawn'])
  })
})

describe('deadlines that lapse', () => {
  it('close a case whose consumer answers no question', async () => {
    const filed = await fileCase(stage)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    const { due } = await ccj().view(filed.ref)
    goTo(Date.parse(`${due}T15:00:00Z`) / 1000 - 1)
    await sweep()
    expect((await ccj().view(filed.ref)).state).toBe('needs_info')
    stage.t.tick()
    await Promise.all([sweep(), sweep()])
    const view = await ccj().view(filed.ref)
    expect(view).toMatchObject({ state: 'closed', outcome: 'closed_no_reply', late: false })
    expect(view.events.filter(({ type }) => type === 'lapsed')).toHaveLength(1)
  })

  const notified = async (): Promise<string> => {
    const { ref } = await fileCase(stage)
    await ccj().receipt(ref)
    await ccj().send(ref, { type: 'accepted' })
    await ccj().send(ref, { type: 'shared' })
    await ocpb().receipt(ref)
    await ocpb().send(ref, { type: 'partner_accepted' })
    await ocpb().send(ref, { type: 'merchant_notified' })
    return ref
  }

  it.each([
    [true, 'resolved'],
    [false, 'closed_no_reply'],
  ] as const)(
    'close a case after an offer without an answer: performed %s, %s',
    async (performed, outcome) => {
      const ref = await notified()
      await ocpb().send(ref, { type: 'merchant_responded', result: 'offers' })
      await ccj().send(ref, { type: 'offer_made', performed })
      stage.t.tick(30 * DAY)
      await sweep()
      expect(await ccj().view(ref)).toMatchObject({ state: 'closed', outcome, assumed: performed })
    },
  )

  it('ask for a second notice, and find the merchant silent only after that was sent', async () => {
    const ref = await notified()
    expect((await ocpb().view(ref)).actions).not.toContain('merchant_silent')
    stage.t.tick(30 * DAY)
    await sweep()
    const due = await ocpb().view(ref)
    expect(due).toMatchObject({ state: 'second_notice_due', owner: 'partner', late: false })
    expect(due.events.at(-1)!.type).toBe('lapsed')
    expect(due.actions).toContain('merchant_notified')
    // Who does not send it is late; the merchant, which nobody asked again, is not silent.
    stage.t.tick(40 * DAY)
    await sweep()
    expect(await ocpb().view(ref)).toMatchObject({ state: 'second_notice_due', owner: 'partner', late: true })
    await ocpb().send(ref, { type: 'merchant_notified' })
    const again = await ocpb().view(ref)
    expect(again).toMatchObject({ state: 'merchant_notified', owner: 'merchant', late: false })
    expect(again.actions).not.toContain('merchant_silent')
    // Its five working days are over, and the hub has not looked yet.
    goTo(Date.parse(`${again.due}T17:00:00Z`) / 1000)
    expect((await ocpb().view(ref)).actions).toContain('merchant_silent')
    await sweep()
    expect((await ccj().view(ref)).state).toBe('merchant_silent')
  })

  it('can be moved once by the lead while a solution is looked for', async () => {
    const ref = await notified()
    await ocpb().send(ref, { type: 'merchant_responded', result: 'disputes' })
    const before = await ccj().view(ref)
    expect(before.actions).toContain('extended')
    await ccj().send(ref, { type: 'extended', days: 10, reason: 'evidence_awaited' })
    const after = await ccj().view(ref)
    expect(Date.parse(after.due!) - Date.parse(before.due!)).toBeGreaterThanOrEqual(10 * DAY * 1000)
    expect(after.since).toBe(before.since)
    expect(after.actions).not.toContain('extended')
  })

  it('are not agencies’: who is late stays late, and holds up no other case', async () => {
    const { store } = stage.t.hub.cases
    const { ref: late } = await fileCase(stage)
    await ccj().receipt(late)
    const [row, events, envelope] = [
      await store.find(late),
      await store.events(late),
      await store.envelope(late),
    ]
    // More than one sweep takes, all of them due earlier than the one that it is about.
    for (let i = 0; i < 30; i += 1) {
      const copy = { ...row!, ref: `JP-00000-${String(i).padStart(5, '0')}` }
      expect(await store.file({ row: copy, events, envelope: envelope! })).toBe(true)
    }
    expect(row).toMatchObject({ owner: 'lead', due: expect.any(String) })
    stage.t.tick(60)
    const waiting = await fileCase(stage)
    await ccj().receipt(waiting.ref)
    await ccj().send(waiting.ref, { type: 'info_requested', asks: ['order_number'] })
    stage.t.tick(40 * DAY)
    await sweep()
    expect((await ccj().view(waiting.ref)).state).toBe('closed')
    expect(await ccj().view(late)).toMatchObject({ state: 'in_triage', late: true, owner: 'lead' })
  })
})

describe('content that is over', () => {
  async function closeOne() {
    const file = await sealAttachment(new Uint8Array(500), { name: 'a.png', type: 'image/png' })
    const filed = await fileCase(stage, {
      attachments: [file.notice],
      complaint: { attachments: [file.key] },
    })
    const put = { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: file.sealed }
    const path = `/v1/cases/${filed.ref}/attachments/${file.notice.id}`
    expect((await asConsumer(stage, filed).request(path, put)).status).toBe(200)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'closed', outcome: 'advice_given' })
    return { filed, key: `${filed.ref}/${file.notice.id}` }
  }

  it('is erased ninety days after the close, files included', async () => {
    const { filed, key } = await closeOne()
    const { erasesOn } = await ccj().view(filed.ref)
    expect(erasesOn).toBe('2027-02-20')
    const files = stage.t.hub.cases.attachments
    goTo(Date.parse('2027-02-19T15:00:00Z') / 1000 - 1)
    await sweep()
    expect(await files.get(key)).toBeDefined()
    expect((await ccj().view(filed.ref)).envelope).not.toBeNull()
    stage.t.tick()
    await Promise.all([sweep(), sweep()])
    expect(await files.get(key)).toBeUndefined()
    const answer = await ccj().request(`/v1/cases/${filed.ref}`)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([410, 'payload-erased'])
    expect((await asConsumer(stage, filed).request(`/v1/cases/${filed.ref}`)).status).toBe(404)
    const events = await stage.t.hub.cases.store.events(filed.ref)
    expect(events.filter(({ jws }) => jws !== null).map(({ type }) => type)).toEqual(['payload_erased'])
    expect(await stage.t.hub.cases.store.find(filed.ref)).toMatchObject({
      status: { state: 'archived', outcome: 'advice_given' },
      consumer: null,
      filedAt: Date.UTC(2026, 10, 1),
    })
  })

  it('stays whole when its files can not be removed, and goes with the next sweep', async () => {
    const { filed, key } = await closeOne()
    const { hub, reported } = stage.t
    const { remove } = hub.cases.attachments
    goTo(START + 100 * DAY)
    hub.cases.attachments.remove = async () => {
      throw new Error('the disk is gone')
    }
    const other = await fileCase(stage)
    await sweepCases(hub)
    expect(reported.splice(0).map(String)).toEqual(['Error: the disk is gone'])
    expect((await ccj().view(filed.ref)).state).toBe('closed')
    expect((await hub.cases.store.deliveries(other.ref))[0]!.nextAt).toBeGreaterThan(stage.now() * 1000)
    hub.cases.attachments.remove = remove
    await sweep()
    expect(await hub.cases.attachments.get(key)).toBeUndefined()
    expect((await hub.cases.store.find(filed.ref))!.status.state).toBe('archived')
  })
})
