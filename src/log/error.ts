/** The one error class of the log room: every refusal carries a stable code that callers switch on. */

/** What was wrong. Codes are published; messages may change. */
export type LogErrorCode =
  | 'base64-invalid'
  | 'bundle-malformed'
  | 'checkpoint-malformed'
  | 'entry-malformed'
  | 'entry-not-canonical'
  | 'entry-too-large'
  | 'hash-length'
  | 'index-out-of-range'
  | 'key-name-invalid'
  | 'key-type-unsupported'
  | 'note-malformed'
  | 'note-too-large'
  | 'origin-mismatch'
  | 'proof-length'
  | 'root-mismatch'
  | 'signature-invalid'
  | 'signature-missing'
  | 'tile-missing'
  | 'tile-path-invalid'
  | 'tlog-proof-malformed'
  | 'tree-size-invalid'
  | 'verifier-duplicate'
  | 'verifier-key-malformed'

/** Thrown for anything the log refuses: malformed text, a proof that does not prove, a missing signature. */
export class LogError extends Error {
  override readonly name = 'LogError'
  readonly code: LogErrorCode

  constructor(code: LogErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Longest part of a refused value that a message repeats: enough to recognise it, too little to flood a log. */
const QUOTE_LENGTH = 80

/** A refused value as it may stand in a message: escaped, so that it cannot forge log lines, and cut. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > QUOTE_LENGTH ? `${text.slice(0, QUOTE_LENGTH)}…` : text
}
