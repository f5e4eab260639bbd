/** Accepting what the operator says of members: admissions and standing, never older than what it said last (DESIGN 4.5, 4.7). */
import { Refusal } from '../refusal.js'
import type { AdmissionClaims, StandingClaims } from '../trust/statements.js'
import { checkAdmission } from './admit-member.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'
import type { RosterMember } from './roster.js'

export async function applyAdmission(
  state: BatchState,
  claims: AdmissionClaims,
  index: number,
): Promise<Accepted> {
  await checkAdmission(claims, state.origin, state.roster)
  const { admission, iat } = claims
  const { id } = admission.definition
  checkNotWithdrawn(iat, state.roster.find(id))
  state.putMember({
    id,
    index,
    entity: `${state.origin}/members/${id}`,
    participation: admission.participation,
    participationIndex: index,
    admission: JSON.stringify(admission),
    latestIat: iat,
  })
  return { subject: id, country: admission.definition.country }
}

export function applyStanding(state: BatchState, { iat, standing }: StandingClaims, index: number): Accepted {
  const member = state.roster.find(standing.member)
  if (!member)
    throw new Refusal('member-unknown', {
      detail: 'No member has this id.',
      value: standing.member,
      at: 'standing.member',
    })
  if (!member.keys)
    throw new Refusal('status-unchanged', {
      detail: `${standing.member} is only described; admit it first.`,
      value: standing.member,
      at: 'standing.member',
    })
  if (member.participation === standing.participation) {
    throw new Refusal('status-unchanged', {
      detail: `${standing.member} is ${standing.participation} already.`,
      value: standing.participation,
      at: 'standing.participation',
    })
  }
  checkNotWithdrawn(iat, member)
  state.putStanding({ member: standing.member, participation: standing.participation, index, latestIat: iat })
  return { subject: null, country: member.definition.country }
}

/** An order that the operator signed and never sent must not undo a later one when somebody finds it. */
function checkNotWithdrawn(iat: number, member: RosterMember | undefined): void {
  if (member?.latestIat !== undefined && iat < member.latestIat) {
    throw new Refusal('older-than-known', {
      detail: `A statement of the operator about ${member.id} with iat ${member.latestIat} is known; an older one no longer counts.`,
      value: iat,
      at: 'iat',
    })
  }
}
