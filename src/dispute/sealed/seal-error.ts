/** The one error class of opening sealed things; what the hub refuses of a filing is a Refusal instead. */

/** What was wrong. Codes are stable; messages may change. */
export type SealErrorCode =
  /** It has another form than it must have: header, algorithm, encoding, length. */
  | 'malformed'
  /** It says of itself that it is about something else: case, metadata, recipients. */
  | 'not-as-promised'
  /** It is encrypted to other keys. */
  | 'not-a-recipient'
  /** It was altered, or encrypted with another key. */
  | 'not-decryptable'
  /** What came out is not of the form it must have. */
  | 'bad-payload'
  | 'wrong-secret'
  | 'attachment-differs'
  /** This browser can not encrypt to a key of that kind. */
  | 'key-unsupported'

/** Thrown where something sealed can not be opened or must not be trusted. Test `code`, never the message. */
export class SealError extends Error {
  override readonly name = 'SealError'
  readonly code: SealErrorCode

  constructor(code: SealErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
