/** The answers in the address of the questionnaire: read, told apart from what is not understood, written again (issue 5, story 6). */
import { COUNTRY_CODES } from '../../alliance/country-codes.js'
import { HOLDER_KINDS, type HolderKind } from '../../alliance/definition.js'
import type { SellingPlace, ShopAnswers } from '../../alliance/eligibility.js'
import type { FactAnswer } from '../../alliance/fact-domain.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { factParam, factsOfSchemes, questionsOf, SELLING_PLACES, UNITS } from './questions.js'

/** Stands for every country that the list does not name. */
export const OTHER_COUNTRY = 'other'
/** The answer to "what does the shop do" that none of the rules' words fits. */
export const NO_TRADE = 'none'

/** What the address says, word by word; every value has the form that its question allows. */
export interface RawAnswers {
  /** ISO 3166-1 alpha-2, or {@link OTHER_COUNTRY}. */
  country?: string
  holderKind?: HolderKind
  sells?: SellingPlace[]
  /** `member.duty`, or {@link NO_TRADE}. */
  trades?: string[]
  /** Answers to all other questions by their parameters: `f.…`, `holds.…`, `meets.…`. */
  others: Map<string, string>
}

export interface ReadAnswers {
  raw: RawAnswers
  /** Parameters that no question has, and those whose value none allows. */
  left: { unknown: string[]; bad: string[] }
}

/** Most parameters that are read: the longest form has some thirty. */
const MAX_PARAMETERS = 200
/** Most parameters that are named when they are not understood. */
const MAX_NAMED = 8

/** An answer to a fact: yes, no, none, or a whole number. */
const FACT_ANSWER = /^(yes|no|none|\d{1,3})$/
const YES_NO = /^(yes|no)$/
const OTHERS: readonly [RegExp, RegExp][] = [
  [/^f\.[a-zA-Z][a-zA-Z0-9]{0,39}$/, FACT_ANSWER],
  [/^holds(\.[a-z0-9-]{1,40}){2,3}$/, YES_NO],
  [/^meets(\.[a-z0-9-]{1,40}){4}$/, YES_NO],
]
const TRADE = /^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/

/** Reads the parameters. Empty ones count as absent, for forms send them. @param countries those of the members */
export function readAnswers(parameters: URLSearchParams, countries: readonly string[]): ReadAnswers {
  const raw: RawAnswers = { others: new Map() }
  const left: ReadAnswers['left'] = { unknown: [], bad: [] }
  for (const [name, written] of [...parameters].slice(0, MAX_PARAMETERS)) {
    const value = written.trim()
    if (value === '') continue
    const outcome = take(raw, name, value, countries)
    if (outcome !== 'taken' && left[outcome].length < MAX_NAMED && !left[outcome].includes(name))
      left[outcome].push(name)
  }
  return { raw, left }
}

function take(
  raw: RawAnswers,
  name: string,
  value: string,
  countries: readonly string[],
): 'taken' | 'unknown' | 'bad' {
  const taken = (is: boolean): 'taken' | 'bad' => (is ? 'taken' : 'bad')
  if (name === 'country') {
    const code = value.toUpperCase()
    const isKnown = countries.includes(code) || COUNTRY_CODES.includes(code)
    if (isKnown) raw.country = code
    else if (value === OTHER_COUNTRY) raw.country = OTHER_COUNTRY
    return taken(isKnown || value === OTHER_COUNTRY)
  }
  if (name === 'kind') {
    const kind = HOLDER_KINDS.find((one) => one === value)
    if (kind) raw.holderKind = kind
    return taken(kind !== undefined)
  }
  if (name === 'sells') {
    const place = SELLING_PLACES.find((one) => one === value)
    if (place) raw.sells = [...(raw.sells ?? []), place]
    return taken(place !== undefined)
  }
  if (name === 'trades') {
    const isTrade = value === NO_TRADE || TRADE.test(value)
    if (isTrade) raw.trades = [...(raw.trades ?? []), value]
    return taken(isTrade)
  }
  const form = OTHERS.find(([names]) => names.test(name))
  if (!form) return 'unknown'
  const isAllowed = form[1].test(value)
  if (isAllowed) raw.others.set(name, value)
  return taken(isAllowed)
}

/** The answers as the rules take them. `schemes` are those of the country that was chosen. */
export function answersOf(raw: RawAnswers, schemes: readonly Scheme[], on: string): ShopAnswers {
  const { holderKind, sells } = raw
  const { holds, meets } = questionsOf(schemes, { holderKind, sells }, on)
  const said = (param: string): boolean[] => {
    const word = raw.others.get(param)
    return word === undefined ? [] : [word === 'yes']
  }
  return {
    holderKind,
    sells,
    facts: factAnswers(raw, schemes),
    holds: Object.fromEntries(holds.flatMap(({ param, key }) => said(param).map((is) => [key, is]))),
    meets: Object.fromEntries(
      meets.flatMap(({ param, keys }) => said(param).flatMap((is) => keys.map((key) => [key, is]))),
    ),
  }
}

function factAnswers(raw: RawAnswers, schemes: readonly Scheme[]): Record<string, FactAnswer> {
  return Object.fromEntries(
    factsOfSchemes(schemes).flatMap(({ name, type, answers }): [string, FactAnswer][] => {
      const word = raw.others.get(factParam(name))
      if (word === undefined || Object.hasOwn(UNITS, name) !== (type === 'count')) return []
      if (type === 'boolean') return word === 'yes' || word === 'no' ? [[name, word === 'yes']] : []
      if (type === 'count') {
        if (word === 'none') return [[name, null]]
        return /^\d/.test(word) ? [[name, Number(word)]] : []
      }
      const standIn = answers.findLast((answer) => typeof answer === 'string')
      if (type === 'text' && word === 'yes' && standIn !== undefined) return [[name, standIn]]
      return type === 'text' && word === 'no' ? [[name, null]] : []
    }),
  )
}

/**
 * Ids of a member's duties that describe the shop, none where it was said that none does; undefined where nothing was said,
 * or only of another country's rules.
 */
export function tradesAt({ trades = [] }: RawAnswers, member: string): string[] | undefined {
  const start = `${member}.`
  const own = trades.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length))
  return own.length > 0 || trades.includes(NO_TRADE) ? own : undefined
}

/** `?…` with everything that was understood, or an empty text. */
export function formatAnswers({ country, holderKind, sells, trades, others }: RawAnswers): string {
  const pairs: [string, string][] = [
    ...(country ? [['country', country] as [string, string]] : []),
    ...(holderKind ? [['kind', holderKind] as [string, string]] : []),
    ...(sells ?? []).map((place): [string, string] => ['sells', place]),
    ...(trades ?? []).map((trade): [string, string] => ['trades', trade]),
    ...others,
  ]
  const text = new URLSearchParams(pairs).toString()
  return text === '' ? '' : `?${text}`
}
