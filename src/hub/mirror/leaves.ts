/** Leaf hashes of what is yet to be copied, fetched as level 0 tiles and held against the signed root (C2SP tlog-tiles). */
import { equalBytes } from '../../log/encoding.js'
import { HASH_LENGTH } from '../../log/hash.js'
import { TILE_WIDTH, type TileId, type TileReader } from '../../log/tile.js'
import { appendLeaves, edgeTiles } from '../../log/tree.js'
import { MirrorError } from './mirror-error.js'
import type { LogSource } from './source.js'

/** Tiles asked for at once: 512 kB of hashes. */
const TILES_AT_ONCE = 64

/**
 * Most entries taken up at once: their hashes are 1 GB of memory. An alliance logs some hundred thousand a year; whoever signs a
 * size beyond this only wants the memory of those who believe it.
 */
export const MAX_STRETCH = 2 ** 25

/** Leaf hashes of a stretch of the log: 32 bytes an entry, and nothing else is kept. */
export interface Leaves {
  from: number
  /** Not included. */
  to: number
  /** The hash of one leaf of the stretch. */
  at(index: number): Uint8Array
}

function createLeaves(from: number, to: number, bytes: Uint8Array): Leaves {
  const at = (index: number): Uint8Array =>
    bytes.subarray((index - from) * HASH_LENGTH, (index - from + 1) * HASH_LENGTH)
  return { from, to, at }
}

/**
 * Fetches leaf hashes; nothing says yet that they are the log's.
 * @param from where a tile begins
 * @param size of the tree whose tiles they are
 * @throws MirrorError `log-too-large` before anything is fetched, `tiles-differ` for tiles that are cut short
 */
export async function fetchLeaves(source: LogSource, from: number, size: number): Promise<Leaves> {
  if (size - from > MAX_STRETCH) {
    throw new MirrorError(
      'log-too-large',
      `The hub signed a log of ${size} entries, ${size - from} more than this copy has; at most ${MAX_STRETCH} are taken up at once. Nothing was fetched; ask the operator by another way, such as the telephone, whether that is so.`,
      from,
    )
  }
  const bytes = new Uint8Array((size - from) * HASH_LENGTH)
  const last = Math.ceil(size / TILE_WIDTH)
  for (let first = from / TILE_WIDTH; first < last; first += TILES_AT_ONCE) {
    const ids = range(first, Math.min(last, first + TILES_AT_ONCE)).map((index) => ({ level: 0, index }))
    const tiles = await source.tiles(ids, size)
    for (const [i, { index }] of ids.entries()) {
      const start = index * TILE_WIDTH
      const width = Math.min(TILE_WIDTH, size - start)
      const tile = tiles[i] ?? new Uint8Array()
      if (tile.length !== width * HASH_LENGTH) {
        const missing = start + Math.min(width - 1, Math.floor(tile.length / HASH_LENGTH))
        throw new MirrorError(
          'tiles-differ',
          `The hub's tile of the entries from ${start} on should hold ${width} hashes and has ${tile.length} bytes. Nothing of it was taken; try again later, and tell the operator if it stays so.`,
          missing,
        )
      }
      bytes.set(tile, (start - from) * HASH_LENGTH)
    }
  }
  return createLeaves(from, size, bytes)
}

/** The copy's own leaf hashes below its head, read as they are needed. */
export async function readOwnLeaves(tiles: TileReader, from: number, to: number): Promise<Leaves> {
  const first = Math.floor(from / TILE_WIDTH)
  const start = first * TILE_WIDTH
  const bytes = new Uint8Array(Math.max(0, to - start) * HASH_LENGTH)
  for (let at = first; at * TILE_WIDTH < to; at += TILES_AT_ONCE) {
    const ids = range(at, Math.min(Math.ceil(to / TILE_WIDTH), at + TILES_AT_ONCE))
    const read = await tiles.readTiles(ids.map((index) => ({ level: 0, index })))
    for (const [i, index] of ids.entries()) {
      const offset = (index - first) * TILE_WIDTH * HASH_LENGTH
      bytes.set((read[i] ?? new Uint8Array()).subarray(0, bytes.length - offset), offset)
    }
  }
  return createLeaves(start, to, bytes)
}

/**
 * The roots that a tree gets as leaves are added to it.
 * @param size of the tree so far
 * @param sizes at which the root is wanted, rising, none beyond the leaves
 */
export async function growRoots(
  own: TileReader,
  size: number,
  leaves: Leaves,
  sizes: readonly number[],
): Promise<Uint8Array[]> {
  const names = (id: TileId): string => `${id.level}/${id.index}`
  const ids = edgeTiles(size)
  const read = size > 0 ? await own.readTiles(ids) : []
  const edge = new Map(ids.map((id, i) => [names(id), read[i] ?? new Uint8Array()]))
  const roots: Uint8Array[] = []
  let at = size
  for (const wanted of sizes) {
    for (;;) {
      // Few at a time: an object for each leaf takes far more than the leaf.
      const to = Math.min(wanted, at + TILES_AT_ONCE * TILE_WIDTH)
      const grown = appendLeaves(
        at,
        edgeTiles(at).map((id) => edge.get(names(id)) ?? new Uint8Array()),
        range(at, to).map((index) => leaves.at(index)),
      )
      for (const tile of grown.tiles) edge.set(names(tile), tile.bytes)
      const kept = new Set(edgeTiles(to).map(names))
      for (const name of edge.keys()) if (!kept.has(name)) edge.delete(name)
      at = to
      if (at < wanted) continue
      roots.push(grown.root)
      break
    }
  }
  return roots
}

/** The first index at which two stretches differ, where both have a leaf. */
export function firstDifference(a: Leaves, b: Leaves): number | undefined {
  const to = Math.min(a.to, b.to)
  for (let index = Math.max(a.from, b.from); index < to; index += 1)
    if (!equalBytes(a.at(index), b.at(index))) return index
  return undefined
}

/** Whole numbers from one to another, which is not included. */
function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}
