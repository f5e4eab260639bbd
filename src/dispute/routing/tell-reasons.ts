/**
 * Why a complaint goes where it goes, in words, told from the signed quote alone: the one way in which hub, agencies and
 * the consumer's browser say it (DESIGN 4.10). Texts come as data, so that a page carries those of its own language only.
 */
import { languageName } from '../../alliance/language-name.js'
import { LANGUAGES, type Language, type LocalText, pickText } from '../../alliance/text.js'
import type { QuoteClaims } from '../envelope.js'
import type { Reason, ReasonParam } from './reason.js'

export interface ReasonWords {
  lang: Language
  /** Texts of the rules in that language, by rule. */
  texts: Readonly<Record<string, string>>
  /** A member that it does not know stands as its id. */
  names: (member: string) => { name: LocalText; shortName: LocalText } | undefined
}

export interface ToldReason {
  rule: string
  /** Null for a rule without a text, and where the quote does not say all that its text names. */
  text: string | null
}

/** `{lead}` in full, `{lead:short}` by its short name. */
const PLACEHOLDER = /\{(\w+)(:short)?\}/g

/** Names of the placeholders in a text. */
export function placeholdersIn(text: string): Set<string> {
  return new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))
}

/** The hub's language nearest to a tag: its own if the hub speaks it, else English. */
export function nearestLanguage(tag: string): Language {
  const base = tag.split('-')[0]
  return LANGUAGES.find((language) => language === base) ?? 'en'
}

/** Every member that a quote names, also in its reasons: whose names {@link tellReasons} asks for. */
export function namedMembers({ quote }: Pick<QuoteClaims, 'quote'>): string[] {
  const { lead, partner, cc, reasons = [] } = quote
  const params = reasons.flatMap(({ params }) => Object.values(params))
  const named = params.flatMap((param) => ('members' in param ? param.members : []))
  return [...new Set([lead, partner, ...cc, ...named])].filter((id) => id !== null)
}

/** One for each rule of the quote, in its order. */
export function tellReasons({ quote }: Pick<QuoteClaims, 'quote'>, words: ReasonWords): ToldReason[] {
  return quote.rules.map((rule) => {
    const reason = quote.reasons?.find((one) => one.rule === rule) ?? { rule, params: {} }
    return { rule, text: tellReason(reason, words) }
  })
}

/** A reason in words, or null rather than a text with a gap. */
export function tellReason({ rule, params }: Reason, words: ReasonWords): string | null {
  const text = words.texts[rule]
  if (text === undefined) return null
  let whole = true
  const told = text.replaceAll(PLACEHOLDER, (_, name: string, short: string | undefined) => {
    const param = params[name]
    const value = param ? formatParam(param, words, short !== undefined) : ''
    if (value === '') whole = false
    return value
  })
  return whole ? told : null
}

function formatParam(param: ReasonParam, { lang, names }: ReasonWords, short: boolean): string {
  if ('days' in param) return String(param.days)
  if ('country' in param) return displayName('region', param.country, lang)
  if ('languages' in param)
    return listOf(
      param.languages.map((tag) => languageName(displayName('language', tag, lang), lang, 'sentence')),
      lang,
    )
  return listOf(
    param.members.map((id) => {
      const member = names(id)
      if (!member) return id
      const full = pickText(member.name, lang).text
      const brief = pickText(member.shortName, lang).text
      return short ? brief : full === brief ? full : `${full} (${brief})`
    }),
    lang,
  )
}

/** Intl objects take milliseconds to build, and a quote needs several. */
const displays = new Map<string, Intl.DisplayNames>()
const lists = new Map<Language, Intl.ListFormat>()

/** The code itself where it names nothing: any two letters pass for a country. */
function displayName(type: 'region' | 'language', code: string, language: Language): string {
  const key = `${type} ${language}`
  const known = displays.get(key) ?? new Intl.DisplayNames(language, { type })
  displays.set(key, known)
  try {
    return known.of(code) ?? code
  } catch {
    return code
  }
}

function listOf(words: readonly string[], language: Language): string {
  // Older browsers have no ListFormat; a comma says as much.
  if (typeof Intl.ListFormat !== 'function') return words.join(', ')
  const known = lists.get(language) ?? new Intl.ListFormat(language, { type: 'conjunction' })
  lists.set(language, known)
  return known.format(words)
}
