/** What a mark is called together with its level, without saying the same name twice (DESIGN 5). */
import { type Language, pickText } from '../../alliance/text.js'
import type { VerdictRecord } from '../../record/verdict.js'

/** The names of a mark and of the level that was awarded. */
export type MarkNames = Pick<VerdictRecord['mark'], 'name' | 'levelName'>

/** Whether the level has a name of its own: a mark with one level mostly gives it the mark's ("SafeWeb, SafeWeb"). */
export function hasOwnLevelName(mark: MarkNames, lang: Language): boolean {
  const [name, level] = [mark.name, mark.levelName].map((text) => comparable(pickText(text, lang).text))
  return level !== '' && level !== name
}

function comparable(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/**
 * Mark and level as plain text in a language.
 *
 * @example markTitle(mark, 'en') // 'DBD Verified · Gold', or 'SafeWeb' where the level has the mark's own name
 */
export function markTitle(mark: MarkNames, lang: Language): string {
  const name = pickText(mark.name, lang).text
  return hasOwnLevelName(mark, lang) ? `${name} · ${pickText(mark.levelName, lang).text}` : name
}
