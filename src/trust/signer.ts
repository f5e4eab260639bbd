/** Signing through a `Signer`, so that an agency may keep its key in a token or HSM (DESIGN 4.5). */
import { importJWK, type JWK } from 'jose'
import { encodeBase64url } from './json.js'
import { type SigningAlg, signingAlgOf, toPublicJwk } from './keys.js'

export interface Signer {
  /** RFC 7638 thumbprint of the public key. */
  kid: string
  alg: SigningAlg
  /** Signs bytes; the answer is the JWS signature (for ECDSA the two 32- or 48-byte integers, not DER). */
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

const SIGN: Record<SigningAlg, Algorithm | EcdsaParams | RsaPssParams> = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384' },
  EdDSA: { name: 'Ed25519' },
  PS256: { name: 'RSA-PSS', saltLength: 32 },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
}

/** A signer over a private JWK held in memory. @throws TypeError when the key can't sign */
export async function createSigner(privateJwk: JWK): Promise<Signer> {
  const publicJwk = await toPublicJwk(privateJwk)
  const alg = signingAlgOf(publicJwk)
  if (!alg) throw new TypeError(`key ${publicJwk.kid} can't sign`)
  const key = await importJWK({ ...privateJwk, alg }, alg)
  if (key instanceof Uint8Array) throw new TypeError('a symmetric key can’t sign statements')
  return {
    kid: publicJwk.kid,
    alg,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(SIGN[alg], key, bytes)),
  }
}

/** 128 random bits for a `jti` (DESIGN 4.6). */
export function createJti(): string {
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(16)))
}

const utf8 = new TextEncoder()

/** Signs claims as a compact JWS with the header `{alg, kid, typ}`. */
export async function signJws(signer: Signer, typ: string, claims: object): Promise<string> {
  const part = (value: object) => encodeBase64url(utf8.encode(JSON.stringify(value)))
  const input = `${part({ alg: signer.alg, kid: signer.kid, typ })}.${part(claims)}`
  return `${input}.${encodeBase64url(await signer.sign(utf8.encode(input) as Uint8Array<ArrayBuffer>))}`
}
