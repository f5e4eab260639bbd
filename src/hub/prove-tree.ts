/** Proofs about the tree for whoever keeps checkpoints or entries of its own (RFC 6962 section 2.1). */
import { encodeBase64 } from '../log/encoding.js'
import { consistencyProof, inclusionProof } from '../log/proof.js'
import { Refusal } from '../refusal.js'
import { type Reader, readHead } from './hub.js'

/** Hashes stand in standard base64, in the order of RFC 6962. */
export interface InclusionProof {
  index: number
  size: number
  hashes: string[]
}

export interface ConsistencyProof {
  from: number
  to: number
  hashes: string[]
}

/**
 * That the entry at an index is in the tree of a size.
 * @param size the head's when absent
 * @throws Refusal `bad-cursor` beyond the head, `bad-query` for an index that the size does not reach
 */
export async function proveInclusion(reader: Reader, index: number, size?: number): Promise<InclusionProof> {
  const head = await readHead(reader)
  const within = assertReached('size', size ?? head.size, head.size)
  if (index >= within) {
    throw new Refusal(size === undefined ? 'bad-cursor' : 'bad-query', {
      detail: `A log of ${within} entries has indices below ${within}.`,
      value: index,
      at: 'index',
    })
  }
  const hashes = await inclusionProof(index, within, reader.store)
  return { index, size: within, hashes: hashes.map(encodeBase64) }
}

/**
 * That the tree of a size begins with the tree of an earlier one. There is nothing to prove from 0, or from a size to itself.
 * @param to the head's size when absent
 * @throws Refusal `bad-cursor` beyond the head, `bad-query` when `from` is the larger
 */
export async function proveConsistency(reader: Reader, from: number, to?: number): Promise<ConsistencyProof> {
  const head = await readHead(reader)
  const end = assertReached('to', to ?? head.size, head.size)
  assertReached('from', from, head.size)
  if (from > end) {
    throw new Refusal('bad-query', {
      detail: `from is the smaller of two sizes: it is at most ${end}, which is to.`,
      value: from,
      at: 'from',
    })
  }
  const hashes = await consistencyProof(from, end, reader.store)
  return { from, to: end, hashes: hashes.map(encodeBase64) }
}

function assertReached(at: string, size: number, head: number): number {
  if (size <= head) return size
  throw new Refusal('bad-cursor', {
    detail: `The log has ${head} entries. A larger size is of another log, or of a checkpoint newer than this answer.`,
    value: size,
    at,
  })
}
