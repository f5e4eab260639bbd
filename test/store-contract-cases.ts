/** What every store of disputes must do, whatever database is beneath it; runs on SQLite and, in workerd, on D1. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseStatus } from '../src/dispute/case-state.js'
import type { ConsumerKeys, GeneralJwe, SealedComplaint } from '../src/dispute/envelope.js'
import type { CaseRow, CaseStore, CaseWrite, DeliveryRow, EventRow } from '../src/hub/cases/case-store.js'
import type { Database } from '../src/store/database.js'

export interface OpenedCaseStore {
  store: CaseStore
  database: Database
}

/** 2026-11-22T03:00:00Z. */
const T0 = 1_795_316_400_000
/** 2026-11-01T00:00:00Z. */
const NOVEMBER = Date.UTC(2026, 10, 1)
const HOUR = 3_600_000
const hex = (n: number) => n.toString(16).padStart(64, '0')

export function jweOf(text: string): GeneralJwe {
  return {
    protected: 'eyJ9',
    aad: 'YQ',
    iv: 'aXY',
    ciphertext: text,
    tag: 'dGFn',
    recipients: [
      {
        encrypted_key: 'a2V5',
        header: {
          alg: 'ECDH-ES+A256KW',
          kid: 'k'.repeat(43),
          epk: { kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ' },
        },
      },
    ],
  }
}

const consumerOf = (name: string): ConsumerKeys => ({
  sign: { kty: 'EC', crv: 'P-256', x: `${name}-sign`, y: 'y', kid: 's'.repeat(43) },
  enc: { kty: 'EC', crv: 'P-256', x: `${name}-enc`, y: 'y', kid: 'e'.repeat(43) },
  access: hex(7),
  sealed: `${name}-sealed`,
})

const statusOf = (over: Partial<CaseStatus> = {}): CaseStatus => ({
  state: 'received',
  returnTo: null,
  lead: 'jp-ccj',
  partner: 'th-ocpb',
  cc: ['th-dbd'],
  shared: false,
  revision: 1,
  outcome: null,
  assumed: false,
  rating: null,
  reopened: false,
  closedOn: null,
  assigned: null,
  undeliverable: false,
  reaches: 'partner',
  notices: 0,
  translation: false,
  performed: false,
  extension: null,
  clock: { turn: 0, since: null, ran: [] },
  ...over,
})

export function caseAt(ref: string, over: Partial<CaseRow> = {}): CaseRow {
  return {
    ref,
    filing: hex(1),
    quote: `quote-of-${ref}`,
    filedQuote: `filed-quote-of-${ref}`,
    meta: {
      kind: 'complaint',
      relation: 'B2C',
      consumerCountry: 'JP',
      merchantCountry: 'TH',
      markShown: null,
      record: 'th-dbd:R-1',
      marketplace: null,
      claimType: 'non_delivery',
      amountBand: 2,
      currency: 'THB',
      lang: 'ja',
      contactedMerchant: true,
      otherProceedings: false,
      minor: false,
    },
    filedAt: T0,
    status: statusOf(),
    owner: 'hub',
    since: T0,
    due: '2026-11-24',
    dueAt: T0 + 48 * HOUR,
    parked: false,
    head: { seq: 0, sha256: hex(100), at: T0 },
    envelopeSha256: hex(2),
    consumer: consumerOf(ref),
    erasesAt: null,
    unmatched: false,
    ...over,
  }
}

export function eventAt(seq: number, over: Partial<EventRow> = {}): EventRow {
  return {
    seq,
    at: T0 + seq,
    type: seq === 0 ? 'created' : 'message',
    actor: seq === 0 ? 'hub' : 'lead',
    member: seq === 0 ? null : 'jp-ccj',
    jws: `event-${seq}`,
    sha256: hex(100 + seq),
    message: null,
    ...over,
  }
}

export function deliveryTo(ref: string, member: string, over: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    ref,
    member,
    role: member === 'jp-ccj' ? 'lead' : 'partner',
    state: 'pending',
    attempts: 0,
    nextAt: T0,
    since: T0,
    failure: null,
    receipt: null,
    receiptedAt: null,
    ...over,
  }
}

const sealedOf = (text: string): SealedComplaint => ({
  complaint: jweOf(`${text}-complaint`),
  identity: jweOf(`${text}-identity`),
})

const line = (member: string, seq: number, role: 'lead' | 'partner' | 'cc' = 'lead') => ({
  member,
  role,
  seq,
})

export function filingOf(
  ref: string,
  over: Partial<CaseRow> = {},
  more: Partial<CaseWrite> & { address?: { address: string; lang: string } } = {},
) {
  const row = caseAt(ref, over)
  return {
    row,
    events: [eventAt(0)],
    envelope: sealedOf(ref),
    deliveries: [deliveryTo(ref, 'jp-ccj', row.parked ? { nextAt: null } : {})],
    inbox: [line('jp-ccj', 0), line('th-dbd', 0, 'cc')],
    ...more,
  }
}

/** The case one event later. */
export function stepOf(
  row: CaseRow,
  seq: number,
  over: Partial<CaseRow> = {},
  more: Partial<CaseWrite> = {},
) {
  return {
    row: { ...row, head: { seq, sha256: hex(100 + seq), at: T0 + seq }, ...over },
    events: [eventAt(seq)],
    ...more,
  } satisfies CaseWrite
}

/** Every value of every table, as one text. */
export async function everything(database: Database): Promise<string> {
  const tables = [
    'cases',
    'case_envelopes',
    'case_events',
    'case_messages',
    'case_attachments',
    'case_deliveries',
    'case_inbox',
    'case_addresses',
    'case_recoveries',
  ] as const
  const rows = await Promise.all(
    tables.map((table) => database.read(database.kysely.selectFrom(table).selectAll().compile())),
  )
  return JSON.stringify(rows)
}

/** Runs the contract on fresh, migrated databases that `openStore` opens; each test has references of its own. */
export function caseStoreContract(name: string, openStore: () => Promise<OpenedCaseStore>): void {
  const REF = 'JP-00000-00001'
  const OTHER = 'JP-00000-00002'

  describe(`the store of cases on ${name}`, () => {
    it('keeps a filing with everything that belongs to it', async () => {
      const { store } = await openStore()
      const write = filingOf(
        REF,
        {},
        {
          attachments: [
            { id: 'b'.repeat(22), bytes: 10, sha256: hex(5) },
            { id: 'a'.repeat(22), bytes: 9, sha256: hex(6) },
          ],
          address: { address: 'closed-address', lang: 'ja' },
        },
      )
      expect(await store.find(REF)).toBeUndefined()
      expect(await store.file(write)).toBe(true)
      expect(await store.find(REF)).toEqual(write.row)
      expect(await store.events(REF)).toEqual(write.events)
      expect(await store.envelope(REF)).toEqual(write.envelope)
      expect(await store.deliveries(REF)).toEqual(write.deliveries)
      expect(await store.address(REF)).toEqual({ address: 'closed-address', lang: 'ja' })
      expect(await store.attachments(REF)).toEqual([
        { id: 'a'.repeat(22), bytes: 9, sha256: hex(6), stored: false },
        { id: 'b'.repeat(22), bytes: 10, sha256: hex(5), stored: false },
      ])
      await store.markStored(REF, 'b'.repeat(22))
      expect((await store.attachments(REF)).map(({ stored }) => stored)).toEqual([false, true])
    })

    it('files a reference once: who comes second changes nothing', async () => {
      const { store, database } = await openStore()
      await store.file(filingOf(REF))
      const before = await everything(database)
      const second = filingOf(REF, { filing: hex(9) }, { address: { address: 'x', lang: 'en' } })
      expect(await store.file(second)).toBe(false)
      expect(await everything(database)).toBe(before)
    })

    it('knows nothing of a case that was never filed', async () => {
      const { store } = await openStore()
      expect(await store.events(REF)).toEqual([])
      expect(await store.chain(REF)).toEqual([])
      expect(await store.envelope(REF)).toBeNull()
      expect(await store.attachments(REF)).toEqual([])
      expect(await store.deliveries(REF)).toEqual([])
      expect(await store.address(REF)).toBeUndefined()
      expect(await store.release(REF, T0)).toBe(false)
      await expect(store.append(0, stepOf(caseAt(REF), 1))).rejects.toThrow('FOREIGN KEY')
    })

    it('carries an envelope of the largest size, and a message of the largest size', async () => {
      const { store } = await openStore()
      const large = jweOf('A'.repeat(131_072))
      const write = filingOf(REF, {}, { envelope: { complaint: large, identity: large } })
      await store.file(write as ReturnType<typeof filingOf>)
      await store.append(0, { ...stepOf(write.row, 1), events: [eventAt(1, { message: large })] })
      expect(await store.envelope(REF)).toEqual({ complaint: large, identity: large })
      expect((await store.events(REF))[1]?.message).toEqual(large)
      expect((await store.chain(REF))[1]?.messageBytes).toBe(JSON.stringify(large).length)
    })

    it('appends events with their messages, and puts envelope, keys and clock anew', async () => {
      const { store } = await openStore()
      const write = filingOf(REF, {}, { address: { address: 'closed-address', lang: 'ja' } })
      await store.file(write)
      const step: CaseWrite = {
        row: {
          ...write.row,
          head: { seq: 2, sha256: hex(102), at: T0 + 2 },
          status: statusOf({ state: 'accepted', revision: 2 }),
          owner: 'lead',
          since: T0 + 9,
          due: null,
          dueAt: null,
          envelopeSha256: hex(3),
          consumer: consumerOf('new'),
        },
        events: [
          eventAt(1, { message: jweOf('words') }),
          eventAt(2, { type: 'delivered', actor: 'hub', member: null }),
        ],
        envelope: sealedOf('rewrapped'),
        attachments: [{ id: 'c'.repeat(22), bytes: 3, sha256: hex(8) }],
        deliveries: [
          deliveryTo(REF, 'jp-ccj', { state: 'receipted', receipt: 'r', receiptedAt: T0 + 5, nextAt: null }),
        ],
        inbox: [line('th-ocpb', 1, 'partner')],
        forgetAddress: true,
      }
      expect(await store.append(0, step)).toBe(true)
      expect(await store.find(REF)).toEqual(step.row)
      expect(await store.events(REF)).toEqual([...write.events, ...step.events])
      expect(await store.chain(REF)).toEqual(
        [...write.events, ...step.events].map(({ message, ...event }) => ({
          ...event,
          messageBytes: message ? JSON.stringify(message).length : 0,
        })),
      )
      expect(await store.envelope(REF)).toEqual(step.envelope)
      expect(await store.deliveries(REF)).toEqual(step.deliveries)
      expect(await store.attachments(REF)).toHaveLength(1)
      expect(await store.address(REF)).toBeUndefined()
      expect((await store.inbox('th-ocpb', 0, 10, false)).map(({ ref, seq }) => [ref, seq])).toEqual([
        [REF, 1],
      ])
    })

    it('lets one of two events in that follow the same one, and writes nothing of the other', async () => {
      const { store, database } = await openStore()
      const { row } = filingOf(REF)
      await store.file(filingOf(REF))
      const by = (member: string) =>
        store.append(0, {
          ...stepOf(row, 1, { quote: member }, { envelope: sealedOf(member), inbox: [line(member, 1)] }),
          events: [eventAt(1, { member, message: jweOf(member) })],
        })
      const members = ['a', 'b', 'c', 'd', 'e'].map((letter) => `winner-${letter}`)
      const results = await Promise.all(members.map(by))
      expect(results.filter(Boolean)).toHaveLength(1)
      const winner = members[results.indexOf(true)]
      expect((await store.find(REF))?.quote).toBe(winner)
      expect((await store.events(REF)).map(({ member }) => member)).toEqual([null, winner])
      const text = await everything(database)
      for (const member of members) expect(text.includes(member), member).toBe(member === winner)
      expect(await store.append(0, stepOf(row, 1))).toBe(false)
      expect(await store.append(1, stepOf(row, 2))).toBe(true)
    })

    it('refuses events that leave a gap, or a head that is not their last', async () => {
      const { store } = await openStore()
      const { row } = filingOf(REF)
      await store.file(filingOf(REF))
      await expect(store.append(1, stepOf(row, 1))).rejects.toThrow(RangeError)
      await expect(store.append(0, { ...stepOf(row, 1), events: [] })).rejects.toThrow(RangeError)
      await expect(store.append(0, { ...stepOf(row, 2), events: [eventAt(1)] })).rejects.toThrow(RangeError)
      expect(await store.events(REF)).toHaveLength(1)
    })

    it('does not take any other conflict for a lost race', async () => {
      const { store } = await openStore()
      const notice = { id: 'a'.repeat(22), bytes: 1, sha256: hex(1) }
      const { row } = filingOf(REF)
      await store.file(filingOf(REF, {}, { attachments: [notice] }))
      await expect(store.append(0, stepOf(row, 1, {}, { attachments: [notice] }))).rejects.toThrow('UNIQUE')
      expect(await store.events(REF)).toHaveLength(1)
    })

    it('gives an inbox in order of what happened, with case, event and delivery', async () => {
      const { store } = await openStore()
      await store.file(filingOf(REF))
      await store.file(filingOf(OTHER))
      await store.append(
        0,
        stepOf(
          caseAt(REF),
          1,
          { owner: 'lead' },
          { inbox: [line('jp-ccj', 1), line('th-ocpb', 1, 'partner')] },
        ),
      )
      const lines = await store.inbox('jp-ccj', 0, 10, false)
      expect(lines.map(({ ref, seq, role, member }) => ({ ref, seq, role, member }))).toEqual([
        { ref: REF, seq: 0, role: 'lead', member: 'jp-ccj' },
        { ref: OTHER, seq: 0, role: 'lead', member: 'jp-ccj' },
        { ref: REF, seq: 1, role: 'lead', member: 'jp-ccj' },
      ])
      const { meta, status, owner, due, parked } = (await store.find(REF))!
      expect(lines[0]?.row).toEqual({ meta, status, owner, due, parked })
      expect(lines.map(({ event }) => event)).toEqual([
        { type: 'created', at: T0 },
        { type: 'created', at: T0 },
        { type: 'message', at: T0 + 1 },
      ])
      expect(lines.map(({ delivery }) => delivery)).toEqual(['pending', 'pending', 'pending'])
      expect(
        (await store.inbox('th-dbd', 0, 10, false)).map(({ delivery, role }) => [delivery, role]),
      ).toEqual([
        [null, 'cc'],
        [null, 'cc'],
      ])
      expect(await store.inbox('jp-ccj', lines[2]!.cursor, 10, false)).toEqual([])
      expect(await store.inbox('vn-vcc', 0, 10, false)).toEqual([])
    })

    it('pages an inbox without a gap or a repetition, whatever the page and whatever comes in between', async () => {
      let run = 0
      const { store } = await openStore()
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ member: fc.constantFrom('m', 'n'), parked: fc.boolean() }), {
            minLength: 1,
            maxLength: 12,
          }),
          fc.integer({ min: 1, max: 4 }),
          fc.boolean(),
          async (cases, page, parked) => {
            run += 1
            const me = `m${run}`
            const expected: string[] = []
            const seen: string[] = []
            let cursor = 0
            const read = async () => {
              const lines = await store.inbox(me, cursor, page, parked)
              expect(lines.length).toBeLessThanOrEqual(page)
              for (const found of lines) {
                expect(found.cursor).toBeGreaterThan(cursor)
                cursor = found.cursor
                seen.push(found.ref)
              }
              return lines.length
            }
            for (const [i, { member, parked: kept }] of cases.entries()) {
              const ref = `JP-${String(run).padStart(5, '0')}-${String(i).padStart(5, '0')}`
              await store.file(filingOf(ref, { parked: kept }, { inbox: [line(`${member}${run}`, 0)] }))
              if (member === 'm' && (parked || !kept)) expected.push(ref)
              if (i % 3 === 0) await read()
            }
            while ((await read()) > 0);
            expect(seen).toEqual(expected)
          },
        ),
        { numRuns: 25 },
      )
    })

    it('keeps parked cases back until they are released, and then brings them up anew', async () => {
      const { store } = await openStore()
      await store.file(filingOf(REF, { parked: true, owner: 'consumer' }))
      await store.file(filingOf(OTHER, { owner: 'consumer' }))
      const [newer] = await store.inbox('jp-ccj', 0, 10, false)
      expect(newer?.ref).toBe(OTHER)
      expect((await store.inbox('jp-ccj', 0, 10, true)).map(({ ref }) => ref)).toEqual([REF, OTHER])
      expect((await store.dueDeliveries(T0 + HOUR, 10)).map(({ ref }) => ref)).toEqual([OTHER])
      expect((await store.lapsing(T0 + 100 * HOUR, 10)).map(({ ref }) => ref)).toEqual([OTHER])
      expect((await store.queue(10)).map(({ ref }) => ref)).toEqual([REF])
      expect(await store.figures()).toEqual({ unmatchedOpen: 0, unmatchedEver: 0, parked: 1 })

      const clock = { since: T0 + HOUR, due: '2026-11-25', dueAt: T0 + 72 * HOUR }
      expect(await store.release(REF, T0 + HOUR, clock)).toBe(true)
      expect(await store.find(REF)).toMatchObject({ parked: false, ...clock })
      // Whoever had read as far as the other case sees it, once.
      expect((await store.inbox('jp-ccj', newer!.cursor, 10, false)).map(({ ref }) => ref)).toEqual([REF])
      expect((await store.inbox('th-dbd', newer!.cursor, 10, false)).map(({ ref }) => ref)).toContain(REF)
      expect((await store.inbox('jp-ccj', 0, 10, true)).map(({ ref }) => ref)).toEqual([OTHER, REF])
      expect(await store.deliveries(REF)).toMatchObject([{ nextAt: T0 + HOUR, since: T0 + HOUR }])
      expect(await store.queue(10)).toEqual([])
      expect(await store.release(REF, T0 + 2 * HOUR)).toBe(false)
      expect(await store.find(REF)).toMatchObject(clock)
    })

    it('does not park a case again by what was decided before its release', async () => {
      const { store } = await openStore()
      await store.file(filingOf(REF, { parked: true }))
      const asRead = (await store.find(REF))!
      expect(await store.release(REF, T0 + HOUR)).toBe(true)
      expect(await store.append(0, stepOf(asRead, 1))).toBe(false)
      expect(await store.find(REF)).toMatchObject({ parked: false, head: { seq: 0 } })
      expect(await store.append(0, stepOf((await store.find(REF))!, 1))).toBe(true)
    })

    it('removes a webhook only while it is the one that was meant', async () => {
      const { store } = await openStore()
      const row = { member: 'jp-ccj', url: 'https://new.example/', secret: 'whsec_a' }
      await store.putWebhook(row)
      await store.removeWebhook('jp-ccj', 'https://old.example/')
      expect(await store.webhook('jp-ccj')).toEqual(row)
      await store.removeWebhook('jp-ccj', row.url)
      expect(await store.webhook('jp-ccj')).toBeUndefined()
    })

    it('lists deliveries that are due, oldest first, and only those that still wait', async () => {
      const { store } = await openStore()
      await store.file(
        filingOf(
          REF,
          {},
          {
            deliveries: [
              deliveryTo(REF, 'late', { nextAt: T0 + 5 }),
              deliveryTo(REF, 'early', { nextAt: T0 + 1 }),
              deliveryTo(REF, 'later', { nextAt: T0 + 50 }),
              deliveryTo(REF, 'never', { nextAt: null }),
              deliveryTo(REF, 'done', { state: 'receipted' }),
              deliveryTo(REF, 'dead', { state: 'dead' }),
            ],
          },
        ),
      )
      expect((await store.dueDeliveries(T0 + 5, 10)).map(({ member }) => member)).toEqual(['early', 'late'])
      expect((await store.dueDeliveries(T0 + 5, 1)).map(({ member }) => member)).toEqual(['early'])
      expect(await store.dueDeliveries(T0, 10)).toEqual([])
    })

    it('takes no receipt back, and no new round of delivery, for a sweep that was slow', async () => {
      const { store } = await openStore()
      await store.file(filingOf(REF))
      const [read] = await store.deliveries(REF)
      const attempt = { ...read!, attempts: 1, nextAt: T0 + HOUR, failure: 'timeout' }
      await store.putDelivery(attempt)
      expect(await store.deliveries(REF)).toEqual([attempt])
      const receipted = deliveryTo(REF, 'jp-ccj', {
        state: 'receipted',
        nextAt: null,
        receipt: 'r',
        receiptedAt: T0,
      })
      await store.append(0, stepOf(caseAt(REF), 1, {}, { deliveries: [receipted] }))
      await store.putDelivery(attempt)
      expect(await store.deliveries(REF)).toEqual([receipted])
      const again = deliveryTo(REF, 'jp-ccj', { since: T0 + 7, nextAt: T0 + 7 })
      await store.append(1, stepOf(caseAt(REF), 2, {}, { deliveries: [again] }))
      await store.putDelivery({ ...attempt, state: 'dead' })
      expect(await store.deliveries(REF)).toEqual([again])
      await store.putDelivery({ ...again, attempts: 1 })
      await store.putDelivery(deliveryTo(REF, 'th-ocpb'))
      expect(await store.deliveries(REF)).toMatchObject([{ attempts: 1 }, { member: 'th-ocpb' }])
    })

    it('lists what lapses by itself, what is to be erased, and what nobody leads', async () => {
      const { store } = await openStore()
      const refs = ['a', 'b', 'c', 'd', 'e', 'f'].map((_, i) => `JP-00000-0010${i}`)
      const [late, later, none, closed, archived, unrouted] = refs as [
        string,
        string,
        string,
        string,
        string,
        string,
      ]
      await store.file(filingOf(late, { dueAt: T0 + 2, owner: 'merchant' }))
      await store.file(filingOf(later, { dueAt: T0 + 3, owner: 'consumer' }))
      for (const [i, owner] of (['hub', 'secretariat', 'lead', 'partner', null] as const).entries())
        await store.file(filingOf(`JP-00000-0012${i}`, { dueAt: T0, owner }))
      await store.file(filingOf(none, { dueAt: null, due: null, owner: 'consumer' }))
      await store.file(
        filingOf(closed, { status: statusOf({ state: 'closed' }), erasesAt: T0 + 2, parked: true }),
      )
      await store.file(
        filingOf(archived, {
          status: statusOf({ state: 'archived' }),
          dueAt: T0,
          owner: 'consumer',
          unmatched: true,
        }),
      )
      await store.file(
        filingOf(unrouted, {
          status: statusOf({ state: 'unrouted', lead: null }),
          filedAt: T0 - 9,
          dueAt: T0 + 1,
          unmatched: true,
        }),
      )
      await store.file(
        filingOf('JP-00000-00110', { parked: true, dueAt: T0, owner: 'consumer', filedAt: T0 - 1 }),
      )
      const names = async (rows: Promise<CaseRow[]>) => (await rows).map(({ ref }) => ref)
      expect(await names(store.lapsing(T0 + 1, 10))).toEqual([])
      expect(await names(store.lapsing(T0 + 2, 10))).toEqual([late])
      expect(await names(store.lapsing(T0 + 3, 10))).toEqual([late, later])
      expect(await names(store.lapsing(T0 + 3, 1))).toEqual([late])
      expect(await names(store.erasable(T0 + 1, 10))).toEqual([])
      expect(await names(store.erasable(T0 + 2, 10))).toEqual([closed])
      expect(await names(store.queue(10))).toEqual([unrouted, 'JP-00000-00110'])
      expect(await names(store.queue(1))).toEqual([unrouted])
      expect(await store.figures()).toEqual({ unmatchedOpen: 1, unmatchedEver: 2, parked: 1 })
    })

    it('erases everything of a case but its coarse figures', async () => {
      const { store, database } = await openStore()
      const secret = 'SENTINEL'
      const kept = filingOf(OTHER)
      await store.file(kept)
      const filing = filingOf(
        REF,
        { filing: `${secret}-digest`, quote: `${secret}-quote`, consumer: consumerOf(secret) },
        {
          envelope: sealedOf(secret),
          events: [eventAt(0, { jws: `${secret}-event`, message: jweOf(`${secret}-message`) })],
          attachments: [{ id: 'a'.repeat(22), bytes: 9, sha256: hex(6) }],
          deliveries: [
            deliveryTo(REF, 'jp-ccj', {
              state: 'receipted',
              receipt: `${secret}-receipt`,
              receiptedAt: T0 + 5,
              failure: secret,
            }),
          ],
          address: { address: `${secret}-address`, lang: 'ja' },
        },
      )
      await store.file(filing)
      await store.putRecovery(REF, { code: '12345678', consumer: consumerOf(secret), at: T0 }, 0)
      const closed = {
        ...filing.row,
        status: statusOf({ state: 'closed', outcome: 'resolved', closedOn: '2026-11-22' }),
        erasesAt: T0 + 9,
      }
      await store.append(0, stepOf(closed, 1))
      const erase = stepOf(
        { ...closed, status: { ...closed.status, state: 'archived' as const } },
        2,
        {},
        {
          events: [eventAt(2, { type: 'payload_erased', actor: 'hub', member: null, jws: 'last' })],
          inbox: [line('jp-ccj', 2)],
        },
      )
      expect(
        await store.erase(0, {
          ...erase,
          row: { ...erase.row, head: { seq: 1, sha256: hex(101), at: T0 + 1 } },
          events: [eventAt(1)],
        }),
      ).toBe(false)
      expect(await store.envelope(REF)).toEqual(filing.envelope)
      expect(await store.erase(1, erase)).toBe(true)

      expect(await everything(database)).not.toContain(secret)
      const row = await store.find(REF)
      expect(row).toMatchObject({
        meta: filing.row.meta,
        filedAt: NOVEMBER,
        since: NOVEMBER,
        due: null,
        dueAt: null,
        consumer: null,
        erasesAt: null,
        status: { state: 'archived', outcome: 'resolved', closedOn: '2026-11-01' },
        head: { seq: 2, sha256: hex(102) },
      })
      expect(
        (await store.events(REF)).map(({ at, type, jws, sha256, message }) => ({
          at,
          type,
          jws,
          sha256,
          message,
        })),
      ).toEqual([
        { at: NOVEMBER, type: 'created', jws: null, sha256: hex(100), message: null },
        { at: NOVEMBER, type: 'message', jws: null, sha256: hex(101), message: null },
        { at: T0 + 2, type: 'payload_erased', jws: 'last', sha256: hex(102), message: null },
      ])
      expect(await store.envelope(REF)).toBeNull()
      expect(await store.attachments(REF)).toEqual([])
      expect(await store.address(REF)).toBeUndefined()
      expect(await store.recovery(REF, '12345678', 0)).toBeUndefined()
      await store.putRecovery(REF, { code: '12345678', consumer: consumerOf('late'), at: T0 }, 0)
      expect(await store.recoveries(REF, 0)).toEqual([])
      expect(await store.deliveries(REF)).toMatchObject([
        {
          state: 'receipted',
          receipt: null,
          receiptedAt: NOVEMBER,
          since: NOVEMBER,
          nextAt: null,
          failure: null,
        },
      ])
      expect((await store.inbox('jp-ccj', 0, 10, true)).map(({ ref, seq }) => [ref, seq])).toEqual([
        [OTHER, 0],
        [REF, 2],
      ])
      expect(await store.erasable(T0 * 2, 10)).toEqual([])
      expect(await store.find(OTHER)).toEqual(kept.row)
      expect(await store.envelope(OTHER)).toEqual(kept.envelope)
    })

    it('cuts times to the month in the last second of a leap February too', async () => {
      const { store } = await openStore()
      const last = Date.UTC(2028, 2, 1) - 1
      const { row } = filingOf(REF)
      await store.file({ ...filingOf(REF, { filedAt: last }), events: [eventAt(0, { at: last })] })
      await store.erase(0, stepOf({ ...row, filedAt: last }, 1))
      expect((await store.events(REF))[0]?.at).toBe(Date.UTC(2028, 1, 1))
      expect((await store.find(REF))?.filedAt).toBe(Date.UTC(2028, 1, 1))
      expect(await store.deliveries(REF)).toMatchObject([{ receiptedAt: null, since: NOVEMBER }])
    })

    it('keeps one webhook of a member', async () => {
      const { store } = await openStore()
      expect(await store.webhook('jp-ccj')).toBeUndefined()
      await store.putWebhook({ member: 'jp-ccj', url: 'https://a.example', secret: 'whsec_a' })
      await store.putWebhook({ member: 'jp-ccj', url: 'https://b.example', secret: 'whsec_b' })
      expect(await store.webhook('jp-ccj')).toEqual({
        member: 'jp-ccj',
        url: 'https://b.example',
        secret: 'whsec_b',
      })
      await store.removeWebhook('jp-ccj')
      await store.removeWebhook('jp-ccj')
      expect(await store.webhook('jp-ccj')).toBeUndefined()
    })

    it('keeps requests for new keys of each case for their time, and pushes none out', async () => {
      const { store, database } = await openStore()
      await store.file(filingOf(REF))
      await store.file(filingOf(OTHER))
      const put = (ref: string, code: string, name: string, at: number, since = T0) =>
        store.putRecovery(ref, { code, consumer: consumerOf(name), at }, since)
      await put(OTHER, '0', 'other', T0 - 9)
      for (let i = 0; i < 60; i += 1) await put(REF, String(i), `c${i}`, T0 + i)
      expect(await store.recovery(REF, '0', T0)).toEqual({ code: '0', consumer: consumerOf('c0'), at: T0 })
      expect((await store.recoveries(REF, T0)).map(({ code }) => code)).toEqual(
        Array.from({ length: 60 }, (_, i) => String(59 - i)),
      )
      // A code that is taken stays with whoever has it.
      await put(REF, '0', 'again', T0 + 70)
      expect((await store.recovery(REF, '0', T0))?.consumer).toEqual(consumerOf('c0'))
      // What is too old is not shown, and goes with the next request for the same case.
      expect(await store.recovery(REF, '0', T0 + 1)).toBeUndefined()
      expect(await store.recoveries(REF, T0 + 58)).toHaveLength(2)
      await put(REF, 'new', 'new', T0 + 80, T0 + 59)
      expect((await store.recoveries(REF, 0)).map(({ code }) => code)).toEqual(['new', '59'])
      expect(await store.recovery(OTHER, '0', 0)).toBeDefined()
      await put('JP-00000-00003', '1', 'none', T0)
      expect(await store.recoveries('JP-00000-00003', 0)).toEqual([])
      expect(await everything(database)).not.toContain('none-sign')
    })

    it('spends a client assertion once, and forgets it when it has expired', async () => {
      const { store, database } = await openStore()
      const spend = (issuer: string, jti: string, expires: number, now: number) =>
        store.spendAssertion(issuer, jti, expires, now)
      expect(await spend('a', 'j', 100, 10)).toBe(true)
      expect(await spend('a', 'j', 100, 11)).toBe(false)
      expect(await spend('b', 'j', 100, 11)).toBe(true)
      expect(await spend('a', 'j', 100, 100)).toBe(false)
      const together = await Promise.all([1, 2, 3, 4].map(() => spend('a', 'race', 100, 12)))
      expect(together.filter(Boolean)).toHaveLength(1)
      await spend('c', 'k', 300, 101)
      const rows = await database.read(database.kysely.selectFrom('assertions').selectAll().compile())
      expect(rows).toEqual([{ issuer: 'c', jti: 'k', expires_at: 300 }])
    })

    it('counts by the hour and forgets older hours', async () => {
      const { store, database } = await openStore()
      expect(await store.countIntake(5, ['hub', 'net:a'])).toEqual(
        new Map([
          ['hub', 1],
          ['net:a', 1],
        ]),
      )
      expect(await store.countIntake(5, ['hub', 'net:b'])).toEqual(
        new Map([
          ['hub', 2],
          ['net:b', 1],
        ]),
      )
      await Promise.all([1, 2, 3].map(() => store.countIntake(5, ['hub'])))
      expect(await store.intakeCounts(5, ['hub', 'net:a', 'none'])).toEqual(
        new Map([
          ['hub', 5],
          ['net:a', 1],
        ]),
      )
      expect(await store.countIntake(6, ['hub'])).toEqual(new Map([['hub', 1]]))
      expect(await store.intakeCounts(5, ['hub'])).toEqual(new Map())
      const rows = await database.read(database.kysely.selectFrom('intake_counts').selectAll().compile())
      expect(rows).toEqual([{ hour: 6, bucket: 'hub', count: 1 }])
      expect(await store.countIntake(6, [])).toEqual(new Map())
    })

    it('keeps the operator’s limits while they last', async () => {
      const { store } = await openStore()
      await store.putIntakeLimit('net', 50, T0 + 10)
      await store.putIntakeLimit('hub', 9, T0 + 5)
      await store.putIntakeLimit('net', 60, T0 + 10)
      expect(await store.intakeLimits(T0)).toEqual(
        new Map([
          ['net', { limit: 60, until: T0 + 10 }],
          ['hub', { limit: 9, until: T0 + 5 }],
        ]),
      )
      expect([...(await store.intakeLimits(T0 + 5)).keys()]).toEqual(['net'])
    })

    it('has one salt a day and forgets that of the day before', async () => {
      const { store, database } = await openStore()
      expect(await store.dailySalt('2026-11-22', 'one')).toBe('one')
      expect(await store.dailySalt('2026-11-22', 'two')).toBe('one')
      expect(await store.dailySalt('2026-11-23', 'three')).toBe('three')
      const rows = await database.read(database.kysely.selectFrom('daily_salts').selectAll().compile())
      expect(rows).toEqual([{ day: '2026-11-23', salt: 'three' }])
    })
  })
}
