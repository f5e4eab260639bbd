/** The log over HTTP: tiles and entry bundles exactly as C2SP tlog-tiles names them, and proofs between any two sizes. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CACHE, TYPES } from '../src/api/http.js'
import { readRoutes } from '../src/api/read-routes.js'
import { type Hub, type Reader, readHead } from '../src/hub/hub.js'
import { parseCheckpoint } from '../src/log/checkpoint.js'
import { decodeBase64 } from '../src/log/encoding.js'
import { parseEntry } from '../src/log/entry.js'
import { decodeEntryBundle } from '../src/log/entry-bundle.js'
import { hashLeaf } from '../src/log/hash.js'
import { tilePath } from '../src/log/tile.js'
import { verifyConsistency, verifyInclusion } from '../src/log/verify-proof.js'
import { Refusal } from '../src/refusal.js'
import { createTestHub, recordClaims, signErasure, signRecord, type TestHub } from './hub-fixture.js'
import { naiveRoot, naiveTiles } from './log-naive-tree.js'

/** Two full tiles at the lowest level, a partial third, and a partial one above. */
const SIZE = 600

let t: TestHub
let leaves: Uint8Array[]

beforeAll(async () => {
  t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  const records = await Promise.all(
    Array.from({ length: SIZE - 2 }, (_, i) =>
      signRecord(
        dbd,
        recordClaims(dbd, t.now(), { certificate: `R-${i}`, url: `https://shop-${i}.example` }),
      ),
    ),
  )
  await t.push(...records)
  await t.push(await signErasure(dbd, [5], t.now()))
  leaves = (await t.hub.store.changes(-1, SIZE, SIZE)).map(({ at, issuer, kind, sha256 }) =>
    hashLeaf(
      new TextEncoder().encode(
        // Written out by hand: members in the order of their names, no white space.
        `{"at":${at},"issuer":"${issuer}","kind":"${kind}","sha256":"${sha256}","v":1}`,
      ),
    ),
  )
  expect(leaves).toHaveLength(SIZE)
})

const get = (path: string) => t.app.request(path)
const bytes = async (path: string): Promise<Uint8Array> => {
  const response = await get(path)
  expect(response.status, path).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}
const join = (hashes: readonly Uint8Array[]) => new Uint8Array(hashes.flatMap((hash) => [...hash]))

describe('tiles', () => {
  it('are every tile of the tree, and its root is the one that was signed', async () => {
    const tiles = naiveTiles(leaves)
    expect([...tiles.keys()].sort()).toEqual(['0/0', '0/1', '0/2', '1/0'])
    for (const [name, hashes] of tiles) {
      const [level = 0, index = 0] = name.split('/').map(Number)
      const served = await bytes(`/log/${tilePath(level, index, hashes.length / 32)}`)
      expect(Buffer.from(served).equals(hashes), name).toBe(true)
    }
    const note = await (await get('/log/checkpoint')).text()
    expect(parseCheckpoint(`${note.split('\n\n')[0]}\n`)).toMatchObject({
      size: SIZE,
      root: naiveRoot(leaves),
    })
  })

  it('say that they never change, partial ones too; the checkpoint changes within seconds', async () => {
    for (const path of [
      'tile/0/000',
      'tile/0/002.p/88',
      'tile/0/000.p/7',
      'tile/1/000.p/2',
      'tile/entries/001',
    ]) {
      const { headers } = await get(`/log/${path}`)
      expect(headers.get('Content-Type')).toBe(TYPES.bytes)
      expect(headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    }
    const checkpoint = await get('/log/checkpoint')
    expect(checkpoint.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    expect(checkpoint.headers.get('Cache-Control')).toBe('public, max-age=5')
  })

  it('stay servable at every width that they once had', async () => {
    for (const width of [1, 2, 87, 88, 255])
      expect(await bytes(`/log/tile/0/000.p/${width}`)).toEqual(join(leaves.slice(0, width)))
    expect(await bytes('/log/tile/1/000.p/1')).toEqual(naiveRoot(leaves.slice(0, 256)))
  })

  it('hold no more than the last checkpoint, and a no is soon forgotten', async () => {
    for (const path of ['tile/0/002', 'tile/0/002.p/89', 'tile/0/003.p/1', 'tile/1/000', 'tile/1/000.p/3']) {
      for (const name of [path, path.replace(/^tile\/0/, 'tile/entries')]) {
        const response = await get(`/log/${name}`)
        expect([name, response.status]).toEqual([name, 404])
        expect(response.headers.get('Cache-Control')).toBe('public, max-age=5')
        expect(await response.json()).toMatchObject({ code: 'not-found' })
      }
    }
    for (const path of ['tile/2/000.p/1', 'tile/63/000.p/1', 'tile/0/x999/999.p/1'])
      expect((await get(`/log/${path}`)).status).toBe(404)
  })

  it.each([
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/x/000',
    'tile/0/x000/000',
    'tile/0/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/007',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/0/000/',
    'tile/0/%3000',
    'tile/Entries/000',
    'tile/0',
    'tile/',
  ])('%s is no spelling of one', async (path) => {
    const response = await get(`/log/${path}`)
    expect([400, 404]).toContain(response.status)
    expect(response.headers.get('Cache-Control')).not.toContain('immutable')
  })

  it('are refused as a failure where the database has lost a part, and the failure is not kept', async () => {
    const broken = await createTestHub()
    await broken.admit('th-dbd')
    const { readTiles } = broken.hub.store
    broken.hub.store.readTiles = async (ids) => (await readTiles(ids)).map((tile) => tile.slice(0, 16))
    broken.hub.store.changes = async () => []
    for (const path of ['tile/0/000.p/1', 'tile/entries/000.p/1']) {
      const response = await broken.app.request(`/log/${path}`)
      expect([response.status, response.headers.get('Cache-Control')]).toEqual([500, CACHE.never])
    }
  })
})

describe('entry bundles', () => {
  it('hold the entries beneath their tile, each hashing to its leaf, erased ones too', async () => {
    for (const [name, start, width] of [
      ['000', 0, 256],
      ['001', 256, 256],
      ['002.p/88', 512, 88],
      ['000.p/6', 0, 6],
    ] as const) {
      const entries = decodeEntryBundle(await bytes(`/log/tile/entries/${name}`), width)
      expect(entries.map(hashLeaf)).toEqual(leaves.slice(start, start + width))
      for (const entry of entries) parseEntry(entry)
    }
  })
})

describe('proofs', () => {
  interface Proof {
    hashes: string[]
  }
  const proof = async <T>(query: string): Promise<T & Proof> =>
    (await (await get(`/log/proof/${query}`)).json()) as T & Proof

  it('of inclusion hold for any entry in any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: SIZE }), fc.nat(SIZE - 1), async (size, any) => {
        const index = any % size
        const { hashes, ...named } = await proof(`inclusion?index=${index}&size=${size}`)
        expect(named).toEqual({ index, size })
        verifyInclusion({
          index,
          size,
          leafHash: leaves[index]!,
          root: naiveRoot(leaves.slice(0, size)),
          proof: hashes.map(decodeBase64),
        })
      }),
      { numRuns: 60 },
    )
  })

  it('of consistency hold between any two sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(SIZE), fc.nat(SIZE), async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const { hashes, ...named } = await proof(`consistency?from=${from}&to=${to}`)
        expect(named).toEqual({ from, to })
        verifyConsistency({
          from,
          to,
          fromRoot: naiveRoot(leaves.slice(0, from)),
          toRoot: naiveRoot(leaves.slice(0, to)),
          proof: hashes.map(decodeBase64),
        })
      }),
      { numRuns: 60 },
    )
  })

  it('lead to the head unless another size is named', async () => {
    expect(await proof('inclusion?index=7')).toEqual(await proof(`inclusion?index=7&size=${SIZE}`))
    expect(await proof('consistency?from=7')).toEqual(await proof(`consistency?from=7&to=${SIZE}`))
    expect((await get('/log/proof/inclusion?index=7')).headers.get('Cache-Control')).toBe(CACHE.checkpoint)
  })

  it.each([
    ['inclusion', 'bad-query', 'index'],
    ['inclusion?index=-1', 'bad-query', 'index'],
    ['inclusion?index=1&size=x', 'bad-query', 'size'],
    ['inclusion?index=5&size=5', 'bad-query', 'index'],
    ['inclusion?index=0&size=0', 'bad-query', 'index'],
    [`inclusion?index=${SIZE}`, 'bad-cursor', 'index'],
    [`inclusion?index=0&size=${SIZE + 1}`, 'bad-cursor', 'size'],
    ['consistency', 'bad-query', 'from'],
    ['consistency?from=5&to=4', 'bad-query', 'from'],
    [`consistency?from=${SIZE + 1}`, 'bad-cursor', 'from'],
    [`consistency?from=1&to=${SIZE + 1}`, 'bad-cursor', 'to'],
  ])('%s is refused: %s of %s', async (query, code, at) => {
    const response = await get(`/log/proof/${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code, at })
    // What is beyond the head may be there at the next checkpoint.
    const cache = code === 'bad-cursor' ? CACHE.checkpoint : CACHE.lookup
    expect(response.headers.get('Cache-Control')).toBe(cache)
  })
})

describe('an empty log', () => {
  it('has no tiles, and nothing but the proof from nothing to nothing', async () => {
    const empty = await createTestHub()
    expect((await empty.app.request('/log/tile/0/000.p/1')).status).toBe(404)
    expect((await empty.app.request('/log/proof/inclusion?index=0')).status).toBe(400)
    const consistency = await empty.app.request('/log/proof/consistency?from=0')
    expect(await consistency.json()).toEqual({ from: 0, to: 0, hashes: [] })
  })
})

describe('whoever holds the log but no key', () => {
  /** The routes of a copy, which is a reader of the same store without the hub's private keys. */
  function copy() {
    const { logOrigin, vkeys, operator } = t.hub.keys
    const { cases: _cases, ...rest }: Hub = t.hub
    const reader: Reader = { ...rest, keys: { logOrigin, vkeys, operator } }
    return readRoutes({ hub: reader, longestWait: 1, lookInterval: 10 })
  }

  it('answers every reading address as the hub does', async () => {
    const { note } = await readHead(t.hub)
    const app = copy()
    for (const path of [
      '/v1/verify?record=th-dbd:R-1',
      '/v1/records/th-dbd:R-1',
      '/v1/records/th-dbd:R-1/history',
      '/v1/records/th-dbd:R-1/proof',
      '/v1/changes?after=3&limit=2',
      '/v1/members',
      '/v1/members/th-dbd',
      '/v1/principles',
      '/v1/snapshot',
      '/log/vkey',
      '/log/tile/0/001',
      '/log/tile/entries/001',
      '/log/proof/inclusion?index=3',
      '/marks/th-dbd/verified/gold',
    ]) {
      const [own, hub] = [await app.request(path), await get(path)]
      expect([path, own.status, await own.text()]).toEqual([path, 200, await hub.text()])
      expect([...own.headers]).toEqual([...hub.headers])
    }
    expect(await (await app.request('/log/checkpoint')).text()).toBe(note)
  })

  it('signs no verdict, and names the hub that does', async () => {
    const app = copy()
    let refused: unknown
    app.onError((error, c) => {
      refused = error
      return c.text('', 406)
    })
    const path = '/v1/verify?record=th-dbd:R-1'
    expect((await app.request(path, { headers: { Accept: 'application/jwt' } })).status).toBe(406)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code: 'not-signed-here' })
    expect(String(refused)).toContain(`${t.hub.origin}/v1/verify`)
    expect((await app.request(path, { headers: { Accept: 'application/jwt;q=0.1, */*' } })).status).toBe(200)
  })
})
