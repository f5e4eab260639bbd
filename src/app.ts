/** Builds the Hono app of a hub: machines' endpoints, people's pages, and what both share. Knows no runtime. */
import { Hono } from 'hono'
import type { AddressOf } from './api/case-request.js'
import { caseRoutes } from './api/case-routes.js'
import { getAllianceConfiguration } from './api/get-alliance-configuration.js'
import { getReady } from './api/get-health.js'
import { getStatement } from './api/get-statement.js'
import { getVerify } from './api/get-verify.js'
import { LONGEST_WAIT, LOOK_INTERVAL } from './api/long-poll.js'
import { postRouteQuotes } from './api/post-route-quotes.js'
import { postStatements } from './api/post-statements.js'
import { readRoutes } from './api/read-routes.js'
import { frameApp, type ReportFailure } from './app-frame.js'
import { listCaseAgencies } from './hub/cases/list-agencies.js'
import { listComplaintDesks } from './hub/complaint-desks.js'
import { listAddresses } from './hub/directory/list-addresses.js'
import { listSectors } from './hub/directory/list-sectors.js'
import { searchDirectory } from './hub/directory/search.js'
import type { Hub } from './hub/hub.js'
import { readOverview } from './hub/overview.js'
import { readSchemes } from './hub/read-schemes.js'
import { signVerdict } from './hub/sign-verdict.js'
import { verify } from './hub/verify.js'
import { casePageRoutes } from './pages/case/case-routes.js'
import type { BrowserScripts } from './pages/complaint/bundles.js'
import { pageRoutes } from './pages/page-routes.js'

export interface AppParts {
  hub: Hub
  report: ReportFailure
  /** The caller's address, for limits against abuse; without it nothing is limited by network. */
  addressOf?: AddressOf
  /** Longest time that a request may wait for news (s). */
  longestWait?: number
  /** How often the inbox, or the feed, of one who waits is looked into (ms). */
  lookInterval?: number
  /** Aborts when the hub closes. */
  closing?: AbortSignal
  /** Scripts for browsers, as scripts/build.mjs wrote them; without them the pages of complaints name addresses only. */
  bundles?: BrowserScripts
}

export function createApp({
  hub,
  report,
  addressOf = () => undefined,
  longestWait = LONGEST_WAIT,
  lookInterval = LOOK_INTERVAL,
  closing,
  bundles,
}: AppParts): Hono {
  const app = new Hono()
  // Before any middleware: the one address that is asked millions of times.
  app.get('/v1/verify', (c) => getVerify(c, hub, (rendered) => signVerdict(hub, rendered)))
  frameApp(app, hub, report)
  app.post('/v1/statements', (c) => postStatements(c, hub))
  app.get('/v1/statements/:sha256', (c) => getStatement(c, hub))
  app.route('/', readRoutes({ hub, longestWait, lookInterval, closing }))
  app.route('/', caseRoutes({ hub, addressOf, longestWait, lookInterval, closing }))
  app.get('/alliance/.well-known/openid-federation', (c) => getAllianceConfiguration(c, hub))
  app.get('/readyz', (c) => getReady(c, hub))
  // Behind the routes of cases, which count how many quotes a network asks for.
  app.post('/v1/route-quotes', (c) => postRouteQuotes(c, hub))
  app.route(
    '/',
    casePageRoutes({
      origin: hub.origin,
      demo: hub.demo,
      bundles,
      agencies: () => listCaseAgencies(hub),
    }),
  )
  app.route(
    '/',
    pageRoutes({
      origin: hub.origin,
      demo: hub.demo,
      verify: async (query) => (await verify(hub, query)).verdict,
      overview: () => readOverview(hub),
      now: hub.now,
      directory: (query) => searchDirectory(hub, query),
      sectors: () => listSectors(hub),
      schemes: () => readSchemes(hub),
      addresses: (from, to) => listAddresses(hub, from, to),
      bundles,
      complaints: { desks: () => listComplaintDesks(hub), mail: hub.cases.mail !== undefined },
    }),
  )
  return app
}
