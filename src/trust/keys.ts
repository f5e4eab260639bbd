/** Member and alliance keys: JWKs with a role each, named by their RFC 7638 thumbprint (DESIGN 4.5). */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import * as z from 'zod'
import { decodeBase64url } from './json.js'

/** What signs what: `issue` records and member statements, `auth` API calls, `enc` receives complaints, `recovery` replaces the set. */
export const KEY_ROLES = ['issue', 'auth', 'enc', 'recovery'] as const
export type KeyRole = (typeof KEY_ROLES)[number]

/** Algorithms accepted from members, by allow-list; `none` and every symmetric algorithm stay out. */
export const SIGNING_ALGS = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'] as const
export type SigningAlg = (typeof SIGNING_ALGS)[number]

/** RFC 7518 sections 3.3 and 3.5: at least 2048 bits. */
export const MIN_RSA_BITS = 2048
/** Keys of one role: ten officers and a spare each. */
const MAX_KEYS_PER_ROLE = 20

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)
const kid = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the RFC 7638 SHA-256 thumbprint')
const shared = { kid, use: z.enum(['sig', 'enc']).optional(), alg: z.string().max(20).optional() }

/** A public JWK, strict: a private member (`d`, `p`, `k` …) is refused, not dropped, so that a leak is noticed. */
export const publicJwk = z.union([
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384']),
    x: base64url,
    y: base64url,
    ...shared,
  }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.enum(['Ed25519', 'X25519']), x: base64url, ...shared }),
  z.strictObject({ kty: z.literal('RSA'), n: base64url.max(1400), e: base64url.max(8), ...shared }),
])
export type PublicJwk = z.infer<typeof publicJwk>

const keysOfRole = z.array(publicJwk).max(MAX_KEYS_PER_ROLE)

/** A member's whole key set. Only `issue` keys stand in its federation `jwks`. */
export const keySet = z.strictObject({
  issue: keysOfRole.min(1),
  auth: keysOfRole.min(1),
  enc: keysOfRole,
  recovery: keysOfRole.min(1),
})
export type KeySet = z.infer<typeof keySet>

/** The algorithm a public key signs with: its stated `alg`, else the only one its type allows (RSA: RS256). */
export function signingAlgOf(jwk: PublicJwk): SigningAlg | undefined {
  if (jwk.kty === 'EC') return jwk.crv === 'P-256' ? 'ES256' : 'ES384'
  if (jwk.kty === 'OKP') return jwk.crv === 'Ed25519' ? 'EdDSA' : undefined
  return jwk.alg === 'PS256' ? 'PS256' : 'RS256'
}

/** FIPS 186-5 section A.1.1: the RSA public exponent is 65537 at least. With an exponent of 1 anybody can sign. */
const MIN_RSA_EXPONENT = 65_537

/** Bits of an RSA modulus (0 for other keys). */
export function rsaBits(jwk: PublicJwk): number {
  return jwk.kty === 'RSA' ? Math.floor((jwk.n.replace(/^A+(?=.)/, '').length * 6) / 8) * 8 : 0
}

function rsaExponent(e: string): number {
  return [...atob(e.replaceAll('-', '+').replaceAll('_', '/'))].reduce(
    (sum, byte) => sum * 256 + byte.charCodeAt(0),
    0,
  )
}

/** Bytes of an Ed25519 or X25519 public key. */
const OKP_KEY_BYTES = 32

function decodedLength(text: string): number | undefined {
  try {
    return decodeBase64url(text, 'The key').length
  } catch {
    return undefined
  }
}

/** Whether the numbers make a key at all; an EC point may lie off its curve. */
async function isUsable(
  { use: _use, alg: _alg, kid: _kid, ...bare }: PublicJwk,
  role: KeyRole,
): Promise<boolean> {
  // Any 32 bytes are a key of these curves (RFC 7748, RFC 8032), and browsers before 2025 can't import them to say so.
  if (bare.kty === 'OKP') return decodedLength(bare.x) === OKP_KEY_BYTES
  const algorithm =
    bare.kty === 'RSA'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: role === 'enc' ? 'ECDH' : 'ECDSA', namedCurve: bare.crv }
  return crypto.subtle
    .importKey('jwk', bare as JsonWebKey, algorithm, true, role === 'enc' ? [] : ['verify'])
    .then(
      () => true,
      () => false,
    )
}

/** Faults of an RSA key's numbers. */
function rsaFaults(jwk: PublicJwk): string[] {
  if (jwk.kty !== 'RSA') return []
  return [
    ...(rsaBits(jwk) < MIN_RSA_BITS ? [`has fewer than ${MIN_RSA_BITS} bits`] : []),
    ...(rsaExponent(jwk.e) < MIN_RSA_EXPONENT ? [`has a public exponent below ${MIN_RSA_EXPONENT}`] : []),
  ]
}

function roleFaults(jwk: PublicJwk, role: KeyRole): string[] {
  const use = role === 'enc' ? 'enc' : 'sig'
  const wrongUse = jwk.use !== undefined && jwk.use !== use ? [`is for use "${jwk.use}"`] : []
  if (role === 'enc') {
    const receives = jwk.kty === 'EC' || (jwk.kty === 'OKP' && jwk.crv === 'X25519')
    return receives ? wrongUse : ["can't receive (P-256, P-384 or X25519)"]
  }
  const alg = signingAlgOf(jwk)
  if (!alg) return ["can't sign"]
  // What a key says of itself must be what it is used for: an RS512 key would silently be taken for RS256.
  return jwk.alg !== undefined && jwk.alg !== alg
    ? [`states the algorithm ${jwk.alg}, which is not accepted for it`]
    : wrongUse
}

/**
 * Checks what the schema can't: every `kid` is its key's thumbprint, no key stands twice (not even in two
 * roles), signing roles hold signing keys of enough strength, `enc` holds key-agreement keys, and every one can
 * be imported.
 * @returns every fault found
 */
export async function keySetFaults(keys: KeySet): Promise<string[]> {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const role of KEY_ROLES) {
    for (const jwk of keys[role]) {
      if (seen.has(jwk.kid)) faults.push(`key ${jwk.kid} stands twice`)
      seen.add(jwk.kid)
      if ((await calculateJwkThumbprint(jwk)) !== jwk.kid)
        faults.push(`kid ${jwk.kid} is not its key's RFC 7638 thumbprint`)
      const problems = [...roleFaults(jwk, role), ...rsaFaults(jwk)]
      if (problems.length === 0 && !(await isUsable(jwk, role)))
        problems.push('is not a public key of its type')
      faults.push(...problems.map((problem) => `${role} key ${jwk.kid} ${problem}`))
    }
  }
  return faults
}

/** Leaves only a key's public members, with its thumbprint as `kid`. */
export async function toPublicJwk(jwk: JWK, use: 'sig' | 'enc' = 'sig'): Promise<PublicJwk> {
  const { kty, crv, x, y, n, e } = jwk
  const bare = kty === 'EC' ? { kty, crv, x, y } : kty === 'OKP' ? { kty, crv, x } : { kty, n, e }
  return publicJwk.parse({
    ...bare,
    use,
    ...(kty === 'RSA' && jwk.alg && { alg: jwk.alg }),
    kid: await calculateJwkThumbprint(bare as JWK),
  })
}

/** Makes a key pair for a role: P-256 throughout (signing with ES256, receiving with ECDH-ES). */
export async function generateKey(
  role: KeyRole | 'operator' | 'federation',
): Promise<{ privateJwk: JWK; publicJwk: PublicJwk }> {
  const alg = role === 'enc' ? 'ECDH-ES+A256KW' : 'ES256'
  const pair = await generateKeyPair(alg, { crv: 'P-256', extractable: true })
  const pub = await toPublicJwk(await exportJWK(pair.publicKey), role === 'enc' ? 'enc' : 'sig')
  return {
    privateJwk: { ...(await exportJWK(pair.privateKey)), kid: pub.kid, alg, use: pub.use },
    publicJwk: pub,
  }
}
