/**
 * JSON padded to whole blocks, so that a ciphertext's length tells little of what it holds. The padding is JSON's own
 * white space at the end: any JSON parser reads it without knowing of it, and encryption hides where it begins.
 */
import { decodeUtf8, parseStrictJson } from '../../trust/json.js'
import { SealError } from './seal-error.js'

/** Two or three sentences: whether she gave a telephone number does not show. */
export const PADDING_BLOCK = 512

const SPACE = 0x20
const utf8 = new TextEncoder()

/** The UTF-8 bytes of a value's JSON, filled up with spaces to a multiple of {@link PADDING_BLOCK}. */
export function formatPaddedJson(value: unknown): Uint8Array<ArrayBuffer> {
  const text = utf8.encode(JSON.stringify(value))
  const padded = new Uint8Array(Math.ceil(text.length / PADDING_BLOCK) * PADDING_BLOCK).fill(SPACE)
  padded.set(text)
  return padded
}

/** @throws SealError `bad-payload` for what is not padded, or is no strict JSON */
export function parsePaddedJson(bytes: Uint8Array, what: string): unknown {
  if (bytes.length === 0 || bytes.length % PADDING_BLOCK !== 0)
    throw new SealError(
      'bad-payload',
      `${what} has ${bytes.length} bytes; it must fill blocks of ${PADDING_BLOCK}.`,
    )
  try {
    return parseStrictJson(decodeUtf8(bytes, what), what)
  } catch (cause) {
    throw new SealError('bad-payload', `${what} is not the JSON it must be.`, { cause })
  }
}
