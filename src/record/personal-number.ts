/**
 * Finds citizens' numbers in text meant for publication, so that none enters a record or the public log (record
 * claims: "a natural person's legal number stands nowhere"). It guards against accidents, not against disguise.
 */

import { cnUscc } from './identifiers/cn-uscc.js'
import { jpCorporate } from './identifiers/jp-corporate.js'
import { mySsm } from './identifiers/my-ssm.js'
import { foldDigits, type IdentifierRules, weightedSum } from './identifiers/rules.js'
import { thaiCheckHolds, thJuristic } from './identifiers/th-juristic.js'
import { vnMst } from './identifiers/vn-mst.js'

/** What was found; never the number itself. */
export interface PersonalNumberFound {
  /** ISO 3166-1 alpha-2 of the state that issues such numbers. */
  country: string
  /** English name of the kind of number. */
  name: string
}

interface Kind extends PersonalNumberFound {
  /** What a written number looks like: separators optional, `~` where one may stand. */
  shape: string
  /** Judges the compact number, given how it was written and the country that the text is about. */
  holds(compact: string, written: string, country: string | undefined): boolean
}

/** Earliest year of birth taken as plausible, and the latest; there is no clock here. */
const FIRST_BIRTH_YEAR = 1880
const LAST_BIRTH_YEAR = 2100

function isDate(month: string, day: string): boolean {
  const last = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1]
  return last !== undefined && Number(day) >= 1 && Number(day) <= last
}

function passes(rules: IdentifierRules, digits: string): boolean {
  const value = rules.canonical(digits)
  return value !== undefined && rules.holds(value)
}

/** A 13-digit number can pass several checks by chance; a valid legal entity's number is taken for what it is. */
function isLegalEntity(digits: string): boolean {
  return [thJuristic, jpCorporate, vnMst].some((rules) => passes(rules, digits))
}

// Birthplace codes that were never assigned, as in npm stdnum (not verified at an official source).
const MY_UNASSIGNED = ['00', '17', '18', '19', '20', '69', '73', '80', '81', '94', '95', '96', '97']

// Letter values 10 to 35 by position: the order is that of the households' registers, not the alphabet's.
const TW_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'

// Check letters and starting sums. S, T, F, G agree across public validators; M (since 2022) is not verified at all.
const SG_CHECKS: Record<string, [letters: string, start: number]> = {
  S: ['JZIHGFEDCBA', 0],
  T: ['JZIHGFEDCBA', 4],
  F: ['XWUTRQPNMLK', 0],
  G: ['XWUTRQPNMLK', 4],
  M: ['XWUTRQPNJLK', 3],
}

const KINDS: Kind[] = [
  {
    country: 'TH',
    name: 'Thai citizen identification number',
    shape: String.raw`[1-8]~\d{4}~\d{5}~\d{2}~\d`,
    holds: (compact, written, country) =>
      thaiCheckHolds(compact) &&
      // Written in the card's own five groups, or in a Thai text, it is a citizen's, whatever else it could be.
      (country === 'TH' || written.length === 17 || !isLegalEntity(compact)),
  },
  {
    country: 'KR',
    name: 'Korean resident registration number',
    shape: String.raw`\d{6}~\d{7}`,
    // Formula as in npm stdnum. Numbers given since October 2020 have no check digit and are not found; without the
    // check, the 6-7 grouped registration numbers of Korean companies would be.
    holds: (compact, written, country) =>
      (country === 'KR' || (written.length === 14 && !isLegalEntity(compact))) &&
      isDate(compact.slice(2, 4), compact.slice(4, 6)) &&
      (11 - (weightedSum(compact, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(compact[12]),
  },
  {
    country: 'TW',
    name: 'Taiwanese national or resident identification number',
    shape: String.raw`[A-Z][1289A-D]\d{8}`,
    // Formula as in npm stdnum, for citizens (second place 1, 2) and residents (8, 9, before 2021 A to D).
    holds(compact) {
      const place = TW_LETTERS.indexOf(compact.charAt(0))
      const second = Number.parseInt(compact.charAt(1), 16) % 10
      const sum = weightedSum(`${second}${compact.slice(2)}`, [8, 7, 6, 5, 4, 3, 2, 1, 1])
      return (sum + Math.floor(place / 10) + 1 + place * 9) % 10 === 0
    },
  },
  {
    country: 'SG',
    name: 'Singaporean NRIC or FIN',
    shape: String.raw`[STFGM]\d{7}[A-Z]`,
    holds(compact) {
      const [letters, start] = SG_CHECKS[compact.charAt(0)] ?? ['', 0]
      return letters[(start + weightedSum(compact.slice(1), [2, 7, 6, 5, 4, 3, 2])) % 11] === compact[8]
    },
  },
  {
    country: 'MY',
    name: 'Malaysian NRIC number',
    shape: String.raw`\d{6}~\d{2}~\d{4}`,
    // There is no check digit: bare digits count only in a Malaysian text, and not if the SSM could have given them.
    holds: (compact, written, country) =>
      (written.length === 14 || (country === 'MY' && !passes(mySsm, compact))) &&
      isDate(compact.slice(2, 4), compact.slice(4, 6)) &&
      !MY_UNASSIGNED.includes(compact.slice(6, 8)),
  },
  {
    country: 'CN',
    name: 'Chinese resident identity number',
    shape: String.raw`\d{6}~\d{8}~\d{3}[\dX]`,
    // Formula as in npm stdnum. Codes of companies start with 9 and may look like a card's: they go first.
    holds(compact) {
      if (compact.startsWith('9') && passes(cnUscc, compact)) return false
      const year = Number(compact.slice(6, 10))
      const sum = weightedSum(compact, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
      return (
        year >= FIRST_BIRTH_YEAR &&
        year <= LAST_BIRTH_YEAR &&
        isDate(compact.slice(10, 12), compact.slice(12, 14)) &&
        '10X98765432'[sum % 11] === compact[17]
      )
    },
  },
  {
    country: 'JP',
    name: 'Japanese individual number (My Number)',
    shape: String.raw`\d{4}~\d{4}~\d{4}`,
    // Formula: Ministry of Internal Affairs ordinance 85 of 2014, article 5, as quoted on public pages.
    holds(compact, _written, country) {
      const rest = weightedSum(compact, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
      return country === 'JP' && (rest <= 1 ? 0 : 11 - rest) === Number(compact[11])
    },
  },
  {
    country: 'VN',
    name: 'Vietnamese citizen identification number',
    shape: String.raw`\d{3}~\d{3}~\d{3}~\d{3}`,
    // Place of birth 001 to 096, then century and sex: Circular 07/2016/TT-BCA, article 7. No check digit.
    holds: (compact, _written, country) =>
      country === 'VN' && /^0(?!00)(?:[0-8]\d|9[0-6])[0-3]/.test(compact),
  },
]

// Not inside a longer number, word or decimal fraction, and not behind a + (a telephone number). The look-ahead makes
// every start count, so that a failed candidate cannot hide one that overlaps it.
const PATTERNS = KINDS.map((kind) => ({
  ...kind,
  pattern: new RegExp(
    `(?<![0-9A-Z+]|[0-9][.,])(?=(${kind.shape.replaceAll('~', '[ .-]?')})(?![0-9A-Z]))`,
    'g',
  ),
}))

// Platforms number shops and pages with as many digits as states number people.
const LINKS =
  /https?:\/\/[!-~]+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+[a-z]{2,}[:/?][!-~]*|(?<![a-z])[a-z]{2,8}:(?:id|shop):\d+/gi

/** Digits of the shortest number looked for: Singapore's, between two letters. */
const FEWEST_DIGITS = 7

/**
 * Looks for a number that a state gives to a person, in free text, with or without the usual separators, in ASCII,
 * full-width or Thai digits. Bare 12-digit numbers count only where `country` (ISO 3166-1 alpha-2, upper case: the
 * country the text is about) says that they could be one, since nothing else tells them from any other number.
 * Numbers inside links are not looked at, nor are telephone numbers that start with +.
 *
 * Valid numbers of legal entities are never reported, at a price: outside a Thai text, one citizen id in nine written
 * without separators passes as a Japanese corporate number. Pass `country` wherever it is known.
 *
 * @returns the kind of number, never the number; undefined if there is none
 */
export function findPersonalNumber(text: string, country?: string): PersonalNumberFound | undefined {
  // Most texts of a record are names and words, and every one of them is looked at.
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) < FEWEST_DIGITS) return undefined
  const folded = foldDigits(text).replace(LINKS, ' ').toUpperCase()
  // The text's own country first: a number may pass for those of two.
  const kinds = PATTERNS.toSorted((a, b) => Number(b.country === country) - Number(a.country === country))
  for (const { country: issuer, name, pattern, holds } of kinds) {
    for (const [, written = ''] of folded.matchAll(pattern)) {
      if (holds(written.replace(/[ .-]/g, ''), written, country)) return { country: issuer, name }
    }
  }
  return undefined
}
