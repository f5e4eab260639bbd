/** A route as a person reads it on a terminal, and with `--explain` every rule that was looked at. */
import { inLanguage, type Language, pickText } from '../../alliance/text.js'
import type { Referral, RouteQuote } from '../../dispute/route-question.js'
import { reasonWords } from '../../dispute/routing/reason-text.js'
import type { Route, RouteDirectory } from '../../dispute/routing/route-facts.js'
import { FEATURES, type Feature, matchesOf, type Rule } from '../../dispute/routing/rule.js'
import { RULESET } from '../../dispute/routing/ruleset.js'
import { tellReason } from '../../dispute/routing/tell-reasons.js'
import { ROUTE_WORDS } from './words.js'

/** What both a hub's answer and a route decided here can be shown as. */
export interface ShownRoute {
  outcome: RouteQuote['outcome']
  lead: string | null
  partner: string | null
  cc: readonly string[]
  referrals: readonly Referral[]
  reasons: readonly { rule: string; text: string }[]
  flags: readonly string[]
  rulesetVersion: string
  expires?: string
  linked?: ShownRoute
}

/** A route decided here, with its reasons in words. */
export function showRoute(found: Route, directory: RouteDirectory, lang: Language): ShownRoute {
  const { reasons, linked, ...rest } = found
  const words = reasonWords(lang, (id) => directory.members.find((member) => member.id === id))
  return {
    ...rest,
    reasons: reasons.map((one) => ({ rule: one.rule, text: tellReason(one, words) ?? one.rule })),
    ...(linked && { linked: showRoute(linked, directory, lang) }),
  }
}

export function formatRoute(found: ShownRoute, lang: Language, explain: boolean): string[] {
  const words = inLanguage(ROUTE_WORDS, lang)
  const lines = [
    words.outcome[found.outcome],
    ...(found.outcome === 'case' ? [`  ${words.lead}: ${found.lead ?? words.nobody}`] : []),
    ...(found.partner ? [`  ${words.partner}: ${found.partner}`] : []),
    ...(found.cc.length > 0 ? [`  ${words.cc}: ${found.cc.join(', ')}`] : []),
    '',
    `${words.why}:`,
    ...(explain ? explainRules(found) : found.reasons.map(({ rule, text }) => `  ${rule}  ${text}`)),
    ...formatReferrals(found.referrals, lang),
    ...(found.outcome === 'case' && found.expires ? ['', `${words.until}: ${found.expires}`] : []),
  ]
  if (!found.linked) return lines
  return [...lines, '', `— ${words.linked} —`, ...formatRoute(found.linked, lang, explain)]
}

function formatReferrals(referrals: readonly Referral[], lang: Language): string[] {
  if (referrals.length === 0) return []
  return [
    '',
    `${inLanguage(ROUTE_WORDS, lang).elsewhere}:`,
    ...referrals.flatMap(({ name, url, phone, languages, note }) => [
      `  ${pickText(name, lang).text}${languages.length > 0 ? ` [${languages.join(', ')}]` : ''}`,
      ...(phone || url ? [`    ${[phone, url].filter(Boolean).join('  ')}`] : []),
      `    ${pickText(note, lang).text}`,
    ]),
  ]
}

/** Every rule in its order: those that applied with their words, the others with what they look for. */
function explainRules({ reasons, rulesetVersion, outcome }: ShownRoute): string[] {
  const texts = new Map(reasons.map(({ rule, text }) => [rule, text]))
  const end = RULESET.rules.findIndex(
    ({ id, effect, stage }) => stage === 'gate' && effect.outcome && texts.has(id),
  )
  const looked = end < 0 ? RULESET.rules : RULESET.rules.slice(0, end + 1)
  return [
    `  ruleset ${rulesetVersion}${rulesetVersion === RULESET.version ? '' : `, told with ${RULESET.version} of this package`}`,
    ...looked.flatMap((rule) => {
      const text = texts.get(rule.id)
      return [
        `  ${text === undefined ? '·' : '●'} ${rule.stage} ${rule.id}${text === undefined ? `: not so (${formatWhen(rule)})` : ''}`,
        ...(text === undefined ? [] : [`      ${text}`, `      source: ${rule.source}`]),
      ]
    }),
    ...(end < 0 ? [] : [`  The last gate ends it (${outcome}): no further rule is looked at.`]),
  ]
}

function formatWhen(rule: Rule): string {
  return matchesOf(rule)
    .map((match) =>
      Object.entries(match)
        .filter(([feature, values]) => values.length < FEATURES[feature as Feature].length)
        .map(([feature, values]) => `${feature} = ${values.join(' or ')}`)
        .join(', '),
    )
    .join('; or ')
}
