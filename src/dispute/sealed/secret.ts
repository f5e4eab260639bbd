/**
 * What a case's secret of 24 digits opens: two keys derived from it under different labels, so that the one the hub gets
 * to see (access) says nothing of the other (wrapping), under which the consumer's private keys lie.
 */
import { CompactEncrypt, compactDecrypt, type JWK } from 'jose'
import { sha256Hex } from '../../trust/digest.js'
import { decodeBase64url, decodeUtf8, encodeBase64url } from '../../trust/json.js'
import { CONSUMER_KEYS_JWE_TYP, CONTENT_ENC } from './formats.js'
import { formatPaddedJson, parsePaddedJson } from './padded-json.js'
import { SealError } from './seal-error.js'

/**
 * PBKDF2 rounds. The secret is drawn at random with 79.7 bits; a hundred thousand rounds make 96 of them, beyond anyone's
 * reach. More would only cost: it is the most that Cloudflare Workers derive, and half a second on a slow phone.
 */
export const PBKDF2_ITERATIONS = 100_000

/** Salts: the label keeps the two keys apart, the reference keeps cases apart. No origin: a case may move. */
const ACCESS_LABEL = 'trustmark case access key v1'
const WRAPPING_LABEL = 'trustmark case wrapping key v1'
const KEY_BITS = 256

const utf8 = new TextEncoder()
const HEADER = { alg: 'dir', enc: CONTENT_ENC, typ: CONSUMER_KEYS_JWE_TYP } as const

/** The consumer's private keys of one case. */
export interface PrivateKeys {
  sign: JWK
  enc: JWK
}

/**
 * The key that shows the hub who asks: `Authorization: Bearer` and these 43 characters.
 * @param secret 24 digits, as `readCaseSecret` gives them
 */
export async function accessKeyOf(reference: string, secret: string): Promise<string> {
  return encodeBase64url(await derive(ACCESS_LABEL, reference, secret))
}

/** All that the hub keeps of an access key: SHA-256 (lower hex) of its 43 characters. */
export function hashAccessKey(accessKey: string): string {
  return sha256Hex(accessKey)
}

/** Encrypts her private keys under her secret, as a compact JWE. */
export async function sealPrivateKeys(reference: string, secret: string, keys: PrivateKeys): Promise<string> {
  return new CompactEncrypt(formatPaddedJson({ v: 1, ...keys }))
    .setProtectedHeader(HEADER)
    .encrypt(await derive(WRAPPING_LABEL, reference, secret))
}

/** @throws SealError `malformed`, `wrong-secret`, `bad-payload` */
export async function openPrivateKeys(
  reference: string,
  secret: string,
  sealed: string,
): Promise<PrivateKeys> {
  if (!isSealedUnderSecret(sealed))
    throw new SealError('malformed', 'These are not private keys sealed under a secret.')
  const key = await derive(WRAPPING_LABEL, reference, secret)
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: [CONTENT_ENC],
  }).catch((cause: unknown) => {
    throw new SealError(
      'wrong-secret',
      'The secret does not open this case. Check reference and secret digit by digit.',
      { cause },
    )
  })
  const { sign, enc } = parsePaddedJson(plaintext, 'The private keys') as Partial<PrivateKeys>
  if (!isPrivateKey(sign) || !isPrivateKey(enc))
    throw new SealError('bad-payload', 'What the secret opens are no private P-256 keys.')
  return { sign, enc }
}

/** Whether a text has the one form of keys sealed under a secret; so that none is sent in clear by mistake. */
export function isSealedUnderSecret(text: string): boolean {
  const [head = '', encryptedKey, iv, ciphertext, tag, ...rest] = text.split('.')
  if (encryptedKey !== '' || !iv || !ciphertext || !tag || rest.length > 0) return false
  try {
    return decodeUtf8(decodeBase64url(head, 'The header'), 'The header') === JSON.stringify(HEADER)
  } catch {
    return false
  }
}

async function derive(label: string, reference: string, secret: string): Promise<Uint8Array> {
  const base = await crypto.subtle.importKey('raw', utf8.encode(secret), 'PBKDF2', false, ['deriveBits'])
  const salt = utf8.encode(`${label}\n${reference}`)
  return new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PBKDF2_ITERATIONS },
      base,
      KEY_BITS,
    ),
  )
}

function isPrivateKey(jwk: JWK | undefined): jwk is JWK {
  return jwk?.kty === 'EC' && jwk.crv === 'P-256' && typeof jwk.d === 'string'
}
