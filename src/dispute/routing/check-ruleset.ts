/** The checks of a ruleset at load: no overlap and no hole among base rules, and nothing that a reader would miss (DESIGN 4.10). */
import { LANGUAGES } from '../../alliance/text.js'
import { placeholdersOf, REASON_TEXTS } from './reason-text.js'
import { REFERRAL_SETS } from './referral-sets.js'
import { REFERRALS } from './referrals.js'
import {
  applies,
  BASE_FEATURES,
  FEATURES,
  type Feature,
  LATE_FEATURES,
  matchesOf,
  type Rule,
  type Ruleset,
  type Situation,
} from './rule.js'

/** Faults of one kind that are listed; a missing rule leaves hundreds of holes, all alike. */
const MAX_LISTED = 5

const checked = new WeakSet<Ruleset>()

/** Checks a ruleset once. @throws Error naming every fault: nobody must be routed by it */
export function requireSound(ruleset: Ruleset): void {
  if (checked.has(ruleset)) return
  const faults = checkRuleset(ruleset)
  if (faults.length > 0) throw new Error(`ruleset ${ruleset.version} does not hold:\n${faults.join('\n')}`)
  checked.add(ruleset)
}

/** @returns every fault found, empty when the ruleset holds */
export function checkRuleset(ruleset: Ruleset): string[] {
  return [
    ...listProductFaults(ruleset),
    ...listRuleFaults(ruleset),
    ...listTextFaults(ruleset),
    ...listReferralFaults(),
  ]
}

/** Every combination of what base rules look at must meet exactly one of them. */
function listProductFaults({ rules }: Ruleset): string[] {
  const base = rules.filter(({ stage }) => stage === 'base')
  const holes: string[] = []
  const overlaps: string[] = []
  for (const situation of listProduct(BASE_FEATURES)) {
    const met = base.filter((rule) => applies(rule, situation)).map(({ id }) => id)
    const where = Object.values(situation).join(', ')
    if (met.length === 0) holes.push(`no base rule for ${where}`)
    if (met.length > 1) overlaps.push(`${met.join(' and ')} both apply to ${where}`)
  }
  return [...shorten(holes), ...shorten(overlaps)]
}

function shorten(faults: string[]): string[] {
  const rest = faults.length - MAX_LISTED
  return rest <= 0 ? faults : [...faults.slice(0, MAX_LISTED), `… and ${rest} more like it`]
}

/** All combinations of the values of some features. */
export function listProduct(features: readonly Feature[]): Partial<Situation>[] {
  return features.reduce<Partial<Situation>[]>(
    (combined, feature) =>
      combined.flatMap((situation) => FEATURES[feature].map((value) => ({ ...situation, [feature]: value }))),
    [{}],
  )
}

function listRuleFaults({ rules }: Ruleset): string[] {
  const ids = rules.map(({ id }) => id)
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `rule ${id} stands twice`),
    ...rules.flatMap((rule) => listFaultsOf(rule).map((fault) => `rule ${rule.id} ${fault}`)),
  ]
}

function listFaultsOf(rule: Rule): string[] {
  const { stage, effect, source } = rule
  const names = matchesOf(rule).flatMap((match) => Object.keys(match)) as Feature[]
  const late: readonly Feature[] = LATE_FEATURES
  const known: readonly Feature[] = BASE_FEATURES
  const values = matchesOf(rule).flatMap((match) =>
    Object.entries(match).flatMap(([feature, wanted]) =>
      (wanted as readonly string[])
        .filter((value) => !(FEATURES[feature as Feature] as readonly string[] | undefined)?.includes(value))
        .map((value) => `looks for ${feature} = ${value}, which never is`),
    ),
  )
  return [
    ...values,
    ...(source === '' ? ['has no source'] : []),
    ...(stage !== 'modifier' ? names.filter((name) => late.includes(name)) : []).map(
      (name) => `looks at ${name} before it is known`,
    ),
    ...(stage === 'base' ? names.filter((name) => !known.includes(name)) : []).map(
      (name) => `looks at ${name}, which the check for holes leaves out`,
    ),
    ...(stage === 'gate' && (effect.lead || effect.partner) ? ['is a gate and names a lead'] : []),
    ...(stage === 'modifier' && (effect.lead || effect.partner || effect.outcome)
      ? ['is a modifier and changes lead, partner or outcome']
      : []),
    ...(effect.outcome !== undefined && effect.outcome !== 'case' && effect.lead
      ? ['names a lead for what is no case']
      : []),
    ...((effect.outcome === 'referral' || effect.outcome === 'decline') && !effect.refer?.length
      ? ['refers to nowhere']
      : []),
    ...(stage === 'base' && !effect.outcome && !effect.lead && !effect.flags?.includes('unmatched')
      ? ['opens a case without a lead']
      : []),
  ]
}

/** The languages that routing speaks: in those nothing is left out, in others all of it is English. */
const SPOKEN = LANGUAGES.filter((language) => REASON_TEXTS[language])

function listTextFaults({ rules }: Ruleset): string[] {
  const faults: string[] = []
  for (const { id } of rules) {
    const wanted = [...placeholdersOf(id)].sort().join()
    for (const language of SPOKEN) {
      if (!REASON_TEXTS[language]?.[id]) faults.push(`rule ${id} has no text in ${language}`)
      else if ([...placeholdersOf(id, language)].sort().join() !== wanted)
        faults.push(`the text of rule ${id} in ${language} names other things than the English one`)
    }
  }
  return faults
}

function listReferralFaults(): string[] {
  const ids = REFERRALS.map(({ id }) => id)
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `referral ${id} stands twice`),
    ...REFERRAL_SETS.filter((set) => !REFERRALS.some(({ sets }) => sets[set])).map(
      (set) => `there is no referral of the kind ${set}`,
    ),
    ...REFERRALS.flatMap((referral) => [
      ...(referral.url === null && referral.phone === undefined && !referral.ownWay
        ? [`referral ${referral.id} has neither address nor telephone`]
        : []),
      ...(referral.languages.length === 0 && !referral.ownWay
        ? [`referral ${referral.id} names no language`]
        : []),
      ...SPOKEN.filter((language) => !referral.name[language] || !referral.note[language]).map(
        (language) => `referral ${referral.id} has no name or note in ${language}`,
      ),
    ]),
  ]
}
