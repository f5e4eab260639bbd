/** A route whose lead the secretariat named, where no rule did (rule R90). */
import type { Route, RouteMember } from './route-facts.js'

/**
 * The case goes to that member. Whoever else the rules named stays, but for a lead of theirs.
 * @param lead an admitted member with a live key
 */
export function assignLead(found: Route, lead: RouteMember): Route {
  const { precontactDays: _, linked: __, ...rest } = found
  return {
    ...rest,
    outcome: 'case',
    lead: lead.id,
    partner: found.partner === lead.id ? null : found.partner,
    cc: found.cc.filter((id) => id !== lead.id),
    flags: found.flags.filter((flag) => flag !== 'unmatched'),
    reasons: [
      { rule: 'S1', params: { lead: { members: [{ name: lead.name, shortName: lead.shortName }] } } },
      ...found.reasons.filter(({ rule }) => rule !== 'R90'),
    ],
  }
}
