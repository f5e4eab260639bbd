/** The log as served, to a verifier written from the C2SP texts alone: trees on both sides of every tile's edge. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../../src/trust/digest.js'
import { createTestHub, type TestHub } from '../hub-fixture.js'
import { checkConsistency, growingTree, treeHash } from './c2sp/merkle.js'
import {
  checkEntry,
  checkGrowth,
  type Get,
  type ReadLog,
  readCheckpoint,
  readLog,
  readTile,
  tilePath,
  tilesOf,
} from './c2sp/read-log.js'
import type { Checkpoint } from './c2sp/signed-note.js'
import { checkTlogProof } from './c2sp/tlog-proof.js'
import { dummyStatement, growTo, logOf } from './grown-log.js'

const SIZES = [0, 1, 2, 255, 256, 257, 65_536, 65_537, 70_000]

/** Where proofs meet edges: both ends, and both sides of a tile. */
const indicesOf = (size: number): number[] =>
  [0, 1, 255, 256, Math.floor(size / 2), 65_535, 65_536, size - 2, size - 1].filter((i) => i >= 0 && i < size)

describe('one log as it grows', () => {
  let test: TestHub
  let get: Get
  let vkey: string
  const seen: Checkpoint[] = []
  let final: ReadLog

  beforeAll(async () => {
    test = await createTestHub()
    get = logOf(test)
    vkey = (await (await get('vkey')).text()).trim()
  })

  it.each(SIZES)('of %i entries is whole, and proves its entries and its growth', async (size) => {
    // Two checkpoints of sizes in between are kept as well: a reader may have seen any.
    for (const step of [Math.ceil((2 * (seen.at(-1)?.size ?? 0) + size) / 3), size]) {
      await growTo(test, step)
      if (step < size) seen.push(await readCheckpoint(get, vkey))
    }
    const log = await readLog(get, vkey)
    expect(log.size).toBe(size)
    expect(log.entries.length).toBe(size)
    for (const index of indicesOf(size)) await checkEntry(get, log, index, log.leaves[index]!)
    for (const earlier of seen) await checkGrowth(get, earlier, log)
    seen.push(log)
    final = log
  })

  it('serves each statement’s .tlog-proof, which holds without the hub', async () => {
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
      const sha256 = sha256Hex(dummyStatement(index))
      const file = await (await test.app.request(`/v1/statements/${sha256}/proof`)).text()
      const entry = final.entries[index]!
      expect(JSON.parse(entry.toString())).toMatchObject({ sha256 })
      const proved = checkTlogProof(file, vkey, entry)
      expect(proved).toMatchObject({ index, checkpoint: { size: 70_000, root: final.root } })
      expect(() => checkTlogProof(file, vkey, Buffer.concat([entry, Buffer.from(' ')]))).toThrow()
    }
  })

  it('proves every tree that it once was: any size, any entry, any two trees', async () => {
    const rootAt = growingTree(final.leaves)
    const at = (size: number): Checkpoint => ({ origin: final.origin, size, root: rootAt(size) })
    expect(treeHash(final.leaves.slice(0, 54_321))).toEqual(rootAt(54_321))
    const size = fc.oneof(
      fc.integer({ min: 1, max: 70_000 }),
      // Near the edges of tiles.
      fc
        .integer({ min: 1, max: 272 })
        .chain((tile) => fc.integer({ min: tile * 256 - 1, max: tile * 256 + 1 })),
    )
    const indexIn = (to: number) => fc.integer({ min: 0, max: to - 1 })
    const trees = fc.tuple(size, size).map((sizes) => sizes.sort((a, b) => a - b) as [number, number])
    await fc.assert(
      fc.asyncProperty(
        trees.chain(([from, to]) => fc.tuple(fc.constant(from), fc.constant(to), indexIn(to))),
        async ([from, to, index]) => {
          await checkEntry(get, at(to), index, final.leaves[index]!)
          await checkGrowth(get, at(from), at(to))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('still serves the partial tiles and bundles of every earlier checkpoint', async () => {
    for (const { size } of seen) {
      for (let level = 0; size >= 256 ** level; level += 1) {
        const [index, width] = tilesOf(level, size).at(-1)!
        const tile = await readTile(get, level, index, width)
        if (level === 0) expect(tile).toEqual(final.leaves.slice(index * 256, index * 256 + width))
      }
    }
  })

  it('serves no tile that this tree has not', async () => {
    const [last, width] = tilesOf(0, 70_000).at(-1)!
    for (const path of [
      tilePath(0, last),
      tilePath(0, last, width + 1),
      tilePath(0, last + 1, 1),
      tilePath('entries', last),
      tilePath('entries', last, width + 1),
      tilePath(2, 0, 2),
      tilePath(3, 0, 1),
      'tile/0/0',
      'tile/00/000',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/entries/x000/001',
    ])
      expect((await get(path)).status, path).toBeGreaterThanOrEqual(400)
  })

  it('may be kept for ever but for its checkpoint', async () => {
    for (const path of ['tile/0/000', 'tile/1/000', 'tile/entries/000', tilePath(0, 273, 112)])
      expect((await get(path)).headers.get('Cache-Control'), path).toMatch(/max-age=31536000.*immutable/)
    const cache = (await get('checkpoint')).headers.get('Cache-Control') ?? ''
    expect(Number(/max-age=(\d+)/.exec(cache)?.[1] ?? 0)).toBeLessThanOrEqual(10)
  })

  it('grows no other tree of the same size', () => {
    const [first, second] = [seen[3]!, seen[4]!]
    expect(() => checkConsistency({ ...first, size: second.size }, second, [])).toThrow()
  })
})

describe('the verifier catches', () => {
  let get: Get
  let vkey: string

  beforeAll(async () => {
    const test = await createTestHub()
    await growTo(test, 700)
    get = logOf(test)
    vkey = (await (await get('vkey')).text()).trim()
    await readLog(get, vkey)
  })

  it.each([
    ['an altered hash', tilePath(0, 1), 'tile/0/001: hash 3'],
    ['an altered hash at the edge', tilePath(0, 2, 188), 'tile/0/002.p/188: hash 3'],
    ['an altered hash in a higher tile', tilePath(1, 0, 2), 'tile/1/000.p/2: hash 1'],
    ['an altered entry', tilePath('entries', 1), 'tile/0/001: hash 0'],
    ['an altered entry at the end', tilePath('entries', 2, 188), 'tile/0/002.p/188: hash 0'],
    ['an altered checkpoint', 'checkpoint', 'signature'],
  ])('%s', async (_name, path, told) => {
    const lying: Get = async (asked) => {
      const answer = await get(asked)
      if (asked !== path) return answer
      const bytes = new Uint8Array(await answer.arrayBuffer())
      // In a signature a letter stays a letter of base64: another one would be told as bad writing.
      if (path === 'checkpoint') bytes[bytes.length - 10] = bytes.at(-10) === 65 ? 66 : 65
      else bytes[path.includes('entries') || path.includes('/1/') ? 40 : 100]! ^= 1
      return new Response(bytes, answer)
    }
    await expect(readLog(lying, vkey)).rejects.toThrow(told)
  })

  it.each([
    ['swapped tiles', tilePath(0, 0), tilePath(0, 1), 'tile/0/000: hash 0'],
    ['swapped bundles', tilePath('entries', 0), tilePath('entries', 1), 'tile/0/000: hash 0'],
  ])('%s', async (_name, one, other, told) => {
    const lying: Get = (asked) => get(asked === one ? other : asked === other ? one : asked)
    await expect(readLog(lying, vkey)).rejects.toThrow(told)
  })

  it('partial tiles that are not served', async () => {
    const cut: Get = async (asked) =>
      asked.includes('.p/') ? new Response('gone', { status: 404 }) : get(asked)
    await expect(readLog(cut, vkey)).rejects.toThrow('status 404')
  })
})

it('logs of any growth are whole at every checkpoint', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
      async (steps) => {
        const test = await createTestHub()
        const get = logOf(test)
        const vkey = (await (await get('vkey')).text()).trim()
        const seen = [await readLog(get, vkey)]
        let size = 0
        for (const step of steps) {
          size += step
          await growTo(test, size)
          const log = await readLog(get, vkey)
          expect(log.size).toBe(size)
          for (const earlier of seen) await checkGrowth(get, earlier, log)
          for (const index of indicesOf(size)) await checkEntry(get, log, index, log.leaves[index]!)
          seen.push(log)
        }
      },
    ),
    { numRuns: 10 },
  )
})
