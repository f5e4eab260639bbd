/**
 * Who asks: a consumer by her access key, an agency or the operator by a client assertion (RFC 7523 section 3, DESIGN 5).
 * No session and no account: every request shows anew who it comes from.
 */
import * as z from 'zod'
import { ASSERTION_LIFETIME, ASSERTION_TYP } from '../../dispute/sealed/formats.js'
import { hashAccessKey } from '../../dispute/sealed/secret.js'
import { formatAllianceId, jwtId, numericDate } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { ALLIANCE, chooseKey } from '../../trust/authority.js'
import { decodeJws, verifyJws } from '../../trust/jws.js'
import { CLOCK_LEEWAY } from '../../trust/statement.js'
import { type Hub, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import type { Asker } from './ports.js'

/** Header, seven claims and the longest signature (RSA 4096) with room to spare. */
const MAX_ASSERTION_BYTES = 4096

const TYPES = { [ASSERTION_TYP]: { maxBytes: MAX_ASSERTION_BYTES } }
/** 32 bytes in base64url: what a consumer's secret gives. No JWS looks like it. */
const ACCESS_KEY = /^[A-Za-z0-9_-]{43}$/

const assertionClaims = z.strictObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  iat: numericDate,
  exp: numericDate,
  jti: jwtId,
})
type AssertionClaims = z.infer<typeof assertionClaims>

/**
 * Reads the `Authorization` header. An assertion is spent by this: it opens one request only.
 * @returns a consumer is only named, not yet known: whether her key opens a case is for the case to say
 * @throws Refusal `not-authorised`, `assertion-used`; both answer 401
 */
export async function authenticate(hub: Hub, authorization: string | undefined): Promise<Asker> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (!token) {
    throw new Refusal(
      'not-authorised',
      'Send "Authorization: Bearer …": a consumer her access key, an agency a client assertion (RFC 7523).',
    )
  }
  if (ACCESS_KEY.test(token)) return { kind: 'consumer', access: hashAccessKey(token) }
  return verifyAssertion(hub, token).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code === 'assertion-used') throw error
    // Whatever is wrong with it, the answer is 401: the request itself was not even looked at.
    throw new Refusal('not-authorised', {
      ...error.details,
      detail: `Client assertion: ${error.details.detail}`,
    })
  })
}

async function verifyAssertion(hub: Hub, token: string): Promise<Asker> {
  const decoded = decodeJws(token, TYPES)
  const claims = readClaims(decoded.payload)
  const head = await readHead(hub)
  const directory = await readRoster(hub, head)
  const isOperator = claims.iss === formatAllianceId(hub.origin)
  const { issuer, key } = chooseKey(
    { iss: claims.iss, kid: decoded.header.kid },
    isOperator ? 'operator' : 'auth',
    directory,
    head.size,
  )
  await verifyJws(decoded, key.jwk)
  assertCurrent(hub, claims)
  // Kept until no clock within the leeway could still take the assertion for valid.
  const spentUntil = (claims.exp + CLOCK_LEEWAY) * 1000
  if (!(await hub.cases.store.spendAssertion(issuer.id, claims.jti, spentUntil, hub.now()))) {
    throw new Refusal('assertion-used', {
      detail: 'A client assertion opens one request only. Sign a new one, with a new jti, for each.',
      value: claims.jti,
      at: 'jti',
    })
  }
  return issuer.id === ALLIANCE ? { kind: 'operator' } : { kind: 'member', id: issuer.id }
}

function readClaims(payload: unknown): AssertionClaims {
  const parsed = assertionClaims.safeParse(payload)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Refusal('bad-claims', {
      detail: `it holds iss, sub, aud, iat, exp and jti, and nothing else; ${issue?.path.join('.') || 'the payload'}: ${issue?.message}.`,
      at: issue?.path.join('.'),
    })
  }
  return parsed.data
}

/** @throws Refusal `bad-claims`, `wrong-audience` */
function assertCurrent(hub: Hub, { iss, sub, aud, iat, exp }: AssertionClaims): void {
  const now = Math.floor(hub.now() / 1000)
  const fault = (at: string, value: string | number, detail: string): Refusal =>
    new Refusal('bad-claims', { detail, value: typeof value === 'string' ? value.slice(0, 200) : value, at })
  if (sub !== iss) throw fault('sub', sub, 'sub must equal iss: an agency speaks for itself only.')
  // "The JWT MUST contain an aud claim containing a value that identifies the authorization server" (RFC 7523 section 3).
  if (aud !== formatAllianceId(hub.origin))
    throw fault('aud', aud, `aud must be ${formatAllianceId(hub.origin)}.`)
  if (exp - iat > ASSERTION_LIFETIME)
    throw fault(
      'exp',
      exp,
      `it may be valid for ${ASSERTION_LIFETIME} s: exp must not lie later than iat + ${ASSERTION_LIFETIME}.`,
    )
  if (iat > now + CLOCK_LEEWAY)
    throw fault(
      'iat',
      iat,
      `iat lies more than ${CLOCK_LEEWAY} s ahead of the hub's clock. Set the signing machine's clock.`,
    )
  if (exp + CLOCK_LEEWAY <= now) throw fault('exp', exp, 'it has expired. Sign a new one for each request.')
}
