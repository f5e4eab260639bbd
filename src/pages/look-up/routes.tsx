/** The address of the look-up page in every language. */
import { type Context, Hono } from 'hono'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { listSearched } from '../../hub/list-searched.js'
import { Refusal } from '../../refusal.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { ChoicePage } from './choice-page.js'
import { MAX_NAMED, NamePage } from './name-page.js'
import { readPage, statedCountry } from './question.js'
import { FormPage, RefusalPage, VerdictPage } from './verify-page.js'

export function lookUpRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) app.get(localPath(lang, '/verify'), (c) => answerVerify(c, deps, lang))
  return app
}

async function answerVerify(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const setting = await settingOf(c, deps, lang, '/verify')
  const parameters = new URL(c.req.url).searchParams
  const shared = { language: lang, negotiated: lang === 'en' }
  try {
    const asked = readPage(parameters, deps.origin)
    if (asked.name !== undefined) {
      const [found, { members }] = await Promise.all([
        deps.directory({ q: asked.name, limit: MAX_NAMED }),
        deps.schemes(),
      ])
      const answer = { setting, asked, name: asked.name, found, searched: listSearched(members) }
      return answerPage(c.req.raw, <NamePage {...answer} />, {
        ...shared,
        status: 200,
        caching: 'verdict',
        index: false,
      })
    }
    if (asked.choices) {
      const page = <ChoicePage setting={setting} asked={asked} choices={asked.choices} />
      return answerPage(c.req.raw, page, { ...shared, status: 200, caching: 'refusal', index: false })
    }
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

/** How much of a refused text stands in the field again: enough to mend an address, no page of prose. */
const MAX_REFILLED = 500

function pasted(parameters: URLSearchParams): string {
  const text = ['q', 'url', 'record', 'identifier'].map((name) => parameters.get(name)).find(Boolean)
  return (text ?? '').slice(0, MAX_REFILLED)
}
