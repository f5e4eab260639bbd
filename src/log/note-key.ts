/** Keys of signed notes: key IDs, verifier key lines, and Ed25519 signers and verifiers (C2SP signed-note v1.0.0). */
import { sha256 } from '@noble/hashes/sha2.js'
import { ED25519_KEY_BYTES, importEd25519 } from './ed25519.js'
import { decodeBase64, encodeBase64, encodeHex, equalBytes, isWellFormed } from './encoding.js'
import { LogError, quote } from './error.js'

/** Signature type of Ed25519 over the note text. */
export const ED25519 = 0x01
/** Signature type of a witness's timestamped Ed25519 cosignature (C2SP tlog-cosignature). */
export const ED25519_COSIGNATURE = 0x04

/** Signature types whose keys can be read here; both have an Ed25519 public key. */
export type NoteKeyType = typeof ED25519 | typeof ED25519_COSIGNATURE

const ED25519_SIGNATURE_BYTES = 64
/** Bytes of a key ID: an identifier for finding the key, far too short to trust. */
export const KEY_ID_BYTES = 4

/** What a verifier key line says. */
export interface VerifierKey {
  name: string
  type: NoteKeyType
  publicKey: Uint8Array
}

/** Signs notes under one key. The private key may lie in a token: only `sign` needs it. */
export interface NoteSigner {
  name: string
  keyId: Uint8Array
  /** The signature over the UTF-8 bytes of the note text, without key ID. */
  sign(text: Uint8Array): Promise<Uint8Array>
}

/** Checks the signatures of one trusted key. Other signature types than Ed25519 implement it too. */
export interface NoteVerifier {
  name: string
  keyId: Uint8Array
  /** Whether the signature (without key ID) is this key's over the UTF-8 bytes of the note text. */
  verify(text: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** `SHA-256(name || 0x0A || type || public key)[:4]`. */
export function keyId(name: string, type: number, publicKey: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`${name}\n`)
  return sha256(Uint8Array.from([...prefix, type, ...publicKey])).slice(0, KEY_ID_BYTES)
}

/**
 * The verifier key line that clients pin: `<name>+<hex key ID>+<base64(type || public key)>`.
 *
 * @throws LogError `key-name-invalid`, `verifier-key-malformed`
 */
export function formatVerifierKey({ name, type, publicKey }: VerifierKey): string {
  assertKeyName(name)
  assertPublicKey(publicKey)
  const key = encodeBase64(Uint8Array.from([type, ...publicKey]))
  return `${name}+${encodeHex(keyId(name, type, publicKey))}+${key}`
}

/**
 * Reads a verifier key line and checks that its key ID is that of its key.
 *
 * @throws LogError `verifier-key-malformed`, `key-type-unsupported`, `key-name-invalid`, `base64-invalid`
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const match = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey)
  if (!match) {
    throw new LogError('verifier-key-malformed', `${quote(vkey)} is not <name>+<hex key ID>+<base64 key>`)
  }
  const [, name = '', idHex, encoded = ''] = match
  assertKeyName(name)
  const [type, ...key] = decodeBase64(encoded)
  if (type !== ED25519 && type !== ED25519_COSIGNATURE) {
    throw new LogError('key-type-unsupported', `keys of type ${type} cannot be read; types 1 and 4 can`)
  }
  const publicKey = Uint8Array.from(key)
  assertPublicKey(publicKey)
  if (encodeHex(keyId(name, type, publicKey)) !== idHex) {
    throw new LogError(
      'verifier-key-malformed',
      `${idHex} is not the ID of this key; name or key was altered`,
    )
  }
  return { name, type, publicKey }
}

/**
 * A signer for Ed25519 notes.
 *
 * @param name of the key; for a log, its checkpoint origin
 * @param privateKey Ed25519, with usage `sign`
 * @param publicKey the 32 bytes of its public half
 * @throws LogError `key-name-invalid`, `verifier-key-malformed`
 */
export function createNoteSigner(name: string, privateKey: CryptoKey, publicKey: Uint8Array): NoteSigner {
  assertKeyName(name)
  assertPublicKey(publicKey)
  return {
    name,
    keyId: keyId(name, ED25519, publicKey),
    async sign(text) {
      return new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, new Uint8Array(text)))
    },
  }
}

/**
 * A verifier for the Ed25519 notes of a key that the caller trusts.
 *
 * @param vkey verifier key line, obtained from elsewhere than the note
 * @throws LogError as {@link parseVerifierKey}
 */
export async function createNoteVerifier(vkey: string): Promise<NoteVerifier> {
  const { name, type, publicKey } = parseVerifierKey(vkey)
  if (type !== ED25519) {
    throw new LogError('key-type-unsupported', `a key of type ${type} does not sign note texts; type 1 does`)
  }
  const isSigned = await importEd25519(publicKey)
  return {
    name,
    keyId: keyId(name, type, publicKey),
    async verify(text, signature) {
      if (signature.length !== ED25519_SIGNATURE_BYTES) return false
      return isSigned(new Uint8Array(signature), new Uint8Array(text))
    },
  }
}

/** @throws LogError `key-name-invalid` */
export function assertKeyName(name: string): void {
  if (name === '' || /[\p{White_Space}+]/u.test(name) || !isWellFormed(name)) {
    throw new LogError('key-name-invalid', `key name ${quote(name)} is empty or has a space or plus`)
  }
}

/** How a signature line names the key of a verifier line. @throws LogError as {@link parseVerifierKey} */
export function identifyKey(vkey: string): { name: string; keyId: Uint8Array } {
  const { name, type, publicKey } = parseVerifierKey(vkey)
  return { name, keyId: keyId(name, type, publicKey) }
}

/** Whether a signature line or verifier names this key: by name and ID, as either alone may collide. */
export function isSameKey(
  a: { name: string; keyId: Uint8Array },
  b: { name: string; keyId: Uint8Array },
): boolean {
  return a.name === b.name && equalBytes(a.keyId, b.keyId)
}

function assertPublicKey(publicKey: Uint8Array): void {
  if (publicKey.length !== ED25519_KEY_BYTES) {
    throw new LogError(
      'verifier-key-malformed',
      `an Ed25519 public key has ${ED25519_KEY_BYTES} bytes, this one ${publicKey.length}`,
    )
  }
}
