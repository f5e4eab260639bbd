/** Encrypted messages of case events: each belongs to exactly one place in one case's chain, by its AAD. */
import type { JWK } from 'jose'
import type { PublicJwk } from '../../trust/keys.js'
import type { GeneralJwe, MessageAad } from '../envelope.js'
import { type MessagePayload, messagePayload } from '../payload.js'
import { checkJwe } from './check-sealed.js'
import { formatAad } from './envelope-aad.js'
import { MESSAGE_JWE_TYP } from './formats.js'
import { decryptWith, encryptTo, kidsOf } from './general-jwe.js'
import { asSealError, readSealedPayload } from './open-complaint.js'
import { formatPaddedJson } from './padded-json.js'

/** Where a message belongs. */
export interface MessagePlace {
  case: string
  /** SHA-256 of the event before the one that carries it. */
  prev: string
  /** Thumbprint of the key that signs the event. */
  from: string
}

/** @param recipients every key that shall read it, the sender's own among them where it wants to re-read it */
export function sealMessage(
  payload: MessagePayload,
  place: MessagePlace,
  recipients: readonly PublicJwk[],
): Promise<GeneralJwe> {
  const aad = formatAad(
    messageAadOf(
      place,
      recipients.map(({ kid }) => kid),
    ),
  )
  return encryptTo(formatPaddedJson(payload), MESSAGE_JWE_TYP, aad, recipients)
}

/**
 * Checks without any key that a message belongs where it is said to.
 * @param allowed thumbprints of all keys that have a part in the case now; absent: any recipients
 * @throws Refusal `bad-envelope`
 */
export function checkMessage(jwe: GeneralJwe, place: MessagePlace, allowed?: readonly string[]): void {
  const kids = kidsOf(jwe)
  checkJwe(
    jwe,
    'message',
    MESSAGE_JWE_TYP,
    messageAadOf(place, allowed ? kids.filter((kid) => allowed.includes(kid)) : kids),
  )
}

/** @throws SealError */
export async function openMessage(
  jwe: GeneralJwe,
  place: MessagePlace,
  privateJwk: JWK,
): Promise<MessagePayload> {
  asSealError(() => checkMessage(jwe, place))
  return readSealedPayload(await decryptWith(jwe, MESSAGE_JWE_TYP, privateJwk), messagePayload, 'message')
}

function messageAadOf({ case: reference, prev, from }: MessagePlace, recipients: string[]): MessageAad {
  return { v: 1, part: 'message', case: reference, prev, from, recipients }
}
