/** A record as its signed statements alone show it: what a verdict may say of it, rebuilt without the hub's word. */
import { findLevel } from '../alliance/definition.js'
import type { Participation } from '../alliance/participation.js'
import { changeStatus, type RecordStatus } from '../record/judge.js'
import { memberOf, parseMarkType, type RecordClaims } from '../record/record.js'
import type { VerdictRecord } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import type { StatusClaims } from '../trust/statements.js'
import type { RosterMember } from './roster.js'
import { viewRecord } from './view-record.js'

/** A record with everything about it that was signed, each signature verified. */
export interface SignedRecord {
  claims: RecordClaims
  jws: string
  kid: string
  /** Log index of the record. */
  index: number
  member: RosterMember
  status?: { claims: StatusClaims['status']; jws: string; index: number }
  /** What only the hub can tell; a verifier takes its word for the worse, never for the better. */
  standing: { participation: Participation; keyCompromised: boolean }
}

/**
 * @param now JWT seconds
 * @throws Refusal `id-not-own`, `type-not-permitted` for a record that its signer may not issue
 */
export function viewSigned(signed: SignedRecord, origin: string, now: number): VerdictRecord {
  const { claims, jws, kid, index, member, status, standing } = signed
  const { id } = claims.trustmark
  if (memberOf(id) !== member.id)
    throw new Refusal(
      'id-not-own',
      `The record ${id} is signed by ${member.id}, which it does not belong to.`,
    )
  const type = parseMarkType(origin, claims.trust_mark_type)
  const found = type?.member === member.id ? findLevel(member.definition, type.mark, type.level) : undefined
  if (!found)
    throw new Refusal('type-not-permitted', `${member.id} awards no mark of the type that ${id} names.`)
  const state = status ? stateAfter(status.claims.change) : 'active'
  const row = {
    id,
    member: member.id,
    mark: found.mark.id,
    level: found.level.id,
    country: claims.trustmark.holder.country,
    index,
    kid,
    iat: claims.iat,
    exp: claims.exp,
    latestIat: claims.iat,
    status: state,
    statusIndex: status?.index ?? null,
    jws,
    statusJws: status?.jws ?? null,
  }
  const judged = { kind: found.mark.kind, iat: claims.iat, exp: claims.exp, status: state, ...standing }
  return viewRecord(
    { row, claims, member, ...found, judged, ...(status && { change: status.claims }) },
    origin,
    now,
    undefined,
    { bodies: [] },
  )
}

function stateAfter(change: StatusClaims['status']['change']): RecordStatus {
  return changeStatus(change === 'reinstated' ? 'suspended' : 'active', change) ?? 'revoked'
}
