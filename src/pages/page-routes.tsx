/** The pages for people, in every language, without any script but where a key must stay in the browser (DESIGN 4.13, 6). */
import { Hono } from 'hono'
import { complaintRoutes } from './complaint/routes.js'
import type { PageDeps } from './deps.js'
import { directoryRoutes } from './directory/routes.js'
import { eligibilityRoutes } from './eligibility/routes.js'
import { answerText } from './frame/answer.js'
import { missingPage } from './frame/message-routes.js'
import { STYLE, STYLE_FILE } from './frame/style.js'
import { learnRoutes } from './learn/routes.js'
import { lookUpRoutes } from './look-up/routes.js'
import { recordPageRoutes } from './record/routes.js'
import { schemeRoutes } from './schemes/routes.js'
import { sealRoutes } from './seal/routes.js'
import { startRoutes } from './start/routes.js'

/** The routes of all pages and their style sheet; to be mounted at the root. */
export function pageRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const routes of [
    startRoutes,
    lookUpRoutes,
    recordPageRoutes,
    sealRoutes,
    directoryRoutes,
    schemeRoutes,
    eligibilityRoutes,
    learnRoutes,
    complaintRoutes,
  ])
    app.route('/', routes(deps))
  app.get(STYLE_FILE, (c) =>
    answerText(c.req.raw, STYLE, new Headers({ 'content-type': 'text/css; charset=utf-8' }), 200, 'style'),
  )
  app.notFound((c) => missingPage(c, deps))
  return app
}
