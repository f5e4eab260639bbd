/** The right edge of a growing tree, as a binary counter of perfect subtrees: one hash per level (RFC 6962 section 2.1). */
import { EMPTY_ROOT, hashNode } from './hash.js'
import { TILE_HEIGHT } from './tile.js'

/** At place h the perfect subtree of 2^h leaves that still waits for its right sibling. */
export type Frontier = (Uint8Array | undefined)[]

/** Adds a subtree of 2^startHeight leaves and merges pairs upward; reports every hash that belongs into a tile. */
export function carry(
  frontier: Frontier,
  startHeight: number,
  startHash: Uint8Array,
  onTileHash?: (height: number, hash: Uint8Array) => void,
): void {
  let height = startHeight
  let hash = startHash
  for (;;) {
    if (height % TILE_HEIGHT === 0) onTileHash?.(height, hash)
    const left = frontier[height]
    if (!left) break
    frontier[height] = undefined
    hash = hashNode(left, hash)
    height++
  }
  frontier[height] = hash
}

/** The root of the tree so far. */
export function foldFrontier(frontier: Frontier): Uint8Array {
  let root: Uint8Array | undefined
  for (const left of frontier) {
    if (left) root = root ? hashNode(left, root) : left
  }
  return root ?? EMPTY_ROOT
}
