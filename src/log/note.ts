/** Signed notes: a text with one signature line per key (C2SP signed-note v1.0.0). */
import { decodeBase64, encodeBase64, isWellFormed } from './encoding.js'
import { LogError, quote } from './error.js'
import { assertKeyName, isSameKey, KEY_ID_BYTES, type NoteSigner, type NoteVerifier } from './note-key.js'

/** Signature lines in a note; the specification demands 16, and all members may be witnesses. Go takes 100 too. */
export const MAX_NOTE_SIGNATURES = 100
/** Characters in a note: room for that many post-quantum signatures of some 7 kB each. */
export const MAX_NOTE_LENGTH = 1_000_000

const LINE_START = '\u2014 '

/** One signature line. Its type is known only to the key's owner, so any signature is carried along. */
export interface NoteSignature {
  name: string
  /** 4 bytes. */
  keyId: Uint8Array
  signature: Uint8Array
}

/** A note as read, nothing verified. */
export interface Note {
  /** With its final newline. */
  text: string
  signatures: readonly NoteSignature[]
}

/** A note signed by at least one trusted key. */
export interface OpenedNote {
  text: string
  /** The signature lines that verified, the first of each key. */
  verified: readonly NoteSignature[]
}

/**
 * Takes a note apart without verifying it; for witnesses and mirrors that add or pass on signature lines.
 *
 * @throws LogError `note-malformed`, `note-too-large`, `key-name-invalid`, `base64-invalid`
 */
export function parseNote(note: string): Note {
  assertNoteLength(note)
  assertNoteCharacters(note)
  // "the text is separated from the signatures by the last empty line in the note"
  const split = note.lastIndexOf('\n\n')
  if (split < 0) throw new LogError('note-malformed', 'no empty line divides the text from its signatures')
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2).split('\n')
  if (lines.pop() !== '') throw new LogError('note-malformed', 'the last signature line has no newline')
  assertSignatureCount(lines.length)
  return { text, signatures: lines.map(parseSignatureLine) }
}

/**
 * Writes a note.
 *
 * @param note a text ending in a newline, with 1 to 100 signatures
 * @throws LogError `note-malformed`, `note-too-large`, `key-name-invalid`
 */
export function formatNote({ text, signatures }: Note): string {
  assertNoteText(text)
  assertSignatureCount(signatures.length)
  const note = `${text}\n${signatures.map(formatSignatureLine).join('')}`
  assertNoteLength(note)
  assertNoteCharacters(note)
  return note
}

/**
 * Signs a text with one key, or with several while keys are being rotated.
 *
 * @param text ending in a newline
 * @throws LogError `note-malformed`, `key-name-invalid`
 */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  assertNoteText(text)
  const bytes = new TextEncoder().encode(text)
  const signatures = await Promise.all(
    signers.map(async (signer) => ({
      name: signer.name,
      keyId: signer.keyId,
      signature: await signer.sign(bytes),
    })),
  )
  return formatNote({ text, signatures })
}

/**
 * Verifies a note with the keys that the caller trusts.
 *
 * Lines of other keys are ignored. One bad signature of a trusted key refuses the note, even beside good ones.
 *
 * @example
 * const { text } = await openNote(note, [await createNoteVerifier(vkey)])
 * @throws LogError `signature-missing` when no trusted key has signed, `signature-invalid`, `verifier-duplicate`,
 *   and those of {@link parseNote}
 */
export async function openNote(note: string, verifiers: readonly NoteVerifier[]): Promise<OpenedNote> {
  assertDistinct(verifiers)
  const { text, signatures } = parseNote(note)
  const bytes = new TextEncoder().encode(text)
  const verified: NoteSignature[] = []
  for (const line of signatures) {
    const verifier = verifiers.find((known) => isSameKey(known, line))
    if (!verifier) continue
    if (!(await verifier.verify(bytes, line.signature))) {
      throw new LogError('signature-invalid', `the signature of ${line.name} is not over this text`)
    }
    // A key that signed twice counts once, or it alone could make up a quorum.
    if (!verified.some((seen) => isSameKey(seen, line))) verified.push(line)
  }
  if (verified.length === 0) {
    throw new LogError(
      'signature-missing',
      `none of the trusted keys (${verifiers.map(({ name }) => name).join(', ')}) has signed this note`,
    )
  }
  return { text, verified }
}

function parseSignatureLine(line: string): NoteSignature {
  const [name, encoded, ...rest] = line.slice(LINE_START.length).split(' ')
  if (!line.startsWith(LINE_START) || name === undefined || encoded === undefined || rest.length > 0) {
    throw new LogError('note-malformed', `${quote(line)} is not a signature line (— <name> <base64>)`)
  }
  assertKeyName(name)
  const bytes = decodeBase64(encoded)
  if (bytes.length <= KEY_ID_BYTES) {
    throw new LogError('note-malformed', `the signature of ${name} is cut off after the key ID`)
  }
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) }
}

function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  assertKeyName(name)
  if (keyId.length !== KEY_ID_BYTES || signature.length === 0) {
    throw new LogError(
      'note-malformed',
      `the signature of ${name} lacks a key ID of ${KEY_ID_BYTES} bytes or itself`,
    )
  }
  return `${LINE_START}${name} ${encodeBase64(Uint8Array.from([...keyId, ...signature]))}\n`
}

function assertNoteText(text: string): void {
  if (!text.endsWith('\n')) throw new LogError('note-malformed', 'a note text ends in a newline; add it')
  assertNoteCharacters(text)
}

function assertNoteCharacters(note: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification refuses exactly these
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note) || !isWellFormed(note)) {
    throw new LogError('note-malformed', 'a note has no control characters but newline, and is valid Unicode')
  }
}

function assertNoteLength(note: string): void {
  if (note.length > MAX_NOTE_LENGTH) {
    throw new LogError(
      'note-too-large',
      `a note has at most ${MAX_NOTE_LENGTH} characters, not ${note.length}`,
    )
  }
}

function assertSignatureCount(count: number): void {
  if (count < 1 || count > MAX_NOTE_SIGNATURES) {
    throw new LogError('note-malformed', `a note has 1 to ${MAX_NOTE_SIGNATURES} signatures, not ${count}`)
  }
}

function assertDistinct(verifiers: readonly NoteVerifier[]): void {
  verifiers.forEach((verifier, i) => {
    if (verifiers.findIndex((other) => isSameKey(other, verifier)) !== i) {
      throw new LogError('verifier-duplicate', `${verifier.name} is given twice with one key ID; remove one`)
    }
  })
}
