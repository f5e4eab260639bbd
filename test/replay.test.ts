/** Replaying the log gives the same views: the heart of mirrors, audits and rebuilds. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemory, type Reader } from '../src/hub/hub.js'
import { listMembers } from '../src/hub/list-members.js'
import { REPLAY_PAGE, ReplayError, type ReplayedEntry, replay } from '../src/hub/replay.js'
import { verify } from '../src/hub/verify.js'
import { EMPTY_ROOT } from '../src/log/hash.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { sha256Hex } from '../src/trust/digest.js'
import { encodeBase64url } from '../src/trust/json.js'
import { readPayload } from '../src/trust/jws.js'
import { createJti, signJws } from '../src/trust/signer.js'
import { ERASURE_TYP } from '../src/trust/statements.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

let t: TestHub
let dbd: TestMember

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
})

/** An empty copy of the hub, with its public keys only. */
async function copyOf({ hub }: TestHub): Promise<Reader> {
  const { store } = openStores(openSqlite(':memory:', migrations))
  const { logOrigin, vkeys, operator } = hub.keys
  await store.found(
    { origin: hub.origin, vkey: vkeys[0], demo: 'true' },
    { size: 0, root: encodeBase64url(EMPTY_ROOT), note: '', at: 0, rosterSize: 0 },
  )
  return { ...hub, store, keys: { logOrigin, vkeys, operator }, memory: createMemory() }
}

async function entriesOf({ hub }: TestHub): Promise<ReplayedEntry[]> {
  const size = (await hub.store.head())?.size ?? 0
  return (await hub.store.changes(-1, size, size)).map(({ erasedBy: _, ...entry }) => entry)
}

async function replayAll(copy: Reader, entries: readonly ReplayedEntry[], page = REPLAY_PAGE) {
  const note = (await t.hub.store.head())?.note ?? ''
  const findings = []
  for (let at = 0; at < entries.length; at += page)
    findings.push(...(await replay(copy, entries.slice(at, at + page), note)))
  return findings
}

const shop = (name: string, by = dbd, over: object = {}) =>
  signRecord(
    by,
    recordClaims(by, t.now(), { certificate: name, url: `https://${name.toLowerCase()}.example`, ...over }),
  )

/** Of the group of P-256 (FIPS 186-5): s and ORDER - s sign the same. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const NAMES = ['A-1', 'A-2', 'A-3', 'A-4']
const IDS = NAMES.map((name) => `th-dbd:${name}`)

type Act = {
  name: string
  does: 'issue' | 'suspended' | 'reinstated' | 'revoked' | 'erase' | 'register' | 'stand'
}

/** What the act says now; an act that makes no sense gives a statement that the hub refuses, which is nothing to the log. */
async function say({ name, does }: Act): Promise<string> {
  const id = `th-dbd:${name}`
  switch (does) {
    case 'issue':
      return shop(name)
    case 'erase':
      return signErasure(dbd, await indicesOf(id), t.now())
    case 'register':
      return signRegister(dbd, [id], t.now())
    case 'stand':
      return signStanding(t.operator, 'vn-ecomviet', name < 'A-3' ? 'suspended' : 'admitted', t.now())
    default:
      return signStatus(dbd, id, does, t.now())
  }
}

/** Lives through acts, several of one second to a push. */
async function live(batches: readonly (readonly Act[])[]): Promise<void> {
  await t.admit('vn-ecomviet')
  for (const batch of batches) {
    t.tick()
    await t.push(...(await Promise.all(batch.map(say))))
  }
}

async function indicesOf(record: string): Promise<number[]> {
  return (await t.hub.store.history(record)).map(({ index }) => index)
}

/** Everything that a look-up of these records, or of the members, can say. */
async function answersOf(reader: Reader, ids: readonly string[]) {
  const verdicts = await Promise.all(
    ids.flatMap((record) => [
      verify(reader, { record, for: 'VN' }),
      verify(reader, { url: `https://${record.split(':')[1]?.toLowerCase()}.example` }),
    ]),
  )
  const histories = await Promise.all(ids.map((id) => reader.store.history(id)))
  return {
    verdicts: verdicts.map(({ body, etag }) => [new TextDecoder().decode(body), etag]),
    histories,
    members: (await listMembers(reader)).members,
    head: await reader.store.head(),
    keys: await reader.store.logKeys(),
  }
}

const act: fc.Arbitrary<Act> = fc.record({
  name: fc.constantFrom(...NAMES),
  does: fc.constantFrom(
    'issue',
    'issue',
    'issue',
    'suspended',
    'reinstated',
    'revoked',
    'erase',
    'register',
    'stand',
  ),
})

describe('replaying a log', () => {
  it('gives the answers, histories, members and root of the hub, whatever happened and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (batches, page) => {
          t = await createTestHub()
          dbd = await t.admit('th-dbd')
          await live(batches)
          const copy = await copyOf(t)
          expect(await replayAll(copy, await entriesOf(t), page)).toEqual([])
          expect(await answersOf(copy, IDS)).toEqual(await answersOf(t.hub, IDS))
          expect(await copy.store.withheld(1)).toEqual([])
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  it('gives the same views to a copy that saw what was erased as to one that never did', async () => {
    await live([
      [{ name: 'A-1', does: 'issue' }],
      [
        { name: 'A-2', does: 'issue' },
        { name: 'A-2', does: 'register' },
      ],
    ])
    const early = await copyOf(t)
    await replayAll(early, await entriesOf(t))
    const seen = (await early.store.head())?.size ?? 0
    await t.push(await say({ name: 'A-1', does: 'erase' }))
    await replayAll(early, (await entriesOf(t)).slice(seen))
    const late = await copyOf(t)
    await replayAll(late, await entriesOf(t))
    expect(await answersOf(early, IDS)).toEqual(await answersOf(t.hub, IDS))
    expect(await answersOf(late, IDS)).toEqual(await answersOf(t.hub, IDS))
    expect((await verify(late, { record: 'th-dbd:A-1' })).verdict.verdict).toBe('not-found')
  })

  it('knows the jti of what it never got from the erasure, as the hub does', async () => {
    await live([[{ name: 'A-1', does: 'issue' }], [{ name: 'A-1', does: 'suspended' }]])
    const own = await indicesOf('th-dbd:A-1')
    t.tick()
    await t.push(await signErasure(dbd, own, t.now()))
    const copy = await copyOf(t)
    const entries = await entriesOf(t)
    // Cut before the erasure, and within what it names.
    for (const at of entries.keys()) await replayAll(copy, entries.slice(at, at + 1))
    const all = entries.map(({ index }) => index)
    expect(await copy.store.filed(all)).toEqual(await t.hub.store.filed(all))
    expect((await copy.store.filed(own)).map(({ jti }) => jti)).not.toContain(null)
  })

  it('says when the log is dated a day ahead of the reader’s clock, and goes on', async () => {
    const copy = await copyOf(t)
    await replayAll(copy, await entriesOf(t))
    const ahead = (t.now() + 86_401) * 1000
    const entries = [1, 2].map(async (index) => entryOf(index, await shop(`A-${index}`), { at: ahead }))
    const findings = await replayAll(copy, await Promise.all(entries))
    expect(findings).toMatchObject([{ index: 1, refusal: { code: 'issued-in-future' } }])
    expect(await copy.store.head()).toMatchObject({ size: 3 })
  })

  it('takes a record whose presupposed record was erased since: that rule can no longer be judged', async () => {
    const claims = recordClaims(dbd, t.now(), { certificate: 'A-1' })
    await t.push(await signRecord(dbd, claims))
    t.tick()
    const silver = recordClaims(dbd, t.now(), { certificate: 'A-2', mark: 'verified', level: 'silver' })
    expect(await t.push(await signRecord(dbd, silver))).toMatchObject([{ outcome: 'accepted' }])
    t.tick()
    await t.push(await signErasure(dbd, await indicesOf('th-dbd:A-1'), t.now()))
    const copy = await copyOf(t)
    expect(await replayAll(copy, await entriesOf(t))).toEqual([])
    expect(await answersOf(copy, IDS)).toEqual(await answersOf(t.hub, IDS))
  })

  it('names a rule of content that a logged statement breaks, and still takes it', async () => {
    await live([])
    const claims = recordClaims(dbd, t.now(), { certificate: 'A-1', url: 'https://a-1.example' })
    const entries = await entriesOf(t)
    const statement = await signRecord(dbd, { ...claims, ref: `${t.hub.origin}/r/th-dbd:other` })
    const copy = await copyOf(t)
    const findings = await replayAll(copy, [...entries, entryOf(entries.length, statement)])
    expect(findings).toMatchObject([{ index: entries.length, refusal: { code: 'bad-claims' } }])
    expect(await copy.store.recordsById(['th-dbd:A-1'])).toHaveLength(1)
  })
})

const entryOf = (
  index: number,
  statement: string | null,
  over: Partial<ReplayedEntry> = {},
): ReplayedEntry => ({
  index,
  at: t.now() * 1000,
  issuer: 'th-dbd',
  kind: 'record',
  sha256: sha256Hex(statement ?? ''),
  statement,
  ...over,
})

describe('a replay stops', () => {
  let copy: Reader
  let size: number
  beforeEach(async () => {
    t.tick()
    await t.push(await shop('A-1'))
    copy = await copyOf(t)
    await replayAll(copy, await entriesOf(t))
    size = (await copy.store.head())?.size ?? 0
    t.tick()
  })
  const stops = async (entry: ReplayedEntry, code: ReplayError['code'], refusal?: string) => {
    const error = await replay(copy, [entry], '').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ReplayError)
    expect(error).toMatchObject({ code, index: size, ...(refusal && { refusal: { code: refusal } }) })
    expect(await copy.store.head()).toMatchObject({ size })
  }

  it('at a gap, and at time that runs backward', async () => {
    await stops({ ...entryOf(size, await shop('A-2')), index: size + 1 }, 'gap')
    await stops(entryOf(size, await shop('A-2'), { at: 5 }), 'time')
  })
  it('at a time that no date can be', async () => {
    for (const at of [8.64e15 + 1, 2 ** 53, 1.5, Number.NaN])
      await stops(entryOf(size, await shop('A-2'), { at }), 'time')
  })
  it('at a statement that is not the one logged, or not of the issuer or kind logged', async () => {
    await stops(entryOf(size, await shop('A-2'), { sha256: '0'.repeat(64) }), 'statement-altered')
    await stops(entryOf(size, await shop('A-2'), { issuer: 'vn-ecomviet' }), 'statement-mislabelled')
    await stops(entryOf(size, await shop('A-2'), { kind: 'status' }), 'statement-mislabelled')
  })
  it('at a signature by a key that its issuer did not have at that index', async () => {
    const later = await createTestHub()
    const other = await later.admit('th-dbd')
    await stops(entryOf(size, await shop('A-2', other)), 'statement-invalid', 'unknown-key')
  })
  it('at a statement played again, or older than what is known', async () => {
    const [, known] = (await entriesOf(t)).slice(-2)
    await stops(entryOf(size, known?.statement ?? ''), 'statement-invalid', 'jti-reused')
    const old = await signRecord(
      dbd,
      recordClaims(dbd, t.now() - 90, { certificate: 'A-1', url: 'https://a-1.example' }),
    )
    await stops(entryOf(size, old), 'statement-invalid', 'older-than-known')
  })
  describe('although it never saw what was erased,', () => {
    let record: string
    let own: number[]
    let whole: ReplayedEntry[]
    /** A copy of before the erasure, to which the erased record comes without its statement. */
    beforeEach(async () => {
      record = await shop('A-3')
      await t.push(record)
      own = await indicesOf('th-dbd:A-3')
      t.tick()
      await t.push(await signErasure(dbd, own, t.now()))
      whole = await entriesOf(t)
      await replayAll(copy, whole.slice(size, size + 1))
      size += 1
    })
    const erased = async () => {
      await replayAll(copy, whole.slice(size))
      size += 1
    }
    /** The same words with the other signature that ES256 allows for them. */
    const twin = () => {
      const [head, payload, signature = ''] = record.split('.')
      const bytes = Buffer.from(signature, 'base64url')
      const s = ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
      const other = Buffer.concat([
        bytes.subarray(0, 32),
        Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
      ])
      return [head, payload, other.toString('base64url')].join('.')
    }

    it('at the same words in another signature, after the erasure', async () => {
      expect(sha256Hex(twin())).not.toBe(sha256Hex(record))
      const page = [...whole.slice(size), entryOf(size + 1, twin())]
      const together = await replay(copy, page, '').catch((thrown: unknown) => thrown)
      expect(together).toMatchObject({ index: size + 1, refusal: { code: 'jti-reused' } })
      await erased()
      await stops(entryOf(size, twin()), 'statement-invalid', 'jti-reused')
    })

    it('at the erasure, where these came before it, in one page or in two', async () => {
      const [erasure] = whole.slice(size)
      const page = [entryOf(size, twin()), { ...erasure!, index: size + 1 }]
      const together = await replay(copy, page, '').catch((thrown: unknown) => thrown)
      expect(together).toMatchObject({ code: 'statement-invalid', refusal: { code: 'jti-reused' } })
      await replay(copy, page.slice(0, 1), '')
      size += 1
      await stops(page[1]!, 'statement-invalid', 'jti-reused')
    })

    it('at the same bytes once more: before the erasure, after it, and where neither is shown', async () => {
      await stops(entryOf(size, record), 'statement-invalid', 'jti-reused')
      await stops(entryOf(size, null, { sha256: sha256Hex(record) }), 'statement-invalid', 'jti-reused')
      const twice = [0, 1].map((at) => entryOf(size + at, null, { sha256: 'f'.repeat(64) }))
      const error = await replay(copy, twice, '').catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ index: size + 1, refusal: { code: 'jti-reused' } })
      await erased()
      await stops(entryOf(size, record), 'statement-invalid', 'jti-reused')
    })

    it('at an erasure that gives a jti twice, its own, or one that another entry has', async () => {
      await replay(copy, [entryOf(size, null, { sha256: 'e'.repeat(64) })], '')
      const named = [...own, size]
      size += 1
      const [{ jti = '' } = {}] = [
        readPayload<{ jti: string }>((await entriesOf(t))[size - 3]?.statement ?? ''),
      ]
      const [fresh, other] = [createJti(), createJti()]
      const say = async (jtis: string[]) =>
        entryOf(size, await signErasure(dbd, named, t.now(), t.hub.origin, jtis), { kind: 'erasure' })
      await stops(await say([fresh, fresh]), 'statement-invalid', 'jti-reused')
      await stops(await say([fresh, jti]), 'statement-invalid', 'jti-reused')
      const itself = await signJws(dbd.signer, ERASURE_TYP, {
        ...readPayload<object>((await say([fresh, other])).statement ?? ''),
        jti: other,
      })
      await stops(entryOf(size, itself, { kind: 'erasure' }), 'statement-invalid', 'jti-reused')
      await replay(copy, [await say([fresh, other])], '')
      size += 1
      expect(
        await copy.store.usedJtis([
          ['th-dbd', fresh],
          ['th-dbd', other],
        ]),
      ).toHaveLength(2)
    })

    it('at an erasure whose first entry is no record', async () => {
      const status = entryOf(size, null, { kind: 'status', sha256: 'd'.repeat(64) })
      await replay(copy, [status], '')
      const named = [size]
      size += 1
      const erasure = entryOf(size, await signErasure(dbd, named, t.now()), { kind: 'erasure' })
      await stops(erasure, 'statement-invalid', 'bad-erasure')
    })
  })

  it('at an erasure of what is not its signer’s, not all of a record, or erased before', async () => {
    t.tick()
    const idea = await t.admit('vn-ecomviet')
    await t.push(await signStatus(dbd, 'th-dbd:A-1', 'suspended', t.now()))
    await replayAll(copy, (await entriesOf(t)).slice(size))
    size = (await copy.store.head())?.size ?? 0
    const own = await indicesOf('th-dbd:A-1')
    const erasure = async (by: TestMember, indices: number[]) =>
      entryOf(size, await signErasure(by, indices, t.now()), { kind: 'erasure', issuer: by.id })
    await stops(await erasure(idea, own), 'statement-invalid', 'bad-erasure')
    await stops(await erasure(dbd, own.slice(0, 1)), 'statement-invalid', 'bad-erasure')
    await stops(await erasure(dbd, [0, ...own]), 'statement-invalid', 'bad-erasure')
    await stops(await erasure(dbd, [...own, 999]), 'statement-invalid', 'bad-erasure')
    await replay(copy, [await erasure(dbd, own)], '')
    size += 1
    await stops(await erasure(dbd, own), 'statement-invalid', 'bad-erasure')
  })
})
