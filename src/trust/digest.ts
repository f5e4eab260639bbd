/** SHA-256 of exact bytes, as lower-case hex: how statements, definitions and registers are named. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))
}

/**
 * Tells versions of one answer apart, in 16 hex digits; it proves nothing. For entity tags, which are made on every
 * look-up, where SHA-256 in JavaScript would take as long as everything else. Two FNV-1a lanes: a change of one byte
 * always changes both.
 */
export function versionTag(bytes: Uint8Array): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    a = Math.imul(a ^ byte, 0x9e3779b1)
    b = Math.imul(b ^ byte, 0x5f356495)
  }
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
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
