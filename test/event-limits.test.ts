/** How much one party may say in a case, so that nobody can make it too large to be read; what moves it goes on. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseEvent } from '../src/dispute/case-event.js'
import { generalJwe, MAX_JWE_BYTES, MAX_RECIPIENTS } from '../src/dispute/envelope.js'
import { MAX_FREE_TEXT } from '../src/dispute/payload.js'
import { sealMessage } from '../src/dispute/sealed/message.js'
import type { ChainRow } from '../src/hub/cases/case-store.js'
import {
  assertRoom,
  CASE_BYTES,
  EVENTS_PER_PARTY,
  MESSAGES_PER_DAY,
  PARTY_BYTES,
} from '../src/hub/cases/event-limits.js'
import { Refusal } from '../src/refusal.js'
import { generateKey } from '../src/trust/keys.js'
import { asAgency, asConsumer, type Filed, fileCase } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { caseAt } from './store-contract-cases.js'

const DAY = 86_400_000
/** The most that `trustmark` reads of a case. */
const MAX_VIEW_BYTES = 16 * 1024 * 1024

let stage: TestStage
beforeAll(async () => {
  stage = await createStage()
})
const say = (text: string) => ({
  payload: { v: 1 as const, texts: [{ lang: 'th', text, made: 'original' as const }] },
  to: stage.members['jp-ccj']!.keys.enc,
})

describe('a party that writes without end', () => {
  let filed: Filed
  it('is told when it can go on, and stops nobody else', async () => {
    filed = await fileCase(stage)
    const [her, ccj] = [asConsumer(stage, filed), asAgency(stage, 'jp-ccj')]
    for (let i = 0; i < MESSAGES_PER_DAY; i += 1) {
      await her.send(filed.ref, { type: 'message' }, { words: say('x') })
      stage.t.tick(60)
    }
    const refused = await her.trySend(filed.ref, { type: 'message' }, { words: say('x') })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      429,
      'too-many-requests',
    ])
    expect(refused.headers.get('Retry-After')).toBe(String(86_400 - MESSAGES_PER_DAY * 60))
    await ccj.receipt(filed.ref)
    await ccj.send(filed.ref, { type: 'message' }, { words: say('x') })
    await ccj.send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    await her.send(filed.ref, { type: 'info_given' }, { words: say('x') })
  })

  it('can write again when the oldest is a day old', async () => {
    const her = asConsumer(stage, filed)
    stage.t.tick(86_400 - MESSAGES_PER_DAY * 60)
    await her.send(filed.ref, { type: 'message' }, { words: say('x') })
    expect((await her.trySend(filed.ref, { type: 'message' }, { words: say('x') })).status).toBe(429)
    await her.send(filed.ref, { type: 'withdrawn' })
  })
})

describe('the room of a case', () => {
  const now = 1_800_000_000_000
  const row = caseAt('JP-00000-00001')
  const moved = { ...row.status, clock: { ...row.status.clock, turn: row.status.clock.turn + 1 } }
  const said = (many: number, over: Partial<ChainRow> = {}): ChainRow[] =>
    Array.from({ length: many }, (_, seq) => ({
      seq,
      at: now - 30 * DAY,
      type: 'message',
      actor: 'consumer',
      member: null,
      jws: 'x'.repeat(100),
      sha256: '',
      messageBytes: 900,
      ...over,
    }))
  const post = (length: number) => ({ event: 'x'.repeat(length) })
  const check = (
    earlier: ChainRow[],
    event: CaseEvent,
    { moves = false, length = 100, member = null as string | null, message = undefined as unknown } = {},
  ): number | 'taken' => {
    const actor = member === null ? 'consumer' : 'lead'
    const status = moves ? moved : row.status
    try {
      assertRoom(
        row,
        { actor, member, event, status, at: now },
        { ...post(length), ...(message ? { message: message as never } : {}) },
        earlier,
      )
      return 'taken'
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'too-many-requests') throw error
      return error.details.retryAfter!
    }
  }
  const message: CaseEvent = { type: 'message' }

  it('holds a hundred events of a type from each party, whatever moves the case not counted', () => {
    expect(check(said(EVENTS_PER_PARTY - 1), message)).toBe('taken')
    expect(check(said(EVENTS_PER_PARTY), message)).toBe(86_400)
    expect(check(said(EVENTS_PER_PARTY), { type: 'outcome_rated', rating: 'resolved' })).toBe('taken')
    expect(check(said(EVENTS_PER_PARTY), message, { member: 'jp-ccj' })).toBe('taken')
    expect(check(said(EVENTS_PER_PARTY, { member: 'jp-ccj', actor: 'partner' }), message)).toBe('taken')
    expect(
      check(said(EVENTS_PER_PARTY, { member: 'jp-ccj', actor: 'partner' }), message, { member: 'jp-ccj' }),
    ).toBe(86_400)
    expect(check(said(5000), { type: 'withdrawn' }, { moves: true })).toBe('taken')
  })

  it('holds so many bytes from each party, and of all parties together', () => {
    const own = said(32, { messageBytes: PARTY_BYTES / 32 - 100 })
    expect(check(own.slice(1), message)).toBe('taken')
    expect(check(own, message)).toBe(86_400)
    expect(check(own, message, { member: 'jp-ccj' })).toBe('taken')
    const all = ['a', 'b', 'c', 'd'].flatMap((member) => own.map((one) => ({ ...one, member })))
    expect(all.reduce((sum, { messageBytes }) => sum + messageBytes + 100, 0)).toBe(CASE_BYTES)
    expect(check(all, message, { member: 'e' })).toBe(86_400)
    expect(check(all, message)).toBe(86_400)
  })

  it('is never too small for a decision, only for the words beside it', () => {
    const all = said(1, { messageBytes: CASE_BYTES })
    for (const event of [
      { type: 'withdrawn' },
      { type: 'info_given' },
      { type: 'closed', outcome: 'advice_given' },
    ] as CaseEvent[]) {
      expect(check(all, event, { moves: true })).toBe('taken')
      expect(check(all, event, { moves: true, message: { words: 'x' } })).toBe(86_400)
    }
    expect(check(all, { type: 'reopened' }, { moves: true, message: { words: 'x' } })).toBe('taken')
  })

  it('is small enough for the whole case to be read when all of it is used', async () => {
    const filed = await fileCase(stage)
    const { store } = stage.t.hub.cases
    const found = (await store.find(filed.ref))!
    const large = largestJwe(filed.consumer.keys.enc.kid)
    const bytes = JSON.stringify(large).length
    const many = Math.floor(CASE_BYTES / (bytes + 65_536)) + 1
    for (let seq = 1; seq <= many; seq += 1) {
      const sha256 = seq.toString(16).padStart(64, '0')
      const event = { seq, at: now, type: 'message', actor: 'lead', member: 'jp-ccj' } as const
      const head = { ...found.head, seq, sha256 }
      expect(
        await store.append(seq - 1, {
          row: { ...found, head },
          events: [{ ...event, jws: 'x'.repeat(65_536), sha256, message: large }],
        }),
      ).toBe(true)
    }
    const view = await (await asConsumer(stage, filed).request(`/v1/cases/${filed.ref}`)).text()
    expect(view.length).toBeGreaterThan(CASE_BYTES)
    // What is left is for what moves the case afterwards, without words.
    expect(view.length).toBeLessThan(MAX_VIEW_BYTES - 3 * 1024 * 1024)
  })
})

/** A message as large as its schema lets it be, that one key is among the recipients of. */
function largestJwe(kid: string) {
  const text = (length: number) => 'A'.repeat(length)
  const jwe = {
    protected: text(128),
    aad: text(8192),
    iv: text(16),
    ciphertext: text(MAX_JWE_BYTES),
    tag: text(22),
    recipients: Array.from({ length: MAX_RECIPIENTS }, (_, i) => ({
      encrypted_key: text(54),
      header: {
        alg: 'ECDH-ES+A256KW' as const,
        kid: i === 0 ? kid : String(i).padStart(43, 'k'),
        epk: { kty: 'EC' as const, crv: 'P-384' as const, x: text(64), y: text(64) },
      },
    })),
  }
  return generalJwe.parse(jwe)
}

describe('one message', () => {
  it('holds four Thai texts of the longest', async () => {
    const { publicJwk } = await generateKey('enc')
    const text = '\u0e01'.repeat(MAX_FREE_TEXT)
    const texts = ['th', 'ja', 'en', 'vi'].map((lang) => ({ lang, text, made: 'machine' as const }))
    const jwe = await sealMessage(
      { v: 1, texts },
      { case: 'JP-7Q4K9-MXW2C', prev: 'a'.repeat(64), from: 'k'.repeat(43) },
      [publicJwk],
    )
    expect(generalJwe.safeParse(jwe).success).toBe(true)
  })

  it('has no room beside its ciphertext', () => {
    const jwe = largestJwe('k'.repeat(43))
    const [first, ...rest] = jwe.recipients
    const epk = { kty: 'EC', crv: 'P-384', x: 'A'.repeat(65), y: 'A' }
    for (const larger of [
      { ...jwe, protected: `${jwe.protected}A` },
      { ...jwe, aad: `${jwe.aad}A` },
      { ...jwe, iv: `${jwe.iv}A` },
      { ...jwe, tag: `${jwe.tag}A` },
      { ...jwe, ciphertext: `${jwe.ciphertext}A` },
      { ...jwe, recipients: [{ ...first, encrypted_key: `${first!.encrypted_key}A` }, ...rest] },
      { ...jwe, recipients: [{ ...first, header: { ...first!.header, epk } }, ...rest] },
    ])
      expect(generalJwe.safeParse(larger).success).toBe(false)
  })
})
