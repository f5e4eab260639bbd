/** Reading JSON that a hub answers with: one reading for everybody, or it is odd (RFC 8725 section 2.4). */
import { LogError } from '../../log/error.js'
import { Refusal } from '../../refusal.js'
import { parseStrictJson } from '../../trust/json.js'
import type { Answer } from './settle.js'

/** @throws Refusal for what is no JSON, or names a key twice: readers differ in which of the two they keep */
export function parseAnswer(text: string): unknown {
  // How large an answer may be was bounded in bytes, and a holder with 1,000 certificates has more keys than any statement.
  return parseStrictJson(text, 'The answer', Number.POSITIVE_INFINITY)
}

/** An answer that can't be read one way only differs from everything; it says why. Other errors go on their way. */
export function unreadable(status: number, error: unknown): Answer {
  if (!(error instanceof Refusal || error instanceof LogError)) throw error
  return {
    status,
    body: undefined,
    size: undefined,
    odd: {
      code: 'view-differs',
      detail: `The hub's answer can't be read, or not in one way only: ${error.message}`,
    },
  }
}
