/**
 * Attachments: each a compact JWE of its own under a key of its own, which lies inside the encrypted payload. Re-wrapping
 * a case to others thus never touches the files.
 */
import { CompactEncrypt, compactDecrypt } from 'jose'
import { sha256Hex } from '../../trust/digest.js'
import { decodeBase64url, encodeBase64url } from '../../trust/json.js'
import type { AttachmentNotice } from '../envelope.js'
import type { AttachmentKey } from '../payload.js'
import { ATTACHMENT_JWE_TYP, CONTENT_ENC } from './formats.js'
import { SealError } from './seal-error.js'

const HEADER = { alg: 'dir', enc: CONTENT_ENC, typ: ATTACHMENT_JWE_TYP } as const
const KEY_BYTES = 32
/** 128 random bits. */
const ID_BYTES = 16

/** @param file as it is shown again: bytes as they are, images drawn anew before */
export async function sealAttachment(
  bytes: Uint8Array,
  file: Pick<AttachmentKey, 'name' | 'type'>,
): Promise<{ key: AttachmentKey; notice: AttachmentNotice; sealed: Uint8Array<ArrayBuffer> }> {
  const secret = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const jwe = await new CompactEncrypt(bytes).setProtectedHeader(HEADER).encrypt(secret)
  const sealed = new TextEncoder().encode(jwe) as Uint8Array<ArrayBuffer>
  const id = encodeBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)))
  const sha256 = sha256Hex(sealed)
  return {
    key: { id, ...file, bytes: bytes.length, key: encodeBase64url(secret), sha256 },
    notice: { id, bytes: sealed.length, sha256 },
    sealed,
  }
}

/**
 * @param sealed as the hub stores it
 * @param key from the decrypted payload: it also says which bytes these must be
 * @throws SealError `attachment-differs`, `malformed`, `not-decryptable`
 */
export async function openAttachment(
  sealed: Uint8Array,
  key: AttachmentKey,
): Promise<Uint8Array<ArrayBuffer>> {
  if (sha256Hex(sealed) !== key.sha256)
    throw new SealError('attachment-differs', 'The stored file is not the one that the complaint names.')
  const jwe = new TextDecoder().decode(sealed)
  if (!jwe.startsWith(`${encodeBase64url(new TextEncoder().encode(JSON.stringify(HEADER)))}..`))
    throw new SealError('malformed', 'The stored file is not encrypted as an attachment must be.')
  const opened = await compactDecrypt(jwe, decodeBase64url(key.key, 'The key'), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: [CONTENT_ENC],
  }).catch((cause: unknown) => {
    throw new SealError('not-decryptable', 'The file does not open with the key in the complaint.', { cause })
  })
  if (opened.plaintext.length !== key.bytes)
    throw new SealError(
      'attachment-differs',
      `The file has another length than the ${key.bytes} bytes named.`,
    )
  return opened.plaintext as Uint8Array<ArrayBuffer>
}
