/** The roster: every member with its definition, standing and keys, as the log has them at one size. */
import type { MemberDefinition } from '../alliance/definition.js'
import type { Participation } from '../alliance/participation.js'
import { formatAllianceId } from '../record/record.js'
import { ALLIANCE, type KeyDirectory, type KnownIssuer, type KnownKey } from '../trust/authority.js'
import { readPayload } from '../trust/jws.js'
import { KEY_ROLES, type KeySet, type PublicJwk } from '../trust/keys.js'
import type { AdmissionClaims, ApplicationClaims } from '../trust/statements.js'
import type { Reader } from './hub.js'
import { readHead } from './hub.js'
import type { Head, MemberRow } from './store.js'

export interface RosterMember {
  id: string
  entity: string
  participation: Participation
  participationIndex: number
  definition: MemberDefinition
  /** Whether the member signed this definition when it applied (DESIGN 4.8). */
  definitionSigned: boolean
  /** Log index of the admission. */
  index: number
  /** Newest `iat` among the operator's statements about it; absent where members come from elsewhere than the store. */
  latestIat?: number
  /** Absent for a described member. */
  keys?: KeySet
}

export interface Roster extends KeyDirectory {
  members: readonly RosterMember[]
  find(id: string): RosterMember | undefined
}

/** Reads what is needed of an admission's claims. */
export function readMember(row: MemberRow): RosterMember {
  const admission = JSON.parse(row.admission) as AdmissionClaims['admission']
  const base = {
    id: row.id,
    entity: row.entity,
    participation: row.participation,
    participationIndex: row.participationIndex,
    definition: admission.definition,
    index: row.index,
    latestIat: row.latestIat,
  }
  if (admission.participation === 'described') return { ...base, definitionSigned: false }
  return {
    ...base,
    keys: admission.keys,
    definitionSigned: readPayload<ApplicationClaims>(admission.application).application.definition !== null,
  }
}

/** Builds the directory of keys and members. */
export function createRoster(
  members: readonly RosterMember[],
  origin: string,
  operator: readonly PublicJwk[],
): Roster {
  const byId = new Map(members.map((member) => [member.id, member]))
  const alliance: KnownIssuer = { id: ALLIANCE, entity: formatAllianceId(origin), participation: ALLIANCE }
  const issuers = new Map<string, KnownIssuer>([[alliance.entity, alliance]])
  const keys = new Map<string, KnownKey>(
    operator.map((jwk) => [jwk.kid, { jwk, role: 'operator', issuer: ALLIANCE }]),
  )
  for (const member of members) {
    issuers.set(member.entity, { id: member.id, entity: member.entity, participation: member.participation })
    for (const role of KEY_ROLES)
      for (const jwk of member.keys?.[role] ?? []) keys.set(jwk.kid, { jwk, role, issuer: member.id })
  }
  return {
    members,
    find: (id) => byId.get(id),
    findIssuer: (entity) => issuers.get(entity),
    findKey: (kid) => keys.get(kid),
  }
}

/** The roster at a head, from memory while no member changed. */
export async function readRoster(hub: Reader, head?: Head): Promise<Roster> {
  const { rosterSize } = head ?? (await readHead(hub))
  if (hub.memory.roster?.size === rosterSize) return hub.memory.roster.roster
  const roster = createRoster((await hub.store.members()).map(readMember), hub.origin, hub.keys.operator)
  hub.memory.roster = { size: rosterSize, roster }
  return roster
}
