/** Growing the tree: appends leaf hashes to the tiles on its right edge, and gives roots (RFC 6962 section 2.1). */
import { LogError } from './error.js'
import { carry, type Frontier, foldFrontier } from './frontier.js'
import { assertHash, EMPTY_ROOT, HASH_LENGTH } from './hash.js'
import { hashRanges } from './subtree.js'
import { partialWidth, TILE_HEIGHT, TILE_WIDTH, type Tile, type TileId, type TileReader } from './tile.js'
import { assertTreeSize } from './tree-size.js'

/** The tree after an append. */
export interface AppendedTree {
  size: number
  root: Uint8Array
  /** Every tile that is new or grew, whole, by level and index. */
  tiles: Tile[]
}

/**
 * The partial tiles of a tree, lowest level first: all that is needed to go on appending, and to compute the root.
 *
 * @throws LogError `tree-size-invalid`
 */
export function edgeTiles(size: number): TileId[] {
  assertTreeSize(size)
  const tiles: TileId[] = []
  for (let level = 0, count = size; count > 0; level++) {
    const index = Math.floor(count / TILE_WIDTH)
    if (partialWidth(size, level) > 0) tiles.push({ level, index })
    count = index
  }
  return tiles
}

/**
 * Appends leaves to a tree. Each tree node is hashed once: about one hash per leaf, and up to 255 per edge tile to
 * rebuild its inner nodes.
 *
 * @example
 * const edge = await reader.readTiles(edgeTiles(size))
 * const { root, tiles } = appendLeaves(size, edge, entries.map(hashLeaf))
 * @param size leaves in the tree so far
 * @param edge bytes of the tiles that {@link edgeTiles} names, in that order; left unchanged
 * @param leafHashes from `hashLeaf`, in log order
 * @throws LogError `tile-missing`, `hash-length`, `tree-size-invalid`
 */
export function appendLeaves(
  size: number,
  edge: readonly Uint8Array[],
  leafHashes: readonly Uint8Array[],
): AppendedTree {
  assertTreeSize(size + leafHashes.length)
  const frontier: Frontier = []
  const levels: TileBuilder[] = []
  edgeTiles(size).forEach(({ level, index }, i) => {
    const width = partialWidth(size, level)
    const stored = edge[i]
    if (!stored || stored.length < width * HASH_LENGTH) {
      throw new LogError(
        'tile-missing',
        `tile ${level}/${index} holds fewer than ${width} hashes; read it again`,
      )
    }
    // A writer that lost a race may see a tile that has grown already; its first hashes never change.
    const bytes = stored.subarray(0, width * HASH_LENGTH)
    levels[level] = createTileBuilder(level, index, bytes)
    for (let at = 0; at < bytes.length; at += HASH_LENGTH) {
      carry(frontier, level * TILE_HEIGHT, bytes.subarray(at, at + HASH_LENGTH))
    }
  })
  for (const leafHash of leafHashes) {
    assertHash(leafHash)
    carry(frontier, 0, leafHash, (height, hash) => {
      const level = height / TILE_HEIGHT
      levels[level] ??= createTileBuilder(level, Math.floor(size / TILE_WIDTH ** (level + 1)))
      levels[level].push(hash)
    })
  }
  return {
    size: size + leafHashes.length,
    root: foldFrontier(frontier),
    tiles: levels.flatMap((level) => level?.finish() ?? []),
  }
}

/**
 * The root of the tree at a size, with one read of at most one tile per level.
 *
 * @throws LogError `tile-missing`, `tree-size-invalid`
 */
export async function rootHash(size: number, reader: TileReader): Promise<Uint8Array> {
  assertTreeSize(size)
  if (size === 0) return EMPTY_ROOT
  const [root] = await hashRanges([{ start: 0, end: size }], reader)
  return root ?? EMPTY_ROOT
}

/** Collects the hashes of one level into tiles. */
interface TileBuilder {
  push(hash: Uint8Array): void
  /** The tiles that got a hash, whole. */
  finish(): Tile[]
}

function createTileBuilder(level: number, firstIndex: number, stored?: Uint8Array): TileBuilder {
  const tiles: Tile[] = []
  let index = firstIndex
  let bytes = new Uint8Array(TILE_WIDTH * HASH_LENGTH)
  let used = stored?.length ?? 0
  let grew = false
  if (stored) bytes.set(stored)
  return {
    push(hash) {
      bytes.set(hash, used)
      used += HASH_LENGTH
      grew = true
      if (used < bytes.length) return
      tiles.push({ level, index, bytes })
      index++
      bytes = new Uint8Array(TILE_WIDTH * HASH_LENGTH)
      used = 0
    },
    finish() {
      return grew && used > 0 ? [...tiles, { level, index, bytes: bytes.slice(0, used) }] : tiles
    },
  }
}
