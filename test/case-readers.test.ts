/** What a case's readers refuse to take on the hub's word: whom she agreed to, her own key, times and deadlines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenCase, openCase } from '../src/browser/case/open-case.js'
import { createHubApi } from '../src/browser/kit/hub-api.js'
import type { DemoConsumer } from '../src/cli/demo/demo-consumer.js'
import type { CaseEvent, CaseEventClaims } from '../src/dispute/case-event.js'
import type { CaseEventView, CaseView } from '../src/dispute/case-view.js'
import { CASE_EVENT_TYP, QUOTE_TYP } from '../src/dispute/envelope.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { signCaseEvent } from '../src/dispute/sealed/sign-case.js'
import { formatAllianceId } from '../src/record/record.js'
import { sha256Hex } from '../src/trust/digest.js'
import { readPayload } from '../src/trust/jws.js'
import { signJws } from '../src/trust/signer.js'
import { createDesks, type Desks } from './case-desks.js'
import { createTestHub, ORIGIN } from './hub-fixture.js'

let desks: Desks
beforeAll(async () => {
  desks = await createDesks()
  await desks.t.admit('vn-vcc')
})
afterAll(() => desks.close())

const hubSigns = (typ: string, claims: object) => signJws(desks.t.hub.keys.federation, typ, claims)

/** What the page makes of a case when the hub changes what it shows. */
async function openLying(
  her: Pick<DemoConsumer, 'ref' | 'secret'>,
  lie: (view: CaseView) => CaseView | Promise<CaseView>,
  refuse = /^$/,
): Promise<OpenCase> {
  const api = createHubApi(ORIGIN, { fetch: (url, init) => desks.t.app.request(url, init) })
  const evil: typeof api = {
    ...api,
    text: (path) => (refuse.test(path) ? Promise.reject(new Error('not now')) : api.text(path)),
    readCase: async (ref, access) => lie(await api.readCase(ref, access)),
  }
  const agencies = ['jp-ccj', 'th-ocpb', 'th-dbd', 'vn-vcc'].map((id) => ({
    id,
    entity: `${ORIGIN}/members/${id}`,
    name: {},
    shortName: {},
    country: id.slice(0, 2).toUpperCase(),
    languages: [],
    channels: [],
    disputes: true,
  }))
  const reading = { api: evil, anchor: undefined, agencies, now: () => desks.t.now() * 1000 }
  return openCase(reading, her.ref, her.secret, () => undefined)
}

async function recreate(view: CaseView, over: object): Promise<CaseView> {
  const claims = readPayload<CaseEventClaims>(view.events[0]!.event!)
  Object.assign(claims.case.event, over)
  const event = await hubSigns(CASE_EVENT_TYP, claims)
  return { ...view, events: [{ ...view.events[0]!, event }], head: sha256Hex(event) }
}

/** An event that the hub adds on its own, at a time of its choice (JWT seconds). */
async function hubAdds(view: CaseView, event: CaseEvent, iat: number): Promise<CaseEventView> {
  const alliance = formatAllianceId(ORIGIN)
  const jws = await signCaseEvent(desks.t.hub.keys.federation, {
    iss: alliance,
    aud: alliance,
    iat,
    ref: view.case,
    seq: view.events.length,
    prev: view.head,
    event,
  })
  const at = new Date(iat * 1000).toISOString()
  return { seq: view.events.length, at, type: event.type, actor: 'hub', event: jws, message: null }
}

describe('the consumer’s page believes what was signed, so that it', () => {
  it('checks an honest case, with everything that she may do', async () => {
    const her = await desks.file()
    const open = await openLying(her, (view) => view)
    expect(open.trust).toEqual({ kind: 'checked' })
    expect(open.actions).toContain('message')
  })

  it.each<[string, (view: CaseView) => Promise<CaseView>, RegExp]>([
    ['another lead', (view) => recreate({ ...view, lead: 'vn-vcc' }, { lead: 'vn-vcc' }), /vn-vcc as lead/],
    [
      'another partner',
      (view) => recreate({ ...view, partner: 'vn-vcc' }, { partner: 'vn-vcc' }),
      /vn-vcc as partner/,
    ],
    ['nobody in copy', (view) => recreate({ ...view, cc: [] }, { cc: [] }), /nobody as cc/],
    [
      'a quote that no alliance signed',
      async (view) => {
        const other = await createTestHub()
        const quote = await signJws(other.hub.keys.federation, QUOTE_TYP, readPayload(view.quote))
        return { ...view, quote }
      },
      /not signed by the alliance/,
    ],
    [
      'an outcome that was assumed',
      async (view) => ({ ...view, assumed: true }),
      /assumed: the hub shows true/,
    ],
    ['others in copy than were signed', async (view) => ({ ...view, cc: ['vn-vcc'] }), /cc: the hub shows/],
  ])('does not take %s from the hub', async (_name, lie, doubt) => {
    const open = await openLying(await desks.file(), lie)
    expect(open.trust).toMatchObject({ kind: 'doubtful', doubt: expect.stringMatching(doubt) })
    expect(open.actions).toEqual([])
  })

  it('does not take a key as hers that the hub made', async () => {
    const her = await desks.file()
    const fake = await createConsumer(her.ref, '1'.repeat(24))
    const open = await openLying(her, async (shown) => {
      const view = await recreate(shown, { consumer: fake.keys.sign })
      const event = await signCaseEvent(fake.signer, {
        iss: `${ORIGIN}/cases/${her.ref}`,
        aud: formatAllianceId(ORIGIN),
        iat: desks.t.now(),
        ref: her.ref,
        seq: 1,
        prev: view.head,
        event: { type: 'withdrawn' },
      })
      const at = new Date(desks.t.now() * 1000).toISOString()
      return {
        ...view,
        ...{ state: 'closed', outcome: 'withdrawn', phase: 'closed', head: sha256Hex(event) },
        events: [view.events[0]!, { seq: 1, at, type: 'withdrawn', actor: 'consumer', event, message: null }],
      }
    })
    expect(open.trust).toMatchObject({ kind: 'doubtful', doubt: expect.stringContaining('key') })
    expect(open.actions).toEqual([])
  })

  it('lets her only withdraw while the agencies’ keys can’t be verified', async () => {
    const her = await desks.file()
    const invented = { state: 'offer', actions: ['offer_answered', 'message', 'withdrawn'] } as const
    const open = await openLying(
      her,
      (view) => ({ ...view, ...invented, actions: [...invented.actions] }),
      /proof/,
    )
    expect(open.trust).toEqual({ kind: 'unchecked' })
    expect(open.actions).toEqual(['withdrawn'])
  })

  it('is not switched off by the word “archived”, only by events that are gone', async () => {
    const her = await desks.file()
    const archived = (view: CaseView): CaseView => ({ ...view, state: 'archived', lead: 'vn-vcc' })
    expect((await openLying(her, archived)).trust).toMatchObject({ kind: 'doubtful' })
    const empty = (view: CaseView): CaseView => ({ ...archived(view), events: [] })
    expect((await openLying(her, empty)).trust).toMatchObject({ kind: 'doubtful' })
    const gone = (view: CaseView): CaseView => ({
      ...archived(view),
      events: view.events.map((event) => ({ ...event, event: null, message: null })),
    })
    const open = await openLying(her, gone)
    expect(open.trust).toEqual({ kind: 'unchecked' })
    expect(open.actions.filter((type) => type !== 'withdrawn')).toEqual([])
  })
})

describe('a deadline', () => {
  it('does not lapse before its day is over, whatever due day the hub invents', async () => {
    const her = await desks.file()
    const ccj = desks.folders['jp-ccj']
    await desks.json(ccj, 'inbox')
    await desks.json(ccj, 'case', 'ask', her.ref, '--for', 'photographs')
    const asked = (await her.open()).view
    const lapse = async (view: CaseView, iat: number, due: string): Promise<CaseView> => {
      const event = await hubAdds(view, { type: 'lapsed', due }, iat)
      const closed = { state: 'closed', phase: 'closed', outcome: 'closed_no_reply' } as const
      return {
        ...view,
        ...closed,
        ...{ owner: null, due: null, erasesOn: '2027-03-14', since: event.at },
        events: [...view.events, event],
        head: sha256Hex(event.event!),
      }
    }
    const day = (iat: number) => new Date(iat * 1000).toISOString().slice(0, 10)
    const now = desks.t.now()
    const [early, dueBefore] = [now + 60, day(now)]
    const almost = Date.parse(`${asked.due}T14:59:00Z`) / 1000
    for (const [iat, due] of [
      [early, dueBefore],
      [almost, asked.due!],
      [almost + 120, dueBefore],
    ] as const) {
      const open = await openLying(her, (view) => lapse(view, iat, due))
      expect(open.trust).toMatchObject({ doubt: expect.stringContaining('let a deadline lapse') })
      const send = async (url: string, init: RequestInit): Promise<Response> => {
        const answer = await desks.send(url, init)
        if (!url.endsWith(`/v1/cases/${her.ref}`)) return answer
        return Response.json(await lapse((await answer.json()) as CaseView, iat, due))
      }
      const { code, err } = await desks.run(ccj, ['case', 'show', her.ref], { send })
      expect(code).toBe(1)
      expect(err).toContain('Nobody was late then.')
    }
    // The day is over in Japan.
    const open = await openLying(her, (view) => lapse(view, almost + 120, asked.due!))
    expect(JSON.stringify(open.trust)).not.toContain('lapse')
  })
})
