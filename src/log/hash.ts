/**
 * Merkle tree hashing of RFC 6962 section 2.1 with SHA-256.
 *
 * Synchronous on purpose: one awaited WebCrypto digest per tree node costs far more than hashing it here.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { LogError } from './error.js'

/** Bytes of a SHA-256 hash. */
export const HASH_LENGTH = 32

/** Root of the tree without leaves: the hash of the empty string. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

const LEAF_PREFIX = 0x00
const NODE_PREFIX = 0x01

/** `SHA-256(0x00 || entry)`. */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length)
  input[0] = LEAF_PREFIX
  input.set(entry, 1)
  return sha256(input)
}

// Hashing is synchronous, so one buffer serves all nodes.
const nodeInput = new Uint8Array(1 + 2 * HASH_LENGTH)
nodeInput[0] = NODE_PREFIX

/**
 * `SHA-256(0x01 || left || right)`.
 *
 * @throws LogError `hash-length` unless both are 32 bytes: else a byte could move from one to the other
 *   without changing the hash.
 */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  assertHash(left)
  assertHash(right)
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_LENGTH)
  return sha256(nodeInput)
}

/** @throws LogError `hash-length` */
export function assertHash(hash: Uint8Array): void {
  if (hash.length !== HASH_LENGTH) {
    throw new LogError('hash-length', `a hash has ${HASH_LENGTH} bytes, this one has ${hash.length}`)
  }
}
