import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_ROOT, hashLeaf, hashNode } from '../src/log/hash.js'
import { appendLeaves, edgeTiles, rootHash } from '../src/log/tree.js'
import { leafHashes, MemoryLog, naiveRoot, naiveTiles, UniformLog } from './log-naive-tree.js'
import vector from './vectors/valid/log-tree.json' with { type: 'json' }

const leaves = leafHashes(70_100)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const hexMap = (tiles: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...tiles].map(([key, bytes]) => [key, hex(bytes)]))

/** Grows a log by batches that end at the cuts, then at the size. */
async function grow(size: number, cuts: readonly number[]): Promise<MemoryLog> {
  const log = new MemoryLog()
  const ends = [...new Set(cuts.filter((cut) => cut < size)), size].sort((a, b) => a - b)
  for (const end of ends) await log.append(leaves.slice(log.size, end))
  return log
}

describe('Merkle tree hashing', () => {
  test('roots of the well-known test tree', async () => {
    const hashes = vector.leaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'hex')))
    for (const [size, root] of vector.roots.entries()) {
      expect(hex(appendLeaves(0, [], hashes.slice(0, size)).root)).toBe(root)
    }
  })

  test('the empty tree has the hash of nothing as root', async () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await rootHash(0, new MemoryLog())).toEqual(EMPTY_ROOT)
  })

  test('a node takes two whole hashes, so no byte can move between them', () => {
    const [left, right] = [leaves[0]!, leaves[1]!]
    const code = expect.objectContaining({ name: 'LogError', code: 'hash-length' })
    expect(() => hashNode(Buffer.concat([left, right.subarray(0, 1)]), right.subarray(1))).toThrow(code)
    expect(() => hashNode(left.subarray(1), right)).toThrow(code)
    expect(() => hashNode(left, new Uint8Array(0))).toThrow(code)
  })

  test('an entry that looks like a node has another hash than the node', () => {
    const [left, right] = [leaves[0]!, leaves[1]!]
    expect(hashLeaf(Buffer.concat([left, right]))).not.toEqual(hashNode(left, right))
  })
})

describe('appending', () => {
  test('any split into batches gives the same tiles and roots as the definition', async () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(255, 256, 257, 511, 512, 513))
    const cuts = fc.array(fc.nat(2000), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(size, cuts, async (n, ends) => {
        const log = await grow(n, ends)
        expect(hex(log.root)).toBe(hex(naiveRoot(leaves.slice(0, n))))
        expect(hexMap(log.tiles)).toEqual(hexMap(naiveTiles(leaves.slice(0, n))))
      }),
      { numRuns: 60 },
    )
  })

  test('one at a time, the root is right at every size', async () => {
    const log = new MemoryLog()
    for (let size = 1; size <= 600; size++) {
      await log.append(leaves.slice(size - 1, size))
      expect(hex(log.root)).toBe(hex(naiveRoot(leaves.slice(0, size))))
    }
    expect(hexMap(log.tiles)).toEqual(hexMap(naiveTiles(leaves.slice(0, 600))))
  })

  test.each([65_535, 65_536, 65_537, 65_793, 70_000])('three tile levels: %d entries', async (size) => {
    const whole = await grow(size, [])
    const split = await grow(size, [1, 300, 65_280, 65_535, 65_536])
    expect(hex(whole.root)).toBe(hex(naiveRoot(leaves.slice(0, size))))
    expect(hex(split.root)).toBe(hex(whole.root))
    const expected = hexMap(naiveTiles(leaves.slice(0, size)))
    expect(hexMap(whole.tiles)).toEqual(expected)
    expect(hexMap(split.tiles)).toEqual(expected)
  })

  test('gives exactly the tiles that are new or grew, by level and index', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1200), fc.nat(600), async (from, more) => {
        const log = await grow(from, [])
        const before = hexMap(log.tiles)
        const tiles = await log.append(leaves.slice(from, from + more))
        const after = hexMap(log.tiles)
        const changed = Object.keys(after).filter((key) => after[key] !== before[key])
        const given = tiles.map(({ level, index }) => `${level}/${index}`)
        expect(given.toSorted()).toEqual(changed.toSorted())
        expect(tiles).toEqual(tiles.toSorted((a, b) => a.level - b.level || a.index - b.index))
      }),
      { numRuns: 40 },
    )
  })

  test('nothing appended leaves the root and gives no tiles', async () => {
    const log = await grow(700, [])
    const edge = await log.readTiles(edgeTiles(700))
    expect(appendLeaves(700, edge, [])).toEqual({ size: 700, root: log.root, tiles: [] })
  })

  test('tiles that have grown since serve an earlier size, and are not written to', async () => {
    const log = await grow(700, [])
    const edge = await log.readTiles(edgeTiles(600))
    const copies = edge.map((bytes) => bytes.slice())
    const { root } = appendLeaves(600, edge, leaves.slice(600, 650))
    expect(hex(root)).toBe(hex(naiveRoot(leaves.slice(0, 650))))
    expect(edge).toEqual(copies)
  })

  test('sizes beyond 32 bits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2 ** 31 - 300, max: 2 ** 52 }), fc.nat(600), async (size, more) => {
        const log = new UniformLog(size)
        const edge = await log.readTiles(edgeTiles(size))
        const grown = appendLeaves(size, edge, new Array<Uint8Array>(more).fill(log.leaf))
        expect(hex(grown.root)).toBe(hex(log.rootAt(size + more)))
        const larger = new UniformLog(size + more)
        expect(grown.tiles.map(({ bytes }) => hex(bytes))).toEqual(
          (await larger.readTiles(grown.tiles)).map(hex),
        )
      }),
      { numRuns: 30 },
    )
  })

  test('an edge tile that is absent or too short is refused', async () => {
    const log = await grow(300, [])
    const [first, second] = await log.readTiles(edgeTiles(300))
    const code = expect.objectContaining({ name: 'LogError', code: 'tile-missing' })
    expect(() => appendLeaves(300, [], leaves.slice(300, 301))).toThrow(code)
    expect(() => appendLeaves(300, [first!], leaves.slice(300, 301))).toThrow(code)
    expect(() => appendLeaves(300, [first!.subarray(32), second!], leaves.slice(300, 301))).toThrow(code)
  })

  test('a leaf hash of another length is refused', () => {
    const code = expect.objectContaining({ code: 'hash-length' })
    expect(() => appendLeaves(0, [], [new Uint8Array(31)])).toThrow(code)
    expect(() => appendLeaves(0, [], [new Uint8Array(0)])).toThrow(code)
  })

  test.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER])('a tree of %d entries cannot grow', (size) => {
    expect(() => appendLeaves(size, [], leaves.slice(0, 1))).toThrow(
      expect.objectContaining({ code: 'tree-size-invalid' }),
    )
  })
})

describe('the root from tiles', () => {
  test('of every smaller tree, from tiles that have grown since', async () => {
    const log = await grow(600, [])
    for (let size = 0; size <= 600; size++) {
      expect(hex(await rootHash(size, log))).toBe(hex(naiveRoot(leaves.slice(0, size))))
    }
  })

  test('takes one read of the edge tiles', async () => {
    const log = await grow(70_000, [])
    log.reads.length = 0
    expect(hex(await rootHash(70_000, log))).toBe(hex(log.root))
    expect(log.reads).toHaveLength(1)
    expect(log.reads[0]!.length).toBe(3)
    expect(log.reads[0]).toEqual(expect.arrayContaining(edgeTiles(70_000)))
  })

  test('of a tree larger than the log is refused', async () => {
    const log = await grow(300, [])
    await expect(rootHash(301, log)).rejects.toMatchObject({ name: 'LogError', code: 'tile-missing' })
  })
})
