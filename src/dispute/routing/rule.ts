/** Rules as data: what a rule looks at, what it does, and whether it applies (DESIGN 4.10). */
import type { RouteFlag, RouteOutcome } from '../route-question.js'
import type { ReferralSet } from './referral-sets.js'

/**
 * Everything that rules may look at, each with all its values. Only what has few values can be proven to be covered, so
 * countries, members and amounts come down to these first.
 */
export const FEATURES = {
  // about the asker and what she says
  minor: ['yes', 'no'],
  relation: ['B2C', 'C2C', 'B2B', 'B2C_by_trader'],
  proceedings: ['yes', 'no'],
  contacted: ['yes', 'no'],
  /** Whether writing to the shop first can be asked for: not where it can't be reached, nor of what can't wait. */
  contactable: ['yes', 'no'],
  danger: ['product', 'payment', 'none'],
  domestic: ['yes', 'no'],
  /** `trader`: a record, in force or last known to be, says what the seller is. */
  seller: ['trader', 'unproven'],
  // what base rules decide by
  kind: ['complaint', 'enquiry', 'misuse'],
  mark: ['genuine', 'inactive', 'forged', 'unverifiable', 'none'],
  /** Whether the owner of the mark in question can take a case. */
  owner: ['yes', 'no'],
  /** `market`: only the marketplace is certified. `known`: no record, but a country. */
  merchant: ['certified', 'market', 'known', 'unknown'],
  /** The body of the consumer's country. `refuses`: it is named, and can not lead now. */
  home: ['takes', 'refuses', 'none'],
  /** Who reaches the merchant. `indirect`: it takes complaints only from another body. */
  partner: ['direct', 'indirect', 'none'],
  // what modifiers look at once the base rule has spoken
  /** `unrouted`: a case that nobody leads yet, of which nobody is told. */
  outcome: ['case', 'unrouted', 'referral'],
  records: ['several', 'one', 'none'],
  /** `apart`: the mark's member is neither lead nor partner. */
  issuer: ['apart', 'inside'],
  market: ['certified', 'plain', 'none'],
  amount: ['high', 'usual'],
  untrusted: ['yes', 'no'],
  /** Whether lead and partner share a language. */
  languages: ['shared', 'foreign'],
  /** Whether the lead works in the consumer's language. */
  tongue: ['shared', 'foreign'],
  /** Whether a chosen competence rests on no public source for this pair of countries. */
  competence: ['assumed', 'stated'],
  hub: ['demo', 'real'],
} as const

export type Feature = keyof typeof FEATURES
export type Situation = { [F in Feature]: (typeof FEATURES)[F][number] }

/** What base rules may look at; their whole product is checked for overlaps and holes. */
export const BASE_FEATURES = ['kind', 'mark', 'owner', 'merchant', 'home', 'partner'] as const
/** Known only once the base rule has spoken: for modifiers alone. */
export const LATE_FEATURES = ['outcome', 'issuer', 'languages', 'tongue', 'competence'] as const
export type EarlySituation = Omit<Situation, (typeof LATE_FEATURES)[number]>

/** Members by the part they can play; several only for `others`. */
export const PARTIES = [
  'home',
  'homeBody',
  'partner',
  'owner',
  'place',
  'issuer',
  'others',
  'market',
] as const
export type Party = (typeof PARTIES)[number]

export interface Effect {
  outcome?: RouteOutcome
  lead?: Party
  partner?: Party
  cc?: readonly Party[]
  refer?: readonly ReferralSet[]
  flags?: readonly RouteFlag[]
}

/** Values of features, each of which must be the case. */
export type Match = { readonly [F in Feature]?: readonly Situation[F][] }

export const STAGES = ['gate', 'base', 'modifier'] as const

export interface Rule {
  id: string
  /** Gates first; one with an outcome ends it. Then exactly one base rule, then every modifier that applies. */
  stage: (typeof STAGES)[number]
  /** One match, or several of which one suffices. */
  when: Match | readonly Match[]
  effect: Effect
  /** Practice or terms that the rule follows. */
  source: string
  /** Version of the ruleset in which it took this form. */
  since: string
}

export interface Ruleset {
  /** The day of its last change. */
  version: string
  rules: readonly Rule[]
}

/** The alternatives of a rule. */
export function matchesOf({ when }: Rule): readonly Match[] {
  return isList(when) ? when : [when]
}

function isList(when: Rule['when']): when is readonly Match[] {
  return Array.isArray(when)
}

/** Whether a rule applies. A feature that the situation does not have yet is no match. */
export function applies(rule: Rule, situation: Partial<Situation>): boolean {
  return matchesOf(rule).some((match) =>
    Object.entries(match).every(([feature, values]) =>
      (values as readonly (string | undefined)[]).includes(situation[feature as Feature]),
    ),
  )
}
