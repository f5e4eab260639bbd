/** The addresses of the case page, in every language; to be mounted with the other pages (issue 3, story 4). */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { CaseAgency } from '../../hub/cases/list-agencies.js'
import type { BrowserScripts } from '../complaint/bundles.js'
import { answerPage, answerText } from '../frame/answer.js'
import { localPath, preferredLanguage, readerOf } from '../frame/reader.js'
import { CASE_PATH, CasePage } from './case-page.js'
import { CASE_STYLE, CASE_STYLE_FILE } from './case-style.js'

export interface CasePageDeps {
  /** Public origin, without a slash at the end. */
  origin: string
  demo: boolean
  bundles: BrowserScripts | undefined
  agencies(): Promise<CaseAgency[]>
}

export function casePageRoutes(deps: CasePageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) app.get(localPath(lang, CASE_PATH), (c) => answerCase(c, deps, lang))
  app.get(CASE_STYLE_FILE, (c) =>
    answerText(
      c.req.raw,
      CASE_STYLE,
      new Headers({ 'content-type': 'text/css; charset=utf-8' }),
      200,
      'style',
    ),
  )
  return app
}

async function answerCase(c: Context, deps: CasePageDeps, lang: Language): Promise<Response> {
  const { origin, demo, bundles } = deps
  const offer = lang === 'en' ? preferredLanguage(c.req.header('accept-language')) : undefined
  const setting = { reader: readerOf(lang), origin, demo, path: CASE_PATH, offer }
  const page = <CasePage setting={setting} agencies={await deps.agencies()} bundle={bundles?.case} />
  return answerPage(c.req.raw, page, {
    status: 200,
    caching: 'start',
    language: lang,
    negotiated: lang === 'en',
    index: false,
    scripts: true,
  })
}
