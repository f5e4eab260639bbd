/** The strict text forms that C2SP logs share: RFC 4648 section 4 base64, and decimals without leading zeros. */
import { LogError, quote } from './error.js'

/**
 * Standard base64 with padding.
 *
 * @param bytes any number of bytes
 */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * The bytes of a standard base64 text in its one canonical form.
 *
 * @throws LogError `base64-invalid`
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = tryDecodeBase64(text)
  if (!bytes) {
    throw new LogError(
      'base64-invalid',
      `${quote(text)} is not padded standard base64; encode the bytes again`,
    )
  }
  return bytes
}

function tryDecodeBase64(text: string): Uint8Array | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  // atob forgives white space, absent padding and stray bits in the last character; each would give one
  // signature or hash several spellings.
  if (btoa(binary) !== text) return undefined
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}

/** Lower-case hex, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/**
 * A non-negative integer from its only decimal spelling, or undefined.
 *
 * Above 2^53 - 1 two texts would round to one number, so those are refused as well.
 */
export function parseDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

/** Whether a text has a UTF-8 form: a lone surrogate would be signed as U+FFFD, that is as another text. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** Whether two byte strings are equal; not constant-time, as everything in a public log is public. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
