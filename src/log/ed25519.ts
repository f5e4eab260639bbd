/** Ed25519 verification everywhere: by the platform where it can, in JavaScript where it can't. */
import { verifyAsync } from '@noble/ed25519'

/** Bytes of a public key. */
export const ED25519_KEY_BYTES = 32

/** Whether the signature is the key's over the message. */
export type Ed25519Verify = (
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
) => Promise<boolean>

/**
 * A verifier for one public key.
 *
 * Chrome before 137 and the browsers inside apps that were built on it have no Ed25519; without this nobody could check
 * the log on such a phone. Both ways follow RFC 8032 without the leniency of ZIP-215, so they accept the same signatures.
 *
 * @param publicKey 32 bytes
 */
export async function importEd25519(publicKey: Uint8Array): Promise<Ed25519Verify> {
  const bytes = new Uint8Array(publicKey)
  const key = await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']).catch(() => undefined)
  if (key) return (signature, message) => crypto.subtle.verify('Ed25519', key, signature, message)
  return (signature, message) => verifyAsync(signature, message, bytes, { zip215: false }).catch(() => false)
}
