/** Filling in texts, and marking what is in another language than the page (DESIGN 4.13). */
import { type LocalText, pickText } from '../../alliance/text.js'

/** Fills `{name}` in a text. A name without a value stays visible, so that a test finds it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Somebody else's text for a reader, with its language where that is not the page's. */
export function localText(text: LocalText, lang: string): { text: string; lang: string | undefined } {
  const picked = pickText(text, lang)
  return { text: picked.text, lang: picked.lang === lang ? undefined : picked.lang }
}
