/** Checkpoints: the log's signed size and root (C2SP tlog-checkpoint v1.0.0). */
import { decodeBase64, encodeBase64, equalBytes, isWellFormed, parseDecimal } from './encoding.js'
import { LogError, quote } from './error.js'
import { assertHash, EMPTY_ROOT } from './hash.js'
import { type OpenedNote, openNote } from './note.js'
import type { NoteVerifier } from './note-key.js'
import { assertTreeSize } from './tree-size.js'

/** What a log commits to when it signs. */
export interface Checkpoint {
  /** Names the log: its URL prefix without scheme or trailing slash. */
  origin: string
  size: number
  root: Uint8Array
}

/** A checkpoint as read; extension lines are opaque, and no auditor checks them. */
export interface ParsedCheckpoint extends Checkpoint {
  extensions: readonly string[]
}

/** Which log's checkpoint is wanted, and the keys trusted to sign for it. */
export interface CheckpointTrust {
  origin: string
  verifiers: readonly NoteVerifier[]
}

/** A checkpoint signed by a trusted key of the log. */
export type OpenedCheckpoint = ParsedCheckpoint & OpenedNote

/**
 * The note text of a checkpoint, still to be signed with `signNote`.
 *
 * @throws LogError `checkpoint-malformed`, `tree-size-invalid`, `hash-length`
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  assertOrigin(origin)
  assertTreeSize(size)
  assertRoot(size, root)
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/**
 * Reads the note text of a checkpoint, whose signatures the caller has verified: see {@link openCheckpoint}.
 *
 * @throws LogError `checkpoint-malformed`, `hash-length`, `base64-invalid`
 */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n')
  const extensions = rest.slice(0, -1)
  if (rest.at(-1) !== '' || extensions.includes('')) {
    throw new LogError(
      'checkpoint-malformed',
      'a checkpoint is three or more non-empty lines, each with a newline',
    )
  }
  assertOrigin(origin)
  const size = parseDecimal(sizeText)
  if (size === undefined) {
    throw new LogError('checkpoint-malformed', `${quote(sizeText)} is not a tree size without leading zeros`)
  }
  const root = decodeBase64(rootText)
  assertRoot(size, root)
  return { origin, size, root, extensions }
}

/**
 * Verifies a checkpoint note: signed by one of the log's keys, and of exactly this log.
 *
 * The origin is compared as a whole and literally: it is text of the log's choosing, never a pattern.
 *
 * @throws LogError `origin-mismatch`, and those of `openNote` and {@link parseCheckpoint}
 */
export async function openCheckpoint(note: string, trust: CheckpointTrust): Promise<OpenedCheckpoint> {
  const opened = await openNote(note, trust.verifiers)
  const checkpoint = parseCheckpoint(opened.text)
  if (checkpoint.origin !== trust.origin) {
    throw new LogError(
      'origin-mismatch',
      `this is a checkpoint of ${quote(checkpoint.origin)}, expected ${quote(trust.origin)}`,
    )
  }
  return { ...checkpoint, ...opened }
}

function assertOrigin(origin: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a newline would forge lines, the others no note may hold
  if (origin === '' || /[\u0000-\u001f]/.test(origin) || !isWellFormed(origin)) {
    throw new LogError('checkpoint-malformed', `origin ${quote(origin)} is empty or has control characters`)
  }
}

function assertRoot(size: number, root: Uint8Array): void {
  assertHash(root)
  if (size === 0 && !equalBytes(root, EMPTY_ROOT)) {
    throw new LogError('checkpoint-malformed', 'the root of an empty tree is the hash of nothing')
  }
}
