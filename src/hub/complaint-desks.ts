/** The complaint bodies of the alliance with their own addresses, for readers who can't or won't file here. */
import type { MemberDefinition } from '../alliance/definition.js'
import type { Reader } from './hub.js'
import { readRoster } from './roster.js'

/** What a body says of itself. */
export type ComplaintDesk = Pick<MemberDefinition, 'id' | 'name' | 'country' | 'website' | 'languages'> & {
  complaints: NonNullable<MemberDefinition['complaints']>
}

/** Bodies for disputes first, then those of marks; who left takes no complaints. */
export async function listComplaintDesks(hub: Reader): Promise<ComplaintDesk[]> {
  const { members } = await readRoster(hub)
  return members
    .filter(({ participation }) => participation !== 'left')
    .map(({ definition }) => definition)
    .sort((a, b) => Number(b.roles.includes('disputes')) - Number(a.roles.includes('disputes')))
    .flatMap(({ id, name, country, website, languages, complaints }) =>
      complaints ? [{ id, name, country, website, languages, complaints }] : [],
    )
}
