/**
 * Verifies Merkle proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
 *
 * Verifiers return nothing and throw, so that an unread result never passes for a success. Arithmetic instead of
 * bit operations: those keep 32 bits, a tree size has up to 53.
 */
import { equalBytes } from './encoding.js'
import { LogError } from './error.js'
import { assertHash, EMPTY_ROOT, hashNode } from './hash.js'
import { assertIndex, assertSizeOrder } from './tree-size.js'

/** A claim that a leaf stands at an index of the tree with this size and root. */
export interface InclusionClaim {
  index: number
  size: number
  /** From `hashLeaf`, computed by the verifier from the entry itself. */
  leafHash: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** A claim that the tree (to, toRoot) begins with all leaves of the tree (from, fromRoot). */
export interface ConsistencyClaim {
  from: number
  to: number
  fromRoot: Uint8Array
  toRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/**
 * Returns only if the proof leads from the leaf to the root.
 *
 * @throws LogError `root-mismatch`, `proof-length`, `index-out-of-range`, `tree-size-invalid`, `hash-length`
 */
export function verifyInclusion({ index, size, leafHash, root, proof }: InclusionClaim): void {
  assertIndex(index, size)
  assertHash(leafHash)
  let fn = index
  let sn = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    // RFC 9162: "If sn is 0, then stop the iteration and fail the proof verification."
    if (sn === 0) throw tooLong(proof)
    if (isOdd(fn) || fn === sn) {
      hash = hashNode(sibling, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      hash = hashNode(hash, sibling)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw tooShort(proof)
  assertRoot(hash, root, 'the proof leads from the entry to another root; entry, index or tree differ')
}

/**
 * Returns only if the second tree is the first with leaves appended.
 *
 * From an empty tree, and between equal sizes, the proof must be empty.
 *
 * @throws LogError `root-mismatch`, `proof-length`, `tree-size-invalid`, `hash-length`
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): void {
  assertSizeOrder(from, to)
  assertHash(fromRoot)
  assertHash(toRoot)
  if (from === 0) assertRoot(fromRoot, EMPTY_ROOT, 'the root of an empty tree is the hash of nothing')
  if (from === to) assertRoot(fromRoot, toRoot, 'two roots of one size: the log shows different histories')
  if (from === 0 || from === to) {
    if (proof.length > 0) throw tooLong(proof)
    return
  }
  // RFC 9162: "If first is an exact power of 2, then prepend first_hash to the consistency_path array."
  const [seed, ...path] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof
  if (!seed) throw tooShort(proof)
  let fn = from - 1
  let sn = to - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  let first = seed
  let second = seed
  for (const hash of path) {
    if (sn === 0) throw tooLong(proof)
    if (isOdd(fn) || fn === sn) {
      first = hashNode(hash, first)
      second = hashNode(hash, second)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      second = hashNode(second, hash)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw tooShort(proof)
  assertRoot(
    first,
    fromRoot,
    `the proof does not lead to the root at ${from} entries; the log may have rewritten`,
  )
  assertRoot(
    second,
    toRoot,
    `the proof does not lead to the root at ${to} entries; the log may have rewritten`,
  )
}

function assertRoot(computed: Uint8Array, claimed: Uint8Array, message: string): void {
  if (!equalBytes(computed, claimed)) throw new LogError('root-mismatch', message)
}

function tooLong(proof: readonly Uint8Array[]): LogError {
  return new LogError('proof-length', `${proof.length} hashes are more than this proof can have`)
}

function tooShort(proof: readonly Uint8Array[]): LogError {
  return new LogError('proof-length', `${proof.length} hashes do not reach the root`)
}

function isOdd(n: number): boolean {
  return n % 2 === 1
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isPowerOfTwo(n: number): boolean {
  let k = n
  while (k > 1 && !isOdd(k)) k = half(k)
  return k === 1
}
