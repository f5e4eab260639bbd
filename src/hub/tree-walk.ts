/** Hashing a log from its first entry: gives every hash that belongs into a tile, and the root at any size (RFC 6962 section 2.1). */
import { EMPTY_ROOT, hashNode } from '../log/hash.js'
import { TILE_HEIGHT } from '../log/tile.js'

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
  const waiting: (Uint8Array | undefined)[] = []
  let size = 0
  return {
    get size() {
      return size
    },
    append(leafHash) {
      const found: TileHash[] = []
      let hash = leafHash
      for (let height = 0, at = size; ; height += 1) {
        if (height % TILE_HEIGHT === 0) found.push({ level: height / TILE_HEIGHT, at, hash })
        const left = waiting[height]
        if (!left) {
          waiting[height] = hash
          break
        }
        waiting[height] = undefined
        hash = hashNode(left, hash)
        at = Math.floor(at / 2)
      }
      size += 1
      return found
    },
    root() {
      let root: Uint8Array | undefined
      for (const left of waiting) if (left) root = root ? hashNode(left, root) : left
      return root ?? EMPTY_ROOT
    },
  }
}
