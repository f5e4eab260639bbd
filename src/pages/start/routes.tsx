/** The address of the start page in every language. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { StartPage } from './start-page.js'

export function startRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) {
    app.get(localPath(lang, '/'), (c) => answerStart(c, deps, lang))
    if (lang !== 'en') app.get(`/${lang}`, (c) => c.redirect(`/${lang}/`, 301))
  }
  return app
}

async function answerStart(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, '/')
  const page = <StartPage setting={setting} overview={await deps.overview()} />
  const negotiated = lang === 'en'
  return answerPage(c.req.raw, page, {
    status: 200,
    caching: 'start',
    language: lang,
    negotiated,
    index: true,
  })
}
