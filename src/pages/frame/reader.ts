/** Who reads a page: language, path prefix, and dates, countries and numbers as that reader writes them (DESIGN 4.13). */
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { Catalogue } from '../languages/en/site.js'
import type { Plural } from '../languages/plural.js'
import { TEXTS, type Texts } from '../languages/texts.js'

const each = <T>(read: (texts: Texts) => T): Readonly<Record<Language, T>> =>
  Object.fromEntries(LANGUAGES.map((lang) => [lang, read(TEXTS[lang])])) as Record<Language, T>

/** What every page says, by language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = each(({ site }) => site)

/** What a language calls itself, for the language bar. */
export const OWN_NAMES: Readonly<Record<Language, string>> = each(({ ownName }) => ownName)

/** For `Intl`. */
export const LOCALES: Readonly<Record<Language, string>> = each(({ locale }) => locale)

/** A reader's language with everything that depends on it. */
export interface Reader {
  lang: Language
  /** What every page says. */
  t: Catalogue
  /** All texts, by area. */
  texts: Texts
  /**
   * A day in the local calendar (Thai pages count Buddhist years and say so). The input is ISO 8601: a moment falls on
   * the day of the reader's zone, a day (YYYY-MM-DD) is that day everywhere.
   */
  date(iso: string): string
  /** The last day on which something is valid until the moment `until`, which itself is not included. */
  lastDay(until: string): string
  /** Day and minute in the reader's zone, naming it. */
  time(iso: string): string
  country(code: string): string
  language(tag: string): string
  number(value: number): string
  /** The form of a counted text that the number asks for, filled in. */
  count(forms: Plural, value: number): string
  list(items: readonly string[]): string
}

/** A calendar day without a time: it is nobody's moment. */
const BARE_DAY = /^\d{4}-\d{2}-\d{2}$/

// Intl objects take milliseconds to build, so each reader is made once.
const readers = new Map<Language, Reader>()

/** The reader of a language. */
export function readerOf(lang: Language): Reader {
  const known = readers.get(lang)
  if (known) return known
  const made = makeReader(lang)
  readers.set(lang, made)
  return made
}

function makeReader(lang: Language): Reader {
  const locale = LOCALES[lang]
  const era = lang === 'th' ? ({ era: 'short' } as const) : {}
  const dayIn = (timeZone: string): ((iso: string | number) => string) => {
    const format = new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: lang === 'vi' ? 'numeric' : 'long',
      day: 'numeric',
      timeZone,
      ...era,
    })
    if (lang !== 'vi') return (iso) => format.format(new Date(iso))
    // CLDR's long form has "22 tháng 11, 2026"; people write the year with its word.
    return (iso) => {
      const parts = format.formatToParts(new Date(iso))
      const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
      return `${of('day')} tháng ${of('month')} năm ${of('year')}`
    }
  }
  const localDay = dayIn(TEXTS[lang].zone)
  const utcDay = dayIn('UTC')
  const minutes = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: TEXTS[lang].zone })
  const regions = new Intl.DisplayNames(locale, { type: 'region' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const comma = lang === 'ja' ? '、' : ', '
  return {
    lang,
    t: CATALOGUES[lang],
    texts: TEXTS[lang],
    date: (iso) => (BARE_DAY.test(iso) ? utcDay(iso) : localDay(iso)),
    // `until` is the member's own midnight, and an answer does not say in which zone that is. A second before it, UTC
    // still shows the member's last day wherever clocks run ahead of UTC, as all of Asia's do; for a member west of
    // Greenwich it would show the day after.
    lastDay: (until) => utcDay(Date.parse(until) - 1000),
    time: (iso) =>
      CATALOGUES[lang].site.clock
        .replace('{day}', localDay(iso))
        .replace('{minute}', minutes.format(new Date(iso))),
    country: (code) => regions.of(code) ?? code,
    language: (tag) => tongues.of(tag) ?? tag,
    number: (value) => numbers.format(value),
    count: (forms, value) =>
      (forms[plurals.select(value)] ?? forms.other).replace('{count}', numbers.format(value)),
    list: (items) => items.join(comma),
  }
}

/** Pages below it are led to by seals all over the world: without a prefix they answer in whatever language the visitor reads. */
export const RECORD_PATH = '/r/'

/** The addresses of marks stand in records all over the world, and without a prefix answer in the visitor's language too. */
export const MARK_PATH = '/marks/'

/** Whether a page answers in the visitor's language where no prefix names one. */
export function isNegotiated(path: string): boolean {
  return path.startsWith(RECORD_PATH) || path.startsWith(MARK_PATH)
}

/** The path of a page in a language: English stands at the root; the others, and English where it is negotiated, below their tag. */
export function localPath(lang: Language, path: string): string {
  return lang === 'en' && !isNegotiated(path) ? path : `/${lang}${path}`
}

/** The page about a record, in the visitor's own language or in the one given. */
export function recordPath(id: string, lang?: Language): string {
  const path = `${RECORD_PATH}${encodeURIComponent(id)}`
  return lang ? localPath(lang, path) : path
}

/** The language that a path's prefix names; undefined for a path without one. */
export function languageOfPath(path: string): Language | undefined {
  const first = path.split('/')[1]
  return LANGUAGES.find((lang) => lang === first)
}

/** Most entries of an `Accept-Language` that are read: browsers send a handful, and the header is a stranger's. */
const MAX_ACCEPTED = 20

/** The language that `Accept-Language` (RFC 9110, section 12.5.4) likes best among ours; English when it names none. */
export function preferredLanguage(header: string | undefined): Language {
  let best: { lang: Language; q: number } = { lang: 'en', q: 0 }
  for (const part of (header ?? '').slice(0, 1000).split(',').slice(0, MAX_ACCEPTED)) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const lang = LANGUAGES.find((known) => known === range.trim().split('-')[0])
    const stated = parameters.map((p) => /^\s*q=(\d(?:\.\d{1,3})?)\s*$/.exec(p)?.[1]).find(Boolean)
    const q = stated === undefined ? 1 : Number(stated)
    if (lang && q > best.q) best = { lang, q }
  }
  return best.lang
}
