/**
 * A member's earlier admissions, as far as others signed for it then: what was signed in a case stays verifiable for its
 * readers after a key was replaced (DESIGN 4.9).
 */
import { readPayload } from '../trust/jws.js'
import { type AdmissionClaims, MAX_EARLIER_ADMISSIONS } from '../trust/statements.js'
import type { Reader } from './hub.js'
import type { RosterMember } from './roster.js'

/** Most admissions looked through. Most change a definition only, and are left out. */
const MAX_READ = 60

export interface EarlierAdmission {
  index: number
  statement: string
}

/**
 * Of every run of admissions with the same `auth` keys the first: it tells since when these keys signed, and until when those
 * before did. Empty while they never changed. One whose statement was erased tells nothing, and counts for nothing.
 * @returns the newest few, oldest first, without the newest admission itself
 */
export async function listEarlierAdmissions(
  hub: Reader,
  member: Pick<RosterMember, 'id' | 'index'>,
): Promise<EarlierAdmission[]> {
  const logged = await hub.store.admissions(member.id, MAX_READ)
  const runs: (EarlierAdmission & { kids: string })[] = []
  for (const { index, statement } of logged) {
    const kids = statement === null || index > member.index ? null : authKids(statement)
    if (statement !== null && kids !== null && runs.at(-1)?.kids !== kids)
      runs.push({ index, statement, kids })
  }
  if (runs.length < 2) return []
  return runs
    .filter(({ index }) => index < member.index)
    .slice(-MAX_EARLIER_ADMISSIONS)
    .map(({ index, statement }) => ({ index, statement }))
}

/** Null for who was only described then. */
function authKids(statement: string): string | null {
  const { admission } = readPayload<AdmissionClaims>(statement)
  if (admission.participation === 'described') return null
  return admission.keys.auth
    .map(({ kid }) => kid)
    .sort()
    .join(' ')
}
