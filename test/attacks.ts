/** What an attacker can make of a good statement, and keys of every accepted algorithm. */
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { decodeBase64url, encodeBase64url } from '../src/trust/json.js'
import { type PublicJwk, type SigningAlg, toPublicJwk } from '../src/trust/keys.js'
import { createSigner, type Signer } from '../src/trust/signer.js'

/** The order of P-256 (FIPS 186-5). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The other signature that verifies over the same text: (r, n - s) beside (r, s). No key is needed to make it. */
export function twinOf(jws: string): string {
  const [head, payload, signature = ''] = jws.split('.')
  const bytes = decodeBase64url(signature, 'The signature')
  const s = [...bytes.subarray(32)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const hex = (P256_ORDER - s).toString(16).padStart(64, '0')
  const other = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  return `${head}.${payload}.${encodeBase64url(new Uint8Array([...bytes.subarray(0, 32), ...other]))}`
}

/** A statement with other bytes in one of its parts; what is not given stays. */
export function forge(jws: string, parts: { header?: string; payload?: string; signature?: string }): string {
  const [header, payload, signature] = jws.split('.')
  const encode = (text: string) => encodeBase64url(new TextEncoder().encode(text))
  return [
    parts.header === undefined ? header : encode(parts.header),
    parts.payload === undefined ? payload : encode(parts.payload),
    parts.signature ?? signature,
  ].join('.')
}

/** Signs exactly this payload text, which may be no good JSON, under a header. */
export async function signText(signer: Signer, header: object, payload: string): Promise<string> {
  const encode = (text: string) => encodeBase64url(new TextEncoder().encode(text))
  const input = `${encode(JSON.stringify(header))}.${encode(payload)}`
  return `${input}.${encodeBase64url(await signer.sign(new TextEncoder().encode(input) as Uint8Array<ArrayBuffer>))}`
}

export interface TestKey {
  signer: Signer
  publicJwk: PublicJwk
  privateJwk: JWK
}

/** An RS256 key of 1024 bits, which no library of ours would make or sign with. */
export async function makeWeakSigner(): Promise<TestKey> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const privateJwk = { ...(await exportJWK(pair.privateKey)), alg: 'RS256' }
  const publicJwk = await toPublicJwk(privateJwk)
  const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, bytes))
  return { signer: { kid: publicJwk.kid, alg: 'RS256', sign }, publicJwk, privateJwk }
}

/** A new signing key. */
export async function makeSigner(alg: SigningAlg): Promise<TestKey> {
  const pair = await generateKeyPair(alg, {
    extractable: true,
    ...(alg === 'EdDSA' && { crv: 'Ed25519' }),
    ...((alg === 'PS256' || alg === 'RS256') && { modulusLength: 2048 }),
  })
  const privateJwk: JWK = { ...(await exportJWK(pair.privateKey)), alg }
  const publicJwk = await toPublicJwk(privateJwk)
  return { signer: await createSigner(privateJwk), publicJwk, privateJwk }
}
