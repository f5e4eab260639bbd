/** Complaints from filing to erasure: who may do, see and sign what, on a real hub with real keys. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseEvent } from '../src/dispute/case-event.js'
import { createCaseReference, createCaseSecret } from '../src/dispute/case-reference.js'
import { caseAccepted, caseView, eventAccepted, inboxPage } from '../src/dispute/case-view.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { hashEnvelope } from '../src/dispute/sealed/envelope-aad.js'
import { openMessage } from '../src/dispute/sealed/message.js'
import { openComplaint, openIdentity } from '../src/dispute/sealed/open-complaint.js'
import { appendHubEvent } from '../src/hub/cases/append-hub-event.js'
import { fileComplaint } from '../src/hub/cases/file-complaint.js'
import { listInbox } from '../src/hub/cases/list-inbox.js'
import { readCase } from '../src/hub/cases/read-case.js'
import { Refusal } from '../src/refusal.js'
import {
  act,
  askerOf,
  checkChain,
  codeOf,
  createStage,
  type Desk,
  deskOf,
  type FiledCase,
  fileCase,
  herDesk,
  META,
  notice,
  PAYLOAD,
  prepareFiling,
  quoteTo,
  receipt,
  receiptOf,
  rewrap,
  STORY,
  type Stage,
  see,
} from './case-story.js'
import { signStanding, type TestMember } from './hub-fixture.js'

let stage: Stage
let ccj: Desk
let ocpb: Desk
let vcc: Desk
beforeAll(async () => {
  stage = await createStage()
  ccj = deskOf(stage.ccj)
  ocpb = deskOf(stage.ocpb)
  vcc = deskOf(stage.vcc)
})

const find = async (ref: string) => (await stage.hub.cases.store.find(ref))!
const inboxOf = async (member: string, after = 0) =>
  (await listInbox(stage.hub, member, { after, limit: 500, parked: false })).items
const linesOf = async (member: string, ref: string) =>
  (await inboxOf(member)).filter((item) => item.case === ref).map(({ type }) => type)

async function triaged(): Promise<FiledCase> {
  const filed = await fileCase(stage)
  await receipt(stage, filed.ref, stage.ccj)
  return filed
}

async function shared(): Promise<FiledCase> {
  const filed = await triaged()
  await act(stage, filed.ref, ccj, { type: 'accepted' })
  await act(stage, filed.ref, ccj, { type: 'shared' })
  return filed
}

async function offered(): Promise<FiledCase> {
  const filed = await shared()
  const { ref } = filed
  await receipt(stage, ref, stage.ocpb)
  await act(stage, ref, ocpb, { type: 'partner_accepted' })
  await act(stage, ref, ocpb, { type: 'merchant_notified' })
  await act(
    stage,
    ref,
    ocpb,
    { type: 'merchant_responded', result: 'offers' },
    {
      words: 'They pay back half.',
      to: stage.ccj.keys.enc,
    },
  )
  await act(
    stage,
    ref,
    ccj,
    { type: 'offer_made', performed: true },
    { words: '半額返金', to: filed.her.enc },
  )
  return filed
}

describe('a complaint', () => {
  it('is filed, read by the agencies it names, and settled', async () => {
    const filed = await fileCase(stage)
    const { ref } = filed
    expect(caseAccepted.parse(filed.accepted)).toEqual({
      case: ref,
      receivedAt: '2026-11-22T03:00:00.000Z',
      envelopeSha256: hashEnvelope(filed.filing),
      parked: false,
      missing: [],
    })
    const atFirst = caseView.parse(await see(stage, ref, ccj))
    expect(atFirst).toMatchObject({
      role: 'lead',
      state: 'received',
      owner: 'hub',
      late: false,
      actions: ['message'],
    })
    expect(atFirst.deliveries).toEqual([
      { member: 'jp-ccj', role: 'lead', state: 'pending', attempts: 0, receiptedAt: null },
    ])
    expect((await openComplaint(atFirst.envelope!.complaint, stage.ccj.encPrivate)).payload.story.text).toBe(
      STORY,
    )
    expect((await openIdentity(atFirst.envelope!.identity, stage.ccj.encPrivate)).payload.name).toBe(
      '山田花子',
    )

    expect(await receipt(stage, ref, stage.ccj)).toMatchObject({ case: ref, seq: 1, state: 'in_triage' })
    expect((await see(stage, ref, filed.her)).deliveries).toMatchObject([
      { state: 'receipted', receiptedAt: '2026-11-22T03:00:00.000Z' },
    ])
    expect(eventAccepted.parse(await act(stage, ref, ccj, { type: 'accepted' }))).toMatchObject({
      seq: 2,
      state: 'accepted',
    })
    await act(stage, ref, ccj, { type: 'shared' }, { words: 'Please look.', to: stage.ocpb.keys.enc })
    const partners = await see(stage, ref, ocpb)
    expect((await openComplaint(partners.envelope!.complaint, stage.ocpb.encPrivate)).payload).toEqual(
      PAYLOAD,
    )
    await expect(openIdentity(partners.envelope!.identity, stage.ocpb.encPrivate)).rejects.toThrow()
    await receipt(stage, ref, stage.ocpb)
    await act(stage, ref, ocpb, { type: 'partner_accepted' })
    await act(stage, ref, ocpb, { type: 'merchant_notified' })
    await act(stage, ref, ocpb, { type: 'merchant_responded', result: 'offers' })
    await act(
      stage,
      ref,
      ccj,
      { type: 'offer_made', performed: true },
      { words: '半額返金', to: filed.her.enc },
    )
    const hers = caseView.parse(await see(stage, ref, filed.her))
    expect(hers).toMatchObject({
      role: 'consumer',
      state: 'offer',
      owner: 'consumer',
      actions: expect.arrayContaining(['offer_answered', 'withdrawn']),
    })
    const last = hers.events.at(-1)!
    expect(
      (
        await openMessage(
          last.message!,
          {
            case: ref,
            prev: (await stage.hub.cases.store.events(ref)).at(-2)!.sha256,
            from: stage.ccj.auth.kid,
          },
          filed.consumer.encPrivate,
        )
      ).texts[0]?.text,
    ).toBe('半額返金')
    expect(await act(stage, ref, filed.her, { type: 'offer_answered', accept: true })).toMatchObject({
      state: 'closed',
    })
    await act(stage, ref, filed.her, { type: 'outcome_rated', rating: 'resolved' })
    expect(caseView.parse(await see(stage, ref, ccj))).toMatchObject({
      phase: 'closed',
      outcome: 'resolved',
      rating: 'resolved',
      owner: null,
      due: null,
      erasesOn: '2027-02-20',
    })
    const chain = await checkChain(stage, filed)
    expect(chain.status).toMatchObject({ state: 'closed', outcome: 'resolved' })
    expect(chain.head).toBe((await find(ref)).head.sha256)
    expect(chain.events.map(({ actor }) => actor)).toEqual(
      hers.events.map(({ actor }) => actor).concat('consumer', 'consumer'),
    )
  })

  it('goes back to the lead when the partner declines, and the partner reads it no more', async () => {
    const filed = await shared()
    await act(stage, filed.ref, ocpb, { type: 'partner_declined', reason: 'merchant_unidentifiable' })
    expect(await see(stage, filed.ref, ccj)).toMatchObject({
      state: 'partner_declined',
      owner: 'lead',
      shared: false,
    })
    expect(await see(stage, filed.ref, ocpb)).toMatchObject({
      role: 'partner',
      envelope: null,
      attachments: [],
    })
    expect(await codeOf(receipt(stage, filed.ref, stage.ocpb))).toBeDefined()
    await act(stage, filed.ref, ccj, { type: 'merchant_notified' })
    // On the day on which it was written to nobody can call the merchant silent.
    expect(await codeOf(act(stage, filed.ref, ccj, { type: 'merchant_silent' }))).toBe('event-not-allowed')
    await act(stage, filed.ref, ccj, { type: 'merchant_responded', result: 'refuses' })
    await act(stage, filed.ref, ccj, { type: 'closed', outcome: 'merchant_refused' })
    expect((await checkChain(stage, filed)).status).toMatchObject({
      state: 'closed',
      outcome: 'merchant_refused',
    })
  })

  it('is transferred with its content wrapped anew: the new lead reads it, the former one not even that it is there', async () => {
    const filed = await triaged()
    const { ref } = filed
    await act(
      stage,
      ref,
      ccj,
      { type: 'info_requested', asks: ['photographs'] },
      { words: 'Photo?', to: filed.her.enc },
    )
    const { envelope, hash } = await rewrap(filed, 2, { lead: stage.vcc, partner: stage.ocpb })
    await act(
      stage,
      ref,
      ccj,
      { type: 'transferred', to: 'vn-vcc', reason: 'no_jurisdiction', envelope: hash },
      { envelope },
    )
    const theirs = await see(stage, ref, vcc)
    expect(theirs).toMatchObject({ role: 'lead', state: 'received', revision: 2, envelopeSha256: hash })
    expect((await openComplaint(theirs.envelope!.complaint, stage.vcc.encPrivate)).payload.story.text).toBe(
      STORY,
    )
    expect(theirs.events.every(({ message }) => message === null)).toBe(true)
    expect(theirs.deliveries).toMatchObject([{ member: 'vn-vcc', state: 'pending' }])
    expect(await codeOf(see(stage, ref, ccj))).toBe('case-unknown')
    expect(await codeOf(act(stage, ref, ccj, { type: 'accepted' }))).toBe('case-unknown')
    expect(await linesOf('jp-ccj', ref)).toEqual([])
    expect(await linesOf('vn-vcc', ref)).toEqual(['transferred'])
    await receipt(stage, ref, stage.vcc)
    await act(stage, ref, vcc, { type: 'accepted' })
    expect((await checkChain(stage, filed)).envelope).toBe(hash)
    expect((await see(stage, ref, filed.her)).events.filter(({ message }) => message)).toHaveLength(1)
  })

  it('is given to new keys after the secret is lost; the old secret opens it no more', async () => {
    const filed = await triaged()
    const { ref } = filed
    const anew = await createConsumer(ref, createCaseSecret())
    const { envelope, hash } = await rewrap(filed, 2, {
      lead: stage.ccj,
      partner: stage.ocpb,
      consumer: anew.keys,
    })
    const event: CaseEvent = {
      type: 'rewrapped',
      reason: 'new_consumer_secret',
      envelope: hash,
      consumer: { sign: anew.keys.sign, enc: anew.keys.enc },
    }
    // Nobody asked for these keys yet: a lead can't put itself in her place.
    expect(await codeOf(act(stage, ref, ccj, event, { envelope }))).toBe('not-found')
    await stage.hub.cases.store.putRecovery(
      ref,
      { code: '12345678', consumer: anew.keys, at: stage.now() * 1000 },
      0,
    )
    const other = await createConsumer(ref, createCaseSecret())
    const forged = await rewrap(filed, 2, { lead: stage.ccj, partner: stage.ocpb, consumer: other.keys })
    expect(
      await codeOf(
        act(
          stage,
          ref,
          ccj,
          { ...event, envelope: forged.hash, consumer: { sign: other.keys.sign, enc: other.keys.enc } },
          { envelope: forged.envelope },
        ),
      ),
    ).toBe('not-found')
    await act(stage, ref, ccj, event, { envelope })
    expect(await codeOf(see(stage, ref, filed.her))).toBe('case-unknown')
    const her = herDesk(ref, anew)
    const view = await see(stage, ref, her)
    expect(view.consumer.sealed).toBe(anew.keys.sealed)
    expect((await openComplaint(view.envelope!.complaint, anew.encPrivate)).payload.story.text).toBe(STORY)
    expect(
      await codeOf(act(stage, ref, { ...her, signer: filed.consumer.signer }, { type: 'withdrawn' })),
    ).toBe('unknown-key')
    await act(stage, ref, her, { type: 'withdrawn' })
    expect((await checkChain(stage, filed, her, anew)).status.outcome).toBe('withdrawn')
  })

  it('is wrapped to an officer’s new key', async () => {
    const filed = await triaged()
    const { envelope, hash } = await rewrap(filed, 2, { lead: stage.ccj, partner: stage.ocpb })
    await act(
      stage,
      filed.ref,
      ccj,
      { type: 'rewrapped', reason: 'new_officer_key', envelope: hash },
      { envelope },
    )
    expect(await see(stage, filed.ref, ccj)).toMatchObject({
      revision: 2,
      state: 'in_triage',
      envelopeSha256: hash,
    })
  })

  it('is withdrawn by the consumer at any time, and by nobody else', async () => {
    const filed = await fileCase(stage)
    expect(await codeOf(act(stage, filed.ref, ccj, { type: 'withdrawn' }))).toBe('event-not-allowed')
    await act(stage, filed.ref, filed.her, { type: 'withdrawn' })
    expect(await see(stage, filed.ref, ccj)).toMatchObject({ phase: 'closed', outcome: 'withdrawn' })
    expect(await linesOf('jp-ccj', filed.ref)).toEqual(['created', 'withdrawn'])
    expect((await stage.hub.cases.store.deliveries(filed.ref))[0]?.nextAt).toBeNull()
    expect(await codeOf(act(stage, filed.ref, filed.her, { type: 'reopened' }))).toBe('event-not-allowed')
  })

  it('is opened again once', async () => {
    const filed = await triaged()
    await act(stage, filed.ref, ccj, { type: 'declined', reason: 'out_of_scope' })
    const closed = await find(filed.ref)
    expect(closed.erasesAt).not.toBeNull()
    expect(await codeOf(act(stage, filed.ref, filed.her, { type: 'reopened' }))).toBe('bad-claims')
    const why = { words: 'まだ届きません。', to: stage.ccj.keys.enc }
    await act(stage, filed.ref, filed.her, { type: 'reopened' }, why)
    expect(await find(filed.ref)).toMatchObject({
      erasesAt: null,
      owner: 'lead',
      status: { state: 'in_triage' },
    })
    await act(stage, filed.ref, ccj, { type: 'declined', reason: 'out_of_scope' })
    expect(await codeOf(act(stage, filed.ref, filed.her, { type: 'reopened' }, why))).toBe(
      'event-not-allowed',
    )
  })

  it('is encrypted by the consumer to whom the secretariat found, when nothing had matched', async () => {
    const filed = await fileCase(stage, { lead: null })
    const { ref } = filed
    expect(await see(stage, ref, filed.her)).toMatchObject({
      state: 'unrouted',
      lead: null,
      owner: 'secretariat',
      deliveries: [],
    })
    expect((await stage.hub.cases.store.figures()).unmatchedOpen).toBeGreaterThan(0)
    expect(await see(stage, ref, stage.secretariat)).toMatchObject({
      role: 'secretariat',
      envelope: null,
      actions: ['assigned', 'closed'],
    })
    expect(await codeOf(act(stage, ref, stage.secretariat, { type: 'assigned', to: 'vn-idea' }))).toBe(
      'event-not-allowed',
    )
    expect(await codeOf(act(stage, ref, stage.secretariat, { type: 'assigned', to: 'xx-none' }))).toBe(
      'event-not-allowed',
    )
    await act(stage, ref, stage.secretariat, { type: 'assigned', to: 'vn-vcc' })
    const reroute = async (
      quoted: Awaited<ReturnType<typeof quoteTo>>,
      lead: TestMember,
      over: object = {},
    ) => {
      const { envelope, hash } = await rewrap(filed, 2, { lead, partner: null }, quoted)
      return act(
        stage,
        ref,
        filed.her,
        { type: 'rerouted', quote: quoted.quote, lead: lead.id, partner: null, envelope: hash, ...over },
        { envelope },
      )
    }
    const toVcc = await quoteTo(stage, stage.vcc, null, { case: ref })
    expect(await codeOf(reroute(await quoteTo(stage, stage.ccj, null, { case: ref }), stage.ccj))).toBe(
      'bad-envelope',
    )
    expect(await codeOf(reroute(toVcc, stage.vcc, { lead: 'jp-ccj' }))).toBe('bad-envelope')
    expect(
      await codeOf(
        reroute(
          await quoteTo(stage, stage.vcc, null, { case: ref, meta: { ...META, currency: 'JPY' } }),
          stage.vcc,
        ),
      ),
    ).toBe('bad-envelope')
    expect(await codeOf(reroute({ ...toVcc, quote: filed.quote }, stage.vcc))).toBe('nothing-to-file')
    expect(await codeOf(reroute(toVcc, stage.ccj, { lead: 'vn-vcc' }))).toBe('bad-envelope')
    expect(await codeOf(reroute(await quoteTo(stage, stage.vcc, null), stage.vcc))).toBe('bad-envelope')
    await reroute(
      await quoteTo(stage, stage.vcc, null, { case: ref, meta: { ...META, merchantCountry: 'VN' } }),
      stage.vcc,
    )
    const view = await see(stage, ref, vcc)
    expect(view).toMatchObject({
      role: 'lead',
      state: 'received',
      revision: 2,
      meta: { merchantCountry: 'VN' },
    })
    expect((await openComplaint(view.envelope!.complaint, stage.vcc.encPrivate)).payload.story.text).toBe(
      STORY,
    )
    await receipt(stage, ref, stage.vcc)
    expect((await checkChain(stage, filed)).status).toMatchObject({ lead: 'vn-vcc', state: 'in_triage' })
  })

  it('tells every agency with a part in it what happened, but for what it did itself', async () => {
    const filed = await offered()
    expect(await linesOf('jp-ccj', filed.ref)).toEqual([
      'created',
      'delivered',
      'partner_accepted',
      'merchant_notified',
      'merchant_responded',
    ])
    expect(await linesOf('th-ocpb', filed.ref)).toEqual(['shared', 'offer_made'])
    // Who is kept informed sees it move, without a word of it.
    expect(await linesOf('th-dbd', filed.ref)).toEqual([
      'created',
      'delivered',
      'accepted',
      'shared',
      'partner_accepted',
      'merchant_notified',
      'merchant_responded',
      'offer_made',
    ])
    const page = await listInbox(stage.hub, 'th-ocpb', { after: 0, limit: 1, parked: false })
    expect(inboxPage.parse(page).items[0]).toMatchObject({ role: 'partner' })
    expect(page.next).toBe(page.items[0]?.cursor)
    expect(await listInbox(stage.hub, 'th-ocpb', { after: 1e9, limit: 5, parked: false })).toEqual({
      items: [],
      next: 1e9,
    })
  })

  it('says in the inbox for which cases a receipt is owed', async () => {
    const filed = await fileCase(stage)
    const due = async () => (await inboxOf('jp-ccj')).find((item) => item.case === filed.ref)?.receiptDue
    expect(await due()).toBe(true)
    await receipt(stage, filed.ref, stage.ccj)
    expect(await due()).toBe(false)
    expect((await inboxOf('th-dbd')).find((item) => item.case === filed.ref)).toMatchObject({
      role: 'cc',
      receiptDue: false,
    })
  })
})

describe('filing', () => {
  it('is answered again when it is sent again, also at once, and after its quote has expired', async () => {
    const own = await createStage()
    const prepared = await prepareFiling(own, { attachments: [notice('a'), notice('b')] })
    const [first, second] = await Promise.all([
      fileComplaint(own.hub, prepared.filing, {}),
      fileComplaint(own.hub, prepared.filing, {}),
    ])
    expect(second).toEqual(first)
    expect(first.missing).toEqual([notice('a').id, notice('b').id])
    await own.hub.cases.store.markStored(prepared.ref, notice('a').id)
    own.tick(3600)
    expect(await fileComplaint(own.hub, prepared.filing, {})).toEqual({ ...first, missing: [notice('b').id] })
    expect(await own.hub.cases.store.events(prepared.ref)).toHaveLength(1)
    expect(await own.hub.cases.store.inbox('jp-ccj', 0, 10, true)).toHaveLength(1)
  })

  it('is refused for another complaint with the same quote, also where both come at once', async () => {
    const first = await prepareFiling(stage)
    const second = await prepareFiling(stage, { quoted: first })
    const outcomes = await Promise.all(
      [first, second].map(({ filing }) => codeOf(fileComplaint(stage.hub, filing, {}))),
    )
    expect(outcomes.sort()).toEqual(['quote-used', undefined])
  })

  it.each<[string, string, (own: Stage) => Promise<FiledCase['filing']>]>([
    [
      'an expired quote',
      'quote-expired',
      async (own) => {
        const { filing } = await prepareFiling(own)
        own.tick(1861)
        return filing
      },
    ],
    [
      'a quote that another signed',
      'bad-quote',
      async (own) => {
        const other = await createStage()
        return (await prepareFiling(own, { quoted: await quoteTo(other, own.ccj, own.ocpb) })).filing
      },
    ],
    [
      'a route that is no case',
      'nothing-to-file',
      async (own) => (await prepareFiling(own, { over: { outcome: 'referral' } })).filing,
    ],
    [
      'work that was not done',
      'work-insufficient',
      async (own) => ({ ...(await prepareFiling(own)).filing, work: '0' }),
    ],
    [
      'work done for another quote',
      'work-insufficient',
      async (own) => {
        const over = { work: { bits: 10, puzzles: 4 } }
        const [a, b] = [await prepareFiling(own, { over }), await prepareFiling(own, { over })]
        return { ...a.filing, work: b.filing.work }
      },
    ],
    [
      'an address where the hub sends no mail',
      'no-mail',
      async (own) =>
        (await prepareFiling(own, { notify: { email: 'hanako@example.jp', lang: 'ja' } })).filing,
    ],
    [
      'another’s sealed complaint',
      'bad-envelope',
      async (own) => {
        const [a, b] = [await prepareFiling(own), await prepareFiling(own)]
        return { ...a.filing, complaint: b.filing.complaint }
      },
    ],
    [
      'a complaint encrypted to others than the quote names',
      'bad-envelope',
      async (own) => {
        const quoted = await quoteTo(own, own.ccj, own.ocpb)
        return (await prepareFiling(own, { quoted, partner: own.vcc })).filing
      },
    ],
    [
      'a recipient left out',
      'bad-envelope',
      async (own) => {
        const quoted = await quoteTo(own, own.ccj, own.ocpb)
        return (await prepareFiling(own, { quoted, partner: null })).filing
      },
    ],
    [
      'keys of another consumer',
      'bad-envelope',
      async (own) => {
        const [a, b] = [await prepareFiling(own), await prepareFiling(own)]
        return { ...a.filing, consumer: b.filing.consumer }
      },
    ],
    [
      'a file announced twice',
      'bad-envelope',
      async (own) => (await prepareFiling(own, { attachments: [notice('a'), notice('a')] })).filing,
    ],
    [
      'files that are too large together',
      'body-too-large',
      async (own) =>
        (await prepareFiling(own, { attachments: [...'abcdef'].map((id) => notice(id, 12_000_000)) })).filing,
    ],
    [
      'a key that was given up since',
      'quote-expired',
      async (own) => {
        const { filing } = await prepareFiling(own)
        own.tick(10)
        const [result] = await own.push(await signStanding(own.operator, 'th-ocpb', 'suspended', own.now()))
        expect(result?.outcome).toBe('accepted')
        return filing
      },
    ],
  ])('is refused: %s', async (_name, code, prepare) => {
    const own = await createStage()
    const filing = await prepare(own)
    expect(await codeOf(fileComplaint(own.hub, filing, {}))).toBe(code)
    expect(await own.hub.cases.store.inbox('jp-ccj', 0, 10, true)).toEqual([])
  })

  it('beyond the hour’s threshold is parked: kept, seen by who looks, acted on by nobody until it is released', async () => {
    const own = await createStage()
    await own.hub.cases.store.putIntakeLimit('lead', 1, Number.MAX_SAFE_INTEGER)
    await fileCase(own)
    const filed = await fileCase(own)
    expect(filed.accepted.parked).toBe(true)
    const lead = deskOf(own.ccj)
    expect((await listInbox(own.hub, 'jp-ccj', { after: 0, limit: 10, parked: false })).items).toHaveLength(1)
    const all = (await listInbox(own.hub, 'jp-ccj', { after: 0, limit: 10, parked: true })).items
    expect(all[1]).toMatchObject({ case: filed.ref, parked: true, receiptDue: false, due: null })
    expect(await see(own, filed.ref, lead)).toMatchObject({
      parked: true,
      due: null,
      late: false,
      actions: [],
    })
    expect((await see(own, filed.ref, lead)).envelope).not.toBeNull()
    expect(await codeOf(receipt(own, filed.ref, own.ccj))).toBe('event-not-allowed')
    expect(await codeOf(act(own, filed.ref, lead, { type: 'message' }, { words: 'x' }))).toBe(
      'event-not-allowed',
    )
    expect(await own.hub.cases.store.dueDeliveries(own.now() * 1000, 10)).toHaveLength(1)
    await own.hub.cases.store.release(filed.ref, own.now() * 1000)
    await receipt(own, filed.ref, own.ccj)
    const another = await fileCase(own)
    await act(own, another.ref, another.her, { type: 'withdrawn' })
    expect(await see(own, another.ref, another.her)).toMatchObject({
      outcome: 'withdrawn',
      erasesOn: '2027-02-20',
    })
  })

  it('keeps nothing that names her but her own sealed words', async () => {
    const filed = await fileCase(stage)
    const row = await find(filed.ref)
    const text = JSON.stringify([row, await stage.hub.cases.store.envelope(filed.ref)])
    for (const word of [STORY, '山田花子', 'hanako', 'Somjai', filed.secret, filed.consumer.accessKey])
      expect(text).not.toContain(word)
  })
})

describe('reading', () => {
  it('shows the partner nothing of the content before the lead shares it', async () => {
    const filed = await fileCase(stage, { attachments: [notice('a')] })
    await receipt(stage, filed.ref, stage.ccj)
    const message = { words: 'Hello', to: [...stage.ccj.keys.enc, ...filed.her.enc] }
    await act(stage, filed.ref, filed.her, { type: 'message' }, message)
    const before = await see(stage, filed.ref, ocpb)
    expect(before).toMatchObject({
      role: 'partner',
      envelope: null,
      attachments: [],
      deliveries: [],
      actions: [],
    })
    expect(before.events.map(({ message: words }) => words)).toEqual([null, null, null])
    await act(stage, filed.ref, ccj, { type: 'accepted' })
    // She can't write past the lead to a partner that is not in yet.
    expect(
      await codeOf(
        act(stage, filed.ref, filed.her, { type: 'message' }, { words: 'Psst', to: stage.ocpb.keys.enc }),
      ),
    ).toBe('bad-envelope')
    await act(stage, filed.ref, ccj, { type: 'shared' })
    const after = await see(stage, filed.ref, ocpb)
    expect(after.envelope).not.toBeNull()
    expect(after.attachments).toHaveLength(1)
    expect(after.deliveries).toMatchObject([{ member: 'th-ocpb', state: 'pending' }])
    // What was not written to it stays unread.
    expect(after.events.every(({ message: words }) => words === null)).toBe(true)
  })

  it('shows who is kept informed metadata only, and never a message', async () => {
    const filed = await offered()
    const view = caseView.parse(await see(stage, filed.ref, deskOf(stage.dbd)))
    expect(view).toMatchObject({ role: 'cc', envelope: null, attachments: [], deliveries: [], actions: [] })
    expect(view.events.every(({ message }) => message === null)).toBe(true)
    expect(view.consumer).not.toHaveProperty('sealed')
    expect(await codeOf(act(stage, filed.ref, deskOf(stage.dbd), { type: 'message' }, { words: 'x' }))).toBe(
      'not-a-party',
    )
    expect(await codeOf(receiptOf(stage, filed, stage.dbd))).toBe('not-a-party')
  })

  it('gives each the messages that are encrypted to it, and her sealed keys to the consumer alone', async () => {
    const filed = await offered()
    const readable = async (desk: Desk) =>
      (await see(stage, filed.ref, desk)).events.filter(({ message }) => message).map(({ type }) => type)
    expect(await readable(filed.her)).toEqual(['offer_made'])
    expect(await readable(ccj)).toEqual(['merchant_responded', 'offer_made'])
    expect(await readable(ocpb)).toEqual(['merchant_responded'])
    expect((await see(stage, filed.ref, filed.her)).consumer.sealed).toBe(filed.consumer.keys.sealed)
    for (const desk of [ccj, ocpb])
      expect((await see(stage, filed.ref, desk)).consumer).not.toHaveProperty('sealed')
  })

  it('tells nobody without a part in it whether a case exists', async () => {
    const filed = await fileCase(stage)
    const none = createCaseReference('JP')
    const refusal = async (ref: string, desk: Pick<Desk, 'asker'>) => {
      const error = await see(stage, ref, desk).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(Refusal)
      const { code, details } = error as Refusal
      return { code, details: JSON.parse(JSON.stringify(details).replaceAll(ref, 'REF')) as object }
    }
    const stranger = { asker: { kind: 'consumer' as const, access: 'f'.repeat(64) } }
    const unknown = await refusal(none, stranger)
    expect(unknown.code).toBe('case-unknown')
    expect(await refusal(filed.ref, stranger)).toEqual(unknown)
    const toAgencies = await refusal(none, vcc)
    expect(toAgencies.code).toBe('case-unknown')
    expect(await refusal(filed.ref, vcc)).toEqual(toAgencies)
  })

  it('opens for none of 10^5 wrong secrets, and still for the right one', async () => {
    const filed = await fileCase(stage)
    const { ref } = filed
    let opened = 0
    for (let i = 0; i < 100_000; i += 1) {
      const access = i.toString(16).padStart(64, '0')
      await readCase(stage.hub, ref, { kind: 'consumer', access }).then(
        () => {
          opened += 1
        },
        (error: unknown) => {
          if (!(error instanceof Refusal) || error.code !== 'case-unknown') throw error
        },
      )
    }
    expect(opened).toBe(0)
    expect((await see(stage, ref, filed.her)).role).toBe('consumer')
  }, 60_000)
})

describe('the end', () => {
  it('erases what was said 90 days after the close, and leaves only coarse figures', async () => {
    const own = await createStage()
    const filed = await fileCase(own, { attachments: [notice('a')] })
    await act(own, filed.ref, filed.her, { type: 'withdrawn' })
    own.tick(89 * 86_400)
    expect(await own.hub.cases.store.erasable(own.now() * 1000, 10)).toEqual([])
    own.tick(2 * 86_400)
    const [row] = await own.hub.cases.store.erasable(own.now() * 1000, 10)
    expect(row?.ref).toBe(filed.ref)
    const erased = await appendHubEvent(own.hub, row!, { type: 'payload_erased' })
    expect(erased?.status.state).toBe('archived')
    expect(await appendHubEvent(own.hub, row!, { type: 'payload_erased' })).toBeUndefined()
    expect(await own.hub.cases.store.find(filed.ref)).toMatchObject({
      consumer: null,
      quote: '',
      meta: META,
      filedAt: Date.UTC(2026, 10, 1),
      status: { outcome: 'withdrawn', closedOn: '2026-11-01' },
    })
    expect(await codeOf(readCase(own.hub, filed.ref, { kind: 'member', id: 'jp-ccj' }))).toBe(
      'payload-erased',
    )
    expect(await codeOf(readCase(own.hub, filed.ref, { kind: 'operator' }))).toBe('payload-erased')
    expect(await codeOf(readCase(own.hub, filed.ref, askerOf(filed.consumer.keys)))).toBe('case-unknown')
    expect(await codeOf(fileComplaint(own.hub, filed.filing, {}))).toBe('quote-used')
    expect((await listInbox(own.hub, 'jp-ccj', { after: 0, limit: 10, parked: false })).items).toMatchObject([
      { type: 'payload_erased', state: 'archived', due: null },
    ])
  })

  it('comes by the clock where nobody has to decide it', async () => {
    const own = await createStage()
    const filed = await fileCase(own)
    await receipt(own, filed.ref, own.ccj)
    await act(own, filed.ref, deskOf(own.ccj), { type: 'info_requested', asks: ['order_number'] })
    const asked = (await own.hub.cases.store.find(filed.ref))!
    expect(asked.owner).toBe('consumer')
    expect(await codeOf(appendHubEvent(own.hub, asked, { type: 'lapsed', due: asked.due! }))).toBe(
      'event-not-allowed',
    )
    own.tick(30 * 86_400)
    expect((await own.hub.cases.store.lapsing(own.now() * 1000, 10)).map(({ ref }) => ref)).toEqual([
      filed.ref,
    ])
    expect((await see(own, filed.ref, filed.her)).late).toBe(true)
    const lapsed = await appendHubEvent(own.hub, asked, { type: 'lapsed', due: asked.due! })
    expect(lapsed?.status).toMatchObject({ state: 'closed', outcome: 'closed_no_reply' })
    expect(await own.hub.cases.store.lapsing(own.now() * 10_000, 10)).toEqual([])
  })

  it('takes a lead back that signs its receipt late, as long as nobody else has the case', async () => {
    const own = await createStage()
    const filed = await fileCase(own)
    const row = (await own.hub.cases.store.find(filed.ref))!
    const [delivery] = await own.hub.cases.store.deliveries(filed.ref)
    const dead = { ...delivery!, state: 'dead' as const, nextAt: null }
    await appendHubEvent(own.hub, row, { type: 'undeliverable', member: 'jp-ccj' }, { deliveries: [dead] })
    expect((await own.hub.cases.store.find(filed.ref))?.owner).toBe('secretariat')
    expect(await receipt(own, filed.ref, own.ccj)).toMatchObject({ state: 'in_triage' })
    expect(await own.hub.cases.store.deliveries(filed.ref)).toMatchObject([{ state: 'receipted' }])
  })

  it('goes back to the secretariat when it is opened again and no agency ever had it', async () => {
    const own = await createStage()
    const filed = await fileCase(own)
    const row = (await own.hub.cases.store.find(filed.ref))!
    const [delivery] = await own.hub.cases.store.deliveries(filed.ref)
    const dead = { ...delivery!, state: 'dead' as const, nextAt: null }
    await appendHubEvent(own.hub, row, { type: 'undeliverable', member: 'jp-ccj' }, { deliveries: [dead] })
    await act(own, filed.ref, own.secretariat, { type: 'closed', outcome: 'referred' })
    expect(await codeOf(see(own, filed.ref, deskOf(own.ccj)))).toBe('case-unknown')
    await act(own, filed.ref, filed.her, { type: 'reopened' })
    expect(await see(own, filed.ref, filed.her)).toMatchObject({
      state: 'unrouted',
      owner: 'secretariat',
      deliveries: [],
      erasesOn: null,
    })
    expect(await own.hub.cases.store.dueDeliveries(own.now() * 2000, 10)).toEqual([])
  })

  it('lets the consumer turn to another agency when the lead takes no delivery', async () => {
    const own = await createStage()
    const filed = await fileCase(own)
    const row = (await own.hub.cases.store.find(filed.ref))!
    const [delivery] = await own.hub.cases.store.deliveries(filed.ref)
    await appendHubEvent(
      own.hub,
      row,
      { type: 'undeliverable', member: 'jp-ccj' },
      {
        deliveries: [{ ...delivery!, state: 'dead', nextAt: null }],
      },
    )
    expect(await see(own, filed.ref, filed.her)).toMatchObject({
      deliveries: [{ state: 'dead' }],
      actions: expect.arrayContaining(['rerouted']),
    })
    const quoted = await quoteTo(own, own.vcc, own.ocpb, { case: filed.ref })
    const { envelope, hash } = await rewrap(filed, 2, { lead: own.vcc, partner: own.ocpb }, quoted)
    await act(
      own,
      filed.ref,
      filed.her,
      { type: 'rerouted', quote: quoted.quote, lead: 'vn-vcc', partner: 'th-ocpb', envelope: hash },
      { envelope },
    )
    expect(await codeOf(see(own, filed.ref, deskOf(own.ccj)))).toBe('case-unknown')
    expect(await see(own, filed.ref, deskOf(own.vcc))).toMatchObject({ role: 'lead', quote: quoted.quote })
    expect(
      (await own.hub.cases.store.dueDeliveries(own.now() * 1000, 10)).map(({ member }) => member),
    ).toEqual(['vn-vcc'])
    // A dead agency that comes back late does not get it after all.
    own.tick(60)
    expect(await codeOf(receipt(own, filed.ref, own.ccj))).toBe('case-unknown')
  })
})
