/** What the page hands to its script, as JSON inside the page: everything it says, in the page's language. */
import type { Language } from '../../alliance/text.js'
import type { CaseTexts } from '../../dispute/texts/case-texts.js'
import type { CasePageTexts } from '../../pages/languages/en/case.js'
import type { Anchor } from '../../verify.js'
import { createFormats, type Formats } from '../kit/formats.js'
import { type NameAgency, nameAgencies, type PageAgency } from './agencies.js'

/** Id of the JSON in the page, and of the element that the script fills. */
export const SETTINGS_ID = 'case-settings'
export const PLACE_ID = 'case'

export interface CasePageWords {
  lang: Language
  texts: CasePageTexts
  labels: CaseTexts
  /** Texts of the routing rules by their id. */
  rules: Readonly<Record<string, string>>
  agencies: readonly PageAgency[]
}

/** JSON in the page. Addresses may be relative to it, so that an agency can host the same script. */
export interface CaseSettings {
  /** Public origin of the hub, without a slash at the end. */
  hub: string
  demo: boolean
  /** The words, or where they lie as JSON. */
  words: CasePageWords | string
  /** Keys of the alliance that this page pins, or where they lie; absent: those the hub shows are trusted at first use. */
  anchor?: Anchor | string
}

/** What everything shown is made with. */
export interface Words {
  lang: Language
  t: CasePageTexts
  labels: CaseTexts
  rules: Readonly<Record<string, string>>
  agencies: readonly PageAgency[]
  name: NameAgency
  format: Formats
}

/** @param timeZone of the reader; absent: that of the device */
export function createWords(given: CasePageWords, timeZone?: string): Words {
  const { lang, texts, labels, rules, agencies } = given
  return {
    lang,
    t: texts,
    labels,
    rules,
    agencies,
    name: nameAgencies(agencies, lang),
    format: createFormats(lang, timeZone),
  }
}
