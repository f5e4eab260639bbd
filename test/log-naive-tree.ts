/**
 * The Merkle tree written down from RFC 6962 section 2.1 as it reads, with another SHA-256, to check the fast one
 * against; and a log held in memory.
 */
import { hash } from 'node:crypto'
import type { Tile, TileId, TileReader } from '../src/log/tile.js'
import { appendLeaves, edgeTiles } from '../src/log/tree.js'

export function leafHashes(count: number, from = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    sha256(new Uint8Array([0]), Buffer.from(`entry ${from + i}`)),
  )
}

/** MTH(D) */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return sha256(new Uint8Array([1]), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

/** PATH(m, D) */
export function naivePath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))]
}

/** PROOF(m, D) */
export function naiveConsistency(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  return m === 0 ? [] : subproof(m, leaves, true)
}

/** Every tile of the tree, from the definition in tlog-tiles: `level/index` to hashes. */
export function naiveTiles(leaves: readonly Uint8Array[]): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>()
  for (let level = 0, span = 1; span <= leaves.length; level++, span *= 256) {
    const hashes = Array.from({ length: Math.floor(leaves.length / span) }, (_, i) =>
      naiveRoot(leaves.slice(i * span, (i + 1) * span)),
    )
    for (let index = 0; index * 256 < hashes.length; index++) {
      tiles.set(`${level}/${index}`, Buffer.concat(hashes.slice(index * 256, (index + 1) * 256)))
    }
  }
  return tiles
}

/** A log's tiles in memory, stored as they grow. */
export class MemoryLog implements TileReader {
  size = 0
  root: Uint8Array = sha256()
  readonly tiles = new Map<string, Uint8Array>()
  /** What each call of readTiles asked for. */
  readonly reads: TileId[][] = []

  async readTiles(ids: readonly TileId[]): Promise<Uint8Array[]> {
    this.reads.push([...ids])
    return ids.map(({ level, index }) => this.tiles.get(`${level}/${index}`) ?? new Uint8Array(0))
  }

  async append(leaves: readonly Uint8Array[]): Promise<Tile[]> {
    const { size, root, tiles } = appendLeaves(this.size, await this.readTiles(edgeTiles(this.size)), leaves)
    for (const { level, index, bytes } of tiles) this.tiles.set(`${level}/${index}`, bytes)
    this.size = size
    this.root = root
    return tiles
  }
}

/**
 * A tree of any size whose leaves are all the same: at each height all perfect subtrees have one hash, so trees that
 * no memory could hold still have tiles and roots.
 */
export class UniformLog implements TileReader {
  readonly leaf = sha256(new Uint8Array([0]))
  readonly size: number

  constructor(size: number) {
    this.size = size
  }

  async readTiles(ids: readonly TileId[]): Promise<Uint8Array[]> {
    return ids.map(({ level, index }) => {
      const width = Math.min(256, Math.floor(this.size / 256 ** level) - index * 256)
      if (width < 1) throw new Error(`a tree of ${this.size} has no tile ${level}/${index}`)
      const hash = this.perfect(8 * level)
      return Buffer.concat(Array.from({ length: width }, () => hash))
    })
  }

  rootAt(size: number): Uint8Array {
    if (size === 0) return sha256()
    let [height, k] = [0, 1]
    while (k * 2 <= size) [height, k] = [height + 1, k * 2]
    const left = this.perfect(height)
    return k === size ? left : sha256(new Uint8Array([1]), left, this.rootAt(size - k))
  }

  private perfect(height: number): Uint8Array {
    const below = height === 0 ? this.leaf : this.perfect(height - 1)
    return height === 0 ? below : sha256(new Uint8Array([1]), below, below)
  }
}

function subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))]
}

function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'))
}
