/** A route whose lead the secretariat named, where no rule did (rule R90). */
import type { Reason } from './reason.js'
import type { Route, RouteMember } from './route-facts.js'
import { RULESET } from './ruleset.js'

const BASE_RULES = new Set(RULESET.rules.flatMap(({ id, stage }) => (stage === 'base' ? id : [])))

/**
 * The case goes to that member. Whoever else the rules named stays, but for a lead of theirs.
 * @param lead an admitted member with a live key
 */
export function assignLead(found: Route, lead: RouteMember): Route {
  const { precontactDays: _, linked: __, ...rest } = found
  const named = found.lead === lead.id
  return {
    ...rest,
    outcome: 'case',
    lead: lead.id,
    partner: found.partner === lead.id ? null : found.partner,
    cc: found.cc.filter((id) => id !== lead.id),
    flags: found.flags.filter((flag) => flag !== 'unmatched'),
    reasons: [
      { rule: 'S1', params: { lead: { members: [lead.id] } } },
      ...found.reasons.filter((reason) => named || !speaksOfLead(reason, found.lead)),
    ],
  }
}

/** Whether a reason would name another lead than the one there is, or say that there is none. */
function speaksOfLead({ rule, params }: Reason, lead: string | null): boolean {
  const { assumed } = params
  const assumes = assumed !== undefined && 'members' in assumed && assumed.members.some((id) => id === lead)
  return BASE_RULES.has(rule) || 'lead' in params || assumes
}
