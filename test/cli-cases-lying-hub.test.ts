/** A hub that lies about a case: the officer's machine signs no receipt, says why, and takes the case once it is shown right. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateWorkspaceKeys } from '../src/cli/agency/keys.js'
import { openWorkspace } from '../src/cli/workspace.js'
import type { CaseEventClaims } from '../src/dispute/case-event.js'
import type { CaseView } from '../src/dispute/case-view.js'
import { CASE_EVENT_TYP, QUOTE_TYP, type QuoteClaims } from '../src/dispute/envelope.js'
import { hashEnvelope } from '../src/dispute/sealed/envelope-aad.js'
import { sha256Hex } from '../src/trust/digest.js'
import { readPayload } from '../src/trust/jws.js'
import { signJws } from '../src/trust/signer.js'
import { admitFolder, createDesks, type Desks } from './case-desks.js'
import { createTestHub, ORIGIN } from './hub-fixture.js'

let desks: Desks
let ccj: string
beforeAll(async () => {
  desks = await createDesks()
  ccj = desks.folders['jp-ccj']
})
afterAll(() => desks.close())

/** What the hub's own key can sign, a hub that lies can sign too. */
const hubSigns = (typ: string, claims: object) => signJws(desks.t.hub.keys.federation, typ, claims)

/** Signs the first event anew, which only works while it is the only one. */
async function recreate(view: CaseView, change: (claims: CaseEventClaims) => void): Promise<CaseView> {
  const claims = readPayload<CaseEventClaims>(view.events[0]!.event!)
  change(claims)
  const event = await hubSigns(CASE_EVENT_TYP, claims)
  return { ...view, events: [{ ...view.events[0]!, event }], head: sha256Hex(event) }
}

const named =
  (over: object) =>
  ({ case: { event } }: CaseEventClaims): void => {
    Object.assign(event, over)
  }

/** Changes the quote in all places that the hub alone signs. */
async function requote(view: CaseView, change: (claims: QuoteClaims) => void): Promise<CaseView> {
  const claims = readPayload<QuoteClaims>(view.filedQuote)
  change(claims)
  const quote = await hubSigns(QUOTE_TYP, claims)
  const { meta } = claims.quote
  return recreate({ ...view, meta, quote, filedQuote: quote }, named({ quote: sha256Hex(quote) }))
}

type Lie = (view: CaseView) => CaseView | Promise<CaseView>

/** A hub that changes what it shows of cases; it counts the receipts that come in. */
function lying(lie: Lie) {
  const receipts = { count: 0 }
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    if (url.endsWith('/receipts')) receipts.count += 1
    const answer = await desks.send(url, init)
    if (init.method !== 'GET' || !/\/v1\/cases\/[^/]+$/.test(url) || answer.status !== 200) return answer
    return Response.json(await lie((await answer.json()) as CaseView))
  }
  return { send, receipts }
}

const LIES: [name: string, lie: Lie, says: RegExp][] = [
  [
    'strips the partner from the recipients',
    (view) => {
      view.envelope!.complaint.recipients.splice(1, 1)
      return view
    },
    /another than its events name: it was altered, or exchanged/,
  ],
  [
    'strips the partner, and signs that it was filed so',
    (view) => {
      view.envelope!.complaint.recipients.splice(1, 1)
      const envelope = hashEnvelope(view.envelope!)
      return recreate({ ...view, envelopeSha256: envelope }, ({ case: { event } }) =>
        Object.assign(event, { envelope }),
      )
    },
    /complaint\.recipients must name [\w-]{43}, as the quote or the case does\. Nothing was signed/,
  ],
  [
    'relabels a recipient',
    (view) => {
      const [first, second] = view.envelope!.complaint.recipients
      view.envelope!.complaint.recipients.splice(0, 2, second!, first!)
      const envelope = hashEnvelope(view.envelope!)
      return recreate({ ...view, envelopeSha256: envelope }, ({ case: { event } }) =>
        Object.assign(event, { envelope }),
      )
    },
    /complaint\.recipients must stand in the order lead, partner, consumer/,
  ],
  [
    'changes what the complaint is about',
    (view) => ({ ...view, meta: { ...view.meta, claimType: 'other' } }),
    /\(meta\) is not what its quote was signed for/,
  ],
  [
    'changes it in the quote too, and signs that',
    async (view) => {
      const claims = readPayload<{ quote: { meta: { claimType: string } } }>(view.quote)
      claims.quote.meta.claimType = 'other'
      const meta = { ...view.meta, claimType: 'other' as const }
      return { ...view, meta, quote: await hubSigns(QUOTE_TYP, claims) }
    },
    /Its quote is not the one that its events name/,
  ],
  [
    'changes it in the quote too, and signs that it was filed with that one',
    (view) => requote(view, ({ quote }) => Object.assign(quote.meta, { claimType: 'other' })),
    /complaint\.aad\.meta differs from what quote, case and keys say/,
  ],
  [
    'shows the quote of another case',
    async (view) => {
      const claims = readPayload<QuoteClaims>(view.quote)
      claims.quote.case = 'JP-00000-00000'
      return { ...view, quote: await hubSigns(QUOTE_TYP, claims) }
    },
    /its case is "JP-/,
  ],
  [
    'signs that it was filed with the quote of another case',
    (view) => requote(view, ({ quote }) => Object.assign(quote, { case: 'JP-00000-00000' })),
    /Its quote is for the case JP-00000-00000/,
  ],
  [
    'names another lead than the consumer agreed to',
    (view) => recreate({ ...view, lead: 'th-ocpb' }, named({ lead: 'th-ocpb' })),
    /names th-ocpb as lead; the quote that she agreed to names jp-ccj/,
  ],
  [
    'names another partner than the consumer agreed to',
    (view) => recreate({ ...view, partner: 'th-dbd' }, named({ partner: 'th-dbd' })),
    /names th-dbd as partner; the quote that she agreed to names th-ocpb/,
  ],
  [
    'has somebody else kept informed',
    (view) => recreate({ ...view, cc: ['vn-vcc'] }, named({ cc: ['vn-vcc'] })),
    /names vn-vcc as cc; the quote that she agreed to names th-dbd/,
  ],
  [
    'hides the quote that it was filed with behind another',
    async (view) => ({ ...view, filedQuote: await hubSigns(QUOTE_TYP, readPayload(view.filedQuote)) }),
    /filed with another quote than the hub shows/,
  ],
  ['hides who is kept informed', (view) => ({ ...view, cc: [] }), /its cc is \[\]/],
  ['says that an outcome was assumed', (view) => ({ ...view, assumed: true }), /its assumed is true/],
  [
    'dates the filing back',
    (view) => ({ ...view, filedAt: '2020-01-01T00:00:00.000Z' }),
    /its filedAt is "2020-01-01/,
  ],
  [
    'dates its events back',
    (view) => ({
      ...view,
      events: view.events.map((event) => ({ ...event, at: '2020-01-01T00:00:00.000Z' })),
    }),
    /Event 0: The hub says that it came in at 2020-01-01T00:00:00.000Z, but it signed another time/,
  ],
  [
    'says that it is the consumer’s turn',
    (view) => ({ ...view, owner: 'consumer' }),
    /its owner is "consumer"/,
  ],
  ['gives more time than there is', (view) => ({ ...view, due: '2030-01-01' }), /its due is "2030-01-01"/],
  ['gives no time at all', (view) => ({ ...view, due: null }), /its due is null/],
  [
    'says that the clock starts in years',
    (view) => ({ ...view, since: '2029-12-20T00:00:00.000Z', due: '2030-01-01' }),
    /its since is "2029-12-20/,
  ],
  [
    'shows a quote of another hub',
    async (view) => {
      const other = await createTestHub()
      const quote = await signJws(other.hub.keys.federation, QUOTE_TYP, readPayload(view.quote))
      return { ...view, quote }
    },
    /not signed by the alliance whose keys you hold/,
  ],
  [
    'puts a key of its own in the consumer’s place',
    (view) => {
      const { sign, enc } = view.consumer
      return { ...view, consumer: { sign: enc, enc: sign } }
    },
    /consumer/,
  ],
  [
    'says that another state holds than the events lead to',
    (view) => ({ ...view, state: 'accepted', actions: ['closed'] }),
    /its state is "accepted"; by what was signed it is "received"/,
  ],
  [
    'shows an event that nobody signed',
    (view) => ({
      ...view,
      events: [{ ...view.events[0]!, event: `${view.events[0]!.event!.slice(0, -4)}AAAA` }],
    }),
    /Event 0: /,
  ],
  ['withholds the complaint', (view) => ({ ...view, envelope: null }), /withholds the sealed complaint/],
  ['shows another case', (view) => ({ ...view, case: 'JP-00000-00000' }), /under this reference/],
]

describe('a hub that', () => {
  it.each(LIES)('%s gets no receipt, and the officer hears why', async (_name, lie, says) => {
    const her = await desks.file()
    const { send, receipts } = lying(lie)
    const { code, out } = await desks.run(ccj, ['inbox', '--lang', 'en'], { send })
    expect(code).toBe(1)
    expect(out).toContain(`NOT TAKEN: What the hub shows of ${her.ref} does not hold together.`)
    expect(out).toMatch(says)
    expect(out).toContain('Nothing was signed on the strength of it.')
    expect(receipts.count).toBe(0)
    expect((await her.open()).view.state).toBe('received')
    // Shown right, it is taken, although the cursor of the inbox has passed it.
    const again = await desks.json(ccj, 'inbox')
    expect(again.cases).toContainEqual(expect.objectContaining({ case: her.ref, receipt: 'sent' }))
  })

  it('breaks the chain gets no receipt', async () => {
    const her = await desks.file()
    await her.act({ type: 'message' }, { text: '一つ目' })
    await her.act({ type: 'message' }, { text: '二つ目' })
    const { send, receipts } = lying((view) => ({
      ...view,
      events: [view.events[0]!, { ...view.events[2]!, seq: 1 }],
    }))
    const { code, out } = await desks.run(ccj, ['--json', 'inbox'], { send })
    expect(code).toBe(1)
    const [taken] = JSON.parse(out).cases
    expect(taken).toMatchObject({ case: her.ref, receipt: 'refused' })
    expect(taken.reason).toMatch(/Event 1: It is number 2 of the case, and stands at 1/)
    expect(receipts.count).toBe(0)
  })

  it('hides an event of which the inbox told gets no receipt', async () => {
    const her = await desks.file()
    await her.act({ type: 'message' }, { text: 'もう一つ' })
    const { send, receipts } = lying((view) => {
      const [created] = view.events
      return { ...view, events: [created!], head: sha256Hex(created!.event!) }
    })
    const { out } = await desks.run(ccj, ['--json', 'inbox'], { send })
    const taken = JSON.parse(out).cases.find((one: { case: string }) => one.case === her.ref)
    expect(taken.reason).toMatch(/The inbox names event 1, and the case shows only 1 events/)
    expect(receipts.count).toBe(0)
    await desks.json(ccj, 'inbox')
  })

  it('takes back what it showed before is found out, and nothing can be signed upon it', async () => {
    const her = await desks.file()
    await desks.json(ccj, 'inbox')
    await her.act({ type: 'message' }, { text: '取り消しません。' })
    await desks.json(ccj, 'case', 'show', her.ref)
    const { send } = lying((view) => ({
      ...view,
      events: view.events.slice(0, 2),
      head: sha256Hex(view.events[1]!.event!),
    }))
    for (const args of [
      ['case', 'show', her.ref],
      ['case', 'accept', her.ref],
    ]) {
      const { code, err } = await desks.run(ccj, args, { send })
      expect(code).toBe(1)
      expect(err).toContain('The hub hides events that it showed before: up to event 2 were seen')
    }
    expect((await her.open()).view.state).toBe('in_triage')
  })

  it('has other keys than were pinned is not the alliance', async () => {
    const her = await desks.file()
    const other = await createTestHub()
    const send = async (url: string, init: RequestInit): Promise<Response> => {
      const answer = await desks.send(url, init)
      if (!url.endsWith(`/v1/cases/${her.ref}`)) return answer
      const view = (await answer.json()) as CaseView
      const event = await signJws(
        other.hub.keys.federation,
        CASE_EVENT_TYP,
        readPayload(view.events[0]!.event!),
      )
      return Response.json({ ...view, events: [{ ...view.events[0]!, event }], head: sha256Hex(event) })
    }
    const { out } = await desks.run(ccj, ['--json', 'inbox'], { send })
    const taken = JSON.parse(out).cases.find((one: { case: string }) => one.case === her.ref)
    expect(taken.reason).toMatch(/not a key of the alliance/)
  })

  it('names a key for the new lead that the operator never signed is not sealed to', async () => {
    const her = await desks.file()
    await desks.json(ccj, 'inbox')
    const stranger = await (await createTestHub()).admit('th-ocpb')
    const send = async (url: string, init: RequestInit): Promise<Response> => {
      const answer = await desks.send(url, init)
      if (url !== `${ORIGIN}/v1/members/th-ocpb`) return answer
      const page = (await answer.json()) as { admission: object }
      return Response.json({ ...page, admission: { ...page.admission, statement: stranger.admission } })
    }
    const args = ['case', 'transfer', her.ref, '--to', 'th-ocpb', '--reason', 'no_jurisdiction', '--yes']
    const { code } = await desks.run(ccj, args, { send })
    expect(code).toBe(1)
    expect((await her.open()).view.lead).toBe('jp-ccj')
  })

  it('shows a false admission of former keys, or leaves the true one out, vouches for no event', async () => {
    const her = await desks.file()
    await desks.json(ccj, 'inbox')
    await desks.json(ccj, 'case', 'accept', her.ref)
    const keys = join(ccj, 'keys')
    const [old] = readdirSync(keys).filter((name) => name.startsWith('auth-'))
    rmSync(join(keys, old!))
    await generateWorkspaceKeys(openWorkspace(ccj), ['auth'])
    desks.t.tick(3600)
    await admitFolder(desks.t, ccj)
    const forged = (await (await createTestHub()).admit('jp-ccj')).admission
    const lies: [earlier: object[], says: RegExp][] = [
      [[{ index: 0, statement: forged }], /not signed by|is not a key|unknown|No key/i],
      [[], /is not a key of jp-ccj/],
    ]
    for (const [earlierAdmissions, says] of lies) {
      const send = async (url: string, init: RequestInit): Promise<Response> => {
        const answer = await desks.send(url, init)
        if (url !== `${ORIGIN}/v1/members/jp-ccj`) return answer
        return Response.json({ ...((await answer.json()) as object), earlierAdmissions })
      }
      const { code, err } = await desks.run(ccj, ['case', 'show', her.ref], { send })
      expect(code).toBe(1)
      expect(err).toContain('does not hold together')
      expect(err).toMatch(says)
    }
    expect(await desks.json(ccj, 'case', 'show', her.ref)).toMatchObject({ case: her.ref })
  })
})
