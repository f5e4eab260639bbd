/** Signing a verdict, so that it can be shown to others and checked without the hub (DESIGN 5). */
import { formatAllianceId } from '../record/record.js'
import { createJti, signJws } from '../trust/signer.js'
import { VERDICT_TYP } from '../trust/statements.js'
import type { Hub } from './hub.js'
import type { RenderedVerdict } from './verify.js'

/** Longest life of a signed verdict in seconds: within it a revocation may go unseen. */
export const VERDICT_LIFETIME = 3600
/** A signed verdict is given out again while it has at least this long to live (s). */
const REUSE = 3300

/** Signed once and reused while the answer stands, so that a busy hub does not sign per request. */
const signed = new WeakMap<RenderedVerdict, { jwt: string; exp: number }>()

/** The verdict as a JWS of type `trustmark-verdict+jwt`: `{iss, iat, exp, jti, verdict}`, the query inside. */
export async function signVerdict(hub: Hub, rendered: RenderedVerdict): Promise<string> {
  const now = Math.floor(hub.now() / 1000)
  const kept = signed.get(rendered)
  const until = Math.floor(rendered.until / 1000)
  if (kept && (kept.exp - now >= REUSE || kept.exp === until) && kept.exp > now) return kept.jwt
  const exp = Math.max(now + 1, Math.min(now + VERDICT_LIFETIME, until))
  const claims = {
    iss: formatAllianceId(hub.origin),
    iat: now,
    exp,
    jti: createJti(),
    verdict: rendered.verdict,
  }
  const jwt = await signJws(hub.keys.federation, VERDICT_TYP, claims)
  signed.set(rendered, { jwt, exp })
  return jwt
}
