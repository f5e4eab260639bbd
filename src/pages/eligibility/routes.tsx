/** The addresses of the questionnaire on which mark a shop can get. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { type RawAnswers, readAnswers } from './answers.js'
import { EligibilityPage } from './eligibility-page.js'
import { ELIGIBILITY_PATH } from './form.js'
import { countriesOf, viewOf } from './view.js'

export function eligibilityRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES)
    app.get(localPath(lang, ELIGIBILITY_PATH), (c) => answerEligibility(c, deps, lang))
  return app
}

/** Answers to anything but the country make a page that is nobody else's: search engines need not keep it. */
const isPlain = ({ holderKind, sells, trades, others }: RawAnswers): boolean =>
  !holderKind && !sells && !trades && others.size === 0

async function answerEligibility(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, ELIGIBILITY_PATH)
  const schemes = await deps.schemes()
  const asked = readAnswers(new URL(c.req.url).searchParams, countriesOf(schemes))
  const isBad = asked.left.bad.length > 0
  const index = isPlain(asked.raw) && !isBad && asked.left.unknown.length === 0
  const page = <EligibilityPage setting={setting} view={viewOf(schemes, asked, deps.now())} index={index} />
  return answerPage(c.req.raw, page, {
    status: isBad ? 400 : 200,
    caching: isBad ? 'refusal' : 'listing',
    language: lang,
    negotiated: lang === 'en',
    index,
  })
}
