/** The pages for people: start page and look-up in every language, without any script (DESIGN 4.13, 6). */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../alliance/text.js'
import type { ComplaintDesk } from '../hub/complaint-desks.js'
import type { Overview } from '../hub/overview.js'
import type { Verdict, VerdictQuery } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import { CASE_PATH } from './case/case-page.js'
import type { BrowserBundles } from './complaint/bundles.js'
import { clientRoutes } from './complaint/client-routes.js'
import { COMPLAINT_PATH, ComplaintPage } from './complaint/complaint-page.js'
import { CopyComplaintPage } from './complaint/copy-complaint-page.js'
import { answerPage, answerText } from './frame/answer.js'
import type { CopyState } from './frame/copy-notice.js'
import { MessagePage } from './frame/message-page.js'
import { languageOfPath, localPath, preferredLanguage, readerOf } from './frame/reader.js'
import { STYLE, STYLE_FILE } from './frame/style.js'
import { formatSearch, readPage, statedCountry } from './look-up/question.js'
import { FormPage, RefusalPage, type Setting, VerdictPage } from './look-up/verify-page.js'
import { StartPage } from './start/start-page.js'

/** What the pages need from the hub. */
export interface PageDeps {
  /** Public origin, without a slash at the end. */
  origin: string
  demo: boolean
  /** @throws {Refusal} for a query that can't be looked up */
  verify(query: VerdictQuery): Promise<Verdict>
  overview(): Promise<Overview>
  /** Where a copy answers in place of the hub: what every page says of it. */
  copy?(): Promise<CopyState>
  complaints: {
    desks(): Promise<ComplaintDesk[]>
    /** Absent where they were not built: then the page for complaints names addresses only. */
    bundles?: BrowserBundles | undefined
    /** Whether the hub writes mails to consumers. */
    mail: boolean
  }
}

/** The routes of all pages and their style sheet; to be mounted at the root. */
export function pageRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) {
    app.get(localPath(lang, '/'), (c) => answerStart(c, deps, lang))
    app.get(localPath(lang, '/verify'), (c) => answerVerify(c, deps, lang))
    app.get(localPath(lang, COMPLAINT_PATH), (c) => answerComplaint(c, deps, lang))
    // A hub has its own page there; whoever holds a reference must not be told that it was mistyped.
    if (deps.copy)
      app.get(localPath(lang, CASE_PATH), (c) => c.redirect(`${deps.origin}${localPath(lang, CASE_PATH)}`))
    if (lang !== 'en') app.get(`/${lang}`, (c) => c.redirect(`/${lang}/`, 301))
  }
  app.get(STYLE_FILE, (c) =>
    answerText(c.req.raw, STYLE, new Headers({ 'content-type': 'text/css; charset=utf-8' }), 200, 'style'),
  )
  app.route('/', clientRoutes(deps.complaints.bundles))
  app.notFound((c) => missingPage(c, deps))
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

async function answerVerify(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, '/verify')
  const parameters = new URL(c.req.url).searchParams
  const shared = { language: lang, negotiated: lang === 'en' }
  try {
    const asked = readPage(parameters, deps.origin)
    if (!asked.query) {
      const page = <FormPage setting={setting} chosen={asked.for} />
      return answerPage(c.req.raw, page, { ...shared, status: 200, caching: 'start', index: true })
    }
    const verdict = await deps.verify(asked.query)
    const page = <VerdictPage setting={setting} asked={asked} verdict={verdict} />
    return answerPage(c.req.raw, page, { ...shared, status: 200, caching: 'verdict', index: false })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const page = (
      <RefusalPage
        setting={setting}
        refusal={error}
        text={pasted(parameters)}
        chosen={statedCountry(parameters)}
      />
    )
    const status = error.status >= 500 ? 503 : 400
    return answerPage(c.req.raw, page, { ...shared, status, caching: 'refusal', index: false })
  }
}

/** The shop that a complaint page was opened for: all that its address may say. */
const COMPLAINT_PARAMETERS = ['record', 'url']

async function answerComplaint(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, COMPLAINT_PATH)
  const { desks, bundles, mail } = deps.complaints
  const given = COMPLAINT_PARAMETERS.map((name) => [name, c.req.query(name)?.slice(0, MAX_REFILLED)] as const)
  const search = formatSearch(
    Object.fromEntries(given.filter((one): one is [string, string] => Boolean(one[1]))),
  )
  const page = setting.copy ? (
    <CopyComplaintPage setting={setting} desks={await desks()} search={search} />
  ) : (
    <ComplaintPage
      setting={setting}
      desks={await desks()}
      bundle={bundles?.intake}
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

/** How much of a refused text stands in the field again: enough to mend an address, no page of prose. */
const MAX_REFILLED = 500

function pasted(parameters: URLSearchParams): string {
  const text = ['q', 'url', 'record', 'identifier'].map((name) => parameters.get(name)).find(Boolean)
  return (text ?? '').slice(0, MAX_REFILLED)
}

async function settingOf(c: Context, deps: PageDeps, lang: Language, path: string): Promise<Setting> {
  const offer = lang === 'en' ? preferredLanguage(c.req.header('accept-language')) : undefined
  const { origin, demo } = deps
  return { reader: readerOf(lang), origin, demo, path, offer, copy: await deps.copy?.() }
}

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
