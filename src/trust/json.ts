/** Strict JSON and base64url: one text has one reading, so a signature can't cover two meanings. */
import { Refusal } from '../refusal.js'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes UTF-8. @throws Refusal `not-utf8`; nothing is replaced silently */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refusal(
      'not-utf8',
      `${what} is not valid UTF-8. Send it as UTF-8 without other encodings mixed in.`,
    )
  }
}

/** Deepest nesting of any JSON read here: an admission's needs 14; each level costs stack, which a sender must not exhaust. */
export const MAX_JSON_DEPTH = 64

/** Most keys in any JSON read here: 1,000 look-ups have 4,000, a large definition some 3,000; each costs a schema's time. */
export const MAX_JSON_KEYS = 20_000

/**
 * Parses JSON and refuses an object that names a key twice: parsers differ in which of the two they keep, so
 * signer and reader could see different claims (RFC 8725 section 2.4, RFC 7515 section 4).
 * @param maxKeys above {@link MAX_JSON_KEYS} only for what one asked for, and bounds by its bytes
 * @throws Refusal `bad-json`, `duplicate-json-key`
 */
export function parseStrictJson(text: string, what: string, maxKeys = MAX_JSON_KEYS): unknown {
  const keys = scanKeys(text, what, maxKeys)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('bad-json', `${what} is not JSON.`)
  }
  if (keys !== countKeys(value, what)) {
    throw new Refusal(
      'duplicate-json-key',
      `${what} holds an object that names a key twice. Name each key once.`,
    )
  }
  return value
}

const [QUOTE, BACKSLASH, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\:[]{}'].map(
  (c) => c.charCodeAt(0),
)

/**
 * Counts the keys a JSON text writes: outside strings, each colon belongs to one. Runs before parsing, in linear time
 * for any text, so that depth and keys are bounded before anything recurses.
 */
function scanKeys(text: string, what: string, maxKeys: number): number {
  let keys = 0
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === BACKSLASH) i += 1
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === COLON) {
      keys += 1
      if (keys > maxKeys)
        throw new Refusal('bad-json', `${what} has more than ${maxKeys} keys; nothing sent here needs that.`)
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth += 1
      if (depth > MAX_JSON_DEPTH)
        throw new Refusal(
          'bad-json',
          `${what} nests deeper than ${MAX_JSON_DEPTH} levels; nothing sent here needs that.`,
        )
    }
  }
  return keys
}

function countKeys(value: unknown, what: string): number {
  if (value === null || typeof value !== 'object') return 0
  // Schemas pass over this key in silence, so whatever stands under it would be signed and published unread.
  if (Object.hasOwn(value, '__proto__'))
    throw new Refusal('bad-json', `${what} holds a key "__proto__". Leave it out.`)
  const values = Object.values(value)
  return values.reduce<number>(
    (sum, item) => sum + countKeys(item, what),
    Array.isArray(value) ? 0 : values.length,
  )
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
    throw new Refusal(
      'bad-encoding',
      `${what} is not canonical base64url (RFC 7515: no padding, no spare bits).`,
    )
  }
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}
