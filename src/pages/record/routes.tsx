/** The addresses of the page about one record, where a seal leads: with a language, or in whatever the visitor reads. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { recordId } from '../../record/record.js'
import type { Verdict } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import type { PageDeps } from '../deps.js'
import { answerPage, answerRendered, type PageAnswer, renderPage } from '../frame/answer.js'
import { preferredLanguage, recordPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { formatSearch, statedCountry } from '../look-up/question.js'
import { RefusalPage } from '../look-up/verify-page.js'
import { arrivalKey, readArrival } from './arrival.js'
import { MissingRecordPage } from './missing-record-page.js'
import { createPageStore, type PageStore } from './page-store.js'
import { isIndexed, RecordPage, type RecordQuestion } from './record-page.js'
import { tameVerdict } from './tame-verdict.js'

export function recordPageRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  const store = createPageStore()
  app.get('/r/:record', (c) => answerRecord(c, deps, store, undefined))
  for (const lang of LANGUAGES) app.get(`/${lang}/r/:record`, (c) => answerRecord(c, deps, store, lang))
  return app
}

/** @param named the language in the address; none means the visitor's own, served at once: a redirect costs a slow telephone a second */
async function answerRecord(
  c: Context,
  deps: PageDeps,
  store: PageStore,
  named: Language | undefined,
): Promise<Response> {
  const id = c.req.param('record') ?? ''
  const lang = named ?? preferredLanguage(c.req.header('accept-language'))
  const setting = await settingOf(c, deps, lang, recordPath(id))
  const question = readAsked(new URL(c.req.url))
  const ownHosts = [new URL(deps.origin).host, new URL(c.req.url).host]
  const referer = c.req.header('referer')
  const answer: Omit<PageAnswer, 'status' | 'index'> = {
    caching: 'visit',
    language: lang,
    // English alone offers the visitor's own language.
    negotiated: named === undefined || named === 'en',
    varies: ['Referer'],
  }
  let verdict: Verdict | undefined
  try {
    verdict = recordId.safeParse(id).success
      ? await deps.verify({ record: id, ...(question.for && { for: question.for }) })
      : undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const page = <RefusalPage setting={setting} refusal={error} text="" chosen={question.for} />
    const status = error.status >= 500 ? 503 : 400
    return answerPage(c.req.raw, page, { ...answer, status, caching: 'refusal', index: false })
  }
  // Another process may have logged the very erasure that leaves nothing to show here.
  if (verdict) store.forget(verdict)
  const found = verdict?.records.find((record) => record.id === id)
  const arrival = readArrival(referer, found?.presences ?? [], ownHosts)
  if (!verdict || !found) {
    const page = (
      <MissingRecordPage setting={setting} id={id} asked={question} verdict={verdict} arrival={arrival} />
    )
    return answerPage(c.req.raw, page, { ...answer, status: 404, index: false })
  }
  const whole = verdict
  const render = async () => {
    const tamed = tameVerdict(whole)
    const record = tamed.records.find((one) => one.id === id) ?? found
    return renderPage(
      <RecordPage setting={setting} asked={question} verdict={tamed} record={record} arrival={arrival} />,
    )
  }
  const name = [lang, setting.offer, question.search, question.unknownCountry, id, arrivalKey(arrival)].join(
    ' ',
  )
  // What a copy says of itself changes with every sync.
  const page = setting.copy ? await render() : await store.get(name, verdict, render)
  return answerRendered(c.req.raw, page, { ...answer, status: 200, index: isIndexed(found, setting) })
}

/** The visitor's country, as on the look-up page; one that is none is told on the page, which is still about a mark. */
function readAsked({ searchParams }: URL): RecordQuestion {
  const country = statedCountry(searchParams)
  return {
    query: undefined,
    text: '',
    for: country,
    search: formatSearch(country ? { for: country } : {}),
    unknownCountry: Boolean(searchParams.get('for')?.trim()) && country === undefined,
  }
}
