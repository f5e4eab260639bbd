/** A reason in the reader's language, with the names of members, countries and languages in it. */
import { LANGUAGES, type Language, pickText } from '../../alliance/text.js'
import type { Reason, ReasonParam } from './route-facts.js'
import { TEXTS_EN } from './texts/en.js'
import { TEXTS_JA } from './texts/ja.js'
import { TEXTS_TH } from './texts/th.js'
import { TEXTS_VI } from './texts/vi.js'

/** Texts of every rule by language. */
export const REASON_TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: TEXTS_EN,
  th: TEXTS_TH,
  vi: TEXTS_VI,
  ja: TEXTS_JA,
}

/** `{lead}` in full, `{lead:short}` by its short name. */
const PLACEHOLDER = /\{(\w+)(:short)?\}/g

/** Names of the placeholders in a rule's text. */
export function placeholdersOf(rule: string, language: Language = 'en'): Set<string> {
  const text = REASON_TEXTS[language][rule] ?? ''
  return new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))
}

/** The hub's language nearest to a tag: its own if the hub speaks it, else English. */
export function nearestLanguage(tag: string): Language {
  const base = tag.split('-')[0]
  return LANGUAGES.find((language) => language === base) ?? 'en'
}

/**
 * Why a rule applied, in words.
 * @param lang BCP 47; English where the hub does not speak it
 */
export function reasonText(reason: Reason, lang: string): string {
  const language = nearestLanguage(lang)
  const text = REASON_TEXTS[language][reason.rule] ?? REASON_TEXTS.en[reason.rule] ?? reason.rule
  return text.replaceAll(PLACEHOLDER, (_, name: string, short: string | undefined) => {
    const param = reason.params[name]
    return param ? formatParam(param, language, short !== undefined) : ''
  })
}

function formatParam(param: ReasonParam, language: Language, short: boolean): string {
  if ('text' in param) return param.text
  if ('country' in param) return displayName('region', param.country, language)
  if ('languages' in param)
    return listOf(
      param.languages.map((tag) => displayName('language', tag, language)),
      language,
    )
  return listOf(
    param.members.map(({ name, shortName }) => {
      const full = pickText(name, language).text
      const brief = pickText(shortName, language).text
      return short ? brief : full === brief ? full : `${full} (${brief})`
    }),
    language,
  )
}

/** Intl objects take milliseconds to build, and a quote needs several. */
const names = new Map<string, Intl.DisplayNames>()
const lists = new Map<Language, Intl.ListFormat>()

/** The code itself where it names nothing: any two letters pass for a country. */
function displayName(type: 'region' | 'language', code: string, language: Language): string {
  const key = `${type} ${language}`
  const known = names.get(key) ?? new Intl.DisplayNames(language, { type })
  names.set(key, known)
  try {
    return known.of(code) ?? code
  } catch {
    return code
  }
}

function listOf(words: readonly string[], language: Language): string {
  const known = lists.get(language) ?? new Intl.ListFormat(language, { type: 'conjunction' })
  lists.set(language, known)
  return known.format(words)
}
