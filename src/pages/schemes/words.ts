/** Periods and partial dates as a reader writes them, and in which language a source's title stands (DESIGN 4.13). */
import { type LocalText, pickText } from '../../alliance/text.js'
import { plain } from '../frame/phrase.js'
import { LOCALES, type Reader } from '../frame/reader.js'

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const

/**
 * A period of a definition in words.
 *
 * @param period ISO 8601, such as `P1Y` or `P45D`
 * @param business whether its days are working days
 * @example formatPeriod('P45D', readerOf('en')) // '45 days'
 */
export function formatPeriod(period: string, reader: Reader, business = false): string {
  const unit = UNITS[period.at(-1) as keyof typeof UNITS]
  const count = Number(period.slice(1, -1))
  if (business && unit === 'day') return reader.count(reader.texts.schemes.complaints.workingDays, count)
  return new Intl.NumberFormat(LOCALES[reader.lang], { style: 'unit', unit, unitDisplay: 'long' }).format(
    count,
  )
}

/**
 * A date as exact as its source gives it.
 *
 * @param date a year, a month or a day: `2015`, `2017-02`, `2015-07-30`
 */
export function formatPartialDate(date: string, reader: Reader): string {
  if (date.length === 10) return reader.date(date)
  const month = date.length === 7 ? ({ month: 'long' } as const) : {}
  const era = reader.lang === 'th' ? ({ era: 'short' } as const) : {}
  const format = new Intl.DateTimeFormat(LOCALES[reader.lang], {
    year: 'numeric',
    ...month,
    ...era,
    timeZone: 'UTC',
  })
  return format.format(new Date(date))
}

/** A day that comes every year. @param monthDay `MM-DD` */
export function formatMonthDay(monthDay: string, reader: Reader): string {
  const format = new Intl.DateTimeFormat(LOCALES[reader.lang], {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(`2000-${monthDay}`))
}

/** A name for a title or an attribute, in the reader's language as far as there is one. */
export function plainName(text: LocalText, reader: Reader): string {
  return plain(pickText(text, reader.lang).text)
}

/** Titles of sources bear no language. Their letters tell it well enough for a screen reader to choose a voice. */
const TITLE_SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['th', /\p{Script=Thai}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['vi', /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu],
]

/** The language in which a title most likely stands: of its first words, since many add an explanation in English. */
export function titleLanguage(title: string): string {
  const start = title.slice(0, Math.max(title.length / 2, 20))
  return TITLE_SCRIPTS.find(([, script]) => script.test(start))?.[0] ?? 'en'
}
