/** SHA-256 of exact bytes, as lower-case hex: how statements, definitions and registers are named. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))
}

/** The JCS text (RFC 8785) of a JSON value. @throws TypeError for what JSON can't say */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** SHA-256 (lower hex) of a value's JCS text. */
export function jsonDigest(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}
