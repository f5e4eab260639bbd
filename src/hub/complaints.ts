/** Where to complain about a shop, as far as it can be said without a complaint's details (routing proper comes with one). */
import type { ComplaintBody } from '../record/verdict.js'
import type { Roster, RosterMember } from './roster.js'

/**
 * Bodies of the asker's country, then of the merchants' countries, then the marks' own issuers; each once. Members
 * that left take no complaints.
 */
export function listComplaintBodies(
  roster: Roster,
  asked: { asker?: string; merchants: ReadonlySet<string>; issuers: ReadonlySet<string> },
): ComplaintBody[] {
  const taking = roster.members.filter(
    ({ definition, participation }) => definition.complaints && participation !== 'left',
  )
  const relations: [ComplaintBody['relation'], (member: RosterMember) => boolean][] = [
    [
      'your-country',
      ({ definition }) => definition.country === asked.asker && definition.roles.includes('disputes'),
    ],
    [
      'merchant-country',
      ({ definition }) => asked.merchants.has(definition.country) && definition.roles.includes('disputes'),
    ],
    ['issuer', ({ id }) => asked.issuers.has(id)],
  ]
  const listed = new Set<string>()
  return relations.flatMap(([relation, applies]) =>
    taking
      .filter((member) => applies(member) && !listed.has(member.id))
      .map(({ id, definition }) => {
        listed.add(id)
        return {
          member: id,
          name: definition.name,
          country: definition.country,
          relation,
          languages: definition.complaints?.languages ?? [],
          channels: (definition.complaints?.channels ?? []).map(({ kind, value }) => ({ kind, value })),
        }
      }),
  )
}
