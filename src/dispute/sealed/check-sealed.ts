/**
 * Checks a sealed complaint against what it must be, without any key: hub, agencies and the consumer's browser apply the
 * same rules. The hub sees only ciphertext, yet lets none pass that went to others than the quote named.
 */
import { Refusal } from '../../refusal.js'
import { canonicalJson } from '../../trust/digest.js'
import { type ConsumerKeys, type GeneralJwe, generalJwe, type SealedComplaint } from '../envelope.js'
import { type EnvelopePlace, envelopeAadOf, readAadText } from './envelope-aad.js'
import { COMPLAINT_JWE_TYP } from './formats.js'
import { findFormFaults, kidsOf } from './general-jwe.js'
import { isSealedUnderSecret } from './secret.js'
import { thumbprintOf } from './thumbprint.js'

/** What quote and case ask for. `sealed`, her private keys under her secret, is known to hub and consumer only. */
export type SealedPlace = EnvelopePlace & {
  consumer: Pick<ConsumerKeys, 'sign' | 'enc'> & Partial<Pick<ConsumerKeys, 'sealed'>>
}

/** @throws Refusal `bad-envelope`, naming the first thing that differs */
export function checkSealed(sealed: SealedComplaint, place: SealedPlace): void {
  checkConsumer(place.consumer)
  for (const part of ['complaint', 'identity'] as const)
    checkJwe(sealed[part], part, COMPLAINT_JWE_TYP, envelopeAadOf(part, place))
}

function checkConsumer({ sign, enc, sealed }: SealedPlace['consumer']): void {
  for (const [name, jwk] of Object.entries({ sign, enc })) {
    if (jwk.kty !== 'EC' || jwk.crv !== 'P-256') throw refuse('consumer', name, 'must be a P-256 key')
    if (thumbprintOf(jwk) !== jwk.kid)
      throw refuse('consumer', `${name}.kid`, "is not its key's RFC 7638 thumbprint")
  }
  if (sign.kid === enc.kid)
    throw refuse('consumer', 'enc', 'must be another key than the one that signs her events')
  if (sealed !== undefined && !isSealedUnderSecret(sealed))
    throw refuse('consumer', 'sealed', 'must be her private keys encrypted under her secret')
}

/**
 * One JWE: its form, its recipients, and that its AAD is exactly the promised text.
 * @param part its name in the refusal
 * @throws Refusal `bad-envelope`
 */
export function checkJwe(
  jwe: GeneralJwe,
  part: string,
  typ: string,
  promised: { recipients: readonly string[] },
): void {
  const parsed = generalJwe.safeParse(jwe)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuse(part, issue?.path.join('.') ?? '', `does not fit its schema: ${issue?.message ?? ''}`)
  }
  const [fault] = findFormFaults(jwe, typ)
  if (fault) throw refuse(part, fault.at, fault.fault)
  checkRecipients(kidsOf(jwe), promised.recipients, part)
  checkAad(jwe, part, promised)
}

/** The labels outside: what a reader goes by. The AAD repeats them under the authentication tag. */
function checkRecipients(found: readonly string[], promised: readonly string[], part: string): void {
  if (new Set(promised).size !== promised.length)
    throw refuse(part, 'recipients', 'would name a key twice: lead, partner and consumer each have their own')
  const missing = promised.find((kid) => !found.includes(kid))
  if (missing) throw refuse(part, 'recipients', `must name ${missing}, as the quote or the case does`)
  const extra = found.find((kid) => !promised.includes(kid))
  if (extra) throw refuse(part, 'recipients', `must not name ${extra}, which is nobody's key in this case`)
  if (promised.some((kid, i) => found[i] !== kid))
    throw refuse(part, 'recipients', 'must stand in the order lead, partner, consumer')
}

function checkAad(jwe: GeneralJwe, part: string, promised: object): void {
  const text = readAad(jwe, part)
  if (text === canonicalJson(promised)) return
  const claimed = readObject(text)
  const differing = Object.entries(promised).find(
    ([name, value]) => claimed[name] === undefined || canonicalJson(claimed[name]) !== canonicalJson(value),
  )
  throw differing
    ? refuse(part, `aad.${differing[0]}`, 'differs from what quote, case and keys say')
    : refuse(part, 'aad', 'must be the canonical JSON (RFC 8785) of what quote, case and keys say, no more')
}

function readAad(jwe: GeneralJwe, part: string): string {
  try {
    return readAadText(jwe)
  } catch {
    throw refuse(part, 'aad', 'must be canonical base64url of UTF-8')
  }
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function refuse(part: string, at: string, fault: string): Refusal {
  const place = at ? `${part}.${at}` : part
  return new Refusal('bad-envelope', {
    detail: `${place} ${fault}. Ask for a new quote and seal the complaint again.`,
    at: place,
  })
}
