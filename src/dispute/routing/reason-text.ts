/** Texts of the rules in every language, and the words for {@link tellReasons} where all of them are at hand. */
import { inLanguage, type Language, type Translated } from '../../alliance/text.js'
import { nearestLanguage, placeholdersIn, type ReasonWords } from './tell-reasons.js'
import { TEXTS_EN } from './texts/en.js'
import { TEXTS_JA } from './texts/ja.js'
import { TEXTS_TH } from './texts/th.js'
import { TEXTS_VI } from './texts/vi.js'

/** Texts of every rule by language. */
export const REASON_TEXTS: Translated<Readonly<Record<string, string>>> = {
  en: TEXTS_EN,
  th: TEXTS_TH,
  vi: TEXTS_VI,
  ja: TEXTS_JA,
}

/** Names of the placeholders in a rule's text. */
export function placeholdersOf(rule: string, language: Language = 'en'): Set<string> {
  return placeholdersIn(inLanguage(REASON_TEXTS, language)[rule] ?? '')
}

/**
 * @param lang BCP 47; English where the hub does not speak it
 * @param names of members, as {@link ReasonWords} has them
 */
export function reasonWords(lang: string, names: ReasonWords['names']): ReasonWords {
  const language = nearestLanguage(lang)
  return { lang: language, texts: inLanguage(REASON_TEXTS, language), names }
}
