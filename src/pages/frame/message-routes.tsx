/** Answers with the pages for unknown addresses and for failures, in the visitor's language. */
import type { Context } from 'hono'
import type { PageDeps } from '../deps.js'
import { answerPage } from './answer.js'
import { MessagePage } from './message-page.js'
import { languageOfPath, preferredLanguage, readerOf } from './reader.js'
import type { Setting } from './setting.js'

/** The page for an address that has none: for the app's own `notFound`, since a mounted app's is not called. */
export function missingPage(c: Context, deps: Pick<PageDeps, 'origin' | 'demo' | 'copy'>): Promise<Response> {
  return messagePage(c, deps, 'missing', 404)
}

/** The page for an unexpected failure: for the app's own `onError`. It says nothing of the cause. */
export function failedPage(c: Context, deps: Pick<PageDeps, 'origin' | 'demo' | 'copy'>): Promise<Response> {
  return messagePage(c, deps, 'failed', 500)
}

async function messagePage(
  c: Context,
  deps: Pick<PageDeps, 'origin' | 'demo' | 'copy'>,
  about: 'missing' | 'failed',
  status: 404 | 500,
): Promise<Response> {
  const named = languageOfPath(new URL(c.req.url).pathname)
  const language = named ?? preferredLanguage(c.req.header('accept-language'))
  const { origin, demo } = deps
  const setting: Setting = { reader: readerOf(language), origin, demo, path: '/', copy: await deps.copy?.() }
  return answerPage(c.req.raw, <MessagePage setting={setting} about={about} />, {
    status,
    caching: about === 'missing' ? 'missing' : 'refusal',
    language,
    negotiated: named === undefined,
    index: false,
  })
}
