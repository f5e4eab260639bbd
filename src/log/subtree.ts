/** Hashes of leaf ranges, rebuilt from tiles: every proof and root is a list of such hashes (RFC 6962 section 2.1). */
import { LogError } from './error.js'
import { HASH_LENGTH, hashNode } from './hash.js'
import { TILE_HEIGHT, TILE_WIDTH, type TileId, type TileReader } from './tile.js'

/** Leaves from start up to, not including, end; never empty, and one that the RFC 6962 recursion makes. */
export interface LeafRange {
  start: number
  end: number
}

/** Where a perfect subtree's hashes lie: so many, from this offset of this tile. */
interface TileSpan extends TileId {
  offset: number
  count: number
}

/**
 * The Merkle tree hash of each range, with one read for all tiles.
 *
 * The tiles are trusted to be the log's own: what they give is proved only by verifying the result.
 *
 * @throws LogError `tile-missing`
 */
export async function hashRanges(ranges: readonly LeafRange[], reader: TileReader): Promise<Uint8Array[]> {
  const spans = ranges.map((range) => perfectSubtrees(range).map(spanOf))
  const ids = new Map<string, TileId>()
  for (const { level, index } of spans.flat()) ids.set(keyOf(level, index), { level, index })
  const read = ids.size > 0 ? await reader.readTiles([...ids.values()]) : []
  const tiles = new Map([...ids.keys()].map((key, i) => [key, read[i]]))
  return spans.map((range) => {
    const hashes = range.map((span) => hashSpan(span, tiles.get(keyOf(span.level, span.index))))
    return hashes.reduceRight((right, left) => hashNode(left, right))
  })
}

/** The largest power of two smaller than n, where RFC 6962 splits a range of n ≥ 2 leaves. */
export function splitPoint(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** A range as perfect subtrees from left to right, the largest first: its splits, unrolled. */
function perfectSubtrees({ start, end }: LeafRange): { height: number; index: number }[] {
  const subtrees = []
  let at = start
  while (at < end) {
    let height = 0
    let leaves = 1
    while (leaves * 2 <= end - at) {
      leaves *= 2
      height++
    }
    subtrees.push({ height, index: at / leaves })
    at += leaves
  }
  return subtrees
}

function spanOf({ height, index }: { height: number; index: number }): TileSpan {
  const level = Math.floor(height / TILE_HEIGHT)
  const count = 2 ** (height % TILE_HEIGHT)
  const first = index * count
  return { level, index: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, count }
}

function hashSpan({ level, index, offset, count }: TileSpan, tile: Uint8Array | undefined): Uint8Array {
  if (!tile || tile.length < (offset + count) * HASH_LENGTH) {
    throw new LogError('tile-missing', `tile ${level}/${index} holds fewer than ${offset + count} hashes`)
  }
  return hashTilePart(tile, offset, count)
}

function hashTilePart(tile: Uint8Array, offset: number, count: number): Uint8Array {
  if (count === 1) return tile.slice(offset * HASH_LENGTH, (offset + 1) * HASH_LENGTH)
  const half = count / 2
  return hashNode(hashTilePart(tile, offset, half), hashTilePart(tile, offset + half, half))
}

function keyOf(level: number, index: number): string {
  return `${level}/${index}`
}
