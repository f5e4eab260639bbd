/** The sequencer under attack: two hubs on one database, lost races, crashes; the log stays whole and keeps its word. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.js'
import type { Hub } from '../src/hub/hub.js'
import { openHub } from '../src/hub/open-hub.js'
import { publish } from '../src/hub/publish.js'
import { MAX_BATCH, sequence } from '../src/hub/sequence.js'
import { type OpenedCheckpoint, openCheckpoint } from '../src/log/checkpoint.js'
import { formatEntry } from '../src/log/entry.js'
import { hashLeaf } from '../src/log/hash.js'
import { formatLogOrigin } from '../src/log/log-origin.js'
import { createNoteVerifier } from '../src/log/note-key.js'
import { consistencyProof, inclusionProof } from '../src/log/proof.js'
import type { TileId, TileReader } from '../src/log/tile.js'
import { verifyConsistency, verifyInclusion } from '../src/log/verify-proof.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { sha256Hex } from '../src/trust/digest.js'
import { decodeJws } from '../src/trust/jws.js'
import { generateHubKeys, type HubKeyFile, loadHubKeys } from '../src/trust/key-file.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner, type Signer } from '../src/trust/signer.js'
import { STATEMENT_TYPES } from '../src/trust/statements.js'
import {
  createMember,
  ORIGIN,
  recordClaims,
  START,
  signRecord,
  signStanding,
  signStatus,
  type TestMember,
} from './hub-fixture.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

let folder: string
let file: string
let keyFile: HubKeyFile
let operator: Signer
let dbd: TestMember
let clock: number

/** A hub of its own memory and connection; all of a test share file, keys and clock. */
async function open(over: Partial<Pick<Hub, 'report' | 'now'>> = {}): Promise<Hub> {
  const keys = await loadHubKeys(keyFile, ORIGIN)
  return openHub({
    origin: ORIGIN,
    demo: true,
    ...openStores(openSqlite(file, migrations)),
    keys,
    now: () => clock * 1000,
    ...over,
  })
}

beforeEach(async () => {
  clock = START
  folder = mkdtempSync(join(tmpdir(), 'hub-sequencer-'))
  file = join(folder, 'hub.sqlite')
  const operatorKey = await generateKey('operator')
  keyFile = { ...(await generateHubKeys()), operator: [operatorKey.publicJwk] }
  operator = await createSigner(operatorKey.privateJwk)
  dbd = await createMember('th-dbd', ORIGIN, operator, clock)
})
afterEach(() => rmSync(folder, { recursive: true }))

const push = (hub: Hub, ...texts: string[]) =>
  publish(
    hub,
    texts.map((text, i) => ({ line: i + 1, text })),
  )
const shop = (name: string | number, by = dbd) =>
  signRecord(by, recordClaims(by, clock, { certificate: `C-${name}`, url: `https://shop-${name}.example` }))
const shops = (from: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => shop(from + i)))

/** Reads each tile once: an audit of every entry asks for the same ones again and again. */
function rememberTiles(reader: TileReader): TileReader {
  const known = new Map<string, Uint8Array>()
  const name = ({ level, index }: TileId) => `${level}/${index}`
  return {
    async readTiles(ids) {
      const missing = ids.filter((id) => !known.has(name(id)))
      const read = await reader.readTiles(missing)
      missing.forEach((id, i) => {
        known.set(name(id), read[i]!)
      })
      return ids.map((id) => known.get(name(id))!)
    },
  }
}

/** Checks everything a witness and an auditor would: all checkpoints, all entries, all statements. */
async function audit(hub: Hub): Promise<{ size: number; indexOf: Map<string, number> }> {
  const verifiers = [await createNoteVerifier(hub.keys.vkeys[0])]
  const raw = openSqlite(file, migrations)
  const rows = await raw.read(raw.kysely.selectFrom('checkpoints').selectAll().orderBy('size').compile())
  await raw.close()
  const checkpoints: OpenedCheckpoint[] = []
  for (const [i, row] of rows.entries()) {
    const checkpoint = await openCheckpoint(row.note, { origin: formatLogOrigin(ORIGIN), verifiers })
    expect(checkpoint.size).toBe(row.size)
    expect(row.prev_size).toBe(i === 0 ? -1 : rows[i - 1]!.size)
    expect(row.at).toBeGreaterThanOrEqual(i === 0 ? 0 : rows[i - 1]!.at)
    const previous = checkpoints.at(-1)
    if (previous) {
      const proof = await consistencyProof(previous.size, checkpoint.size, hub.store)
      verifyConsistency({
        from: previous.size,
        to: checkpoint.size,
        fromRoot: previous.root,
        toRoot: checkpoint.root,
        proof,
      })
    }
    checkpoints.push(checkpoint)
  }
  const { size, root } = checkpoints.at(-1)!
  const tiles = rememberTiles(hub.store)
  const indexOf = new Map<string, number>()
  for (let after = -1; after + 1 < size; ) {
    const page = await hub.store.changes(after, size, MAX_BATCH)
    for (const { index, at, issuer, kind, sha256, statement } of page) {
      expect(index).toBe(after + 1)
      expect(sha256Hex(statement ?? '')).toBe(sha256)
      expect(indexOf.has(sha256)).toBe(false)
      indexOf.set(sha256, index)
      const leafHash = hashLeaf(new TextEncoder().encode(formatEntry({ at, issuer, kind, sha256, v: 1 })))
      verifyInclusion({ index, size, leafHash, root, proof: await inclusionProof(index, size, tiles) })
      after = index
    }
    expect(page.length).toBeGreaterThan(0)
  }
  expect(await hub.store.pending(10)).toEqual([])
  return { size, indexOf }
}

describe('one hub', () => {
  it('proves every entry under every later checkpoint, across tiles', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    for (const [from, count] of [
      [0, 1],
      [1, 254],
      [255, 1],
      [256, 1],
      [257, 5],
    ] as const)
      await push(hub, ...(await shops(from, count)))
    expect((await audit(hub)).size).toBe(263)
  })

  it('takes more than a batch that waits, in the order it came', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const junk = Array.from({ length: MAX_BATCH }, (_, i) => `junk ${i}`)
    const waiting = await shops(0, 5)
    await hub.store.receive(
      [...junk, ...waiting].map((jws) => ({ sha256: sha256Hex(jws), jws })),
      clock * 1000,
      0,
    )
    await sequence(hub)
    const { size, indexOf } = await audit(hub)
    expect(size).toBe(6)
    expect(waiting.map((jws) => indexOf.get(sha256Hex(jws)))).toEqual([1, 2, 3, 4, 5])
    expect((await hub.store.outcomes(junk.map(sha256Hex))).size).toBe(MAX_BATCH)
  })

  it('answers the same statement posted twice at once with one index', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const statement = await shop('twice')
    const answers = (await Promise.all(Array.from({ length: 5 }, () => push(hub, statement)))).flat()
    for (const answer of answers)
      expect(answer).toMatchObject({ index: 1, outcome: expect.stringMatching(/^(accepted|duplicate)$/) })
    expect((await audit(hub)).size).toBe(2)
  })

  it('lets time stand still rather than run backward when its clock does', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const [first] = [await shop(1), await shop(2)]
    await push(hub, first)
    clock -= 50
    await push(hub, await shop(3))
    const entries = await hub.store.changes(-1, 3, 10)
    expect(entries.map(({ at }) => at)).toEqual([START * 1000, START * 1000, START * 1000])
  })

  it('writes nothing but outcomes when all is refused', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const before = await hub.store.head()
    const statement = await signStatus(dbd, 'th-dbd:none', 'suspended', clock)
    expect(await push(hub, statement)).toMatchObject([{ problem: { code: 'record-unknown' } }])
    expect(await hub.store.head()).toEqual(before)
    expect(await hub.store.outcomes([sha256Hex(statement)])).toMatchObject(
      new Map([[sha256Hex(statement), { problem: { code: 'record-unknown' } }]]),
    )
  })

  it('puts a statement aside on which it fails itself, and the log goes on', async () => {
    const failures: unknown[] = []
    const hub = await open({ report: (error) => failures.push(error) })
    await push(hub, dbd.admission)
    const [poison, good] = (await shops(0, 2)) as [string, string]
    const name = sha256Hex(poison)
    const claims = recordClaims(dbd, clock, { certificate: 'C-0' })
    // Claims as no schema lets them through: whatever bug might do so, it must not stop the log.
    const broken = {
      ...claims,
      trustmark: { ...claims.trustmark, holder: { ...claims.trustmark.holder, name: null } },
    }
    const { header } = decodeJws(poison, STATEMENT_TYPES)
    hub.memory.verified.set(name, {
      typ: header.typ,
      kind: 'record',
      claims: broken,
      jws: poison,
      sha256: name,
      kid: header.kid,
      issuer: 'th-dbd',
    } as never)
    await hub.store.receive([{ sha256: name, jws: poison }], 0, 0)
    expect(await push(hub, good)).toMatchObject([{ outcome: 'accepted', index: 1 }])
    expect(await hub.store.outcomes([name])).toMatchObject(
      new Map([[name, { problem: { code: 'internal-error', status: 500 } }]]),
    )
    expect(failures).toMatchObject([expect.any(TypeError)])
    expect(await push(hub, poison)).toMatchObject([{ outcome: 'accepted', index: 2 }])
    expect((await audit(hub)).size).toBe(3)
  })
})

describe('two hubs on one database', () => {
  it('both acknowledge what is in the log, without a gap, a double or a fork', async () => {
    const [a, b] = [await open(), await open()]
    await push(a, dbd.admission)
    const pushes: Promise<Awaited<ReturnType<typeof push>>>[] = []
    const statements: string[] = []
    for (let round = 0; round < 12; round += 1) {
      const mine = await shops(round * 10, 10)
      statements.push(...mine)
      // Each hub gets its half, and one statement goes to both.
      pushes.push(push(a, ...mine.slice(0, 6)), push(b, ...mine.slice(5)))
    }
    const answers = (await Promise.all(pushes)).flat()
    const { size, indexOf } = await audit(b)
    expect(size).toBe(121)
    for (const answer of answers) {
      expect(['accepted', 'duplicate']).toContain(answer.outcome)
      if ('index' in answer) expect(indexOf.get(answer.sha256)).toBe(answer.index)
    }
    expect(statements.every((jws) => indexOf.has(sha256Hex(jws)))).toBe(true)
    expect(a.memory.verified.size + b.memory.verified.size).toBe(0)
  })

  it('a lost race leaves nothing behind, and is decided again', async () => {
    const [a, b] = [await open(), await open()]
    await push(a, dbd.admission)
    const other = { name: { th: 'ร้านอื่น' }, identifiers: [{ scheme: 'th-juristic', value: '0107537000254' }] }
    const [mine, theirs] = await Promise.all([
      signRecord(dbd, recordClaims(dbd, clock, { certificate: 'A-1' })),
      signRecord(dbd, recordClaims(dbd, clock, { certificate: 'B-1', holder: other })),
    ])
    // Hub a decides, and before it commits hub b has taken everything that waited, a's statement first.
    const commit = a.store.commit
    let lost = 0
    a.store.commit = async (batch) => {
      if (lost === 0)
        expect(await push(b, theirs)).toMatchObject([
          { outcome: 'rejected', problem: { code: 'presence-taken' } },
        ])
      const committed = await commit(batch)
      if (!committed) lost += 1
      return committed
    }
    expect(await push(a, mine)).toMatchObject([{ outcome: 'accepted', index: 1 }])
    expect(lost).toBe(1)
    expect((await audit(a)).size).toBe(2)
    expect((await a.store.recordsById(['th-dbd:A-1', 'th-dbd:B-1'])).map(({ id }) => id)).toEqual([
      'th-dbd:A-1',
    ])
  })

  it('a member suspended at one is refused at the other at once', async () => {
    const [a, b] = [await open(), await open()]
    await push(a, dbd.admission)
    expect(await push(b, await shop(1))).toMatchObject([{ outcome: 'accepted' }])
    await push(a, await signStanding(operator, 'th-dbd', 'suspended', clock))
    expect(await push(b, await shop(2))).toMatchObject([{ problem: { code: 'issuer-not-admitted' } }])
  })

  it('agree on who founded the log, and a stranger’s keys are turned away', async () => {
    const [a, b] = await Promise.all([open(), open()])
    expect(await a.store.head()).toEqual(await b.store.head())
    keyFile = { ...keyFile, ...(await generateHubKeys()) }
    await expect(open()).rejects.toThrow('log key')
    const keys = await loadHubKeys(keyFile, 'https://other.example')
    const stores = openStores(openSqlite(file, migrations))
    await expect(
      openHub({ origin: 'https://other.example', demo: true, ...stores, keys, now: Date.now }),
    ).rejects.toThrow(ORIGIN)
  })
})

describe('a crash', () => {
  it('between receiving and committing loses nothing', async () => {
    const first = await open()
    await push(first, dbd.admission)
    const waiting = await shops(0, 20)
    await first.store.receive(
      waiting.map((jws) => ({ sha256: sha256Hex(jws), jws })),
      clock * 1000,
      0,
    )
    const next = await open()
    await sequence(next)
    const { size, indexOf } = await audit(next)
    expect(size).toBe(21)
    expect(waiting.every((jws) => indexOf.has(sha256Hex(jws)))).toBe(true)
    expect(await push(next, waiting[0]!)).toMatchObject([{ outcome: 'duplicate', index: 1 }])
  })

  it('is no way in: what another process left in the inbox is verified anew', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const stranger = await createMember('th-dbd', ORIGIN, operator, clock)
    const forged = await shop('forged', stranger)
    await hub.store.receive(
      [
        { sha256: sha256Hex(forged), jws: forged },
        { sha256: sha256Hex('{}'), jws: '{}' },
      ],
      clock * 1000,
      0,
    )
    await sequence(hub)
    expect((await audit(hub)).size).toBe(1)
    const outcomes = await hub.store.outcomes([sha256Hex(forged), sha256Hex('{}')])
    expect(outcomes.get(sha256Hex(forged))).toMatchObject({ problem: { code: 'unknown-key' } })
    expect(outcomes.get(sha256Hex('{}'))).toMatchObject({ problem: { code: 'unsigned' } })
  })

  it('in the middle of a commit shows as a failure, and sending again is safe', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const statement = await shop('full-disk')
    const commit = hub.store.commit
    hub.store.commit = async () => {
      throw new Error('database or disk is full')
    }
    const reported: unknown[] = []
    const app = createApp({ hub, report: (error) => reported.push(error) })
    const send = () =>
      app.request('/v1/statements', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson' },
        body: statement,
      })
    expect((await send()).status).toBe(500)
    expect(reported).toHaveLength(1)
    hub.store.commit = commit
    expect(await (await send()).json()).toMatchObject({ results: [{ outcome: 'accepted', index: 1 }] })
    expect((await audit(hub)).size).toBe(2)
  })

  it('of two real processes by kill -9 keeps every statement they acknowledged', async () => {
    const hub = await open()
    await push(hub, dbd.admission)
    const script = join(folder, 'crashing-hub.cjs')
    const entry = new URL('fixtures/crashing-hub.ts', import.meta.url).pathname
    await build({
      entryPoints: [entry],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['better-sqlite3'],
      logLevel: 'silent',
    })
    const all = await shops(0, 300)
    const run = (name: string, statements: string[]) => {
      const work = join(folder, `${name}.json`)
      const pushes = Array.from({ length: statements.length / 3 }, (_, i) =>
        statements.slice(i * 3, i * 3 + 3),
      )
      writeFileSync(work, JSON.stringify({ origin: ORIGIN, keys: keyFile, now: clock, pushes }))
      const child = spawn(process.execPath, [script, file, migrations, work], {
        stdio: ['ignore', 'pipe', 'inherit'],
        // The bundle lies outside the package and still needs its native module.
        env: { ...process.env, NODE_PATH: new URL('../node_modules', import.meta.url).pathname },
      })
      let output = ''
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
      const started = new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (data: Buffer) => {
          output += data.toString()
          if (output.split('\n').length > 12) resolve()
        })
        child.once('close', () => reject(new Error(`${name} ended before it was killed`)))
      })
      return { child, started, ended, lines: () => output.split('\n').slice(0, -1) }
    }
    const processes = [run('one', all.slice(0, 150)), run('two', all.slice(150))]
    await Promise.all(processes.map(({ started }) => started))
    for (const { child } of processes) child.kill('SIGKILL')
    await Promise.all(processes.map(({ ended }) => ended))
    const survivor = await open()
    await sequence(survivor)
    const { indexOf, size } = await audit(survivor)
    const acknowledged = processes.flatMap(({ lines }) => lines())
    expect(acknowledged.length).toBeGreaterThan(20)
    for (const line of acknowledged) {
      const [sha256 = '', index] = line.split(' ')
      expect(indexOf.get(sha256)).toBe(Number(index))
    }
    const again = await push(survivor, ...all)
    expect(again.every(({ outcome }) => outcome === 'accepted' || outcome === 'duplicate')).toBe(true)
    expect(again.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(size - 1)
    expect((await audit(survivor)).size).toBe(301)
  })
})
