/** A hub that shows a case otherwise than it was signed: consumer and officer find out the same lies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCase } from '../src/browser/case/open-case.js'
import { createHubApi } from '../src/browser/kit/hub-api.js'
import type { DemoConsumer } from '../src/cli/demo/demo-consumer.js'
import type { CaseView } from '../src/dispute/case-view.js'
import { listMembers } from '../src/dispute/compare-view.js'
import { createDesks, type Desks } from './case-desks.js'
import { ORIGIN } from './hub-fixture.js'

let desks: Desks
let her: DemoConsumer
beforeAll(async () => {
  desks = await createDesks()
  her = await desks.file()
  await desks.json(desks.folders['jp-ccj'], 'inbox')
  await desks.json(desks.folders['jp-ccj'], 'case', 'accept', her.ref)
})
afterAll(() => desks.close())

type Lie = (view: CaseView) => Partial<CaseView>

const lying = (lie: Lie) => async (url: string, init: RequestInit) => {
  const answer = await desks.send(url, init)
  if (!url.endsWith(`/v1/cases/${her.ref}`) || answer.status !== 200) return answer
  const view = (await answer.json()) as CaseView
  return Response.json({ ...view, ...lie(view) })
}

async function asConsumer(lie: Lie) {
  const reading = {
    api: createHubApi(ORIGIN, { fetch: lying(lie) }),
    anchor: undefined,
    agencies: [],
    now: () => desks.t.now() * 1000,
  }
  return openCase(reading, her.ref, her.secret, () => undefined)
}

const LIES: [name: string, lie: Lie][] = [
  ['meta', ({ meta }) => ({ meta: { ...meta, amountBand: 5 } })],
  ['state', () => ({ state: 'offer' })],
  ['lead', () => ({ lead: 'th-ocpb' })],
  ['partner', () => ({ partner: null })],
  ['cc', () => ({ cc: ['vn-vcc'] })],
  ['shared', () => ({ shared: true })],
  ['revision', () => ({ revision: 2 })],
  ['outcome', () => ({ outcome: 'resolved' })],
  ['assumed', () => ({ assumed: true })],
  ['rating', () => ({ rating: 'resolved' })],
  ['phase', () => ({ phase: 'closed' })],
  ['head', () => ({ head: 'a'.repeat(64) })],
  ['envelopeSha256', () => ({ envelopeSha256: 'a'.repeat(64) })],
  ['consumer', ({ consumer }) => ({ consumer: { ...consumer, sign: consumer.enc } })],
  ['envelope', ({ envelope }) => ({ envelope: envelope && { ...envelope, identity: envelope.complaint } })],
]

describe('what the hub shows of a case', () => {
  it('is believed when it is what was signed', async () => {
    expect((await asConsumer(() => ({}))).trust).toEqual({ kind: 'checked' })
    expect((await desks.run(desks.folders['jp-ccj'], ['case', 'show', her.ref])).code).toBe(0)
  })

  it.each(LIES)('is doubted by her and by the officer when it lies about: %s', async (name, lie) => {
    const { trust, actions } = await asConsumer(lie)
    expect(trust).toMatchObject({ kind: 'doubtful', doubt: expect.stringContaining(`${name}: `) })
    expect(actions).toEqual([])
    const { code, err } = await desks.run(desks.folders['jp-ccj'], ['case', 'show', her.ref], {
      send: lying(lie),
    })
    expect(code).toBe(1)
    expect(err).toContain('does not hold together')
  })
})

describe('members that a case names', () => {
  it('are those of now and of before, by their events, and nothing that is no member’s id', async () => {
    const { view } = await her.open()
    expect(listMembers(view)).toEqual(['jp-ccj', 'th-ocpb'])
    // The hub may hide who leads; whoever was named by an event is still found.
    expect(listMembers({ ...view, lead: null, partner: null })).toEqual(['jp-ccj', 'th-ocpb'])
    const torn = view.events.map((event) => ({ ...event, event: 'torn' }))
    expect(listMembers({ ...view, events: torn, lead: '../x' as string })).toEqual(['th-ocpb'])
  })
})
