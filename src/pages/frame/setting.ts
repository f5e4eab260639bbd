/** What the pages of one request have in common: who reads, which hub answers, where the page stands. */
import type { Context } from 'hono'
import type { Language } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import type { Frame } from './layout.js'
import { preferredLanguage, readerOf } from './reader.js'

export type Setting = Pick<Frame, 'reader' | 'origin' | 'demo' | 'path' | 'offer' | 'copy'>

/** @param path without the language's prefix */
export async function settingOf(
  c: Context,
  deps: Pick<PageDeps, 'origin' | 'demo' | 'copy'>,
  lang: Language,
  path: string,
): Promise<Setting> {
  const offer = lang === 'en' ? preferredLanguage(c.req.header('accept-language')) : undefined
  const { origin, demo } = deps
  return { reader: readerOf(lang), origin, demo, path, offer, copy: await deps.copy?.() }
}
