/** Mirroring an honest hub: the copy answers like it, goes on where it was, and follows its erasures and keys. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openCopy } from '../src/hub/mirror/open-copy.js'
import { HubMismatch, openHub, signHeadAnew } from '../src/hub/open-hub.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { generateLogKey } from '../src/trust/key-file.js'
import {
  createTestHub,
  signErasure,
  signLogKey,
  signRegister,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { answersOf, copyOf, migrations, shops, sync, withLogKeys } from './mirror-fixture.js'

let t: TestHub
let dbd: TestMember
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `S-${from + i}`)
const ids = (from: number, to: number) => names(from, to).map((name) => `th-dbd:${name}`)
const push = async (...statements: string[]) => {
  t.tick()
  for (const result of await t.push(...statements)) expect(result.outcome).toBe('accepted')
}
const indicesOf = async (record: string) => (await t.hub.store.history(record)).map(({ index }) => index)

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
})

describe('a mirror', () => {
  it('copies a log and answers for every shop as the hub does', async () => {
    await push(...(await shops(t, dbd, names(0, 300))))
    await push(await signStatus(dbd, 'th-dbd:S-7', 'suspended', t.now() + 1))
    await push(
      await signRegister(
        dbd,
        ids(0, 300).filter((id) => id !== 'th-dbd:S-7'),
        t.now() + 1,
      ),
    )
    const copy = await copyOf(t)
    const seen: number[][] = []
    const synced = await sync(copy, t, undefined, { onProgress: (...at) => seen.push(at) })
    expect(synced).toEqual({ from: 0, size: 303, findings: [] })
    expect(seen.at(-1)).toEqual([303, 303])
    expect(await answersOf(copy, ids(0, 301))).toEqual(await answersOf(t.hub, ids(0, 301)))
  })

  it('takes only what is new the next time, over the feed alone', async () => {
    await push(...(await shops(t, dbd, names(0, 250))))
    const copy = await copyOf(t)
    await sync(copy, t)
    await push(...(await shops(t, dbd, names(250, 300))))
    await push(await signStanding(t.operator, 'th-dbd', 'suspended', t.now() + 1))
    const asked: string[] = []
    const synced = await sync(copy, t, (path) => {
      asked.push(path)
      return undefined
    })
    expect(synced).toMatchObject({ from: 251, size: 302 })
    expect(asked.filter((path) => path.includes('snapshot'))).toEqual([])
    expect(asked.filter((path) => path.includes('tile')).sort()).toEqual([
      '/log/tile/0/000',
      '/log/tile/0/001.p/46',
    ])
    expect(await answersOf(copy, ids(0, 300))).toEqual(await answersOf(t.hub, ids(0, 300)))
    expect(await sync(copy, t)).toEqual({ from: 302, size: 302, findings: [] })
  })

  it('copies an empty log, and what comes into it later', async () => {
    const empty = await createTestHub()
    const copy = await copyOf(empty)
    expect(await sync(copy, empty)).toMatchObject({ from: 0, size: 0 })
    await empty.admit('th-dbd')
    expect(await sync(copy, empty)).toMatchObject({ from: 0, size: 1 })
  })

  it('stopped between two pages goes on where it was', async () => {
    await push(...(await shops(t, dbd, names(0, 1000))))
    await push(...(await shops(t, dbd, names(1000, 1100))))
    const copy = await copyOf(t)
    const stop = new AbortController()
    await expect(
      sync(copy, t, undefined, { signal: stop.signal, onProgress: () => stop.abort() }),
    ).rejects.toThrow(/abort/i)
    const { size, note } = (await copy.store.head())!
    expect(size).toBe(1000)
    // It knows already what it goes to, and answers as of what it has.
    expect(note).toBe((await t.hub.store.head())?.note)
    expect((await answersOf(copy, ['th-dbd:S-998'])).verdicts[0]?.[0]).toContain('"size":1000')
    // What belongs to a signed tree is not given out before the copy has got there.
    const app = createMirrorApp({ copy, synced: () => undefined, report: (error) => t.reported.push(error) })
    for (const path of ['/log/checkpoint', '/v1/records/th-dbd:S-1/proof', '/v1/snapshot'])
      expect((await app.request(path)).status, path).toBe(503)
    expect(await sync(copy, t)).toMatchObject({ from: 1000, size: 1101 })
    expect((await app.request('/v1/verify?record=th-dbd:S-1')).status).toBe(200)
    expect((await app.request('/log/checkpoint')).status).toBe(200)
    expect(t.reported).toEqual([])
    expect(await answersOf(copy, ids(0, 1100))).toEqual(await answersOf(t.hub, ids(0, 1100)))
  })

  it('follows a hub that moves on while it is being copied', async () => {
    await push(...(await shops(t, dbd, names(0, 20))))
    const copy = await copyOf(t)
    let left = 3
    const synced = await sync(copy, t, async (path) => {
      if (path.startsWith('/log/tile') && left-- > 0) await push(...(await shops(t, dbd, [`N-${left}`])))
      return undefined
    })
    expect(synced).toMatchObject({ from: 0, size: 24 })
    expect(await answersOf(copy, ids(0, 20))).toEqual(await answersOf(t.hub, ids(0, 20)))
  })

  it('forgets what a member erased, whether it had it or not', async () => {
    await push(...(await shops(t, dbd, names(0, 5))))
    await push(await signStatus(dbd, 'th-dbd:S-1', 'suspended', t.now() + 1))
    const early = await copyOf(t)
    await sync(early, t)
    await push(await signErasure(dbd, await indicesOf('th-dbd:S-1'), t.now() + 1))
    const late = await copyOf(t)
    for (const copy of [early, late]) {
      await sync(copy, t)
      expect(await answersOf(copy, ids(0, 5))).toEqual(await answersOf(t.hub, ids(0, 5)))
      expect((await answersOf(copy, ['th-dbd:S-1'])).verdicts[0]?.[0]).toContain('"verdict":"not-found"')
    }
  })

  it('keeps no byte of what was erased in its files', async () => {
    const jws = await shops(t, dbd, names(0, 5))
    await push(...jws)
    const file = `${temporary()}/copy.sqlite`
    const copy = await copyOf(t, file)
    await sync(copy, t)
    const held = () =>
      [file, `${file}-wal`].some((name) => existsSync(name) && readFileSync(name).includes(jws[1] ?? ''))
    expect(held()).toBe(true)
    await push(await signErasure(dbd, await indicesOf('th-dbd:S-1'), t.now() + 1))
    await sync(copy, t)
    const marks = [jws[1]?.split('.')[2], 's-1.example'].map(String)
    for (const name of [file, `${file}-wal`]) {
      const bytes = existsSync(name) ? readFileSync(name) : Buffer.alloc(0)
      expect(
        marks.filter((mark) => bytes.includes(mark)),
        name,
      ).toEqual([])
    }
  })

  it('takes an erasure that comes while it is being copied for what it is', async () => {
    await push(...(await shops(t, dbd, names(0, 5))))
    const copy = await copyOf(t)
    let erased = false
    const synced = await sync(copy, t, async (path) => {
      if (!erased && path.startsWith('/log/tile')) {
        erased = true
        await push(await signErasure(dbd, await indicesOf('th-dbd:S-2'), t.now() + 1))
      }
      return undefined
    })
    expect(synced).toMatchObject({ from: 0, size: 7 })
    expect(await answersOf(copy, ids(0, 5))).toEqual(await answersOf(t.hub, ids(0, 5)))
  })

  it('asks for a snapshot anew when an erasure replaced it', async () => {
    await push(...(await shops(t, dbd, names(0, 5))))
    const copy = await copyOf(t)
    let erased = false
    let gone = 0
    await sync(copy, t, async (path, answer) => {
      if (answer.status === 410) gone += 1
      if (!erased && path === '/v1/snapshot') {
        erased = true
        await push(await signErasure(dbd, await indicesOf('th-dbd:S-2'), t.now() + 1))
      }
      return undefined
    })
    expect(gone).toBe(1)
    expect(await answersOf(copy, ids(0, 5))).toEqual(await answersOf(t.hub, ids(0, 5)))
  })

  it('takes up the signature of a key that was added since, and gives up none', async () => {
    const next = await withLogKeys(t, await generateLogKey())
    await push(await signLogKey(t.operator, next.hub.keys.vkeys[0], 'announced', t.now() + 1))
    const copy = await copyOf(t)
    await sync(copy, t)
    const old = (await t.hub.store.head())!.note
    await signHeadAnew({
      store: t.hub.store,
      keys: { ...t.hub.keys, log: [...t.hub.keys.log, ...next.hub.keys.log] },
    })
    await sync(copy, t)
    const { note } = (await copy.store.head())!
    expect(note).toBe((await t.hub.store.head())!.note)
    expect(note).not.toBe(old)
    await sync(copy, t, (path) => (path === '/log/checkpoint' ? new Response(old) : undefined))
    expect((await copy.store.head())!.note).toBe(note)
  })

  it('is never opened as a hub, and never for another hub', async () => {
    const file = `${temporary()}/copy.sqlite`
    await copyOf(t, file)
    const opening = openHub({ ...t.hub, ...openStores(openSqlite(file, migrations)) })
    await expect(opening).rejects.toThrow(HubMismatch)
    const other = await createTestHub(':memory:', 'http://127.0.0.1:9999')
    await expect(copyOf(other, file)).rejects.toThrow(/copy of the log/)
    const { logOrigin, vkeys, operator } = t.hub.keys
    const anchor = { origin: t.hub.origin, logOrigin, vkeys, operator, demo: t.hub.demo }
    for (const change of [{ origin: 'http://127.0.0.1:9999' }, { demo: !t.hub.demo }]) {
      const { store } = openStores(openSqlite(file, migrations))
      const reopening = openCopy({ store, anchor: { ...anchor, ...change }, now: t.hub.now })
      await expect(reopening, JSON.stringify(change)).rejects.toThrow(HubMismatch)
    }
    const own = `${temporary()}/hub.sqlite`
    const hub = await createTestHub(own)
    await expect(copyOf(hub, own)).rejects.toThrow(/own data/)
  })
})

const folders: string[] = []
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trustmark-mirror-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
