/** Checking a quote with the alliance's keys alone: by the consumer before she seals, by an agency before it opens. */
import { Refusal } from '../../refusal.js'
import { decodeJws, verifyJws } from '../../trust/jws.js'
import type { PublicJwk } from '../../trust/keys.js'
import { CLOCK_LEEWAY } from '../../trust/statement.js'
import { type QuoteClaims, quoteClaims } from '../envelope.js'
import { QUOTE_TYP } from './formats.js'

/** As the schema of a filing allows. */
const MAX_QUOTE_BYTES = 16_384

/**
 * @param keys the alliance's entity identifier and its federation keys, as in an `Anchor`
 * @param now JWT seconds; absent: a quote may have expired, for the case that was filed with it lives on
 * @throws Refusal `bad-quote`, `quote-expired`
 */
export async function verifyQuote(
  jws: string,
  keys: { alliance: string; federation: readonly PublicJwk[] },
  now?: number,
): Promise<QuoteClaims> {
  const claims = await readSigned(jws, keys).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code === 'bad-quote') throw error
    throw new Refusal('bad-quote', { ...error.details, detail: `The quote: ${error.details.detail}` })
  })
  if (now !== undefined && now > claims.exp)
    throw new Refusal('quote-expired', {
      detail: 'The quote has expired. Ask for a new one; what was written is not lost.',
      value: claims.exp,
      at: 'exp',
    })
  if (now !== undefined && claims.iat > now + CLOCK_LEEWAY)
    throw new Refusal('bad-quote', {
      detail: "The quote is dated in the future: this machine's clock or the hub's is wrong.",
      value: claims.iat,
      at: 'iat',
    })
  return claims
}

async function readSigned(
  jws: string,
  { alliance, federation }: { alliance: string; federation: readonly PublicJwk[] },
): Promise<QuoteClaims> {
  const decoded = decodeJws(jws, { [QUOTE_TYP]: { maxBytes: MAX_QUOTE_BYTES } })
  const key = federation.find(({ kid }) => kid === decoded.header.kid)
  if (!key)
    throw new Refusal('bad-quote', {
      detail: 'It is not signed by the alliance whose keys you hold.',
      value: decoded.header.kid,
      at: 'kid',
    })
  await verifyJws(decoded, key)
  const parsed = quoteClaims.safeParse(decoded.payload)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Refusal('bad-quote', {
      detail: `${issue?.path.join('.') || 'Its payload'}: ${issue?.message ?? 'does not fit its schema'}`,
      at: issue?.path.join('.'),
    })
  }
  const { iss, aud } = parsed.data
  if (iss !== alliance || aud !== alliance)
    throw new Refusal('bad-quote', {
      detail: `It is not of ${alliance}.`,
      value: iss.slice(0, 200),
      at: 'iss',
    })
  return parsed.data
}
