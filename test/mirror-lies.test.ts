/** A hub that lies to its mirrors, or a line that alters what it says: each is named with its index, and the copy stays usable. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reader } from '../src/hub/hub.js'
import { type MirrorCode, MirrorError } from '../src/hub/mirror/mirror-error.js'
import { verify } from '../src/hub/verify.js'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { signNote } from '../src/log/note.js'
import { rootHash } from '../src/log/tree.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { generateLogKey } from '../src/trust/key-file.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signLogKey,
  signRecord,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import {
  type Alter,
  answersOf,
  copyOf,
  logUnchecked,
  shops,
  sync,
  twinOf,
  withLogKeys,
} from './mirror-fixture.js'

let t: TestHub
let dbd: TestMember
let copy: Reader
/** Log entries that the copy has. */
let size: number
const SHOPS = ['A-0', 'A-1', 'A-2', 'A-3', 'A-4', 'A-5']
const IDS = SHOPS.map((name) => `th-dbd:${name}`)

const push = async (to: TestHub, ...statements: string[]) => {
  for (const result of await to.push(...statements)) expect(result.outcome).toBe('accepted')
}

/** A hub with seven entries, and a copy of it. */
beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await push(t, ...(await shops(t, dbd, SHOPS)))
  copy = await copyOf(t)
  size = (await sync(copy, t)).size
  t.tick()
})

/** Syncs, and expects the lie to be named; the copy answers as before, and an honest hub brings it further. */
async function expectNamed(
  lying: TestHub,
  code: MirrorCode,
  index: number | undefined,
  alter?: Alter,
  to: Reader = copy,
): Promise<MirrorError> {
  const before = await answersOf(to, IDS)
  const error = await sync(to, lying, alter).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(MirrorError)
  expect(error).toMatchObject({ code, index })
  expect(await answersOf(to, IDS)).toEqual(before)
  return error as MirrorError
}

async function expectUsable(to: Reader = copy): Promise<void> {
  await sync(to, t)
  expect(await answersOf(to, IDS)).toEqual(await answersOf(t.hub, IDS))
}

/** Alters the NDJSON lines of every page of the feed, and of every part of a snapshot. */
const lines =
  (change: (line: Record<string, unknown>) => object | undefined): Alter =>
  async (path, answer) => {
    const isPart = path.endsWith('.ndjson.gz')
    if (!isPart && !path.startsWith('/v1/changes')) return undefined
    const bytes = Buffer.from(await answer.arrayBuffer())
    const text = (isPart ? gunzipSync(bytes) : bytes).toString()
    const changed = text
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => change(JSON.parse(line)) ?? [])
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')
    const { status, headers } = answer
    return new Response(isPart ? gzipSync(changed) : changed, { status, headers })
  }
const at = (index: number, change: (line: Record<string, unknown>) => object | undefined): Alter =>
  lines((line) => (line.index === index ? change(line) : line))

/** Alters the hashes of level 0 tiles. */
const tiles =
  (change: (hashes: Buffer[]) => Buffer[]): Alter =>
  async (path, answer) => {
    if (!path.startsWith('/log/tile/0/')) return undefined
    const bytes = Buffer.from(await answer.arrayBuffer())
    const hashes = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
    return new Response(Buffer.concat(change(hashes)), { status: answer.status, headers: answer.headers })
  }
const swapped = (hashes: readonly Buffer[], a: number, b: number): Buffer[] =>
  hashes.map((_, i) => hashes[i === a ? b : i === b ? a : i]!) as Buffer[]
const checkpoint = (note: string | ((calls: number) => string | undefined)): Alter =>
  (() => {
    let calls = 0
    return (path) => {
      if (path !== '/log/checkpoint') return undefined
      calls += 1
      const shown = typeof note === 'string' ? note : note(calls)
      return shown === undefined ? undefined : new Response(shown)
    }
  })()

describe('two histories under one name', () => {
  let twin: TestHub
  /** Agrees with the hub up to the entry before index 4. */
  beforeEach(async () => {
    t = await createTestHub()
    const other = await twinOf(t)
    twin = other
    dbd = await t.admit('th-dbd')
    await push(twin, dbd.admission)
    const first = await shops(t, dbd, SHOPS.slice(0, 3))
    for (const hub of [t, twin]) await push(hub, ...first)
    await push(t, ...(await shops(t, dbd, SHOPS.slice(3))))
    copy = await copyOf(t)
    await sync(copy, t)
  })

  it.each([
    ['longer', ['B-1', 'B-2', 'B-3', 'B-4', 'B-5']],
    ['as long', ['B-1', 'B-2', 'B-3']],
    ['shorter', ['B-1']],
  ])('are a fork where the other one is %s', async (_, names) => {
    await push(twin, ...(await shops(twin, dbd, names)))
    const error = await expectNamed(twin, 'forked', 4)
    // Whoever is told needs the proof.
    expect(error.message).toContain((await twin.hub.store.head())!.note.trimEnd())
    await expectUsable()
  })

  it('are none where the other one is the hub as it was before: that is a rollback', async () => {
    await expectNamed(twin, 'rolled-back', 4)
    await expectUsable()
  })

  it('are a fork even where the tiles of the other one are kept back', async () => {
    await push(twin, ...(await shops(twin, dbd, ['B-1', 'B-2', 'B-3'])))
    const none: Alter = (path) =>
      path.startsWith('/log/tile') ? new Response('{}', { status: 404 }) : undefined
    await expectNamed(twin, 'forked', undefined, none)
  })

  it('are told without an entry where the tiles of the other one are not what it signed', async () => {
    await push(twin, ...(await shops(twin, dbd, ['B-1', 'B-2', 'B-3'])))
    const wrong = tiles((hashes) => swapped(hashes, 2, 3))
    await expectNamed(twin, 'forked', undefined, wrong)
  })

  it.each([
    ['longer', ['B-2', 'B-3', 'B-4']],
    ['as long as what it has seen', ['B-2', 'B-3']],
  ])('are a fork to a copy that was stopped on the way to the first, the other one %s', async (_, names) => {
    const late = await copyOf(t)
    await sync(late, twin)
    const stop = new AbortController()
    let left = 1
    const short: Alter = async (path, answer) => {
      if (!path.startsWith('/v1/changes')) return undefined
      const page = (await answer.text()).split('\n').slice(0, left)
      left += 1
      return new Response(`${page.join('\n')}\n`, { headers: answer.headers })
    }
    await sync(late, t, short, { signal: stop.signal, onProgress: () => stop.abort() }).catch(() => undefined)
    expect((await late.store.head())?.size).toBe(5)
    // The twin agrees with the entries of the copy, not with the checkpoint that it has seen.
    const fifth = (await t.hub.store.changes(3, 5, 1))[0]!.statement!
    await push(twin, fifth, ...(await shops(twin, dbd, names)))
    await expectNamed(twin, 'forked', undefined, undefined, late)
    await expectUsable(late)
  })
})

describe('an older log', () => {
  it('is named where it is shown again and again, after one more look', async () => {
    const old = await oldNote(3)
    const sleeps: number[] = []
    const error = await sync(copy, t, checkpoint(old), {
      sleep: async (ms) => {
        sleeps.push(ms)
      },
    }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'rolled-back', index: 3 })
    expect(sleeps).toEqual([6000])
    await expectUsable()
  })

  it('is a cache on the way, where the next checkpoint is newer', async () => {
    const old = await oldNote(3)
    await push(t, ...(await shops(t, dbd, ['A-6'])))
    await sync(
      copy,
      t,
      checkpoint((calls) => (calls === 1 ? old : undefined)),
    )
    expect((await copy.store.head())?.size).toBe(size + 1)
  })

  it('is seen too by a copy that was stopped on the way to the newer one', async () => {
    await push(t, ...(await shops(t, dbd, ['A-6', 'A-7', 'A-8'])))
    const old = await oldNote(size + 1)
    const stop = new AbortController()
    const one: Alter = async (path, answer) =>
      path.startsWith('/v1/changes')
        ? new Response(`${(await answer.text()).split('\n')[0]}\n`, { headers: answer.headers })
        : undefined
    await sync(copy, t, one, { signal: stop.signal, onProgress: () => stop.abort() }).catch(() => undefined)
    expect((await copy.store.head())?.size).toBe(size + 1)
    await expectNamed(t, 'rolled-back', size + 1, checkpoint(old))
    await expectUsable()
  })

  /** What the log signed when it had so many entries: its keys sign that tree again. */
  async function oldNote(entries: number): Promise<string> {
    const root = await rootHash(entries, t.hub.store)
    const { logOrigin, log } = t.hub.keys
    return signNote(formatCheckpoint({ origin: logOrigin, size: entries, root }), ...log)
  }
})

describe('a checkpoint', () => {
  it('that no key of the log signed is refused', async () => {
    const stranger = await createTestHub()
    await stranger.admit('th-dbd')
    await expectNamed(stranger, 'checkpoint-invalid', undefined)
    await expectNamed(t, 'checkpoint-invalid', undefined, checkpoint('nothing of the kind'))
    const note = (await t.hub.store.head())!.note
    await expectNamed(
      t,
      'checkpoint-invalid',
      undefined,
      checkpoint(note.replace(`\n${size}\n`, `\n${size + 1}\n`)),
    )
    await expectUsable()
  })

  it('of another hub’s log is refused', async () => {
    const other = await createTestHub(':memory:', 'http://127.0.0.1:9999')
    await expectNamed(t, 'checkpoint-invalid', undefined, checkpoint((await other.hub.store.head())!.note))
  })

  it('of a log that was started anew says so', async () => {
    const anew = await withLogKeys(t, await generateLogKey(2))
    await push(anew, ...(await shops(anew, dbd, ['A-9'])))
    const error = await expectNamed(anew, 'log-restarted', undefined)
    expect(error.message).toContain('127.0.0.1:8787/log-2')
  })

  it('by a new key counts once the operator announced it, and not before', async () => {
    const key = await generateLogKey()
    const next = await withLogKeys(t, key)
    await push(next, ...(await shops(next, dbd, ['A-6'])))
    await expectNamed(next, 'checkpoint-invalid', undefined)
    await push(next, await signLogKey(t.operator, next.hub.keys.vkeys[0], 'announced', t.now()))
    await push(next, await signLogKey(t.operator, t.hub.keys.vkeys[0], 'retired', t.now()))
    await sync(copy, next)
    expect((await copy.store.head())?.size).toBe(size + 3)
    expect(copy.keys.vkeys).toEqual(next.hub.keys.vkeys)
    // The old key signs no more.
    await push(t, ...(await shops(t, dbd, ['A-7'])))
    await expectNamed(t, 'checkpoint-invalid', undefined)
  })

  it('by a key that the copy knows as retired is refused, also where the hub keeps that back', async () => {
    const stolen = await withLogKeys(t, await generateLogKey())
    const [vkey] = stolen.hub.keys.vkeys
    await push(t, await signLogKey(t.operator, vkey, 'announced', t.now()))
    await push(t, await signLogKey(t.operator, vkey, 'retired', t.now()))
    await sync(copy, t)
    await push(stolen, ...(await shops(stolen, dbd, ['F-1'])))
    const announcedOnly: Alter = async (path, answer) =>
      path.includes('kind=log-key')
        ? new Response((await answer.text()).split('\n').slice(0, 1).join('\n'), { headers: answer.headers })
        : undefined
    await expectNamed(stolen, 'checkpoint-invalid', undefined, announcedOnly)
  })

  it('by a key that is retired in the entries below it is refused before any of them is taken', async () => {
    const next = await withLogKeys(t, await generateLogKey())
    await push(t, await signLogKey(t.operator, next.hub.keys.vkeys[0], 'announced', t.now()))
    await sync(copy, t)
    await push(next, await signLogKey(t.operator, t.hub.keys.vkeys[0], 'retired', t.now()))
    // Whoever stole the first key goes on with it.
    await push(t, ...(await shops(t, dbd, ['F-1'])))
    const error = await expectNamed(t, 'checkpoint-invalid', size + 2)
    expect(error.message).toContain('given up')
  })

  it('by a key that was announced to nobody but this copy is refused before the last entry is taken', async () => {
    const next = await withLogKeys(t, await generateLogKey())
    const aside = await twinOf(t)
    await push(aside, await signLogKey(t.operator, next.hub.keys.vkeys[0], 'announced', t.now()))
    await push(next, ...(await shops(next, dbd, ['F-1'])))
    const shown: Alter = (path) => (path.includes('kind=log-key') ? aside.app.request(path) : undefined)
    await expectNamed(next, 'checkpoint-invalid', size, shown)
  })

  it('is kept without the lines that nobody answers for', async () => {
    await push(t, ...(await shops(t, dbd, ['A-6'])))
    const { note } = (await t.hub.store.head())!
    const junk = Array.from(
      { length: 50 },
      (_, i) => `— junk${i} ${Buffer.alloc(900, i + 1).toString('base64')}\n`,
    )
    await sync(copy, t, checkpoint(note + junk.join('')))
    expect((await copy.store.head())!.note).toBe(note)
    await sync(copy, t, checkpoint(note + junk.join('')))
    expect((await copy.store.head())!.note).toBe(note)
  })

  it('by a key of the log’s earlier name alone is refused', async () => {
    const anew = await withLogKeys(t, await generateLogKey(2))
    const { logOrigin, vkeys } = anew.hub.keys
    const both = { ...anew.hub.keys, vkeys: [...vkeys, ...t.hub.keys.vkeys] as [string, ...string[]] }
    const late = await copyOf({ ...anew, hub: { ...anew.hub, keys: both } })
    const root = await rootHash(size, t.hub.store)
    const note = await signNote(formatCheckpoint({ origin: logOrigin, size, root }), ...t.hub.keys.log)
    await expectNamed(anew, 'checkpoint-invalid', undefined, checkpoint(note), late)
  })

  it('by a key that somebody else announced is refused', async () => {
    const key = await generateLogKey()
    const next = await withLogKeys(t, key)
    const other = await createTestHub()
    await logUnchecked(
      next,
      'alliance',
      'log-key',
      await signLogKey(other.operator, next.hub.keys.vkeys[0], 'announced', t.now()),
    )
    await expectNamed(next, 'checkpoint-invalid', undefined)
  })
})

describe('tiles', () => {
  const NEW = ['A-6', 'A-7', 'A-8']
  beforeEach(async () => push(t, ...(await shops(t, dbd, NEW))))

  it('with two hashes swapped do not give the root, and the first is named', async () => {
    await expectNamed(
      t,
      'tiles-differ',
      size + 1,
      tiles((hashes) => swapped(hashes, size + 1, size + 2)),
    )
    await expectUsable()
  })
  it('that are wrong where the copy has entries already are told by its own', async () => {
    await expectNamed(
      t,
      'tiles-differ',
      2,
      tiles((hashes) => swapped(hashes, 2, 3)),
    )
    await expectUsable()
  })
  it('that are cut short, or not there, are named', async () => {
    await expectNamed(
      t,
      'tiles-differ',
      size + 2,
      tiles((hashes) => hashes.slice(0, size + 2)),
    )
    const none: Alter = (path) =>
      path.startsWith('/log/tile') ? new Response('', { status: 404 }) : undefined
    await expectNamed(t, 'tiles-differ', 0, none)
    await expectUsable()
  })
  it('in place of one another are named', async () => {
    await push(
      t,
      ...(await shops(
        t,
        dbd,
        Array.from({ length: 300 }, (_, i) => `B-${i}`),
      )),
    )
    const swap: Alter = async (path, answer) => {
      if (!path.startsWith('/log/tile/0/001.p/')) return undefined
      const { byteLength } = await answer.arrayBuffer()
      const first = await (await t.app.request('/log/tile/0/000')).arrayBuffer()
      return new Response(first.slice(0, byteLength))
    }
    await expectNamed(t, 'tiles-differ', 256, swap)
    await expectUsable()
  })
})

describe('a snapshot', () => {
  beforeEach(async () => {
    copy = await copyOf(t)
  })
  const part =
    (change: (bytes: Buffer) => Uint8Array): Alter =>
    async (path, answer) =>
      path.endsWith('.ndjson.gz')
        ? new Response(new Uint8Array(change(Buffer.from(await answer.arrayBuffer()))))
        : undefined

  it('that breaks off, or is damaged, is named', async () => {
    const error = await sync(
      copy,
      t,
      part((bytes) => bytes.subarray(0, bytes.length - 40)),
    ).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'snapshot-truncated' })
    await expectNamed(
      t,
      'snapshot-truncated',
      0,
      part(() => Buffer.from('no gzip')),
    )
    await expectUsable()
  })
  it('that ends too early is named, with the entry that is missing', async () => {
    const error = await sync(
      copy,
      t,
      lines((line) => ((line.index as number) < 5 ? line : undefined)),
    ).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'snapshot-truncated', index: 5 })
    await expectUsable()
  })
  it('that leaves a part out is named', async () => {
    const shorter: Alter = async (path, answer) => {
      if (path !== '/v1/snapshot') return undefined
      return Response.json({ ...(await answer.json()), parts: [] })
    }
    await expectNamed(t, 'snapshot-truncated', 0, shorter)
    await expectUsable()
  })
})

describe('a feed', () => {
  it('that ends before the checkpoint is named', async () => {
    await push(t, ...(await shops(t, dbd, ['A-6', 'A-7'])))
    await expectNamed(
      t,
      'snapshot-truncated',
      size,
      lines(() => undefined),
    )
    await expectUsable()
  })
  it('that is no feed is named', async () => {
    await push(t, ...(await shops(t, dbd, ['A-6', 'A-7'])))
    await expectNamed(
      t,
      'entry-differs',
      size,
      at(size, ({ sha256: _, ...rest }) => rest),
    )
    await expectUsable()
  })
})

describe.each([
  ['a snapshot', true],
  ['the feed', false],
])('a statement in %s', (_, fresh) => {
  let wrong: number
  beforeEach(async () => {
    if (fresh) copy = await copyOf(t)
    else await push(t, ...(await shops(t, dbd, ['A-6', 'A-7', 'A-8'])))
    wrong = fresh ? 3 : size + 1
  })
  // What comes before the lie may stay: it was verified. The head of the copy is then where the lie is, or before.
  const expectStopped = async (code: MirrorCode, index: number, alter: Alter) => {
    const error = await sync(copy, t, alter).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'MirrorError', code, index })
    expect((await copy.store.head())!.size).toBeLessThanOrEqual(index)
    await expectUsable()
  }

  it('altered on the way is named', async () => {
    const alter = (line: Record<string, unknown>) => ({
      ...line,
      statement: (line.statement as string).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    })
    await expectStopped('entry-differs', wrong, at(wrong, alter))
  })
  it('exchanged, with a hash that fits it, is named', async () => {
    const other = (await t.hub.store.changes(1, 3, 1))[0]!
    await expectStopped(
      'entry-differs',
      wrong,
      at(wrong, (line) => ({ ...line, sha256: other.sha256, statement: other.statement })),
    )
  })
  it.each([{ at: 5 }, { issuer: 'vn-ecomviet' }, { kind: 'status' }, { sha256: 'none' }])(
    'said to be of another time, member, kind or hash is named: %j',
    async (change) => {
      await expectStopped(
        'entry-differs',
        wrong,
        at(wrong, (line) => ({ ...line, ...change })),
      )
    },
  )
  it.each<[string, (line: Record<string, unknown>) => object | undefined]>([
    ['with its line', () => undefined],
    ['without a word', ({ statement: _, ...line }) => line],
    ['as lost', ({ statement: _, ...line }) => ({ ...line, withheld: true })],
    ['as erased', ({ statement: _, ...line }) => ({ ...line, erased: true, erasedBy: 6 })],
  ])('kept back %s is named', async (_how, change) => {
    await expectStopped('withheld', wrong, at(wrong, change))
  })
  it('kept back under another record’s erasure is named', async () => {
    const indices = (await t.hub.store.history('th-dbd:A-5')).map(({ index }) => index)
    await push(t, await signErasure(dbd, indices, t.now()))
    const erasedBy = (await t.hub.store.head())!.size - 1
    await expectStopped(
      'withheld',
      wrong,
      at(wrong, ({ statement: _, ...line }) => ({ ...line, erased: true, erasedBy })),
    )
  })
})

describe('a hub', () => {
  it('that logs an erasure of another member’s record is named', async () => {
    const indices = (await t.hub.store.history('th-dbd:A-1')).map(({ index }) => index)
    const stranger = await t.admit('vn-ecomviet')
    await sync(copy, t)
    await logUnchecked(t, stranger.id, 'erasure', await signErasure(stranger, indices, t.now()))
    await expectNamed(t, 'entry-invalid', size + 1)
    const kept = at(indices[0]!, ({ statement: _, ...line }) => ({
      ...line,
      erased: true,
      erasedBy: size + 1,
    }))
    const fresh = await copyOf(t)
    const error = await sync(fresh, t, kept).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'MirrorError', code: 'withheld', index: indices[0] })
    // The admission before it was verified, and stays.
    expect((await fresh.store.head())!.size).toBe(1)
  })

  const forge = (jws: string) => `${jws.split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`
  const keptBack = (index: number, erasedBy: number) =>
    at(index, ({ statement: _, ...line }) => ({ ...line, erased: true, erasedBy }))

  it('that keeps a revocation back under an erasure that nobody signed is named, and nothing is taken', async () => {
    await push(t, await signStatus(dbd, 'th-dbd:A-1', 'revoked', t.now()))
    // What ends a commit must not make it one.
    await t.admit('vn-ecomviet')
    await logUnchecked(t, 'th-dbd', 'erasure', forge(await signErasure(dbd, [size], t.now())))
    await expectNamed(t, 'withheld', size, keptBack(size, size + 2))
    expect(await copy.store.withheld(1)).toEqual([])
  })

  /** Alters the list of erasures alone; the feed shows what was logged. */
  const erasureList =
    (change: (lines: string[]) => string[], feed?: Alter): Alter =>
    async (path, answer) => {
      if (!path.includes('kind=erasure')) return feed?.(path, answer)
      const shown = (await answer.text()).split('\n').filter((line) => line !== '')
      return new Response(change(shown).join('\n'), { headers: answer.headers })
    }

  it('that shows an erasure in its list that it never logged is named, with the entry in whose place it stands', async () => {
    await push(t, await signStatus(dbd, 'th-dbd:A-1', 'revoked', t.now()))
    const others = (await t.hub.store.history('th-dbd:A-5')).map(({ index }) => index)
    await push(t, await signErasure(dbd, others, t.now()))
    const first = (await t.hub.store.history('th-dbd:A-1')).map(({ index }) => index)
    const statement = await signErasure(dbd, first, t.now())
    const forged = (shown: string[]) =>
      shown.map((line) => JSON.stringify({ ...JSON.parse(line), statement }))
    await expectNamed(t, 'entry-differs', size + 1, erasureList(forged, keptBack(size, size + 1)))
    await expectUsable()
  })

  it('whose list of erasures is out of order is named', async () => {
    await push(t, ...(await shops(t, dbd, ['A-6'])))
    await push(t, await signErasure(dbd, [size], t.now()))
    const twice = erasureList((shown) => [...shown, ...shown])
    await expectNamed(t, 'entry-differs', size + 1, twice)
    await expectUsable()
  })

  it('that keeps a suspension of a member back as erased is named: no holder stands in it', async () => {
    await push(t, await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    await t.admit('vn-ecomviet')
    await logUnchecked(t, 'alliance', 'erasure', forge(await signErasure(dbd, [size], t.now())))
    await expectNamed(t, 'withheld', size, keptBack(size, size + 2))
  })

  it('whose erasure is signed with a key that is yet to come is taken so far, and no look-up is answered', async () => {
    await push(t, await signStatus(dbd, 'th-dbd:A-1', 'revoked', t.now()))
    t.tick()
    await t.admit('vn-ecomviet')
    const stranger = await (await createTestHub()).admit('th-dbd')
    await logUnchecked(t, 'th-dbd', 'erasure', await signErasure(stranger, [size], t.now()))
    const error = await sync(copy, t, keptBack(size, size + 2)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'entry-invalid', index: size + 2 })
    expect(await copy.store.withheld(2)).toEqual([size])
    const app = createMirrorApp({
      copy,
      synced: () => undefined,
      report: (thrown) => t.reported.push(thrown),
    })
    for (const path of ['/v1/verify?record=th-dbd:A-1', '/v1/records/th-dbd:A-1', '/v1/members', '/readyz']) {
      const answer = await app.request(path)
      expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([
        503,
        'not-ready',
      ])
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
    }
    expect(
      (await app.request('/verify?record=th-dbd:A-1', { headers: { Accept: 'text/html' } })).status,
    ).toBe(503)
    expect((await app.request('/v1/principles')).status).toBe(200)
    expect(t.reported).toEqual([])
  })

  it('that logged what no hub may accept is named, and the copy ends before it', async () => {
    await push(t, await signStatus(dbd, 'th-dbd:A-1', 'revoked', t.now()))
    t.tick()
    // Revocation is final: an honest hub refuses this.
    await logUnchecked(t, 'th-dbd', 'status', await signStatus(dbd, 'th-dbd:A-1', 'reinstated', t.now()))
    const error = await sync(copy, t).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'entry-invalid',
      index: size + 1,
      cause: { code: 'statement-invalid' },
    })
    expect((await verify(copy, { record: 'th-dbd:A-2' })).verdict.verdict).toBe('identity-confirmed')
  })

  it('that logged a signature by a key its member never had is named', async () => {
    const false_ = await (await createTestHub()).admit('th-dbd')
    await logUnchecked(t, 'th-dbd', 'record', (await shops(t, false_, ['F-1']))[0]!)
    await expectNamed(t, 'entry-invalid', size)
  })

  it('that logged what breaks a rule of content alone is copied, with a finding', async () => {
    const claims = recordClaims(dbd, t.now(), { certificate: 'A-6', url: 'https://a-6.example' })
    const jws = await signRecord(dbd, { ...claims, ref: `${t.hub.origin}/r/th-dbd:other` })
    await logUnchecked(t, 'th-dbd', 'record', jws)
    expect((await sync(copy, t)).findings).toMatchObject([{ index: size, refusal: { code: 'bad-claims' } }])
    expect((await verify(copy, { record: 'th-dbd:A-6' })).verdict.records).toHaveLength(1)
  })
})
