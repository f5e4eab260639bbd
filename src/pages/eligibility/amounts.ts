/** Periods, years and months, and dates as exact as their source, as a reader writes them (DESIGN 4.13). */
import type { FactAnswer } from '../../alliance/fact-domain.js'
import type { Language } from '../../alliance/text.js'
import { fill } from '../frame/phrase.js'
import { LOCALES, type Reader, readerOf } from '../frame/reader.js'
import { TEXTS } from '../languages/texts.js'
import { type Band, bandsOf, type FactQuestion, UNITS } from './questions.js'

const UNIT_OF_LETTER: Readonly<Record<string, string>> = { Y: 'year', M: 'month', W: 'week', D: 'day' }

// Intl objects take milliseconds to build, so each is made once.
const amounts = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** "2 years", "2 ปี": the unit in the form that the number asks for. */
export function formatAmount(value: number, unit: string, lang: Language): string {
  const key = `${lang} ${unit}`
  let format = amounts.get(key)
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[lang], { style: 'unit', unit, unitDisplay: 'long' })
    amounts.set(key, format)
  }
  // CLDR sets a space between number and unit that Japanese does not write.
  return lang === 'ja' ? format.format(value).replace(/\s/g, '') : format.format(value)
}

/**
 * An ISO 8601 period of one unit, as definitions have them: `P1Y`, `P45D`.
 * @param business whether its days are working days
 */
export function formatPeriod(period: string, lang: Language, business = false): string {
  if (business && period.endsWith('D'))
    return readerOf(lang).count(TEXTS[lang].eligibility.level.workingDays, Number(period.slice(1, -1)))
  return formatAmount(Number(period.slice(1, -1)), UNIT_OF_LETTER[period.slice(-1)] ?? 'day', lang)
}

/** A year, a month or a day. */
export function formatPartialDate(iso: string, reader: Reader): string {
  if (iso.length === 10) return reader.date(iso)
  const { lang } = reader
  const key = `${lang} ${iso.length}`
  let format = dates.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[lang], {
      year: 'numeric',
      ...(iso.length > 4 && { month: 'long' }),
      ...(lang === 'th' && { era: 'short' }),
      timeZone: 'UTC',
    })
    dates.set(key, format)
  }
  return format.format(new Date(iso))
}

/** A band of a count in words: "less than 6 months", "1 year", "2 years or more". */
export function formatBand({ from, to }: Band, unit: string, lang: Language): string {
  const t = TEXTS[lang].eligibility.form
  if (to === undefined && from === 0) return t.yes
  if (to === undefined) return fill(t.atLeast, { amount: formatAmount(from, unit, lang) })
  if (from === 0) return fill(t.under, { amount: formatAmount(to + 1, unit, lang) })
  if (from === to) return formatAmount(from, unit, lang)
  return fill(t.between, { from: String(from), amount: formatAmount(to, unit, lang) })
}

/** One choice of a question about a fact. */
export interface Choice {
  value: string
  label: string
  /** Whether it stands for that answer. */
  fits(answer: FactAnswer): boolean
}

/** The choices of a question about a fact, without "I don't know". */
export function choicesOf({ name, shape }: FactQuestion, lang: Language): Choice[] {
  const t = TEXTS[lang].eligibility
  const unit = UNITS[name]
  if (unit === undefined)
    return [
      { value: 'yes', label: t.form.yes, fits: (answer) => typeof answer === 'string' || answer === true },
      { value: 'no', label: t.form.no, fits: (answer) => answer === null || answer === false },
    ]
  const words = t.facts[name]
  const none = 'none' in words ? words.none : t.form.no
  const bands = bandsOf(shape)
  const asNone = (answer: FactAnswer): boolean => answer === null || (answer === 0 && bands[0]?.from !== 0)
  return [
    { value: 'none', label: none, fits: asNone },
    ...bands.map((band) => ({
      value: band.value,
      label: formatBand(band, unit, lang),
      fits: (answer: FactAnswer) =>
        typeof answer === 'number' && answer >= band.from && (band.to === undefined || answer <= band.to),
    })),
  ]
}
