/** How an officer reads: codes, countries, languages and amounts in words; strangers' text marked as such, line by line. */
import { languageName } from '../../alliance/language-name.js'
import { type Language, pickText } from '../../alliance/text.js'
import { createFormats } from '../../browser/kit/formats.js'
import type { AuthoredText } from '../../dispute/payload.js'
import { AMOUNT_BANDS } from '../../dispute/taxonomy.js'
import { type CaseTexts, caseTexts } from '../../dispute/texts/case-texts.js'
import type { MemberKeys } from '../../trusted-keys.js'
import { type Words, wordsOf } from './words/words.js'

export interface CaseReader {
  lang: Language
  /** Labels of every code. */
  t: CaseTexts
  /** Headings. */
  w: Words
  country(code: string): string
  language(tag: string): string
  /** A day, and a moment with its minute, on the agency's own clock. */
  day(iso: string): string
  time(iso: string): string
  /** A member by name and id; the id alone where its name is not known. */
  member(id: string | null): string
  /** The amounts between which a band lies. */
  band(band: number, currency: string): string
  /** `label: value`. */
  line(label: string, value: string): string
  /** A stranger's text: every line marked, so that none of it can pass for a line of ours. */
  quote(text: string): string[]
  /** A text with its language and how it was made. */
  authored(text: AuthoredText): string[]
}

/**
 * @param members names by id
 * @param timeZone of the agency
 */
export function caseReader(
  lang: Language,
  members: ReadonlyMap<string, Pick<MemberKeys, 'name'>>,
  timeZone: string,
): CaseReader {
  const [t, w] = [caseTexts(lang), wordsOf(lang)]
  const { day, time } = createFormats(lang, timeZone)
  const named = (type: 'region' | 'language', code: string): string => {
    try {
      return new Intl.DisplayNames(lang, { type }).of(code) ?? code
    } catch {
      return code
    }
  }
  const quote = (text: string): string[] => text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `  │ ${line}`)
  const language = (tag: string): string => languageName(named('language', tag), lang, 'alone')
  return {
    lang,
    t,
    w,
    day,
    time,
    country: (code) => named('region', code),
    language,
    member: (id) => {
      const known = id === null ? undefined : members.get(id)
      return id === null ? w.none : known ? `${pickText(known.name, lang).text} (${id})` : id
    },
    band: (band, currency) => formatBand(band, currency, lang),
    line: (label, value) => `  ${label}: ${oneLine(value)}`,
    quote,
    authored: ({ lang: tag, made, text }) => [`  [${language(tag)}, ${t.textOrigins[made]}]`, ...quote(text)],
  }
}

/** A stranger's field stays on its line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\u2028\u2029]+/g, ' ').trim()
}

function formatBand(band: number, currency: string, lang: Language): string {
  const limits = (AMOUNT_BANDS as Readonly<Record<string, readonly number[]>>)[currency]
  if (!limits) return `${currency} (${band})`
  const number = new Intl.NumberFormat(lang)
  const [from, until] = [limits[band - 1] ?? 0, limits[band]]
  return until === undefined
    ? `> ${number.format(from)} ${currency}`
    : `${number.format(from)}–${number.format(until)} ${currency}`
}
