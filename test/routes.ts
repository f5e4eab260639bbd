/** What tests of routing share: the golden file, and the directory that the members/ files give. */
import { readdirSync, readFileSync } from 'node:fs'
import type { MemberDefinition } from '../src/alliance/definition.js'
import type { Participation } from '../src/alliance/participation.js'
import { DESCRIBED_MEMBERS } from '../src/cli/demo/describe-members.js'
import type { RouteDirectory, RouteFacts } from '../src/dispute/routing/route-facts.js'
import { routeMember } from '../src/hub/cases/route-directory.js'

export interface ExpectedRoute {
  outcome: string
  lead: string | null
  partner: string | null
  cc: string[]
  rules: string[]
  flags: string[]
  referrals: string[]
  linked?: ExpectedRoute
}

/** `keyless`: admitted, without a key to encrypt to. */
export type Standing = Participation | 'keyless'

export interface GoldenCase {
  name: string
  source: string
  facts: Partial<RouteFacts>
  directory?: Record<string, Standing>
  expected: ExpectedRoute
}

export const GOLDEN = JSON.parse(
  readFileSync(new URL('./vectors/routes/golden.json', import.meta.url), 'utf8'),
) as { defaults: RouteFacts; cases: GoldenCase[] }

const MEMBERS = new URL('../members/', import.meta.url)
const DEFINITIONS = readdirSync(MEMBERS).map(
  (id) => JSON.parse(readFileSync(new URL(`${id}/member.json`, MEMBERS), 'utf8')) as MemberDefinition,
)

const DESCRIBED: readonly string[] = DESCRIBED_MEMBERS

/** Every member of members/, admitted with a key unless its standing or the demo says otherwise. */
export function demoDirectory(standings: Record<string, Standing> = {}, demo = true): RouteDirectory {
  return {
    demo,
    members: DEFINITIONS.map((definition) => {
      const standing =
        standings[definition.id] ?? (DESCRIBED.includes(definition.id) ? 'described' : 'admitted')
      const participation = standing === 'keyless' ? 'admitted' : standing
      return routeMember(
        { id: definition.id, definition, participation },
        standing !== 'keyless' && standing !== 'described',
      )
    }),
  }
}

/** What a route and its answer over HTTP both have. */
interface AnyRoute {
  outcome: string
  lead: string | null
  partner: string | null
  cc: readonly string[]
  reasons: readonly { rule: string }[]
  flags: readonly string[]
  referrals: readonly { id: string }[]
  linked?: AnyRoute
}

/** A route in the golden file's words. */
export function summarise(found: AnyRoute): ExpectedRoute {
  const { outcome, lead, partner, cc, reasons, flags, referrals, linked } = found
  return {
    outcome,
    lead,
    partner,
    cc: [...cc],
    rules: reasons.map(({ rule }) => rule),
    flags: [...flags],
    referrals: referrals.map(({ id }) => id),
    ...(linked && { linked: summarise(linked) }),
  }
}
