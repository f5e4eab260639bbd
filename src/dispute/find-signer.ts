/**
 * Whose signature an event of a case may bear: the key of whoever acts at that point, or one that a member had until it was
 * replaced (DESIGN 4.9).
 */
import { formatAllianceId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import type { PublicJwk } from '../trust/keys.js'
import { CLOCK_LEEWAY } from '../trust/statement.js'
import type { Actor } from './case-event.js'
import type { CaseStatus } from './case-state.js'
import { formatCaseId } from './sealed/formats.js'

/** Keys of a member: those it signs with now, and those that it signed with until an admission left them out (epoch ms). */
export interface SignerKeys {
  entity: string
  auth: readonly PublicJwk[]
  former?: readonly { jwk: PublicJwk; until: number }[]
}

/** Keys of everybody who signs in a case, but for its consumer. */
export interface CaseKeys {
  origin: string
  /** The case's reference. */
  case: string
  /** The hub's federation keys (`Anchor.federation`). */
  hub: readonly PublicJwk[]
  /** The operator's keys (`Anchor.operator`). */
  operator: readonly PublicJwk[]
  /** Verified keys of every member that has or had a part (`readEncryptionKeys`). */
  members: ReadonlyMap<string, SignerKeys>
}

/**
 * @param signed by whom, with which key, and when the hub says that it came in (epoch ms)
 * @param consumer the key that signs for her at this point
 * @throws Refusal `unknown-issuer`, `unknown-key`
 */
export function findSigner(
  { iss, kid, at }: { iss: string; kid: string; at: number },
  consumer: PublicJwk,
  status: CaseStatus | undefined,
  keys: CaseKeys,
): { actor: Actor; member: string | null; key: PublicJwk } {
  const among = (candidates: readonly PublicJwk[]) => candidates.find((jwk) => jwk.kid === kid)
  if (iss === formatCaseId(keys.origin, keys.case))
    return { actor: 'consumer', member: null, key: among([consumer]) ?? unknownKey('the consumer', kid) }
  if (iss === formatAllianceId(keys.origin)) {
    const hub = among(keys.hub)
    if (hub) return { actor: 'hub', member: null, key: hub }
    return {
      actor: 'secretariat',
      member: null,
      key: among(keys.operator) ?? unknownKey('the alliance', kid),
    }
  }
  for (const actor of ['lead', 'partner'] as const) {
    const id = status?.[actor]
    const member = id ? keys.members.get(id) : undefined
    if (id && member?.entity === iss)
      return { actor, member: id, key: among(member.auth) ?? formerKey(member, id, kid, at) }
  }
  throw new Refusal('unknown-issuer', `${iss.slice(0, 200)} has no part in the case at this point.`)
}

/**
 * A key that was replaced counts for what came in before the admission that left it out. Who holds a stolen key and the hub
 * can still date an event back, though not behind its predecessor (assertTime).
 */
function formerKey({ former = [] }: SignerKeys, id: string, kid: string, at: number): PublicJwk {
  const found = former.find(({ jwk }) => jwk.kid === kid)
  if (!found) return unknownKey(id, kid)
  if (at <= found.until + CLOCK_LEEWAY * 1000) return found.jwk
  throw new Refusal(
    'unknown-key',
    `It is signed with ${kid}, which was no key of ${id} any more after ${new Date(found.until).toISOString()}.`,
  )
}

function unknownKey(whose: string, kid: string): never {
  throw new Refusal('unknown-key', `It is signed with ${kid}, which is not a key of ${whose} for this.`)
}
