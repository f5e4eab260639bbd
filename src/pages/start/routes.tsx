/** The address of the start page in every language. */
import { type Context, Hono, type Next } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { isNegotiated, localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { StartPage } from './start-page.js'

export function startRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) {
    app.get(localPath(lang, '/'), (c) => answerStart(c, deps, lang))
    app.get(`/${lang}`, (c) => c.redirect(localPath(lang, '/'), 301))
  }
  app.get('/en/*', leadToRoot)
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

/** English stands at the root but for pages that are negotiated: whoever writes its tag before another page is led there. */
async function leadToRoot(c: Context, next: Next): Promise<Response | undefined> {
  const { pathname, search } = new URL(c.req.url)
  const path = pathname.slice('/en'.length)
  if (isNegotiated(path)) {
    await next()
    return undefined
  }
  // Two slashes at the start would name another host.
  return c.redirect(`/${path.replace(/^[/\\]+/, '')}${search}`, 301)
}
