/** The members as the page of a case names them, with their own addresses; also those that left, for old cases name them. */
import type { MemberDefinition } from '../../alliance/definition.js'
import type { Hub } from '../hub.js'
import { readRoster } from '../roster.js'

export interface CaseAgency {
  id: string
  entity: string
  /** Whether consumers can turn to it. */
  disputes: boolean
  definition: MemberDefinition
}

export async function listCaseAgencies(hub: Hub): Promise<CaseAgency[]> {
  const { members } = await readRoster(hub)
  return members.map(({ id, entity, participation, definition }) => ({
    id,
    entity,
    disputes: participation === 'admitted' && definition.roles.includes('disputes'),
    definition,
  }))
}
