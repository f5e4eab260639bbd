/** What agencies and consumers sign in a case: receipts and events, and every way in which they are refused. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseEvent } from '../src/dispute/case-event.js'
import { createCaseReference, createCaseSecret } from '../src/dispute/case-reference.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { signReceipt } from '../src/dispute/sealed/sign-case.js'
import { appendCaseEvent } from '../src/hub/cases/append-event.js'
import { receiveReceipt } from '../src/hub/cases/receive-receipt.js'
import { formatAllianceId } from '../src/record/record.js'
import {
  act,
  checkChain,
  codeOf,
  createStage,
  type Desk,
  deskOf,
  type FiledCase,
  fileCase,
  notice,
  prepareEvent,
  receipt,
  receiptFor,
  receiptOf,
  rewrap,
  type Stage,
  see,
} from './case-story.js'
import { ORIGIN } from './hub-fixture.js'

let stage: Stage
let ccj: Desk
let ocpb: Desk
beforeAll(async () => {
  stage = await createStage()
  ccj = deskOf(stage.ccj)
  ocpb = deskOf(stage.ocpb)
})

const find = async (ref: string) => (await stage.hub.cases.store.find(ref))!

async function triaged(): Promise<FiledCase> {
  const filed = await fileCase(stage)
  await receipt(stage, filed.ref, stage.ccj)
  return filed
}

describe('a receipt', () => {
  it('counts once, however often it comes', async () => {
    const filed = await fileCase(stage)
    const first = await receiptOf(stage, filed, stage.ccj)
    expect(await receiptOf(stage, filed, stage.ccj)).toEqual(first)
    await act(stage, filed.ref, ccj, { type: 'accepted' })
    expect(await receiptOf(stage, filed, stage.ccj)).toEqual({ ...first, state: 'accepted' })
    expect(await stage.hub.cases.store.events(filed.ref)).toHaveLength(3)
  })

  it('is kept, and its hash stands in the chain', async () => {
    const filed = await fileCase(stage)
    await receipt(stage, filed.ref, stage.ccj)
    const [delivery] = await stage.hub.cases.store.deliveries(filed.ref)
    expect(delivery).toMatchObject({ state: 'receipted', nextAt: null })
    const { events } = await checkChain(stage, filed)
    expect(events[1]?.claims.case.event).toMatchObject({ type: 'delivered', member: 'jp-ccj' })
  })

  it('holds although an event comes in between', async () => {
    const filed = await fileCase(stage)
    const { store } = stage.hub.cases
    let between = false
    // The consumer's message is written after the case was read for the receipt, and before the hub appends.
    const slow = {
      ...stage.hub,
      cases: {
        ...stage.hub.cases,
        store: {
          ...store,
          append: async (...args: Parameters<typeof store.append>) => {
            if (!between) {
              between = true
              await act(
                stage,
                filed.ref,
                filed.her,
                { type: 'message' },
                { words: 'x', to: stage.ccj.keys.enc },
              )
            }
            return store.append(...args)
          },
        },
      },
    }
    const jws = await receiptFor(stage, filed, stage.ccj)
    expect(await receiveReceipt(slow, filed.ref, ccj.asker, jws)).toMatchObject({
      seq: 2,
      state: 'in_triage',
    })
    expect((await checkChain(stage, filed)).events.map(({ claims }) => claims.case.event.type)).toEqual([
      'created',
      'message',
      'delivered',
    ])
  })

  it.each<[string, string, (filed: FiledCase) => Promise<unknown>]>([
    [
      'another envelope',
      'receipt-differs',
      (filed) => receiptOf(stage, filed, stage.ccj, { envelope: 'a'.repeat(64) }),
    ],
    ['another revision', 'receipt-differs', (filed) => receiptOf(stage, filed, stage.ccj, { revision: 2 })],
    [
      'another case',
      'receipt-differs',
      (filed) => receiptOf(stage, filed, stage.ccj, { ref: createCaseReference('JP') }),
    ],
    [
      'another alliance',
      'wrong-audience',
      (filed) => receiptOf(stage, filed, stage.ccj, { aud: 'https://sandbox.example/alliance' }),
    ],
    [
      'a time to come',
      'issued-in-future',
      (filed) => receiptOf(stage, filed, stage.ccj, { iat: stage.now() + 100 }),
    ],
    [
      'a key that signs records',
      'wrong-key-role',
      (filed) => receiptOf(stage, filed, stage.ccj, {}, stage.ccj.signer),
    ],
    [
      'another member’s key',
      'unknown-key',
      (filed) => receiptOf(stage, filed, stage.ccj, {}, stage.ocpb.auth),
    ],
    [
      'another member’s name',
      'not-a-party',
      (filed) => receiptOf(stage, filed, stage.ocpb, {}, stage.ocpb.auth, ccj.asker),
    ],
    ['a partner before the case is shared', 'not-a-party', (filed) => receiptOf(stage, filed, stage.ocpb)],
    ['a member without a part', 'case-unknown', (filed) => receiptOf(stage, filed, stage.vcc)],
    [
      'the consumer',
      'not-a-party',
      (filed) => receiptOf(stage, filed, stage.ccj, {}, stage.ccj.auth, filed.her.asker),
    ],
  ])('is refused: %s', async (_name, code, send) => {
    const filed = await fileCase(stage)
    expect(await codeOf(send(filed))).toBe(code)
    expect((await stage.hub.cases.store.deliveries(filed.ref))[0]?.state).toBe('pending')
  })
})

describe('an event', () => {
  it('loses to the one that came first, and nothing of it is kept', async () => {
    const filed = await triaged()
    const [one, two] = [
      await prepareEvent(stage, filed.ref, ccj, { type: 'accepted' }),
      await prepareEvent(stage, filed.ref, filed.her, { type: 'withdrawn' }),
    ]
    const outcomes = await Promise.all([
      codeOf(appendCaseEvent(stage.hub, filed.ref, ccj.asker, one)),
      codeOf(appendCaseEvent(stage.hub, filed.ref, filed.her.asker, two)),
    ])
    expect([...outcomes].sort()).toEqual(['case-moved-on', undefined])
    expect(await stage.hub.cases.store.events(filed.ref)).toHaveLength(3)
    expect((await checkChain(stage, filed)).events).toHaveLength(3)
  })

  it('is refused when it comes again', async () => {
    const filed = await triaged()
    const post = await prepareEvent(
      stage,
      filed.ref,
      ccj,
      { type: 'message' },
      { words: 'x', to: filed.her.enc },
    )
    await appendCaseEvent(stage.hub, filed.ref, ccj.asker, post)
    expect(await codeOf(appendCaseEvent(stage.hub, filed.ref, ccj.asker, post))).toBe('case-moved-on')
    const other = await triaged()
    expect(await codeOf(appendCaseEvent(stage.hub, other.ref, ccj.asker, post))).toBe('bad-claims')
  })

  const accepted: CaseEvent = { type: 'accepted' }
  it.each<[string, string, (filed: FiledCase) => Promise<unknown>]>([
    ['of a role that may not send it', 'event-not-allowed', ({ ref, her }) => act(stage, ref, her, accepted)],
    [
      'of the partner in the lead’s name',
      'not-a-party',
      async ({ ref }) =>
        appendCaseEvent(stage.hub, ref, ocpb.asker, await prepareEvent(stage, ref, ccj, accepted)),
    ],
    [
      'of the lead in the consumer’s name',
      'unknown-issuer',
      ({ ref, her }) => act(stage, ref, { ...ccj, iss: her.iss }, accepted),
    ],
    [
      'of the consumer in the lead’s name',
      'not-a-party',
      ({ ref, her }) => act(stage, ref, { ...her, iss: ccj.iss }, accepted),
    ],
    [
      'of the operator in the hub’s name',
      'event-not-allowed',
      ({ ref }) => act(stage, ref, stage.secretariat, { type: 'lapsed', due: '2026-11-22' }),
    ],
    [
      'signed with a key for records',
      'wrong-key-role',
      ({ ref }) => act(stage, ref, { ...ccj, signer: stage.ccj.signer }, accepted),
    ],
    [
      'signed with the recovery key',
      'wrong-key-role',
      ({ ref }) => act(stage, ref, { ...ccj, signer: stage.ccj.recovery }, accepted),
    ],
    [
      'signed with another member’s key',
      'unknown-key',
      ({ ref }) => act(stage, ref, { ...ccj, signer: stage.ocpb.auth }, accepted),
    ],
    [
      'signed by another consumer',
      'unknown-key',
      async ({ ref, her }) => {
        const other = await createConsumer(ref, createCaseSecret())
        return act(stage, ref, { ...her, signer: other.signer }, { type: 'withdrawn' })
      },
    ],
    [
      'that was altered',
      'bad-signature',
      async ({ ref }) => {
        const { event } = await prepareEvent(stage, ref, ccj, accepted)
        const [head, , signature] = event.split('.')
        const declined = (
          await prepareEvent(stage, ref, ccj, { type: 'declined', reason: 'other' })
        ).event.split('.')[1]
        return appendCaseEvent(stage.hub, ref, ccj.asker, { event: [head, declined, signature].join('.') })
      },
    ],
    [
      'of another type of statement',
      'unknown-type',
      async ({ ref }) =>
        appendCaseEvent(stage.hub, ref, ccj.asker, {
          event: await signReceipt(stage.ccj.auth, {
            iss: ccj.iss,
            aud: formatAllianceId(ORIGIN),
            iat: stage.now(),
            ref,
            revision: 1,
            envelope: 'a'.repeat(64),
          }),
        }),
    ],
    [
      'dated in the future',
      'issued-in-future',
      ({ ref }) => act(stage, ref, ccj, accepted, { iat: stage.now() + 61 }),
    ],
    ['that skips a number', 'case-moved-on', ({ ref }) => act(stage, ref, ccj, accepted, { seq: 7 })],
    [
      'that follows another',
      'case-moved-on',
      ({ ref }) => act(stage, ref, ccj, accepted, { prev: 'a'.repeat(64) }),
    ],
    ['of words without words', 'bad-claims', ({ ref }) => act(stage, ref, ccj, { type: 'message' })],
    [
      'whose message is not the one it names',
      'bad-claims',
      async ({ ref, her }) => {
        const [a, b] = [
          await prepareEvent(stage, ref, ccj, { type: 'message' }, { words: 'a', to: her.enc }),
          await prepareEvent(stage, ref, ccj, { type: 'message' }, { words: 'b', to: her.enc }),
        ]
        return appendCaseEvent(stage.hub, ref, ccj.asker, { event: a.event, message: b.message! })
      },
    ],
    [
      'with a message it does not name',
      'bad-claims',
      async ({ ref, her }) => {
        const { message } = await prepareEvent(
          stage,
          ref,
          ccj,
          { type: 'message' },
          { words: 'a', to: her.enc },
        )
        return appendCaseEvent(stage.hub, ref, ccj.asker, {
          ...(await prepareEvent(stage, ref, ccj, accepted)),
          message: message!,
        })
      },
    ],
    [
      'with a message to a stranger',
      'bad-envelope',
      ({ ref }) => act(stage, ref, ccj, { type: 'message' }, { words: 'a', to: stage.vcc.keys.enc }),
    ],
    [
      'with a message from another place',
      'bad-envelope',
      async ({ ref, her }) => {
        const { message } = await prepareEvent(
          stage,
          ref,
          ccj,
          { type: 'message' },
          { words: 'a', to: her.enc },
        )
        await act(stage, ref, ccj, accepted)
        return act(stage, ref, ccj, { type: 'message' }, { message: message! })
      },
    ],
    [
      'with a message of another signer',
      'bad-envelope',
      async ({ ref, her }) => {
        const { message } = await prepareEvent(
          stage,
          ref,
          her,
          { type: 'message' },
          { words: 'a', to: stage.ccj.keys.enc },
        )
        return act(stage, ref, ccj, { type: 'message' }, { message: message! })
      },
    ],
    [
      'that brings a complaint along',
      'bad-claims',
      ({ ref, filing }) =>
        act(stage, ref, ccj, accepted, {
          envelope: { complaint: filing.complaint, identity: filing.identity },
        }),
    ],
    [
      'of a transfer without the complaint',
      'bad-claims',
      ({ ref }) =>
        act(stage, ref, ccj, {
          type: 'transferred',
          to: 'vn-vcc',
          reason: 'other',
          envelope: 'a'.repeat(64),
        }),
    ],
    [
      'of a transfer to who can be given no case',
      'event-not-allowed',
      async (filed) => {
        const { envelope, hash } = await rewrap(filed, 2, { lead: stage.dbd, partner: stage.ocpb })
        return act(
          stage,
          filed.ref,
          ccj,
          { type: 'transferred', to: 'vn-idea', reason: 'other', envelope: hash },
          { envelope },
        )
      },
    ],
    [
      'of a transfer that still names the old lead as recipient',
      'bad-envelope',
      async (filed) => {
        const { envelope, hash } = await rewrap(filed, 2, { lead: stage.ccj, partner: stage.ocpb })
        return act(
          stage,
          filed.ref,
          ccj,
          { type: 'transferred', to: 'vn-vcc', reason: 'other', envelope: hash },
          { envelope },
        )
      },
    ],
    [
      'of a transfer that leaves the consumer out',
      'bad-envelope',
      async (filed) => {
        const stranger = await createConsumer(filed.ref, createCaseSecret())
        const { envelope, hash } = await rewrap(filed, 2, {
          lead: stage.vcc,
          partner: stage.ocpb,
          consumer: stranger.keys,
        })
        return act(
          stage,
          filed.ref,
          ccj,
          { type: 'transferred', to: 'vn-vcc', reason: 'other', envelope: hash },
          { envelope },
        )
      },
    ],
    [
      'of a re-wrapping that pretends to be the first',
      'bad-envelope',
      async (filed) => {
        const { envelope, hash } = await rewrap(filed, 1, { lead: stage.ccj, partner: stage.ocpb })
        return act(
          stage,
          filed.ref,
          ccj,
          { type: 'rewrapped', reason: 'new_officer_key', envelope: hash },
          { envelope },
        )
      },
    ],
    [
      'with a file of an earlier one’s name',
      'bad-envelope',
      ({ ref, her }) =>
        act(
          stage,
          ref,
          her,
          { type: 'message' },
          { words: 'a', to: stage.ccj.keys.enc, attachments: [notice('a')] },
        ),
    ],
  ])('is refused: %s', async (_name, code, send) => {
    const filed = await fileCase(stage, { attachments: [notice('a')] })
    await receipt(stage, filed.ref, stage.ccj)
    const before = (await find(filed.ref)).head.seq
    expect(await codeOf(send(filed))).toBe(code)
    const after = (await find(filed.ref)).head.seq
    expect(after - before).toBeLessThanOrEqual(code === 'bad-envelope' ? 1 : 0)
  })

  it('can announce files, each party for itself', async () => {
    const filed = await fileCase(stage, { attachments: [...'abcdefghi'].map((id) => notice(id)) })
    await receipt(stage, filed.ref, stage.ccj)
    const send = (desk: Desk, ids: string) =>
      act(
        stage,
        filed.ref,
        desk,
        { type: 'message' },
        {
          words: 'a',
          to: [...stage.ccj.keys.enc, ...filed.her.enc],
          attachments: [...ids].map((id) => notice(id)),
        },
      )
    expect(await codeOf(send(filed.her, 'jk'))).toBe('body-too-large')
    expect(await send(filed.her, 'j')).toMatchObject({ missing: [notice('j').id] })
    expect(await codeOf(send(filed.her, 'k'))).toBe('body-too-large')
    await send(ccj, 'klm')
    expect((await see(stage, filed.ref, ccj)).attachments).toHaveLength(13)
  })
})
