/** The hub at a glance, for its start page: members, their marks, how many records are in force. */
import type { Reader } from './hub.js'
import { listMembers, type MemberSummary } from './list-members.js'

export interface Overview {
  /** Log size and time that this is as of. */
  size: number
  at: string
  members: (Pick<MemberSummary, 'id' | 'name' | 'country' | 'participation' | 'records'> & {
    marks: Pick<MemberSummary['marks'][number], 'id' | 'name' | 'kind' | 'state'>[]
    registerAt: string | null
  })[]
}

export async function readOverview(hub: Reader): Promise<Overview> {
  const { head, members } = await listMembers(hub)
  return {
    size: head.size,
    at: new Date(head.at).toISOString(),
    members: members.map(({ id, name, country, participation, records, marks, register }) => ({
      id,
      name,
      country,
      participation,
      records,
      marks: marks.map((mark) => ({ id: mark.id, name: mark.name, kind: mark.kind, state: mark.state })),
      registerAt: register?.at ?? null,
    })),
  }
}
