/** Opening a sealed complaint at an agency or in the consumer's browser. Nothing is decrypted before all that shows is right. */
import type { JWK } from 'jose'
import type * as z from 'zod'
import { Refusal } from '../../refusal.js'
import { type EnvelopeAad, envelopeAad, type GeneralJwe, type SealedComplaint } from '../envelope.js'
import { type ComplaintPayload, complaintPayload, type IdentityPayload, identityPayload } from '../payload.js'
import { checkJwe, checkSealed, type SealedPlace } from './check-sealed.js'
import { formatAad, readAadText } from './envelope-aad.js'
import { COMPLAINT_JWE_TYP } from './formats.js'
import { decryptWith, kidsOf } from './general-jwe.js'
import { parsePaddedJson } from './padded-json.js'
import { SealError } from './seal-error.js'
import { thumbprintOf } from './thumbprint.js'

/**
 * Checks a sealed complaint whole against its quote and case, then opens what the key may open.
 * @param place what the verified quote and the case's chain say: never what the envelope says of itself
 * @returns `identity` null for a reader it is not meant for (the partner)
 * @throws Refusal `bad-envelope`; SealError `not-a-recipient`, `not-decryptable`, `bad-payload`
 */
export async function openSealed(
  sealed: SealedComplaint,
  place: SealedPlace,
  privateJwk: JWK,
): Promise<{ complaint: ComplaintPayload; identity: IdentityPayload | null }> {
  checkSealed(sealed, place)
  const { payload: complaint } = await openComplaint(sealed.complaint, privateJwk)
  const mayRead = kidsOf(sealed.identity).includes(thumbprintOf(privateJwk))
  return { complaint, identity: mayRead ? (await openIdentity(sealed.identity, privateJwk)).payload : null }
}

/**
 * Opens the complaint alone. Its AAD is authentic, but whether it belongs to this case only {@link openSealed} says.
 * @throws SealError
 */
export function openComplaint(
  jwe: GeneralJwe,
  privateJwk: JWK,
): Promise<{ payload: ComplaintPayload; aad: EnvelopeAad }> {
  return openPart(jwe, 'complaint', complaintPayload, privateJwk)
}

/** Opens the identity alone, as {@link openComplaint}. @throws SealError */
export function openIdentity(
  jwe: GeneralJwe,
  privateJwk: JWK,
): Promise<{ payload: IdentityPayload; aad: EnvelopeAad }> {
  return openPart(jwe, 'identity', identityPayload, privateJwk)
}

async function openPart<T>(
  jwe: GeneralJwe,
  part: EnvelopeAad['part'],
  schema: z.ZodType<T>,
  privateJwk: JWK,
): Promise<{ payload: T; aad: EnvelopeAad }> {
  const aad = readAad(jwe, part)
  asSealError(() => checkJwe(jwe, part, COMPLAINT_JWE_TYP, aad))
  return {
    payload: readSealedPayload(await decryptWith(jwe, COMPLAINT_JWE_TYP, privateJwk), schema, part),
    aad,
  }
}

/** What it says of itself, well-formed: part, and the recipients of the JWE itself. */
function readAad(jwe: GeneralJwe, part: EnvelopeAad['part']): EnvelopeAad {
  try {
    const text = readAadText(jwe)
    const aad = envelopeAad.parse(JSON.parse(text))
    if (aad.part !== part || formatAad(aad) !== text) throw new TypeError(`not the AAD of ${part}`)
    return aad
  } catch (cause) {
    throw new SealError('not-as-promised', `It does not say of itself that it is a case's ${part}.`, {
      cause,
    })
  }
}

/** A decrypted payload in its form. @throws SealError `bad-payload`, without echoing anything of it */
export function readSealedPayload<T>(plaintext: Uint8Array, schema: z.ZodType<T>, what: string): T {
  const parsed = schema.safeParse(parsePaddedJson(plaintext, `The ${what}`))
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new SealError('bad-payload', `The ${what} does not fit its schema${where && ` at ${where}`}.`)
}

/** For readers, who open: what departs from the form or from the promise is no refusal of theirs to a caller. */
export function asSealError(check: () => void): void {
  try {
    check()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    const about = /\.(aad|recipients$)/.test(cause.details.at ?? '') ? 'not-as-promised' : 'malformed'
    throw new SealError(about, cause.message, { cause })
  }
}
