import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { UniformLog } from './log-naive-tree.js'

const HASH = '../src/log/hash.js'
const count = { nodes: 0 }

// Counts the real hashing, replaces nothing. Modules are loaded anew here, and forgotten for the files that follow.
vi.resetModules()
vi.doMock(HASH, async (original) => {
  const real = await original<typeof import('../src/log/hash.js')>()
  return {
    ...real,
    hashNode(left: Uint8Array, right: Uint8Array) {
      count.nodes++
      return real.hashNode(left, right)
    },
  }
})
const { inclusionProof } = await import('../src/log/proof.js')
const { appendLeaves, edgeTiles } = await import('../src/log/tree.js')
afterAll(() => {
  vi.doUnmock(HASH)
  vi.resetModules()
})

const log = new UniformLog(1_000_000)

beforeEach(() => {
  count.nodes = 0
})

test('appending 1,000 leaves to 10^6 hashes each new node once, beside the edge tiles', async () => {
  const edge = await log.readTiles(edgeTiles(log.size))
  appendLeaves(log.size, edge, new Array<Uint8Array>(1000).fill(log.leaf))
  const edgeNodes = edge.reduce((sum, bytes) => sum + bytes.length / 32, 0)
  expect(count.nodes).toBeGreaterThan(990)
  expect(count.nodes).toBeLessThanOrEqual(1000 + edgeNodes + 53)
})

test('appending one leaf to 10^6 costs no more than the edge tiles', async () => {
  const edge = await log.readTiles(edgeTiles(log.size))
  appendLeaves(log.size, edge, [log.leaf])
  expect(count.nodes).toBeLessThanOrEqual(3 * 255 + 53)
})

test('an inclusion proof in 10^6 entries hashes at most the path tiles and the edge', async () => {
  await inclusionProof(123_456, log.size, log)
  expect(count.nodes).toBeLessThanOrEqual(6 * 255)
})
