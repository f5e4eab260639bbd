/** What an answer that no mark was found rests on (verdict field `searched`). */
import type { MemberDefinition } from '../alliance/definition.js'
import type { Participation } from '../alliance/participation.js'
import type { Verdict } from '../record/verdict.js'

export type Searched = NonNullable<Verdict['searched']>

/**
 * The schemes that publish here, and whether the merchant's country is among theirs.
 * @param country ISO 3166-1; undefined where the question tells none
 */
export function listSearched(
  members: readonly { id: string; participation: Participation; definition: MemberDefinition }[],
  country?: string,
): Searched {
  const publishing = members.filter(
    ({ participation, definition }) => participation === 'admitted' && definition.roles.includes('issuer'),
  )
  return {
    schemes: publishing.flatMap(({ id, definition }) =>
      definition.marks
        .filter((mark) => mark.status.state !== 'ended')
        .map((mark) => ({ member: id, mark: mark.id, name: mark.name })),
    ),
    ...(country && {
      country: {
        code: country,
        publishes: publishing.some(({ definition }) => definition.country === country),
      },
    }),
  }
}
