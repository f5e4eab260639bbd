/** What a page of the directory was asked for, read from its address; whatever is not understood is told, never guessed. */
import { COUNTRY_CODES } from '../../alliance/country-codes.js'
import { findLevel } from '../../alliance/definition.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { type DirectoryQuery, directoryQuery, MAX_SEARCH_TEXT } from '../../record/directory.js'
import { findPersonalNumber } from '../../record/personal-number.js'

/** In the order in which the form asks and the page repeats them. */
export const FILTERS = [
  'q',
  'country',
  'member',
  'mark',
  'level',
  'kind',
  'principle',
  'language',
  'shipsTo',
  'sector',
  'platform',
] as const
export type Filter = (typeof FILTERS)[number]

/** A part of the address that was left out, and why. */
export interface LeftOut {
  why: 'unknown' | 'repeated' | 'long' | 'personal' | 'parameter' | 'place'
  /** The parameter's name. */
  name: string
  /** As it came, cut; empty where it must not be written back. */
  value: string
}

export interface AskedList {
  query: DirectoryQuery
  leftOut: LeftOut[]
  /** The same in other words: empty parameters, as forms send them, or small letters for a country. */
  isUntidy: boolean
}

/** What a mark's parameter names, by the number of its parts. */
const MARK_PARTS = ['member', 'mark', 'level'] as const
/** What other sites add to links into this one; it means nothing here, and telling of it would only puzzle. */
const TRACKING = /^(utm_\w+|fbclid|gclid|msclkid)$/
/** Of a value that was not understood, so much is written back: enough to recognise it. */
const MAX_WRITTEN_BACK = 40
/** Fields that the visitor fills in her own words, where a person's number could stand. */
const FREE_TEXT: readonly Filter[] = ['q', 'sector']

/**
 * Reads the parameters of a directory page. A mark's parameter may name its member, the mark or one level, as the one list of
 * the form does: `mark=th-dbd`, `mark=th-dbd/verified`, `mark=th-dbd/verified/gold`.
 */
export function readAskedList(parameters: URLSearchParams, members: readonly Scheme[]): AskedList {
  const values: Partial<Record<Filter | 'after', string>> = {}
  const leftOut: LeftOut[] = []
  let isUntidy = false
  for (const [name, written] of parameters) {
    const given = written.trim()
    const known = name === 'after' ? name : FILTERS.find((filter) => filter === name)
    if (known === undefined) {
      if (!TRACKING.test(name)) leftOut.push({ why: 'parameter', name, value: cut(name) })
      continue
    }
    isUntidy ||= given !== written || given === ''
    if (given === '') continue
    const placed: Placed = known === 'after' ? { filter: known, value: given } : tidy(known, given)
    const { filter, value } = placed
    isUntidy ||= filter !== known || value !== given
    const why = values[filter] === undefined ? fault(filter, value, members) : 'repeated'
    if (why) leftOut.push({ why, name: known, value: why === 'personal' ? '' : cut(given) })
    else values[filter] = value
  }
  return { query: directoryQuery.parse(values), leftOut, isUntidy }
}

interface Placed {
  filter: Filter | 'after'
  value: string
}

/** The one way to write a value: capitals for countries, and each of member, mark and level under its own name. */
function tidy(filter: Filter, value: string): Placed {
  if (filter === 'country' || filter === 'shipsTo') return { filter, value: value.toUpperCase() }
  if (filter === 'language' && value.length <= 3) return { filter, value: value.toLowerCase() }
  if (filter === 'mark') return { filter: MARK_PARTS[value.split('/').length - 1] ?? filter, value }
  return { filter, value }
}

function fault(
  filter: Filter | 'after',
  value: string,
  members: readonly Scheme[],
): LeftOut['why'] | undefined {
  if (filter === 'after') return directoryQuery.shape.after.safeParse(value).success ? undefined : 'place'
  if (FREE_TEXT.includes(filter)) {
    if (findPersonalNumber(value)) return 'personal'
    return value.length > MAX_SEARCH_TEXT ? 'long' : undefined
  }
  const isKnown = directoryQuery.shape[filter].safeParse(value).success && exists(filter, value, members)
  return isKnown ? undefined : 'unknown'
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether a value of the right form names something that there is. */
function exists(filter: Filter, value: string, members: readonly Scheme[]): boolean {
  const [member = '', mark = '', level] = value.split('/')
  const definition = () => members.find(({ id }) => id === member)?.definition
  switch (filter) {
    case 'country':
    case 'shipsTo':
      return COUNTRY_CODES.includes(value)
    case 'language':
      return languageNames.of(value) !== undefined
    case 'member':
      return definition() !== undefined
    case 'mark':
      return definition()?.marks.some(({ id }) => id === mark) === true
    case 'level': {
      const found = definition()
      return found !== undefined && findLevel(found, mark, level ?? '') !== undefined
    }
    default:
      return true
  }
}

function cut(text: string): string {
  return text.length > MAX_WRITTEN_BACK ? `${text.slice(0, MAX_WRITTEN_BACK)}…` : text
}

/** The filters that are set, in their order. */
export function setFilters(query: DirectoryQuery): Filter[] {
  return FILTERS.filter((filter) => query[filter] !== undefined)
}

/** The query without some of its filters, at the start of its list. */
export function without(query: DirectoryQuery, filters: readonly Filter[]): DirectoryQuery {
  const { after: _after, ...rest } = query
  return Object.fromEntries(
    Object.entries(rest).filter(([name]) => !filters.some((filter) => filter === name)),
  )
}

/** `?…` with what is set only, sorted, so that one list has one address; empty for the plain directory. */
export function formatList(query: DirectoryQuery): string {
  const set = Object.entries(query)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    // A mark's slash needs no escape in a query (RFC 3986, section 3.4), and can then be read.
    .map(([name, value]) =>
      PATHS.includes(name) ? `${name}=${value}` : new URLSearchParams([[name, value]]).toString(),
    )
  return set.length === 0 ? '' : `?${set.join('&')}`
}

/** Filters whose values, once read, are nothing but small letters, digits, hyphens and slashes. */
const PATHS: readonly string[] = ['mark', 'level']

/** Lists worth finding by name: all shops, those of one country, of one member, with one mark. Others repeat them. */
export function isIndexable(query: DirectoryQuery): boolean {
  const filters = setFilters(query)
  const named: readonly Filter[] = ['country', 'member', 'mark']
  return query.after === undefined && filters.length <= 1 && filters.every((filter) => named.includes(filter))
}
