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
