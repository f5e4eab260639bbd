/** The addresses of the page that teaches how to judge a shop abroad. */
import { Hono } from 'hono'
import { LANGUAGES } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { localPath } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { LEARN_PATH, LearnPage } from './learn-page.js'

export function learnRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const language of LANGUAGES)
    app.get(localPath(language, LEARN_PATH), async (c) => {
      const setting = await settingOf(c, deps, language, LEARN_PATH)
      return answerPage(c.req.raw, <LearnPage setting={setting} />, {
        status: 200,
        caching: 'listing',
        language,
        negotiated: language === 'en',
        index: true,
      })
    })
  return app
}
