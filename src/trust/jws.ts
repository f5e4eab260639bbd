/**
 * Compact JWS (RFC 7515): decoding with every check that needs no key, and verification with exactly one key.
 * The order is fixed: size, form, encoding, `typ`, `alg`, other header members, then the payload.
 */
import { ED25519_KEY_BYTES, importEd25519 } from '../log/ed25519.js'
import { Refusal } from '../refusal.js'
import { decodeBase64url, decodeUtf8, parseStrictJson } from './json.js'
import { type PublicJwk, SIGNING_ALGS, type SigningAlg, signingAlgOf } from './keys.js'

export interface JwsHeader {
  typ: string
  alg: SigningAlg
  kid: string
}

export interface DecodedJws {
  /** The compact text as received: what is hashed into the log. */
  jws: string
  header: JwsHeader
  /** The parsed payload. Nothing about it has been verified yet. */
  payload: unknown
  signingInput: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

const ascii = new TextEncoder()
const HEADER_MEMBERS = new Set(['typ', 'alg', 'kid'])

/**
 * Decodes a compact JWS whose `typ` is one of `types`.
 * @param maxBytes by `typ`, the largest size of the whole text
 * @throws Refusal `unsigned`, `statement-too-large`, `bad-encoding`, `unknown-type`, `alg-not-allowed`,
 *   `header-not-allowed`, `unknown-key`, `not-utf8`, `bad-json`, `duplicate-json-key`
 */
export function decodeJws(text: string, types: Readonly<Record<string, { maxBytes: number }>>): DecodedJws {
  const largest = Math.max(...Object.values(types).map((t) => t.maxBytes))
  if (text.length > largest) throw tooLarge(text.length, largest)
  const parts = text.split('.')
  const [head, body, signature] = parts
  if (parts.length !== 3 || !head || !body || signature === undefined) {
    throw new Refusal(
      'unsigned',
      'A statement is a compact JWS: three base64url parts with dots between. Sign it first.',
    )
  }
  const header = readHeader(head, types)
  const limit = types[header.typ]?.maxBytes ?? 0
  if (text.length > limit) throw tooLarge(text.length, limit)
  if (signature === '') throw new Refusal('unsigned', 'The signature part is empty. Sign the statement.')
  return {
    jws: text,
    header,
    payload: parseStrictJson(decodeUtf8(decodeBase64url(body, 'The payload'), 'The payload'), 'The payload'),
    signingInput: ascii.encode(`${head}.${body}`) as Uint8Array<ArrayBuffer>,
    signature: decodeBase64url(signature, 'The signature') as Uint8Array<ArrayBuffer>,
  }
}

function readHeader(encoded: string, types: Readonly<Record<string, unknown>>): JwsHeader {
  const text = decodeUtf8(decodeBase64url(encoded, 'The header'), 'The header')
  const header = parseStrictJson(text, 'The header')
  if (header === null || typeof header !== 'object' || Array.isArray(header)) {
    throw new Refusal('unsigned', 'The JWS header is not a JSON object.')
  }
  const { typ, alg, kid } = header as Record<string, unknown>
  if (typeof typ !== 'string' || !Object.hasOwn(types, typ)) {
    throw new Refusal('unknown-type', {
      detail: `The header's typ must be one of ${Object.keys(types).join(', ')}.`,
      value: show(typ),
      at: 'typ',
    })
  }
  if (!SIGNING_ALGS.some((allowed) => allowed === alg)) {
    throw new Refusal('alg-not-allowed', {
      detail: `Sign with one of ${SIGNING_ALGS.join(', ')}.`,
      value: show(alg),
      at: 'alg',
    })
  }
  // A key or a key's address inside the token would let its sender choose what verifies it.
  const stray = Object.keys(header).find((member) => !HEADER_MEMBERS.has(member))
  if (stray !== undefined) {
    throw new Refusal('header-not-allowed', {
      detail:
        'The header may hold typ, alg and kid only; keys are found by kid in the key set the member was admitted with.',
      value: stray.slice(0, 40),
    })
  }
  if (typeof kid !== 'string' || kid === '') {
    throw new Refusal('unknown-key', {
      detail: "The header needs a kid: the signing key's RFC 7638 thumbprint.",
      at: 'kid',
    })
  }
  return { typ, alg: alg as SigningAlg, kid }
}

/** The payload of a JWS that was verified, or signed here, earlier. @throws Refusal, SyntaxError for what is no JWS */
export function readPayload<T = unknown>(jws: string): T {
  return JSON.parse(decodeUtf8(decodeBase64url(jws.split('.')[1] ?? '', 'The payload'), 'The payload')) as T
}

function tooLarge(length: number, limit: number): Refusal {
  return new Refusal('statement-too-large', {
    detail: `The statement has ${length} bytes; its type may have ${limit}.`,
    value: length,
  })
}

/** Only texts are echoed: String() of a hostile object would run its own `toString`, or recurse without end. */
function show(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60) : value === undefined ? 'none' : `(${typeof value})`
}

const IMPORT: Record<Exclude<SigningAlg, 'EdDSA'>, RsaHashedImportParams | EcKeyImportParams | Algorithm> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
}
const VERIFY: Record<Exclude<SigningAlg, 'EdDSA'>, Algorithm | EcdsaParams | RsaPssParams> = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384' },
  PS256: { name: 'RSA-PSS', saltLength: 32 },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
}

type Verify = (decoded: DecodedJws) => Promise<boolean>

/** Importing a key costs more than verifying with it; a kid is its key's thumbprint, so the pair names one key. */
const imported = new Map<string, Promise<Verify>>()
/** The alliance has some 40 members with a few keys each; far beyond that the memo starts anew. */
const MAX_IMPORTED_KEYS = 1000

function importVerifier(jwk: PublicJwk, alg: SigningAlg): Promise<Verify> {
  const name = `${alg} ${JSON.stringify(jwk)}`
  let verify = imported.get(name)
  if (!verify) {
    if (imported.size >= MAX_IMPORTED_KEYS) imported.clear()
    verify = makeVerifier(jwk, alg)
    imported.set(name, verify)
  }
  return verify
}

async function makeVerifier(jwk: PublicJwk, alg: SigningAlg): Promise<Verify> {
  if (alg === 'EdDSA') {
    const publicKey = decodeBase64url(jwk.kty === 'OKP' ? jwk.x : '', 'The key')
    if (publicKey.length !== ED25519_KEY_BYTES) throw new TypeError('no Ed25519 key')
    const isSigned = await importEd25519(publicKey)
    return ({ signature, signingInput }) => isSigned(signature, signingInput)
  }
  const { use: _use, alg: _alg, kid: _kid, ...bare } = jwk
  const key = await crypto.subtle.importKey('jwk', bare as JsonWebKey, IMPORT[alg], false, ['verify'])
  return ({ signature, signingInput }) => crypto.subtle.verify(VERIFY[alg], key, signature, signingInput)
}

/**
 * Verifies a decoded JWS with one key. The header's `alg` must be the one the key is for, so a token can't
 * choose another algorithm for the same key.
 * @throws Refusal `alg-not-allowed`, `bad-signature`
 */
export async function verifyJws(decoded: DecodedJws, jwk: PublicJwk): Promise<void> {
  const alg = signingAlgOf(jwk)
  if (alg !== decoded.header.alg) {
    throw new Refusal('alg-not-allowed', {
      detail: `This key signs with ${alg ?? 'nothing'}.`,
      value: decoded.header.alg,
      at: 'alg',
    })
  }
  const verify = await importVerifier(jwk, alg).catch(() => {
    // A point off its curve, say: known only once it is imported, and to be refused like any other bad input.
    throw new Refusal('bad-signature', {
      detail: 'The key named by kid is not a usable public key, so nothing verifies with it.',
      value: decoded.header.kid,
      at: 'kid',
    })
  })
  if (!(await verify(decoded))) {
    throw new Refusal('bad-signature', {
      detail:
        'The signature does not verify with the key named by kid: the statement was altered, or signed by another key.',
      value: decoded.header.kid,
      at: 'kid',
    })
  }
}
