/** What a shop sells, in its agency's words: the record states no language for it, but mostly leaves no doubt (DESIGN 4.13, 5). */
import type { Holder } from './record.js'

/** A sector as a record states it, and its language where the record tells it. */
export interface Sector {
  text: string
  lang?: string
}

/** What a holder sells; undefined where its record does not say. */
export function sectorOf({
  name,
  languages,
  sector,
}: Pick<Holder, 'name' | 'languages' | 'sector'>): Sector | undefined {
  if (sector === undefined) return undefined
  // The agency writes the sector as it writes the name; what the shop speaks decides where that leaves it open.
  const lang = findLanguage(sector, Object.keys(name)) ?? findLanguage(sector, languages)
  return lang === undefined ? { text: sector } : { text: sector, lang }
}

/** What a script is written in: Japanese and Korean mix several (Unicode 16, Script_Extensions). */
const WRITTEN: Record<string, RegExp> = {
  Jpan: /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+$/u,
  Kore: /^[\p{scx=Han}\p{scx=Hangul}]+$/u,
  Hans: /^\p{scx=Han}+$/u,
  Hant: /^\p{scx=Han}+$/u,
  Thai: /^\p{scx=Thai}+$/u,
  Latn: /^\p{scx=Latin}+$/u,
}
const ASCII = /^[a-z]+$/i

/**
 * Of the languages that a record names, the one language that is written so; undefined where none is or several are: a screen
 * reader had better guess than be told wrong.
 * @param tags BCP 47
 */
function findLanguage(text: string, tags: readonly string[]): string | undefined {
  const letters = (text.match(/\p{L}/gu) ?? []).join('')
  const fitting = tags.filter((tag) => isWritten(letters, tag))
  const languages = new Set(fitting.map((tag) => tag.split('-', 1)[0]))
  return languages.size === 1 ? fitting[0] : undefined
}

function isWritten(letters: string, tag: string): boolean {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    // English has no accents; "Cà phê" in a record in English and Vietnamese is not English.
    const pattern = language === 'en' ? ASCII : WRITTEN[script ?? '']
    return pattern?.test(letters) === true
  } catch {
    return false
  }
}

/** Each text once, where it stood first. */
export function distinctSectors(sectors: readonly Sector[]): Sector[] {
  const byText = new Map<string, Sector>()
  for (const one of sectors) if (!byText.has(one.text)) byText.set(one.text, one)
  return [...byText.values()]
}
