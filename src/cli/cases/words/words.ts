/** Headings of a case in the officer's language. */
import { inLanguage, type Language, type Translated } from '../../../alliance/text.js'
import { en, type Words } from './en.js'
import { ja } from './ja.js'
import { th } from './th.js'
import { vi } from './vi.js'

const WORDS: Translated<Words> = { en, th, vi, ja }

export function wordsOf(lang: Language): Words {
  return inLanguage(WORDS, lang)
}

export type { Words } from './en.js'
