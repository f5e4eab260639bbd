/** Proofs that verify offline: index, Merkle path and checkpoint in one text (`c2sp.org/tlog-proof@v1`). */
import { type CheckpointTrust, openCheckpoint } from './checkpoint.js'
import { decodeBase64, encodeBase64, parseDecimal } from './encoding.js'
import { LogError, quote } from './error.js'
import { assertHash, hashLeaf } from './hash.js'
import { MAX_NOTE_LENGTH } from './note.js'
import { verifyInclusion } from './verify-proof.js'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'

/** Hashes in a proof: the limit of tlog-witness; our sizes, below 2^53, need at most 53. */
export const MAX_PROOF_HASHES = 63
/** Bytes of extra data: as much as an entry may have, for it helps to rebuild one. */
export const MAX_EXTRA_BYTES = 65_535
/** Characters of a proof text: the checkpoint, extra data in base64, and the hashes of 45 characters a line. */
const MAX_TLOG_PROOF_LENGTH = MAX_NOTE_LENGTH + 100_000

/** The parts of a proof text, nothing verified. */
export interface TlogProof {
  /** Of the entry in the log, from 0. */
  index: number
  /** From the leaf's sibling up to the root's child. */
  proof: readonly Uint8Array[]
  /** The signed checkpoint note, verbatim. */
  checkpoint: string
  /** Opaque and signed by no one; never empty. */
  extra?: Uint8Array
}

/** What a verified proof shows: the entry stands at this index of the tree with this size and root. */
export interface VerifiedTlogProof {
  index: number
  size: number
  root: Uint8Array
}

/**
 * Writes a proof; file extension `.tlog-proof`. Empty extra data counts as none.
 *
 * @throws LogError `tlog-proof-malformed`, `hash-length`
 */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new LogError('tlog-proof-malformed', `${quote(index)} is not an index`)
  }
  assertHashCount(proof.length)
  proof.forEach(assertHash)
  const lines = [FIRST_LINE]
  if (extra && extra.length > 0) {
    assertExtra(extra)
    lines.push(`extra ${encodeBase64(extra)}`)
  }
  lines.push(`index ${index}`, ...proof.map(encodeBase64))
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/**
 * Takes a proof apart without verifying it.
 *
 * @throws LogError `tlog-proof-malformed`, `hash-length`, `base64-invalid`
 */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > MAX_TLOG_PROOF_LENGTH) {
    throw new LogError('tlog-proof-malformed', `a proof has at most ${MAX_TLOG_PROOF_LENGTH} characters`)
  }
  const split = text.indexOf('\n\n')
  if (split < 0)
    throw new LogError('tlog-proof-malformed', 'no empty line divides the proof from its checkpoint')
  const [first, ...lines] = text.slice(0, split).split('\n')
  if (first !== FIRST_LINE) {
    throw new LogError('tlog-proof-malformed', `the first line is ${FIRST_LINE}, not ${quote(first)}`)
  }
  const extra = lines[0]?.startsWith('extra ') ? parseExtra(lines.shift()) : undefined
  const index = parseIndex(lines.shift())
  assertHashCount(lines.length)
  const proof = lines.map(decodeBase64)
  proof.forEach(assertHash)
  const checkpoint = text.slice(split + 2)
  return extra ? { index, proof, checkpoint, extra } : { index, proof, checkpoint }
}

/**
 * Verifies that exactly these entry bytes are in the log, with nothing but the proof text and the log's key.
 *
 * @example
 * await verifyTlogProof(text, { entry, origin, verifiers: [await createNoteVerifier(vkey)] })
 * @throws LogError those of {@link parseTlogProof}, `openCheckpoint` and `verifyInclusion`
 */
export async function verifyTlogProof(
  text: string,
  { entry, ...trust }: CheckpointTrust & { entry: Uint8Array },
): Promise<VerifiedTlogProof> {
  const { index, proof, checkpoint } = parseTlogProof(text)
  const { size, root } = await openCheckpoint(checkpoint, trust)
  verifyInclusion({ index, size, leafHash: hashLeaf(entry), root, proof })
  return { index, size, root }
}

function parseExtra(line = ''): Uint8Array {
  const extra = decodeBase64(line.slice('extra '.length))
  assertExtra(extra)
  return extra
}

function parseIndex(line = ''): number {
  const index = line.startsWith('index ') ? parseDecimal(line.slice('index '.length)) : undefined
  if (index === undefined) {
    throw new LogError('tlog-proof-malformed', `${quote(line)} is not "index <n>" without leading zeros`)
  }
  return index
}

function assertExtra(extra: Uint8Array): void {
  if (extra.length < 1 || extra.length > MAX_EXTRA_BYTES) {
    throw new LogError(
      'tlog-proof-malformed',
      `extra data has 1 to ${MAX_EXTRA_BYTES} bytes; leave out an empty line`,
    )
  }
}

function assertHashCount(count: number): void {
  if (count > MAX_PROOF_HASHES) {
    throw new LogError('tlog-proof-malformed', `a proof has at most ${MAX_PROOF_HASHES} hashes, not ${count}`)
  }
}
