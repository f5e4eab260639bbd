/** The roster as routing sees it: who takes which complaints, and who can be encrypted to (DESIGN 4.10). */
import type { RouteDirectory, RouteMember } from '../../dispute/routing/route-facts.js'
import type { Roster, RosterMember } from '../roster.js'
import { encryptionKids } from './parties.js'

/** Members that left take nothing and are told nothing; suspended and described ones are named where they refuse. */
export function routeDirectory(roster: Roster, demo: boolean): RouteDirectory {
  return {
    demo,
    members: roster.members.map((member) => routeMember(member, receivingKids(roster, member).length > 0)),
  }
}

/** @param receives whether a complaint can be encrypted to it */
export function routeMember(
  { id, definition, participation }: Pick<RosterMember, 'id' | 'definition' | 'participation'>,
  receives: boolean,
): RouteMember {
  const { country, name, shortName, roles, complaints } = definition
  return {
    id,
    country,
    name,
    shortName,
    participation,
    receives,
    disputes: roles.includes('disputes'),
    languages: [...new Set([...(complaints?.languages ?? []), ...definition.languages])],
    takes: complaints?.takes ?? [],
    basis: complaints?.basis ?? [],
    partnerCountries: complaints?.partners?.flatMap(({ countries }) => countries) ?? [],
  }
}

/** Keys that a complaint is encrypted to: elliptic curves, which are all that every browser's WebCrypto has. */
export function receivingKids(roster: Roster, member: RosterMember): string[] {
  const live = new Set(encryptionKids(roster, member.id))
  return (member.keys?.enc ?? [])
    .filter(({ kty, kid }) => kty === 'EC' && live.has(kid))
    .map(({ kid }) => kid)
}
