/** Deciding a route: gates first, then exactly one base rule, then modifiers; pure, total and deterministic (DESIGN 4.10). */
import type { RouteFlag } from '../route-question.js'
import { requireSound } from './check-ruleset.js'
import { chooseReferrals } from './choose-referrals.js'
import type { Reason, ReasonParam } from './reason.js'
import { placeholdersOf } from './reason-text.js'
import type { ReferralSet } from './referral-sets.js'
import type { Route, RouteDirectory, RouteFacts, RouteMember } from './route-facts.js'
import { applies, type Party, type Rule, type Ruleset, type Situation } from './rule.js'
import { PRECONTACT_DAYS, RULESET } from './ruleset.js'
import { type Derived, deriveSituation, isStated, needsPartner, reachingCompetence } from './situation.js'

/**
 * Where a complaint goes, and why. A forged mark makes it a report of misuse to the mark's owner, and the claim for money a
 * route of its own in `linked`.
 * @param ruleset another one only in tests
 * @throws Error for a ruleset with an overlap or a hole; never for any facts or directory
 */
export function route(facts: RouteFacts, directory: RouteDirectory, ruleset: Ruleset = RULESET): Route {
  requireSound(ruleset)
  const forged = facts.markVerdict === 'forged'
  if (!forged || facts.kind === 'mark_misuse') return decide(facts, directory, ruleset)
  const report = decide({ ...facts, kind: 'mark_misuse', claimType: 'mark_misuse' }, directory, ruleset)
  // A minor's data is not collected, in one case as little as in two.
  if (facts.minor) return report
  return { ...report, linked: decide(besideReport(facts), directory, ruleset) }
}

/** The claim for money beside a report: the mark says nothing of it but that its shop is not to be trusted. */
export function besideReport(facts: RouteFacts): RouteFacts {
  return { ...facts, markVerdict: 'none', markShown: null, untrusted: true }
}

/** What the rules have said so far. */
interface Draft {
  lead: RouteMember | undefined
  partner: RouteMember | undefined
  cc: RouteMember[]
  refer: Set<ReferralSet>
  flags: Set<RouteFlag>
  rules: Rule[]
}

function decide(facts: RouteFacts, directory: RouteDirectory, ruleset: Ruleset): Route {
  const derived = deriveSituation(facts, directory)
  const { situation, parties } = derived
  const draft: Draft = {
    lead: undefined,
    partner: undefined,
    cc: [],
    refer: new Set(),
    flags: new Set(),
    rules: [],
  }
  const of = (stage: Rule['stage']) => ruleset.rules.filter((rule) => rule.stage === stage)
  const gates = of('gate').filter((rule) => applies(rule, situation))
  const end = gates.findIndex(({ effect }) => effect.outcome !== undefined)
  for (const rule of end < 0 ? gates : gates.slice(0, end + 1)) take(draft, rule, parties)
  const closed = gates[end]?.effect.outcome
  if (closed !== undefined) return finish(facts, directory, ruleset, derived, draft, closed)
  const base = of('base').find((rule) => applies(rule, situation))
  if (!base) throw new Error('no base rule applies, though the ruleset was checked')
  take(draft, base, parties)
  const outcome = base.effect.outcome ?? 'case'
  const reached = outcome !== 'case' ? 'referral' : draft.lead ? 'case' : 'unrouted'
  const late: Situation = { ...situation, ...lateFeatures(facts, derived, draft), outcome: reached }
  for (const rule of of('modifier')) if (applies(rule, late)) take(draft, rule, parties)
  return finish(facts, directory, ruleset, derived, draft, outcome)
}

function take(draft: Draft, rule: Rule, parties: Derived['parties']): void {
  const { lead, partner, cc = [], refer = [], flags = [] } = rule.effect
  const first = (party: Party | undefined) => (party === undefined ? undefined : parties[party][0])
  draft.lead ??= first(lead)
  const reaching = first(partner)
  if (reaching !== draft.lead) draft.partner ??= reaching
  draft.cc.push(...cc.flatMap((party) => parties[party]))
  for (const set of refer) draft.refer.add(set)
  for (const flag of flags) draft.flags.add(flag)
  draft.rules.push(rule)
}

/** Features that depend on whom the base rule chose. */
function lateFeatures(
  facts: RouteFacts,
  { parties, merchantCountry, record }: Derived,
  { lead, partner }: Draft,
): Pick<Situation, 'issuer' | 'languages' | 'tongue' | 'competence'> {
  const [issuer] = parties.issuer
  const apart = issuer?.participation === 'admitted' && issuer !== lead && issuer !== partner
  const share = (member: RouteMember, languages: readonly string[]) =>
    languages.some((language) => member.languages.some((own) => bare(own) === bare(language)))
  const assumed = listAssumed(facts, parties, merchantCountry, record?.member, lead, partner)
  return {
    issuer: apart ? 'apart' : 'inside',
    languages: lead && partner && !share(lead, partner.languages) ? 'foreign' : 'shared',
    tongue: lead && !share(lead, [facts.lang]) ? 'foreign' : 'shared',
    competence: assumed.length > 0 ? 'assumed' : 'stated',
  }
}

/** `zh-Hant` and `zh` are read by the same officer. */
function bare(language: string): string {
  return language.split('-')[0] ?? language
}

/** Members whose part in this rests on no public source: the kind of complaint, or this other country. */
function listAssumed(
  facts: RouteFacts,
  parties: Derived['parties'],
  merchantCountry: string | null,
  issuer: string | undefined,
  lead: RouteMember | undefined,
  partner: RouteMember | undefined,
): RouteMember[] {
  // Whoever owns a mark decides about it: that needs no source.
  if (facts.kind === 'mark_misuse') return []
  const reaches = (member: RouteMember): boolean => {
    const competence = reachingCompetence(member, issuer)
    if (!isStated(member, competence, facts.consumerCountry)) return false
    return !needsPartner(member, competence) || member.partnerCountries.includes(facts.consumerCountry)
  }
  const leads = (member: RouteMember): boolean =>
    parties.home.includes(member)
      ? isStated(member, 'consumer-here-trader-abroad', merchantCountry)
      : reaches(member)
  return [...(lead && !leads(lead) ? [lead] : []), ...(partner && !reaches(partner) ? [partner] : [])]
}

function finish(
  facts: RouteFacts,
  directory: RouteDirectory,
  ruleset: Ruleset,
  derived: Derived,
  draft: Draft,
  outcome: Route['outcome'],
): Route {
  const { lead, partner, rules } = draft
  const { situation, merchantCountry, record } = derived
  // Metadata too is for members only: one that is described, suspended or left gets none.
  const cc = [...new Set(draft.cc)].filter(
    (member) => member.participation === 'admitted' && member !== lead && member !== partner,
  )
  return {
    outcome,
    lead: lead?.id ?? null,
    partner: partner?.id ?? null,
    cc: cc.map(({ id }) => id),
    referrals: chooseReferrals(draft.refer, facts.consumerCountry, merchantCountry),
    gates: rules.filter(({ stage }) => stage === 'gate').map(({ id }) => id),
    reasons: rules.map(({ id }) => explain(id, paramsOf(facts, directory, derived, draft))),
    flags: [...draft.flags],
    rulesetVersion: ruleset.version,
    ...(outcome === 'precontact' && { precontactDays: PRECONTACT_DAYS }),
    kind: facts.kind,
    relation: situation.relation === 'C2C' && situation.seller === 'trader' ? 'B2C' : facts.relation,
    claimType: facts.claimType,
    merchantCountry,
    record: record?.id ?? null,
  }
}

/** Everything that a text may name; a reason carries only what its own text names. */
function paramsOf(
  facts: RouteFacts,
  directory: RouteDirectory,
  derived: Derived,
  { lead, partner }: Draft,
): Record<string, ReasonParam> {
  const { parties, merchantCountry, record } = derived
  const named = (members: readonly (RouteMember | undefined)[]): ReasonParam => ({
    members: members.flatMap((member) => member?.id ?? []),
  })
  const owner = directory.members.find(({ id }) => id === (facts.markShown ?? record?.member))
  return {
    lead: named([lead]),
    partner: named([partner ?? lead ?? parties.partner[0]]),
    owner: named([owner]),
    issuer: named([parties.issuer[0]]),
    homeBody: named([parties.homeBody[0]]),
    others: named(parties.others),
    market: named([parties.market[0]]),
    assumed: named(listAssumed(facts, parties, merchantCountry, record?.member, lead, partner)),
    consumerCountry: { country: facts.consumerCountry },
    ...(merchantCountry !== null && { merchantCountry: { country: merchantCountry } }),
    leadLanguages: { languages: [...(lead?.languages ?? [])] },
    partnerLanguages: { languages: [...(partner?.languages ?? [])] },
    days: { days: PRECONTACT_DAYS },
  }
}

function explain(rule: string, all: Record<string, ReasonParam>): Reason {
  const wanted = placeholdersOf(rule)
  return { rule, params: Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name))) }
}
