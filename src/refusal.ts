/**
 * Refusals: every way in which the hub says no to a caller, each with a stable code, the offending value and
 * the remedy. They travel as RFC 9457 problem details, whose `type` is `<origin>/problems/<code>`.
 */

/** Stable codes with the HTTP status they carry and a one-line English title. Never rename one: clients switch on it. */
export const REFUSALS = {
  // the request
  'bad-request': [400, 'The request is not understood'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This address does not answer that method'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The content type is not understood'],
  'too-many-statements': [413, 'Too many statements in one request'],
  'body-incomplete': [400, 'The body ended before its stated length'],
  'not-utf8': [400, 'The text is not UTF-8'],
  'bad-json': [400, 'The text is not JSON'],
  'duplicate-json-key': [400, 'A JSON object names a key twice'],
  'bad-cursor': [400, 'The cursor does not point into the log'],
  'bad-query': [400, 'The query can not be looked up'],
  'snapshot-gone': [410, 'The snapshot was replaced'],
  'read-only-copy': [405, 'A copy takes nothing in'],
  'not-signed-here': [406, 'A copy can not sign'],
  'internal-error': [500, 'The hub failed'],
  'not-ready': [503, 'The hub is not ready yet'],
  // the envelope of a statement
  unsigned: [400, 'The statement is not a signed JWS'],
  'statement-too-large': [413, 'The statement is too large'],
  'bad-encoding': [400, 'The JWS is not canonical base64url'],
  'unknown-type': [400, 'The statement type is unknown'],
  'alg-not-allowed': [400, 'The signature algorithm is not allowed'],
  'header-not-allowed': [400, 'A header parameter is not allowed'],
  'unknown-issuer': [403, 'The issuer is not a member'],
  'unknown-key': [403, 'The key is not known for this issuer'],
  'wrong-key-role': [403, 'The key may not sign this type of statement'],
  'key-compromised': [403, 'The key is no longer trusted'],
  'bad-signature': [403, 'The signature does not verify'],
  'bad-claims': [422, 'A claim is missing or wrong'],
  'wrong-audience': [422, 'The statement is addressed to another alliance'],
  'issuer-not-admitted': [403, 'The member may not sign now'],
  // the order of statements
  'issued-in-future': [422, 'The statement is dated in the future'],
  'older-than-known': [409, 'A newer statement about this record is known'],
  'jti-reused': [409, 'The statement identifier was used before'],
  // records
  'type-not-permitted': [403, 'The member may not issue this type of mark'],
  'id-not-own': [403, 'The record belongs to another member'],
  'mark-ended': [422, 'The mark is no longer awarded'],
  'expired-before-issue': [422, 'The record expires before it was issued'],
  'validity-too-long': [422, "The record is valid longer than its mark's validity"],
  'requirement-not-met': [422, 'A requirement of the level is not met'],
  'presupposed-mark-missing': [422, 'The level presupposes another mark that is not in force'],
  'presence-kind-not-covered': [422, 'The level does not cover this kind of presence'],
  'presence-not-canonical': [422, 'The presence is not in canonical form'],
  'subject-not-main-presence': [422, 'The subject is not the main presence'],
  'mark-changed': [422, 'The record was issued for another mark'],
  'principles-differ': [422, "The record's coverage is not that of its mark's criteria"],
  'presence-crowded': [409, 'Too many records in force name this presence'],
  'presence-taken': [409, 'The presence is certified for another holder by the same mark'],
  'bad-identifier': [422, 'An identifier of the holder is wrong'],
  'personal-number': [422, "A citizen's personal number may not be published"],
  'record-revoked': [409, 'The record was revoked, which is final'],
  'record-unknown': [404, 'No such record is known'],
  // status changes and standing
  'status-unchanged': [409, 'The record already has this status'],
  'member-unknown': [404, 'No such member is known'],
  'bad-admission': [422, 'The admission does not hold together'],
  'bad-erasure': [422, 'The erasure does not name every entry of one record'],
  'bad-log-key': [422, 'The key can not sign for this log'],
  'unknown-log-key': [403, 'No key that the operator answers for signed the checkpoint'],
  'log-restarted': [409, 'The log was started anew under another name'],
  // complaints
  'bad-quote': [422, 'The quote was not made by this hub'],
  'quote-expired': [422, 'The quote has expired'],
  'quote-used': [409, 'Another complaint was filed with this quote'],
  'nothing-to-file': [422, 'The route of this quote is not a case'],
  'work-insufficient': [422, 'The proof of work does not hold'],
  'bad-envelope': [422, 'The sealed complaint does not belong to its quote'],
  'not-authorised': [401, 'The caller did not show who it is'],
  'assertion-used': [401, 'The client assertion was used before'],
  'not-a-party': [403, 'The caller has no part in this case'],
  'case-unknown': [404, 'No such case is known'],
  'case-moved-on': [409, 'Something happened in the case meanwhile'],
  'event-not-allowed': [409, 'The case is not in a state for this event'],
  'receipt-differs': [422, 'The receipt is for something else than was delivered'],
  'payload-erased': [410, 'The content of the case was erased'],
  'attachment-unknown': [404, 'No such file was announced'],
  'attachment-differs': [422, 'The file is not the one that was announced'],
  'too-many-requests': [429, 'Too many requests'],
  'no-mail': [422, 'This hub sends no mail'],
  'bad-webhook': [422, 'The webhook address can not be used'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type RefusalCode = keyof typeof REFUSALS

/** What a refusal may carry beside its code. `value` is echoed to the caller: never put a personal number in it. */
export interface RefusalDetails {
  /** One or two sentences: which rule, and what to do about it. */
  detail: string
  /** The offending value, as received. */
  value?: string | number | boolean | null
  /** Where it stands: a claim path such as `trustmark.presences[0].url`, or a parameter name. */
  at?: string
  /** Where the rule comes from, when it is a scheme's rule. */
  source?: string
  /** In how many seconds the same request may be tried again: the `Retry-After` header. */
  retryAfter?: number
}

/** Thrown wherever a caller's input is refused. Test `code`, never the message. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: string | RefusalDetails) {
    const full = typeof details === 'string' ? { detail: details } : details
    super(full.detail)
    this.code = code
    this.details = full
  }

  get status(): number {
    return REFUSALS[this.code][0]
  }
}

/** The RFC 9457 members of a refusal, plus our `code`, `value`, `at` and `source`. */
export interface Problem {
  type: string
  title: string
  status: number
  code: RefusalCode
  detail: string
  value?: string | number | boolean | null
  at?: string
  source?: string
}

/** Renders a refusal as problem details; `origin` makes its `type` an address that can be opened. */
export function formatProblem(refusal: Refusal, origin: string): Problem {
  const { detail, value, at, source } = refusal.details
  const [status, title] = REFUSALS[refusal.code]
  return {
    type: `${origin}/problems/${refusal.code}`,
    title,
    status,
    code: refusal.code,
    detail,
    ...(value !== undefined && { value }),
    ...(at !== undefined && { at }),
    ...(source !== undefined && { source }),
  }
}
