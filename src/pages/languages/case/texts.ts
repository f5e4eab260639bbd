/** The texts of the case page in a language (DESIGN 4.13). */
import type { Language } from '../../../alliance/text.js'
import { type CasePageTexts, en } from './en.js'
import { ja } from './ja.js'
import { th } from './th.js'
import { vi } from './vi.js'

const TEXTS: Readonly<Record<Language, CasePageTexts>> = { en, th, vi, ja }

export function casePageTexts(lang: Language): CasePageTexts {
  return TEXTS[lang]
}
