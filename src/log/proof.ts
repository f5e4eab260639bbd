/** Makes Merkle inclusion and consistency proofs from tiles (RFC 6962 sections 2.1.1 and 2.1.2). */
import { hashRanges, type LeafRange, splitPoint } from './subtree.js'
import type { TileReader } from './tile.js'
import { assertIndex, assertSizeOrder } from './tree-size.js'

/**
 * The proof that a leaf stands at an index of a tree: sibling hashes from the leaf up to the root's child.
 *
 * @param index of the leaf, from 0
 * @param size of the tree, at most what the reader's tiles hold
 * @throws LogError `index-out-of-range`, `tree-size-invalid`, `tile-missing`
 */
export async function inclusionProof(index: number, size: number, reader: TileReader): Promise<Uint8Array[]> {
  assertIndex(index, size)
  const siblings: LeafRange[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      siblings.unshift({ start: middle, end })
      end = middle
    } else {
      siblings.unshift({ start, end: middle })
      start = middle
    }
  }
  return hashRanges(siblings, reader)
}

/**
 * The proof that the tree of size `to` begins with the tree of size `from`. Empty when from is 0 or equals to.
 *
 * @throws LogError `tree-size-invalid` also when from exceeds to; `tile-missing`
 */
export async function consistencyProof(from: number, to: number, reader: TileReader): Promise<Uint8Array[]> {
  assertSizeOrder(from, to)
  if (from === 0 || from === to) return []
  const ranges: LeafRange[] = []
  let start = 0
  let end = to
  while (end !== from) {
    const middle = start + splitPoint(end - start)
    if (from <= middle) {
      ranges.unshift({ start: middle, end })
      end = middle
    } else {
      ranges.unshift({ start, end: middle })
      start = middle
    }
  }
  // A first tree that is one perfect subtree of the second is known to the verifier as its root.
  if (start > 0) ranges.unshift({ start, end })
  return hashRanges(ranges, reader)
}
