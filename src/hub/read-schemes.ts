/** Every scheme of the alliance with its definition: what the pages that compare, explain and advise are made from. */
import type { MemberDefinition } from '../alliance/definition.js'
import type { Participation } from '../alliance/participation.js'
import type { KeySet } from '../trust/keys.js'
import type { Reader } from './hub.js'
import { listMembers, type MemberSummary } from './list-members.js'
import { readRoster } from './roster.js'

export interface Scheme {
  id: string
  entity: string
  participation: Participation
  /** As the log has it now. */
  definition: MemberDefinition
  /** Whether the member signed this definition when it applied (DESIGN 4.8). */
  definitionSigned: boolean
  /** Log index of its admission. */
  index: number
  /** Log index of the statement that set its participation. */
  participationIndex?: number
  /** When the alliance last said anything about it (ISO 8601). */
  toldAt?: string
  /** Absent for a described member. */
  keys?: KeySet
  /** Records in force. */
  records: number
  /** Its last signed register, null when it never published one. */
  register: MemberSummary['register']
}

export interface Schemes {
  /** Log size and time that this is as of. */
  size: number
  at: string
  members: Scheme[]
}

/** Reads all members, in the roster's order. */
export async function readSchemes(hub: Reader): Promise<Schemes> {
  const { head, members } = await listMembers(hub)
  const roster = await readRoster(hub, head)
  return {
    size: head.size,
    at: new Date(head.at).toISOString(),
    members: members.flatMap(({ id, entity, participation, records, register }) => {
      const member = roster.find(id)
      if (!member) return []
      const { definition, definitionSigned, index, participationIndex, latestIat, keys } = member
      const told = latestIat !== undefined && { toldAt: new Date(latestIat * 1000).toISOString() }
      const own = { definition, definitionSigned, index, participationIndex, ...told, ...(keys && { keys }) }
      return [{ id, entity, participation, ...own, records, register }]
    }),
  }
}
