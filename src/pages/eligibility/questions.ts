/**
 * Which questions the rules of a country's marks raise (issue 5, story 6): one for each fact, each presupposed mark, and each
 * requirement whose facts no catalogue has words for. What the kind of holder or the place of sale excludes is not asked.
 */
import type { Duty, HolderKind, Level, Mark, PresenceKind, Requirement } from '../../alliance/definition.js'
import { tradesOf } from '../../alliance/duties.js'
import {
  assessMember,
  type LevelAssessment,
  orderMarks,
  type SellingPlace,
} from '../../alliance/eligibility.js'
import { type FactShape, factsOf, mergeFacts } from '../../alliance/fact-domain.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { eligibility } from '../languages/en/eligibility.js'

/** Facts that catalogues have words for. */
export type WordedFact = keyof typeof eligibility.facts

/** Counted facts with words, and what is counted. */
export const UNITS: Partial<Readonly<Record<WordedFact, 'year' | 'month'>>> = {
  yearsRegistered: 'year',
  financialStatementYears: 'year',
  monthsInBusiness: 'month',
}

export interface FactQuestion {
  param: string
  name: WordedFact
  shape: FactShape
}

export interface HoldQuestion {
  param: string
  /** As in the answers' `holds`. */
  key: string
  scheme: Scheme
  mark: Mark
  /** Absent where any level of the mark will do. */
  level?: Level
}

export interface MeetQuestion {
  param: string
  /** Requirements that say the same, as in the answers' `meets`. */
  keys: string[]
  scheme: Scheme
  requirement: Requirement
}

export interface TradeQuestion {
  scheme: Scheme
  duties: Duty[]
}

export interface Questions {
  trades: TradeQuestion[]
  facts: FactQuestion[]
  holds: HoldQuestion[]
  meets: MeetQuestion[]
}

/** What excludes marks before anything else is asked. */
export interface Basics {
  holderKind?: HolderKind | undefined
  sells?: readonly SellingPlace[] | undefined
}

/** Whether there are words that fit the type of the fact. */
function isWorded(shape: FactShape): shape is FactShape & { name: WordedFact } {
  if (!Object.hasOwn(eligibility.facts, shape.name)) return false
  const counted = Object.hasOwn(UNITS, shape.name)
  return counted ? shape.type === 'count' : shape.type === 'boolean' || shape.type === 'text'
}

/** Whether a requirement is asked for by its facts; else it is asked for as a whole. */
export function isAskedByFacts(requirement: Requirement): boolean {
  return factsOf(requirement).every(isWorded)
}

const isOpen = ({ outcome }: LevelAssessment): boolean => outcome !== 'ended' && outcome !== 'not-for-you'

/** The questions on the rules in force on a day, in the order in which the marks raise them. */
export function questionsOf(schemes: readonly Scheme[], basics: Basics, on: string): Questions {
  const levels = schemes.flatMap((scheme) =>
    assessMember(scheme.definition, { ...basics, facts: {}, holds: {}, meets: {} }, on)
      .filter(isOpen)
      .map((assessed) => ({ scheme, assessed })),
  )
  return {
    trades: schemes.flatMap((scheme) => {
      const duties = tradesOf(scheme.definition, on)
      return duties.length > 0 ? [{ scheme, duties }] : []
    }),
    facts: askFacts(
      levels.map(({ assessed }) => assessed),
      schemes,
    ),
    holds: askHolds(levels),
    meets: askMeets(levels),
  }
}

function askFacts(levels: readonly LevelAssessment[], schemes: readonly Scheme[]): FactQuestion[] {
  const asked = new Set(
    levels
      .flatMap(({ requirements }) => requirements)
      .filter(({ requirement }) => isAskedByFacts(requirement))
      .flatMap(({ missing }) => missing),
  )
  return factsOfSchemes(schemes).flatMap((shape) =>
    asked.has(shape.name) && isWorded(shape)
      ? [{ param: factParam(shape.name), name: shape.name, shape }]
      : [],
  )
}

/** All facts that the marks name, each once with all its bounds: an answer counts the same whatever else was answered. */
export function factsOfSchemes(schemes: readonly Scheme[]): FactShape[] {
  const marks = schemes.flatMap(({ definition }) => orderMarks(definition.marks))
  const levels = marks.flatMap((mark) => mark.levels)
  return mergeFacts(levels.flatMap((level) => level.requirements).flatMap(factsOf))
}

export const factParam = (name: string): string => `f.${name}`

interface OfScheme {
  scheme: Scheme
  assessed: LevelAssessment
}

function askHolds(levels: readonly OfScheme[]): HoldQuestion[] {
  const asked = new Map<string, HoldQuestion>()
  for (const { scheme, assessed } of levels)
    for (const { key, presupposition } of assessed.presupposed) {
      const mark = scheme.definition.marks.find(({ id }) => id === presupposition.mark)
      const level = mark?.levels.find(({ id }) => id === presupposition.level)
      const param = holdParam(scheme.id, key)
      if (mark) asked.set(param, { param, key, scheme, mark, ...(level && { level }) })
    }
  return [...asked.values()]
}

export const holdParam = (member: string, key: string): string =>
  `holds.${member}.${key.replaceAll('/', '.')}`

function askMeets(levels: readonly OfScheme[]): MeetQuestion[] {
  const asked = new Map<string, MeetQuestion>()
  for (const { scheme, assessed } of levels)
    for (const { key, requirement, missing } of assessed.requirements) {
      if (missing.length === 0 || isAskedByFacts(requirement)) continue
      const same = JSON.stringify([scheme.id, requirement.text, requirement.schema])
      const before = asked.get(same)
      if (before) before.keys.push(key)
      else asked.set(same, { param: meetParam(scheme.id, key), keys: [key], scheme, requirement })
    }
  return [...asked.values()]
}

export const meetParam = (member: string, key: string): string =>
  `meets.${member}.${key.replaceAll('/', '.')}`

/** A band of a count: answers within it are judged alike. */
export interface Band {
  value: string
  from: number
  /** Inclusive; absent: no end. */
  to?: number
}

/**
 * The answers to a count. "None" comes first; a band from 0 stands beside it only where the rules tell "none" from "less than one".
 */
export function bandsOf({ bounds }: FactShape): Band[] {
  const starts = [...new Set([0, ...bounds])]
  return starts.flatMap((from, i) => {
    if (from === 0 && !bounds.includes(0) && starts[1] === 1) return []
    const next = starts[i + 1]
    return [{ value: String(from), from, ...(next !== undefined && { to: next - 1 }) }]
  })
}

/** Places for the form, in their order. */
export const SELLING_PLACES: readonly SellingPlace[] = [
  'web',
  'line',
  'facebook',
  'shopee',
  'lazada',
  'tiktok',
  'instagram',
  'other',
] satisfies readonly (PresenceKind | 'other')[]
