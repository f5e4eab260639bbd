/** Who has which part in a case, and with which keys. Whoever has none can't tell the case from one that does not exist. */
import type { Actor } from '../../dispute/case-event.js'
import type { CaseStatus } from '../../dispute/case-state.js'
import type { ConsumerKeys, QuoteClaims } from '../../dispute/envelope.js'
import { canTake } from '../../dispute/routing/situation.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import type { Roster } from '../roster.js'
import type { CaseRow } from './case-store.js'
import type { Asker } from './ports.js'

/** `secretariat` is the operator, which sees metadata and no content. */
export type CaseRole = 'consumer' | 'lead' | 'partner' | 'cc' | 'secretariat'

/** Neither tells whether there is such a case. */
const UNKNOWN_TO_HER =
  'You have no part in a case with this reference. Compare reference and secret with what you wrote down; the content of a case is erased 90 days after its close, and its secret opens nothing from then on.'
const UNKNOWN_TO_AGENCIES =
  'You have no part in a case with this reference. Compare it with your inbox; a case that was handed to another member, or whose consumer passed it on, is open to that member only.'

/** A case whose content is still there. */
export type LiveCase = CaseRow & { consumer: ConsumerKeys }

/** The part that a member has now; undefined for none, as a former lead. */
export function memberRole(
  { lead, partner, cc }: Pick<CaseStatus, 'lead' | 'partner' | 'cc'>,
  member: string,
): Exclude<CaseRole, 'consumer' | 'secretariat'> | undefined {
  if (member === lead) return 'lead'
  if (member === partner) return 'partner'
  return cc.includes(member) ? 'cc' : undefined
}

function roleOf(row: CaseRow, asker: Asker): CaseRole | undefined {
  if (asker.kind === 'operator') return 'secretariat'
  if (asker.kind === 'member') return memberRole(row.status, asker.id)
  // Both are hashes of 256-bit keys: how long a comparison takes says nothing that helps to find another.
  return row.consumer?.access === asker.access ? 'consumer' : undefined
}

/**
 * The case as the asker may know it.
 * @throws Refusal `case-unknown`, the same for a reference that does not exist and for one that is another's;
 *   `payload-erased` for those who had a part in an archived case
 */
export async function findCase(
  hub: Hub,
  ref: string,
  asker: Asker,
): Promise<{ row: LiveCase; role: CaseRole }> {
  const row = await hub.cases.store.find(ref)
  const role = row && roleOf(row, asker)
  if (!row || !role) {
    throw new Refusal('case-unknown', {
      detail: asker.kind === 'consumer' ? UNKNOWN_TO_HER : UNKNOWN_TO_AGENCIES,
      value: ref.slice(0, 40),
    })
  }
  if (!isLive(row)) throw erased(row)
  return { row, role }
}

export function isLive(row: CaseRow): row is LiveCase {
  return row.consumer !== null
}

export function erased(row: CaseRow): Refusal {
  return new Refusal('payload-erased', {
    detail: 'The content of this case was erased 90 days after its close. Only its coarse figures are left.',
    value: row.ref,
  })
}

/** Under which name a role sends events; undefined where it sends none. */
export function actorOf(role: CaseRole): Actor | undefined {
  return role === 'cc' ? undefined : role
}

/**
 * Thumbprints of the keys that complaints to a member are encrypted to, in the order of its key set: elliptic curves, which
 * are all that every browser's WebCrypto has. None when the member may not act now.
 */
export function encryptionKids(roster: Roster, member: string | null): string[] {
  const found = member === null ? undefined : roster.find(member)
  if (found?.participation !== 'admitted') return []
  return (found.keys?.enc ?? [])
    .filter(({ kty, kid }) => kty === 'EC' && roster.findKey(kid)?.compromisedFrom === undefined)
    .map(({ kid }) => kid)
}

/**
 * That a member can be given a case, as routing judges it: also one that answers for its own mark only can lead.
 * @throws Refusal `event-not-allowed`
 */
export function assertCanTake(roster: Roster, member: string): void {
  const found = roster.find(member)
  const receives = encryptionKids(roster, member).length > 0
  if (canTake(found && { participation: found.participation, receives })) return
  throw new Refusal('event-not-allowed', {
    detail: `${member} can not be given a case: it must be an admitted member with a key to encrypt to. Choose another.`,
    value: member,
    at: 'case.event.to',
  })
}

/** Nothing moves in a parked case until somebody has looked at it, but the consumer may take it back. */
export function assertNotParked({ ref, parked }: CaseRow, role: CaseRole, type: string): void {
  if (!parked || (role !== 'lead' && role !== 'partner')) return
  throw new Refusal('event-not-allowed', {
    detail: `${ref} is parked, for it came in a flood. Look at it and release it first; then it goes on.`,
    value: type,
    at: 'case.event.type',
  })
}

/**
 * That every key which a quote names is still in force: a complaint must not go to one that was given up since.
 * @throws Refusal `quote-expired`
 */
export function assertQuotedKeys(roster: Roster, { quote }: QuoteClaims): void {
  const gone = quote.recipients.find(({ member, kid }) => !encryptionKids(roster, member).includes(kid))
  if (!gone) return
  throw new Refusal('quote-expired', {
    detail: `A key of ${gone.member} that the quote names is no longer in force. Ask for a new quote and seal the complaint anew.`,
    value: gone.kid,
    at: 'quote.recipients',
  })
}
