/** The addresses of the directory of certified shops, in every language, and those that search engines ask for. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { Scheme } from '../../hub/read-schemes.js'
import type { DirectoryPage as Found } from '../../record/directory.js'
import type { Sector } from '../../record/sector.js'
import { Refusal } from '../../refusal.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { type Setting, settingOf } from '../frame/setting.js'
import { type AskedList, FILTERS, formatList, type LeftOut, readAskedList } from './asked-list.js'
import { BusyPage, DirectoryPage, isKept } from './directory-page.js'
import { DIRECTORY_PATH } from './filter-form.js'
import { pictureRoutes } from './picture-routes.js'
import { sitemapRoutes } from './sitemap-routes.js'

export function directoryRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES)
    app.get(localPath(lang, DIRECTORY_PATH), (c) => answerDirectory(c, deps, lang))
  app.route('/', sitemapRoutes(deps))
  app.route('/', pictureRoutes())
  return app
}

async function answerDirectory(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, DIRECTORY_PATH)
  const parameters = new URL(c.req.url).searchParams
  let asked: AskedList = { query: {}, leftOut: [], isUntidy: false }
  try {
    const { members } = await deps.schemes()
    asked = readAskedList(parameters, members)
    // Forms send every field; an address that is passed on should state no more than was chosen.
    if (asked.isUntidy && asked.leftOut.length === 0)
      return c.redirect(`${localPath(lang, DIRECTORY_PATH)}${formatList(asked.query)}`, 302)
    const [found, sectors] = await Promise.all([readFound(deps, asked), deps.sectors()])
    return await answerFound(c, setting, { members, sectors, ...found })
  } catch (error) {
    if (!(error instanceof Refusal) || error.status < 500) throw error
    return answerBusy(c, setting, asked, error)
  }
}

/** The list that was asked for; without the part of the question that the hub refuses, which is then told. */
async function readFound(deps: PageDeps, asked: AskedList): Promise<{ asked: AskedList; found: Found }> {
  try {
    return { asked, found: await deps.directory(asked.query) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    const name = error.code === 'bad-cursor' ? 'after' : FILTERS.find((filter) => filter === error.details.at)
    if (name === undefined || asked.query[name] === undefined) throw error
    const { [name]: refused = '', ...query } = asked.query
    const told: LeftOut = { why: name === 'after' ? 'place' : 'unknown', name, value: refused }
    return readFound(deps, { ...asked, query, leftOut: [...asked.leftOut, told] })
  }
}

function answerFound(
  c: Context,
  setting: Setting,
  parts: { asked: AskedList; found: Found; members: readonly Scheme[]; sectors: readonly Sector[] },
): Promise<Response> {
  const isWhole = parts.asked.leftOut.length === 0
  const page = <DirectoryPage setting={setting} {...parts} />
  return answerPage(c.req.raw, page, {
    status: isWhole ? 200 : 400,
    caching: isWhole ? 'verdict' : 'refusal',
    language: setting.reader.lang,
    negotiated: setting.reader.lang === 'en',
    index: isKept(parts),
  })
}

/** When to ask again where the hub does not say (s). */
const ASK_AGAIN = 30

async function answerBusy(
  c: Context,
  setting: Setting,
  { query }: AskedList,
  refusal: Refusal,
): Promise<Response> {
  const response = await answerPage(c.req.raw, <BusyPage setting={setting} query={query} />, {
    status: 503,
    caching: 'refusal',
    language: setting.reader.lang,
    negotiated: setting.reader.lang === 'en',
    index: false,
  })
  response.headers.set('retry-after', String(refusal.details.retryAfter ?? ASK_AGAIN))
  return response
}
