/** One cell to one value, by the field it is mapped to (DESIGN 5, "The record"). */
import { type Presence, PresenceError, parsePresence } from '../../record/presence.js'
import type { Holder } from '../../record/record.js'
import { parseDate } from './dates.js'
import type { FactType, Field } from './fields.js'
import type { DateStyle } from './mapping.js'
import { checkWhole, readCertificate, readIdentifier, readInteger, readNumber, readPhone } from './numbers.js'
import { CellRefusal, shorten } from './rejection.js'

export type Scalar = string | number | boolean

/** Longest value of a contact or name: what a record can hold. */
const MAX_VALUE = 300

function wrong(reason: string, remedy: string): CellRefusal {
  return new CellRefusal('bad-value', reason, remedy)
}

function readList(text: string, one: RegExp, what: string): string {
  const items = text.split(/[\s,;、，/]+/).filter((item) => item !== '')
  const bad = items.find((item) => !one.test(item))
  if (bad !== undefined)
    throw wrong(
      `"${shorten(bad)}" is no ${what}`,
      'Correct it, or translate it under "values" in the mapping',
    )
  return [...new Set(items)].join(' ')
}

function readFact(text: string, type: FactType, dates: DateStyle): Scalar {
  if (type === 'integer') return readInteger(text)
  if (type === 'number') return readNumber(text)
  if (type === 'date') return parseDate(text, dates)
  if (type === 'text') {
    checkWhole(text)
    if (text.length > 200) throw wrong('A fact has at most 200 characters', 'Shorten it')
    return text
  }
  const word = text.toLowerCase()
  if (word === 'yes' || word === 'true') return true
  if (word === 'no' || word === 'false') return false
  throw wrong(
    'This is neither yes nor no',
    'Write yes or no, or translate the word under "values" in the mapping',
  )
}

/**
 * Reads the text of a scalar field.
 * @throws {CellRefusal}
 */
export function readScalar(
  field: Field,
  text: string,
  dates: DateStyle,
  factType: FactType | undefined,
): Scalar {
  switch (field.name) {
    case 'certificate':
      return readCertificate(text)
    case 'identifier':
      return readIdentifier(field.scheme, text)
    case 'validFrom':
    case 'validUntil':
    case 'presence.confirmedAt':
      return parseDate(text, dates)
    case 'fact':
      return readFact(text, factType ?? 'text', dates)
    case 'country':
      if (!/^[A-Z]{2}$/.test(text))
        throw wrong(
          'This is no ISO country code',
          'Write it as TH, or translate it under "values" in the mapping',
        )
      return text
    case 'level':
      return text
    case 'holder.kind':
      if (text !== 'natural' && text !== 'juristic')
        throw wrong(
          'The kind of holder is natural or juristic',
          'Translate the text under "values" in the mapping',
        )
      return text
    case 'presence.scope':
      if (text !== 'host' && text !== 'domain') throw wrong('The scope is host or domain', 'Correct it')
      return text
    case 'holder.languages':
      return readList(text, /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'language tag such as th')
    case 'holder.shipsTo':
      return readList(text, /^[A-Z]{2}$/, 'ISO country code such as TH')
    case 'holder.sector':
      if (text.length > 100) throw wrong('The sector has at most 100 characters', 'Shorten it')
      return text
    default:
      if (text.length > MAX_VALUE) throw wrong(`A name has at most ${MAX_VALUE} characters`, 'Shorten it')
      return text
  }
}

export function readUrl(text: string, protocols: readonly string[]): string {
  const url = parseUrl(text)
  if (!url || !protocols.includes(url.protocol) || url.username !== '' || text.length > MAX_VALUE)
    throw new CellRefusal(
      'bad-contact',
      `This is no address with ${protocols.join(' or ')}//`,
      'Copy it from the browser',
    )
  return text
}

/** As URL.parse, which is younger than the oldest Node this runs on. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

export function readContact(kind: Holder['contact'][number]['kind'], text: string, country: string): string {
  if (kind === 'phone') return readPhone(text, country)
  if (kind === 'web') return readUrl(text, ['https:', 'http:'])
  if (kind === 'email' && !/^[^\s@,;<>]{1,64}@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text))
    throw new CellRefusal(
      'bad-contact',
      'This is not one e-mail address',
      'Give one address, or several on lines of their own',
    )
  if (text.length > MAX_VALUE)
    throw new CellRefusal('bad-contact', `A contact has at most ${MAX_VALUE} characters`, 'Shorten it')
  return text
}

export function readPresence(text: string): Presence {
  if (text.startsWith('@'))
    throw new CellRefusal(
      'bad-presence',
      'A handle alone does not say on which platform it is',
      'Write it as line:@shop, tiktok:@shop or as the address of the page',
    )
  const presence = parseCell(text)
  if (presence.notes.includes('lookalike'))
    throw new CellRefusal(
      'lookalike',
      `The address begins like that of a platform but belongs to somebody else: it leads to ${presence.display}`,
      "Open the shop's real page and copy its address; a mark on this one would vouch for an imitation",
    )
  return presence
}

function parseCell(text: string): Presence {
  try {
    return parsePresence(text)
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    throw new CellRefusal('bad-presence', error.message.split('. Given: ')[0] ?? error.message, error.remedy)
  }
}

/** Applies the `values` of a column: its texts, or what they stand for, and nothing else. */
export function translate(text: string, values: ReadonlyMap<string, string> | undefined): string {
  if (!values) return text
  const value = values.get(text)
  if (value !== undefined) return value
  if ([...values.values()].includes(text)) return text
  throw wrong(
    `The mapping translates ${[...values.keys()].map((key) => `"${key}"`).join(', ')}, but not this`,
    'Correct the cell, or add the text under "values" in the mapping',
  )
}
