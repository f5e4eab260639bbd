/** Hashing a log from its first entry: gives every hash that belongs into a tile, and the root at any size (RFC 6962 section 2.1). */
import { carry, type Frontier, foldFrontier } from './frontier.js'
import { TILE_HEIGHT } from './tile.js'

/** A hash at its place in a tile level. */
export interface TileHash {
  level: number
  /** Place in the level, from 0. */
  at: number
  hash: Uint8Array
}

export interface TreeWalk {
  /** Leaves so far. */
  readonly size: number
  /** Adds a leaf. @returns the hashes that tiles hold because of it, lowest level first */
  append(leafHash: Uint8Array): TileHash[]
  /** The root of the tree so far. */
  root(): Uint8Array
}

/** Memory of one hash per level, however long the log is. */
export function walkTree(): TreeWalk {
  const frontier: Frontier = []
  let size = 0
  return {
    get size() {
      return size
    },
    append(leafHash) {
      const found: TileHash[] = []
      carry(frontier, 0, leafHash, (height, hash) => {
        found.push({ level: height / TILE_HEIGHT, at: Math.floor(size / 2 ** height), hash })
      })
      size += 1
      return found
    },
    root: () => foldFrontier(frontier),
  }
}
