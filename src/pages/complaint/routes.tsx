/** The address of the complaint form in every language, with its scripts and texts. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { CASE_PATH } from '../case/case-page.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { formatSearch } from '../look-up/question.js'
import { clientRoutes } from './client-routes.js'
import { COMPLAINT_PATH, ComplaintPage } from './complaint-page.js'
import { CopyComplaintPage } from './copy-complaint-page.js'

export function complaintRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) {
    app.get(localPath(lang, COMPLAINT_PATH), (c) => answerComplaint(c, deps, lang))
    // A hub has its own page there; whoever holds a reference must not be told that it was mistyped.
    if (deps.copy)
      app.get(localPath(lang, CASE_PATH), (c) => c.redirect(`${deps.origin}${localPath(lang, CASE_PATH)}`))
  }
  app.route('/', clientRoutes(deps.bundles))
  return app
}

/** How much of an address in the query is carried on: longer ones are no shop's. */
const MAX_CARRIED = 500

/** The shop that a complaint page was opened for: all that its address may say. */
const COMPLAINT_PARAMETERS = ['record', 'url']

async function answerComplaint(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, COMPLAINT_PATH)
  const { desks, mail } = deps.complaints
  const given = COMPLAINT_PARAMETERS.map((name) => [name, c.req.query(name)?.slice(0, MAX_CARRIED)] as const)
  const search = formatSearch(
    Object.fromEntries(given.filter((one): one is [string, string] => Boolean(one[1]))),
  )
  const page = setting.copy ? (
    <CopyComplaintPage setting={setting} desks={await desks()} search={search} />
  ) : (
    <ComplaintPage
      setting={setting}
      desks={await desks()}
      bundle={deps.bundles?.intake}
      mail={mail}
      search={search}
    />
  )
  return answerPage(c.req.raw, page, {
    status: 200,
    caching: 'start',
    language: lang,
    negotiated: lang === 'en',
    scripts: !setting.copy,
    index: search === '',
  })
}
