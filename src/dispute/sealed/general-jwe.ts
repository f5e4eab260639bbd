/**
 * General JWE (RFC 7516 section 7.2.1) to several keys with authenticated metadata beside the ciphertext. One form only:
 * whatever differs in a single header member is refused before any key is touched.
 */
import { GeneralEncrypt, generalDecrypt, importJWK, type JWK } from 'jose'
import { decodeBase64url, encodeBase64url } from '../../trust/json.js'
import type { PublicJwk } from '../../trust/keys.js'
import type { GeneralJwe } from '../envelope.js'
import { CONTENT_ENC, KEY_ALG } from './formats.js'
import { PADDING_BLOCK } from './padded-json.js'
import { SealError } from './seal-error.js'
import { thumbprintOf } from './thumbprint.js'

const utf8 = new TextEncoder()
/** RFC 7518 sections 5.3 and 4.4: a GCM nonce and tag, and a wrapped key of 256 bits. */
const LENGTHS = { iv: 12, tag: 16, encrypted_key: 40 } as const

/** The one protected header that a JWE of this type may have, encoded. */
export function formatProtectedHeader(typ: string): string {
  return encodeBase64url(utf8.encode(JSON.stringify({ enc: CONTENT_ENC, typ })))
}

/**
 * Encrypts to every recipient, in their order.
 * @param aad text that is authenticated and stays readable
 * @throws SealError `key-unsupported` where the browser lacks a recipient's curve (X25519 before 2025)
 */
export async function encryptTo(
  plaintext: Uint8Array,
  typ: string,
  aad: string,
  recipients: readonly PublicJwk[],
): Promise<GeneralJwe> {
  const encryption = new GeneralEncrypt(plaintext)
    .setProtectedHeader({ enc: CONTENT_ENC, typ })
    .setAdditionalAuthenticatedData(utf8.encode(aad))
  // To a lone recipient jose writes the ephemeral key into the protected header, which would then differ from case to
  // case. A second wrapping of the same key, dropped below, keeps to the one form.
  const wrapped = recipients.length === 1 ? [...recipients, ...recipients] : recipients
  for (const jwk of wrapped) {
    const { use: _use, alg: _alg, kid, ...bare } = jwk
    const key = await importJWK(bare as JWK, KEY_ALG).catch((cause: unknown) => {
      throw new SealError(
        'key-unsupported',
        `This browser can't encrypt to the key ${kid}. Use a newer browser.`,
        { cause },
      )
    })
    encryption.addRecipient(key).setUnprotectedHeader({ alg: KEY_ALG, kid })
  }
  const jwe = (await encryption.encrypt()) as unknown as GeneralJwe
  return { ...jwe, recipients: jwe.recipients.slice(0, recipients.length) }
}

/** Lists how a JWE departs from the one form; empty when it does not. Needs no key. */
export function findFormFaults(jwe: GeneralJwe, typ: string): { at: string; fault: string }[] {
  const faults: { at: string; fault: string }[] = []
  // Comparing the text refuses every other member at once: zip, crit, p2c, a second enc.
  if (jwe.protected !== formatProtectedHeader(typ))
    faults.push({ at: 'protected', fault: `must be exactly {"enc":"${CONTENT_ENC}","typ":"${typ}"}` })
  if (byteLength(jwe.iv) !== LENGTHS.iv) faults.push({ at: 'iv', fault: `must have ${LENGTHS.iv} bytes` })
  if (byteLength(jwe.tag) !== LENGTHS.tag) faults.push({ at: 'tag', fault: `must have ${LENGTHS.tag} bytes` })
  const length = byteLength(jwe.ciphertext)
  if (!length || length % PADDING_BLOCK !== 0)
    faults.push({ at: 'ciphertext', fault: `must be padded to blocks of ${PADDING_BLOCK} bytes` })
  for (const [i, { encrypted_key: key, header }] of jwe.recipients.entries()) {
    if (header.alg !== KEY_ALG)
      faults.push({ at: `recipients[${i}].header.alg`, fault: `must be ${KEY_ALG}` })
    if (byteLength(key) !== LENGTHS.encrypted_key)
      faults.push({
        at: `recipients[${i}].encrypted_key`,
        fault: `must have ${LENGTHS.encrypted_key} bytes`,
      })
  }
  const kids = kidsOf(jwe)
  if (new Set(kids).size !== kids.length)
    faults.push({ at: 'recipients', fault: 'must not name a key twice' })
  return faults
}

/**
 * Decrypts with one private key, whose thumbprint must be a recipient's kid.
 * @throws SealError `malformed`, `not-a-recipient`, `not-decryptable`
 */
export async function decryptWith(jwe: GeneralJwe, typ: string, privateJwk: JWK): Promise<Uint8Array> {
  const [fault] = findFormFaults(jwe, typ)
  if (fault) throw new SealError('malformed', `The sealed text's ${fault.at} ${fault.fault}.`)
  const kid = thumbprintOf(privateJwk)
  const recipient = jwe.recipients.find(({ header }) => header.kid === kid)
  if (!recipient)
    throw new SealError('not-a-recipient', `It is not encrypted to ${kid}, but to ${kidsOf(jwe).join(', ')}.`)
  const { use: _use, alg: _alg, kid: _kid, key_ops: _ops, ext: _ext, ...bare } = privateJwk
  try {
    const key = await importJWK(bare as JWK, KEY_ALG)
    // Only this recipient's entry: jose would try the key on all of them, a relabelled one included.
    const { plaintext } = await generalDecrypt({ ...jwe, recipients: [recipient] }, key, {
      keyManagementAlgorithms: [KEY_ALG],
      contentEncryptionAlgorithms: [CONTENT_ENC],
    })
    return plaintext
  } catch (cause) {
    throw new SealError(
      'not-decryptable',
      `It does not open with ${kid}: it was altered on the way, or encrypted with another key.`,
      { cause },
    )
  }
}

/** Thumbprints of the recipients, in order. */
export function kidsOf(jwe: GeneralJwe): string[] {
  return jwe.recipients.map(({ header }) => header.kid)
}

/** Length of canonical base64url in bytes; undefined for any other text. */
function byteLength(text: string): number | undefined {
  try {
    return decodeBase64url(text, 'It').length
  } catch {
    return undefined
  }
}
