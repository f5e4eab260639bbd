/** Opens signed notes and checkpoints, written from the C2SP texts signed-note and tlog-checkpoint alone. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { emptyRoot } from './merkle.js'

/** Verifier key type: Ed25519 over the note text. */
const ED25519 = 1
/** What comes before the 32 raw bytes of an Ed25519 key in DER (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export interface Checkpoint {
  origin: string
  size: number
  root: Buffer
}

/** Standard base64 with padding, and no other spelling of the same bytes. */
export function readBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new Error(`not base64: ${text}`)
  return bytes
}

/** Name, key ID and public key of `<name>+<hash>+<keydata>`. @throws Error */
export function readVerifierKey(vkey: string): { name: string; id: Buffer; key: Buffer } {
  const [name = '', hash = '', ...rest] = vkey.split('+')
  const data = readBase64(rest.join('+'))
  if (name === '' || /\p{White_Space}/u.test(name)) throw new Error('no key name')
  const id = createHash('sha256').update(name).update('\n').update(data).digest().subarray(0, 4)
  if (hash !== id.toString('hex')) throw new Error(`the key ID is ${id.toString('hex')}, not ${hash}`)
  if (data[0] !== ED25519 || data.length !== 33) throw new Error('not an Ed25519 key')
  return { name, id, key: data.subarray(1) }
}

/** The text of a note that this key signed. @throws Error */
export function openNote(note: Uint8Array, vkey: string): string {
  const known = readVerifierKey(vkey)
  const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note)
  for (const char of whole)
    if (char < ' ' && char !== '\n') throw new Error('a note has no control characters but newline')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) throw new Error('no empty line, or no newline at the end')
  const text = whole.slice(0, split + 1)
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > 100) throw new Error('too many signatures')
  let signed = false
  for (const line of lines) {
    const [dash, name, base64 = '', ...rest] = line.split(' ')
    if (dash !== '—' || !name || /[\p{White_Space}+]/u.test(name) || rest.length > 0)
      throw new Error(`no signature line: ${line}`)
    const bytes = readBase64(base64)
    if (bytes.length < 5) throw new Error('no signature after the key ID')
    if (name !== known.name || !bytes.subarray(0, 4).equals(known.id)) continue
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, known.key]), format: 'der', type: 'spki' })
    if (!verify(null, Buffer.from(text), key, bytes.subarray(4)))
      throw new Error('the signature is not over this text')
    signed = true
  }
  if (!signed) throw new Error(`${known.name} has not signed this note`)
  return text
}

/** A checkpoint that the log's key signed; the key's name is the log's origin. @throws Error */
export function openCheckpoint(note: Uint8Array, vkey: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = openNote(note, vkey).split('\n')
  if (origin !== readVerifierKey(vkey).name) throw new Error(`a checkpoint of ${origin}`)
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw new Error(`not a size: ${size}`)
  if (extensions.pop() !== '' || extensions.includes('')) throw new Error('not three lines or more')
  const hash = readBase64(root)
  if (hash.length !== 32) throw new Error('the root is not a SHA-256 hash')
  if (size === '0' && !hash.equals(emptyRoot())) throw new Error('the empty tree has another root')
  return { origin, size: Number(size), root: hash }
}
