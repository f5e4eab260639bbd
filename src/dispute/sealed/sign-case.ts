/** What is signed in a case: events by their actors, receipts by agencies, and the assertions by which agencies show who they are. */
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import type { CaseEvent, CaseEventClaims, ReceiptClaims } from '../case-event.js'
import type { AttachmentNotice, GeneralJwe } from '../envelope.js'
import { hashMessage } from './envelope-aad.js'
import { ASSERTION_LIFETIME, ASSERTION_TYP, CASE_EVENT_TYP, CASE_RECEIPT_TYP } from './formats.js'

export interface EventToSign {
  /** Entity identifier of member or alliance; for the consumer {@link formatCaseId}. */
  iss: string
  /** The alliance's entity identifier. */
  aud: string
  /** JWT seconds. */
  iat: number
  ref: string
  seq: number
  /** SHA-256 of the event before; null for the first. */
  prev: string | null
  event: CaseEvent
  message?: GeneralJwe
  attachments?: readonly AttachmentNotice[]
}

/** The next event of a case as a compact JWS. */
export function signCaseEvent(
  signer: Signer,
  { iss, aud, iat, ref, seq, prev, event, message, attachments }: EventToSign,
): Promise<string> {
  const claims: CaseEventClaims = {
    iss,
    aud,
    iat,
    jti: createJti(),
    case: {
      ref,
      seq,
      prev,
      event,
      ...(message && { message: hashMessage(message) }),
      ...(attachments && attachments.length > 0 && { attachments: [...attachments] }),
    },
  }
  return signJws(signer, CASE_EVENT_TYP, claims)
}

/** An agency's word that it holds the ciphertext with this hash (`hashEnvelope`); sign it only once that is so. */
export function signReceipt(
  signer: Signer,
  {
    iss,
    aud,
    iat,
    ref,
    revision,
    envelope,
  }: { iss: string; aud: string; iat: number; ref: string; revision: number; envelope: string },
): Promise<string> {
  const claims: ReceiptClaims = {
    iss,
    aud,
    iat,
    jti: createJti(),
    receipt: { case: ref, revision, envelope },
  }
  return signJws(signer, CASE_RECEIPT_TYP, claims)
}

/** A client assertion (RFC 7523) for one request: `Authorization: Bearer` and this text. */
export function signAssertion(
  signer: Signer,
  { entity, alliance, iat }: { entity: string; alliance: string; iat: number },
): Promise<string> {
  return signJws(signer, ASSERTION_TYP, {
    iss: entity,
    sub: entity,
    aud: alliance,
    iat,
    exp: iat + ASSERTION_LIFETIME,
    jti: createJti(),
  })
}
