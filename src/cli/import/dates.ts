/**
 * Dates as officers write them, in the calendar and order that the mapping names: Common Era, Buddhist era and
 * Japanese eras. What can be read in two ways is refused with both readings (DESIGN 5, "Command line").
 */
import { foldDigits } from '../../record/identifiers/rules.js'
import type { DateStyle } from './mapping.js'
import { findMonth } from './months.js'
import { CellRefusal } from './rejection.js'

type Calendar = DateStyle['calendar']

/** Years of the Common Era that a register of shops can hold; outside of it the calendar is the wrong one. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2200

/** พ.ศ. is the Common Era plus 543. */
export const BUDDHIST_OFFSET = 543
/** Until B.E. 2483 the Thai year began in April, so that older dates do not convert by the offset alone. */
const FIRST_BUDDHIST_YEAR = 2484

/** 令和1年 is 2019. */
export const REIWA_OFFSET = 2018

/** First day of each era; it ends on the day before the next begins. */
const ERAS: readonly (readonly [kanji: string, letter: string, start: string])[] = [
  ['令和', 'R', '2019-05-01'],
  ['平成', 'H', '1989-01-08'],
  ['昭和', 'S', '1926-12-25'],
  ['大正', 'T', '1912-07-30'],
]

/** Day numbers of spreadsheets between 1954 and 2119: five digits that are no date in any other notation. */
const SERIAL = /^[2-7]\d{4}(?:\.\d+)?$/
const SERIAL_EPOCH = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0')
}

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)
}

function formatDate(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

/** Joins checked parts; the year is of the Common Era. */
function joinDate(year: number, month: number, day: number): string {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    const swapped = month > 12 && day <= 12 && day >= 1
    throw new CellRefusal(
      'bad-date',
      `There is no day ${day} of month ${month} in ${year}`,
      swapped
        ? 'Day and month look swapped: correct the cell, or "dates.order" in the mapping if the whole column is so'
        : 'Correct the date',
    )
  }
  return formatDate(year, month, day)
}

function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

function shortYear(digits: string): CellRefusal {
  return new CellRefusal(
    'two-digit-year',
    `The year "${digits}" does not have four digits, so its century and calendar are open`,
    'Write the year with four digits (or a Japanese date with its era, such as R6.3.15) and import again',
  )
}

/** A four-digit year of the named calendar as a year of the Common Era. */
function readYear(digits: string, calendar: Calendar): number {
  const year = Number(digits)
  if (digits.length !== 4) throw shortYear(digits)
  if (calendar === 'buddhist') {
    const common = year - BUDDHIST_OFFSET
    if (year >= FIRST_BUDDHIST_YEAR && isYear(common)) return common
    if (isYear(year))
      throw new CellRefusal(
        'wrong-calendar',
        `The mapping says Buddhist era, where ${year} would be the year ${common}; in the Common Era it is B.E. ${year + BUDDHIST_OFFSET}`,
        `If ${year} is meant as Common Era, write ${year + BUDDHIST_OFFSET} here, or say "calendar": "gregory" if the whole file is so`,
      )
  } else {
    if (isYear(year)) return year
    const common = year - BUDDHIST_OFFSET
    if (year >= FIRST_BUDDHIST_YEAR && isYear(common))
      throw new CellRefusal(
        'wrong-calendar',
        `The mapping says Common Era, where ${year} lies centuries ahead; in the Buddhist era it is the year ${common}`,
        `If ${year} is meant as Buddhist era, write ${common} here, or say "calendar": "buddhist" if the whole file is so`,
      )
  }
  throw new CellRefusal('bad-date', `The year ${year} can't be the year of a certificate`, 'Correct the year')
}

function readEra(era: string, yearText: string, month: number, day: number): string {
  const index = ERAS.findIndex(([kanji, letter]) => era === kanji || era.toUpperCase() === letter)
  const [kanji = '', , start = ''] = ERAS[index] ?? []
  const year = yearText === '元' ? 1 : Number(yearText)
  const common = Number(start.slice(0, 4)) + year - 1
  const date = joinDate(common, month, day)
  const next = ERAS[index - 1]
  if (date < start || year < 1)
    throw new CellRefusal(
      'bad-date',
      `${kanji} began on ${start}, after the date given`,
      'Correct era or year',
    )
  if (next && date >= next[2]) {
    const now = common - Number(next[2].slice(0, 4)) + 1
    throw new CellRefusal(
      'bad-date',
      `${kanji} ended before ${next[2]}; counted on, the date would be ${date}, that is ${next[0]}${now}年`,
      `Write ${next[0]}${now}年${month}月${day}日 if that is meant`,
    )
  }
  return date
}

/** Order of the parts; a year with four digits in front needs none. */
function readNumeric(parts: readonly [string, string, string], style: DateStyle, calendar: Calendar): string {
  const [first, second, third] = parts
  if (first.length > 2) return joinDate(readYear(first, calendar), Number(second), Number(third))
  if (third.length <= 2) throw shortYear(style.order === 'ymd' ? first : third)
  if (style.order === 'ymd')
    throw new CellRefusal(
      'bad-date',
      'The mapping says that the year comes first, but here it stands last, so day and month are open',
      'Write the date as year, month, day, or correct "dates.order" in the mapping',
    )
  const [day, month] = style.order === 'dmy' ? [first, second] : [second, first]
  return joinDate(readYear(third, calendar), Number(month), Number(day))
}

/** Takes away what says the calendar in words; these words outrank the mapping, as they leave nothing open. */
function splitCalendarWords(text: string, calendar: Calendar): { rest: string; calendar: Calendar } {
  const buddhist = /(?:พ\s?\.?\s?ศ\s?\.?|\bB\.?E\.?)\s?(?=\d)/i
  const common = /(?:ค\s?\.?\s?ศ\s?\.?|\b(?:A\.?D\.?|C\.?E\.?))\s?(?=\d)/i
  if (buddhist.test(text)) return { rest: text.replace(buddhist, ''), calendar: 'buddhist' }
  if (common.test(text)) return { rest: text.replace(common, ''), calendar: 'gregory' }
  return { rest: text, calendar }
}

/**
 * Reads a date.
 * @param text a cell such as `15/03/2567`, `๑๕ มี.ค. ๒๕๖๗`, `令和6年3月15日`, `R6.3.15`, `2024-03-15`
 * @returns YYYY-MM-DD of the Common Era
 * @throws {CellRefusal} `bad-date`, `two-digit-year`, `serial-date`, `wrong-calendar`
 */
export function parseDate(text: string, style: DateStyle): string {
  const folded = foldDigits(text.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .trim()
    // Databases and spreadsheets add midnight to a date. Any other time stays and is refused.
    .replace(/[T ]0?0:00(?::00(?:\.0+)?)?$/, '')
  if (SERIAL.test(folded)) {
    const day = new Date(SERIAL_EPOCH + Math.floor(Number(folded)) * DAY_MS).toISOString().slice(0, 10)
    throw new CellRefusal(
      'serial-date',
      `This is a spreadsheet's day number, probably ${day}`,
      'Format the column as a date or as text, save again and import again',
    )
  }
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(folded)
  if (compact && style.order === 'ymd') {
    const [, year = '', month, day] = compact
    return joinDate(readYear(year, style.calendar), Number(month), Number(day))
  }

  const era =
    /^(令和|平成|昭和|大正|[RHST])[ .]?(元|\d{1,2})(?: ?年 ?| ?[./-] ?)(\d{1,2})(?: ?月 ?| ?[./-] ?)(\d{1,2}) ?日?$/i.exec(
      folded,
    )
  if (era) {
    const [, name = '', year = '', month, day] = era
    if (name.length === 1 && style.calendar !== 'japanese')
      throw new CellRefusal(
        'wrong-calendar',
        `"${name}" looks like a Japanese era, but the mapping says ${style.calendar}`,
        'Say "calendar": "japanese" in the mapping, or write the era in full (令和) or the year of the Common Era',
      )
    return readEra(name, year, Number(month), Number(day))
  }

  const { rest, calendar } = splitCalendarWords(folded, style.calendar)
  const kanji = /^(\d+) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日$/.exec(rest)
  if (kanji) {
    const [, year = '', month, day] = kanji
    return joinDate(readYear(year, calendar), Number(month), Number(day))
  }
  const numeric = /^(\d{1,4}) ?([./ -]) ?(\d{1,2}) ?\2 ?(\d{1,4})$/.exec(rest)
  if (numeric) {
    const [, first = '', , second = '', third = ''] = numeric
    return readNumeric([first, second, third], style, calendar)
  }
  const named = readNamedMonth(rest, calendar)
  if (named) return named
  throw new CellRefusal(
    'bad-date',
    'This is not a date that can be read for sure',
    `Write it with digits in the order ${style.order} and a four-digit year, or as YYYY-MM-DD`,
  )
}

function readNamedMonth(text: string, calendar: Calendar): string | undefined {
  const dayFirst =
    /^(?:วันที่|ngày)? ?(\d{1,2})(?:st|nd|rd|th)?[ ,./-]*([^\d,/]+?|tháng \d{1,2} năm)[ ,./-]*(\d{2,4})$/iu.exec(
      text,
    )
  const monthFirst = /^([^\d,/]+?)[ .]*(\d{1,2})(?:st|nd|rd|th)?,? (\d{2,4})$/iu.exec(text)
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  const month = name === undefined ? undefined : findMonth(name)
  if (month === undefined || day === undefined || year === undefined) return undefined
  return joinDate(readYear(year, calendar), month, Number(day))
}

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const

/** An ISO period for people: P5Y is "5 years". */
export function formatPeriod(period: string): string {
  const count = Number(period.slice(1, -1))
  const unit = UNITS[period.at(-1) as keyof typeof UNITS]
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/**
 * Adds an ISO period to a date; months and years keep the day of the month, or take the last there is (a year
 * from 29 February ends on 28 February).
 * @param date YYYY-MM-DD
 * @param period P1Y, P6M, P2W or P45D
 * @param sign -1 subtracts
 */
export function addPeriod(date: string, period: string, sign: 1 | -1 = 1): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const count = sign * Number(period.slice(1, -1))
  const unit = period.at(-1)
  if (unit === 'D' || unit === 'W') {
    const days = unit === 'W' ? count * 7 : count
    return new Date(Date.UTC(year, month - 1, day) + days * DAY_MS).toISOString().slice(0, 10)
  }
  const months = year * 12 + (month - 1) + (unit === 'Y' ? count * 12 : count)
  const targetYear = Math.floor(months / 12)
  const targetMonth = (months % 12) + 1
  return formatDate(targetYear, targetMonth, Math.min(day, daysIn(targetYear, targetMonth)))
}
