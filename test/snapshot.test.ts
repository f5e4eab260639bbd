/** The snapshot: the whole log in parts that are made while they are read, so that nothing erased stays behind. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.js'
import { SNAPSHOT_PAGE, SNAPSHOT_PART } from '../src/hub/snapshot.js'
import { parseCheckpoint } from '../src/log/checkpoint.js'
import { hashLeaf } from '../src/log/hash.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { naiveRoot } from './log-naive-tree.js'

interface Manifest {
  size: number
  at: string
  checkpoint: string
  edition: string
  parts: { url: string; from: number; to: number }[]
  demo?: true
}

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

let t: TestHub
let dbd: TestMember

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await t.push(...(await Promise.all([1, 2, 3].map((i) => shop(`R-${i}`)))))
  t.tick()
  await t.push(await shop('R-2'))
})

const shop = (certificate: string) =>
  signRecord(
    dbd,
    recordClaims(dbd, t.now(), { certificate, url: `https://${certificate.toLowerCase()}.example` }),
  )
const manifestOf = async (hub = t, query = '') =>
  (await (await hub.app.request(`/v1/snapshot${query}`)).json()) as Manifest
const unpack = async (response: Response) => gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
async function download(hub = t, query = ''): Promise<string> {
  const texts: string[] = []
  for (const { url } of (await manifestOf(hub, query)).parts)
    texts.push(await unpack(await hub.app.request(url)))
  return texts.join('')
}
const feed = async (query = '') => (await t.app.request(`/v1/changes?limit=1000${query}`)).text()

describe('a snapshot', () => {
  it('unpacked is the feed, and its tree is the one that was signed', async () => {
    const manifest = await manifestOf()
    expect(manifest).toMatchObject({
      size: 5,
      at: '2026-11-22T03:00:01.000Z',
      edition: '0',
      parts: [{ url: '/v1/snapshot/0/0-5.ndjson.gz', from: 0, to: 5 }],
      demo: true,
    })
    const text = await download()
    expect(text).toBe(await feed())
    const leaves = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: number; issuer: string; kind: string; sha256: string })
      .map(({ at, issuer, kind, sha256 }) =>
        hashLeaf(new TextEncoder().encode(JSON.stringify({ at, issuer, kind, sha256, v: 1 }))),
      )
    const { size, root } = parseCheckpoint(`${manifest.checkpoint.split('\n\n')[0]}\n`)
    expect([size, root]).toEqual([5, naiveRoot(leaves)])
  })

  it('of the current state holds only what that rests on', async () => {
    const manifest = await manifestOf(t, '?state=current')
    expect(manifest.parts[0]?.url).toBe('/v1/snapshot/0/0-5.ndjson.gz?state=current')
    const text = await download(t, '?state=current')
    expect(text).toBe(await feed('&state=current'))
    expect(text.trim().split('\n')).toHaveLength(4)
  })

  it('of an empty log has no parts', async () => {
    const empty = await createTestHub()
    expect(await manifestOf(empty)).toMatchObject({ size: 0, edition: '0', parts: [] })
  })

  it('stays the same while the log grows, and is kept no longer than a look-up', async () => {
    const [part] = (await manifestOf()).parts
    const before = await t.app.request(part!.url)
    t.tick()
    await t.push(await shop('R-4'))
    const after = await t.app.request(part!.url)
    expect(after.headers.get('ETag')).toBe(before.headers.get('ETag'))
    expect(Buffer.from(await after.arrayBuffer()).equals(Buffer.from(await before.arrayBuffer()))).toBe(true)
    expect(after.headers.get('Cache-Control')).toBe('public, max-age=30, must-revalidate')
    expect(after.headers.get('Content-Type')).toBe('application/gzip')
    expect(after.headers.has('Content-Encoding')).toBe(false)
    expect((await manifestOf()).parts).toEqual([{ url: '/v1/snapshot/0/0-6.ndjson.gz', from: 0, to: 6 }])
  })

  it('is told from the part of the same name of a log that was started anew', async () => {
    const tagOf = async (hub: TestHub) =>
      (await hub.app.request('/v1/snapshot/0/0-5.ndjson.gz')).headers.get('ETag')!
    const before = await tagOf(t)
    expect(before).toMatch(/^W\/"[\x21\x23-\x7e]+"$/)
    const [first] = t.hub.keys.vkeys
    const other = await createTestHub()
    dbd = await other.admit('th-dbd')
    await other.push(...(await Promise.all([1, 2, 3, 4].map((i) => shop(`Q-${i}`)))))
    other.hub.keys = { ...other.hub.keys, logOrigin: `${other.hub.keys.logOrigin}-2`, vkeys: [first] }
    expect(await tagOf(other)).not.toBe(before)
    const held = await other.app.request('/v1/snapshot/0/0-5.ndjson.gz', {
      headers: { 'If-None-Match': before },
    })
    expect(held.status).toBe(200)
  })

  it.each(['0/0-0', '0/0-6', '0/1-5', '0/5-0', '0/00-5', '0/0-5x', '1/0-5', '00/0-5', 'x/0-5', '0/0-10001'])(
    '%s is no part of it',
    async (name) => {
      const response = await t.app.request(`/v1/snapshot/${name}.ndjson.gz`)
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        404,
        'not-found',
      ])
    },
  )

  it('is refused while a copy is on its way to the checkpoint that it shows', async () => {
    const { head } = t.hub.store
    t.hub.store.head = async () => {
      const now = (await head())!
      return { ...now, size: now.size - 1 }
    }
    const response = await t.app.request('/v1/snapshot')
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '10'])
    expect(await response.json()).toMatchObject({ code: 'not-ready' })
  })
})

describe('after an erasure', () => {
  it('there is a new edition, and the old one is gone, also for whoever holds it', async () => {
    const [old] = (await manifestOf()).parts
    const held = await t.app.request(old!.url)
    const tag = held.headers.get('ETag')!
    const statement = (await unpack(held)).split('\n')[1]!
    t.tick()
    await t.push(await signErasure(dbd, [1], t.now()))
    for (const headers of [{}, { 'If-None-Match': tag }] as Record<string, string>[]) {
      const gone = await t.app.request(old!.url, { headers })
      expect([gone.status, gone.headers.get('Cache-Control')]).toEqual([410, 'no-store'])
      expect(await gone.json()).toMatchObject({ code: 'snapshot-gone', value: '6' })
    }
    const manifest = await manifestOf()
    expect(manifest).toMatchObject({ edition: '6', parts: [{ url: '/v1/snapshot/6/0-6.ndjson.gz' }] })
    const text = await download()
    expect(text).toBe(await feed())
    expect(text).not.toContain((JSON.parse(statement) as { statement: string }).statement)
    expect(JSON.parse(text.split('\n')[1]!)).toMatchObject({ index: 1, erased: true, erasedBy: 5 })
    t.tick()
    await t.push(await signErasure(dbd, [2, 4], t.now()))
    expect((await manifestOf()).edition).toBe('7')
    expect((await t.app.request(manifest.parts[0]!.url)).status).toBe(410)
  })
})

describe('a part of many pages', () => {
  const SIZE = 2 * SNAPSHOT_PART + 1234
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  const database = openSqlite(join(folder, 'large.sqlite'), migrations)
  const stores = openStores(database)
  let app: ReturnType<typeof createApp>
  let server: Server
  let address: string
  let reads: number
  let failAt: number
  let reported: unknown[]

  beforeAll(async () => {
    const base = await createTestHub()
    const db = database.kysely
    // Rows as a hub of that size has them. Their statements hardly shrink, so that a stream fills every buffer on its way.
    await database.atomic([
      sql`insert into entries (idx, at, issuer, kind, sha256, jti, subject, country)
        with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${SIZE})
        select i, i, 'th-dbd', 'record', 'h' || i, 'j' || i, 'th-dbd:R-' || i, 'TH' from n`.compile(db),
      sql`insert into statements (idx, jws) select idx, hex(randomblob(600)) from entries`.compile(db),
      sql`insert into checkpoints (size, prev_size, root, note, at, roster_size)
        values (${SIZE}, 0, '', ${`hub.example/log\n${SIZE}\n`}, 1, 0)`.compile(db),
    ])
    const { store } = stores
    const hub = {
      ...base.hub,
      report: (error: unknown) => reported.push(error),
      store: {
        ...store,
        changes: (...asked: Parameters<typeof store.changes>) => {
          reads += 1
          if (reads === failAt) throw new Error('disk I/O error')
          return store.changes(...asked)
        },
      },
    }
    app = createApp({ hub, report: (error) => reported.push(error) })
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    reads = 0
    failAt = 0
    reported = []
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const FIRST = `/v1/snapshot/0/0-${SNAPSHOT_PART}.ndjson.gz`

  it('follows on the one before it, up to the head', async () => {
    const { parts } = (await (await fetch(`${address}/v1/snapshot`)).json()) as Manifest
    expect(parts.map(({ from, to }) => [from, to])).toEqual([
      [0, SNAPSHOT_PART],
      [SNAPSHOT_PART, 2 * SNAPSHOT_PART],
      [2 * SNAPSHOT_PART, SIZE],
    ])
    const indices: number[] = []
    for (const { url } of parts) {
      const lines = (await unpack(await fetch(address + url))).trim().split('\n')
      indices.push(...lines.map((line) => (JSON.parse(line) as { index: number }).index))
    }
    expect(indices.length).toBe(SIZE)
    expect(indices.every((index, i) => index === i)).toBe(true)
    expect(reads).toBe(Math.ceil(SNAPSHOT_PART / SNAPSHOT_PAGE) * 2 + Math.ceil(1234 / SNAPSHOT_PAGE))
  })

  it('of which nothing is in force is an empty file', async () => {
    expect(await unpack(await fetch(`${address}${FIRST}?state=current`))).toBe('')
  })

  it('that fails midway breaks off, and can not be taken for whole', async () => {
    failAt = 8
    const response = await fetch(address + FIRST)
    expect(response.status).toBe(200)
    await expect(response.arrayBuffer()).rejects.toThrow()
    expect(reported.map(String)).toEqual(['Error: disk I/O error'])
    // In one process, too, where there is no connection to break.
    reads = 0
    await expect((await app.request(FIRST)).arrayBuffer()).rejects.toThrow('disk I/O error')
  })

  it('is read no faster than it is taken, and no further when its reader leaves', async () => {
    const response = await app.request(FIRST)
    const reader = response.body!.getReader()
    await reader.read()
    await pause(300)
    const before = reads
    expect(before).toBeLessThan(8)
    await reader.cancel()
    await pause(100)
    expect(reads).toBeLessThanOrEqual(before + 1)
    const leaving = new AbortController()
    const left = await fetch(address + FIRST, { signal: leaving.signal })
    await left.body!.getReader().read()
    leaving.abort()
    await pause(200)
    const then = reads
    await pause(200)
    expect(reads).toBe(then)
    expect(then).toBeLessThan(SNAPSHOT_PART / SNAPSHOT_PAGE + before)
    expect(reported).toEqual([])
  })

  it('is not read at all for HEAD, or for one who holds it', async () => {
    const head = await app.request(FIRST, { method: 'HEAD' })
    expect(head.status).toBe(200)
    const tag = head.headers.get('ETag')!
    expect((await app.request(FIRST, { headers: { 'If-None-Match': tag } })).status).toBe(304)
    await pause(50)
    expect(reads).toBe(0)
  })

  it('breaks off when something is erased meanwhile', async () => {
    const response = await app.request(FIRST)
    const reader = response.body!.getReader()
    await reader.read()
    await database.atomic([
      sql`update entries set kind = 'erasure' where idx = ${SIZE - 1}`.compile(database.kysely),
    ])
    const drain = async () => {
      for (;;) if ((await reader.read()).done) return
    }
    await expect(drain()).rejects.toMatchObject({ code: 'snapshot-gone' })
    expect((await app.request(FIRST)).status).toBe(410)
    expect(reported).toEqual([])
  })
})
