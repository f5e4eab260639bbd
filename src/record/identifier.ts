/** Merchant identifiers: a legal entity's number in a national or international scheme (record claim `holder.identifiers`). */

import { cnUscc } from './identifiers/cn-uscc.js'
import { jpCorporate } from './identifiers/jp-corporate.js'
import { krBrn } from './identifiers/kr-brn.js'
import { lei } from './identifiers/lei.js'
import { mySsm } from './identifiers/my-ssm.js'
import { cleanIdentifier, type IdentifierRules } from './identifiers/rules.js'
import { sgUen } from './identifiers/sg-uen.js'
import { thJuristic } from './identifiers/th-juristic.js'
import { twUbn } from './identifiers/tw-ubn.js'
import { vnMst } from './identifiers/vn-mst.js'
import { findPersonalNumber } from './personal-number.js'

export const IDENTIFIER_SCHEMES = [
  'th-juristic',
  'jp-corporate',
  'vn-mst',
  'kr-brn',
  'tw-ubn',
  'sg-uen',
  'my-ssm',
  'cn-uscc',
  'lei',
] as const

export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number]

/** Longest text looked at: the longest number with every separator anyone writes is well under half of it. */
export const MAX_IDENTIFIER_TEXT = 64

/** How much of a refused value a message repeats. */
const MAX_ECHO = 40

const RULES: Record<IdentifierScheme, IdentifierRules> = {
  'th-juristic': thJuristic,
  'jp-corporate': jpCorporate,
  'vn-mst': vnMst,
  'kr-brn': krBrn,
  'tw-ubn': twUbn,
  'sg-uen': sgUen,
  'my-ssm': mySsm,
  'cn-uscc': cnUscc,
  lei,
}

/** A legal entity's number. */
export interface Identifier {
  scheme: IdentifierScheme
  /** Canonical: digits and upper-case letters without separators; a Vietnamese branch as `0100109106-001`. */
  value: string
  /** The value in its country's usual grouping, for people. */
  display: string
  /** ISO 3166-1 alpha-2, or null where the scheme belongs to no country (LEI). */
  country: string | null
}

export type IdentifierErrorCode =
  | 'unknown-scheme'
  | 'bad-form'
  | 'bad-check-digit'
  | 'personal-number'
  | 'lost-leading-zero'

/** A refused identifier. `value` is undefined where repeating it would publish a person's number. */
export class IdentifierError extends Error {
  readonly code: IdentifierErrorCode
  readonly value: string | undefined
  readonly remedy: string

  constructor(code: IdentifierErrorCode, rule: string, value: string | undefined, remedy: string) {
    const shown = value === undefined ? '' : ` Given: ${JSON.stringify(value.slice(0, MAX_ECHO))}.`
    super(`${rule}.${shown} ${remedy}.`)
    this.name = 'IdentifierError'
    this.code = code
    this.value = value?.slice(0, MAX_ECHO)
    this.remedy = remedy
  }
}

function isScheme(scheme: string): scheme is IdentifierScheme {
  return (IDENTIFIER_SCHEMES as readonly string[]).includes(scheme)
}

function find(scheme: IdentifierScheme, cleaned: string): Identifier | undefined {
  const { canonical, holds, display, country } = RULES[scheme]
  const value = canonical(cleaned)
  if (value === undefined || !holds(value)) return undefined
  return { scheme, value, display: display(value), country }
}

function isPersonal(rules: IdentifierRules, value: string, cleaned: string): boolean {
  if (rules.isPersonal?.(cleaned)) return true
  const found = findPersonalNumber(value, rules.country ?? undefined)
  // A mistyped number of country A that happens to look like a citizen's of country B is only mistyped.
  return found !== undefined && (rules.country === null || found.country === rules.country)
}

/** What a message may repeat: nothing that could be a person's number, of whichever country. */
function echo(value: string, country?: string): string | undefined {
  return findPersonalNumber(value) || findPersonalNumber(value, country) ? undefined : value
}

/**
 * Reads a legal entity's number as people write it: separators, full-width and Thai digits, lower case allowed.
 *
 * A correct check digit proves that the number was typed correctly. It does not prove that the entity exists, trades
 * or is who it says: a closed Korean firm's number still passes. Only the member that issues a record knows that.
 *
 * @example parseIdentifier('th-juristic', '๐-๑๐๕๕-๔๘๐๖๐-๕๖-๑').value // '0105548060561'
 * @throws {IdentifierError} whose message names rule, value and remedy, but never repeats a person's number
 */
export function parseIdentifier(scheme: string, value: string): Identifier {
  if (!isScheme(scheme)) {
    const remedy = `Use one of ${IDENTIFIER_SCHEMES.join(', ')}`
    throw new IdentifierError(
      'unknown-scheme',
      'The identifier scheme is not known here',
      echo(scheme),
      remedy,
    )
  }
  const rules = RULES[scheme]
  const country = rules.country ?? undefined
  const badForm = `A number of scheme ${scheme} has ${rules.form}`
  if (value.length > MAX_IDENTIFIER_TEXT) {
    // Not repeated: text of this length is no number, and what else it holds was not looked at.
    throw new IdentifierError(
      'bad-form',
      badForm,
      undefined,
      'Give the number alone, without a name or address',
    )
  }
  const cleaned = cleanIdentifier(value)
  // Before all else, so that no later branch can repeat a citizen's number in a message that ends up in a log.
  if (rules.isPersonal?.(cleaned)) throw personalNumber(scheme)

  const identifier = find(scheme, cleaned)
  if (identifier) return identifier

  if (isPersonal(rules, value, cleaned)) throw personalNumber(scheme)
  if (/^\d+$/.test(cleaned) && find(scheme, `0${cleaned}`)) {
    throw new IdentifierError(
      'lost-leading-zero',
      `A number of scheme ${scheme} keeps its leading zero, and this one becomes valid with one more`,
      echo(value, country),
      'A spreadsheet probably dropped it: format the column as text and enter the number again',
    )
  }
  if (rules.canonical(cleaned) === undefined) {
    const remedy = 'Copy the number from the certificate of registration'
    throw new IdentifierError('bad-form', badForm, echo(value, country), remedy)
  }
  throw new IdentifierError(
    'bad-check-digit',
    `The check digit of a number of scheme ${scheme} must match the other digits`,
    echo(value, country),
    'A digit is mistyped or two are swapped: compare with the certificate of registration',
  )
}

function personalNumber(scheme: string): IdentifierError {
  return new IdentifierError(
    'personal-number',
    `A number of scheme ${scheme} belongs to a legal entity, and the one given is a person's (it is not repeated here)`,
    undefined,
    "Give the legal entity's own number, or none: a natural person's number stands in no record",
  )
}

/**
 * Whether a text has the form of a legal entity's number that can't be one: a wrong check digit, or a leading zero lost. Other numbers
 * may have that form too, so it says so only where nothing else was found. Never throws.
 */
export function isMistyped(text: string): boolean {
  if (text.length > MAX_IDENTIFIER_TEXT || identifyIdentifier(text).length > 0) return false
  const cleaned = cleanIdentifier(text)
  return IDENTIFIER_SCHEMES.some(
    (scheme) =>
      RULES[scheme].canonical(cleaned) !== undefined ||
      (/^\d+$/.test(cleaned) && find(scheme, `0${cleaned}`) !== undefined),
  )
}

/** Every scheme that accepts the text, in the order of `IDENTIFIER_SCHEMES`; for a search box. Never throws. */
export function identifyIdentifier(text: string): Identifier[] {
  if (text.length > MAX_IDENTIFIER_TEXT) return []
  const cleaned = cleanIdentifier(text)
  return IDENTIFIER_SCHEMES.flatMap((scheme) => find(scheme, cleaned) ?? [])
}
