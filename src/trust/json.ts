/** Strict JSON and base64url: one text has one reading, so a signature can't cover two meanings. */
import { Refusal } from '../refusal.js'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes UTF-8. @throws Refusal `not-utf8`; nothing is replaced silently */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refusal('not-utf8', `${what} is not valid UTF-8. Send it as UTF-8 without other encodings mixed in.`)
  }
}

/**
 * Parses JSON and refuses an object that names a key twice: parsers differ in which of the two they keep, so
 * signer and reader could see different claims (RFC 8725 section 2.4, RFC 7515 section 4).
 * @throws Refusal `bad-json`, `duplicate-json-key`
 */
export function parseStrictJson(text: string, what: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('bad-json', `${what} is not JSON.`)
  }
  if (countKeyTokens(text) !== countKeys(value)) {
    throw new Refusal('duplicate-json-key', `${what} holds an object that names a key twice. Name each key once.`)
  }
  return value
}

/** In valid JSON a string is a key exactly when a colon follows; the pattern consumes whole strings, so none is cut. */
function countKeyTokens(text: string): number {
  let count = 0
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (match[1] !== undefined) count += 1
  return count
}

function countKeys(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0)
  if (value === null || typeof value !== 'object') return 0
  const values = Object.values(value)
  return values.reduce<number>((sum, item) => sum + countKeys(item), values.length)
}

/** Encodes base64url without padding (RFC 7515 section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const LAST_CHARACTER: Record<number, RegExp> = { 2: /[AQgw]$/, 3: /[AEIMQUYcgkosw048]$/ }

/**
 * Decodes base64url without padding. Only the one canonical form is accepted: spare bits that are not zero
 * would let one signature be written in several ways and pass for several statements (DESIGN 4.6).
 * @throws Refusal `bad-encoding`
 */
export function decodeBase64url(text: string, what: string): Uint8Array {
  const rest = text.length % 4
  if (!/^[A-Za-z0-9_-]*$/.test(text) || rest === 1 || LAST_CHARACTER[rest]?.test(text) === false) {
    throw new Refusal('bad-encoding', `${what} is not canonical base64url (RFC 7515: no padding, no spare bits).`)
  }
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}
