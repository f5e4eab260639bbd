/** Builds the Hono app of a hub: machines' endpoints, people's pages, and what both share. Knows no runtime. */
import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { AddressOf } from './api/case-request.js'
import { caseRoutes } from './api/case-routes.js'
import { getAllianceConfiguration } from './api/get-alliance-configuration.js'
import { getChanges } from './api/get-changes.js'
import { getHealth, getReady } from './api/get-health.js'
import { getCheckpoint, getLogKey } from './api/get-log.js'
import { getMark } from './api/get-mark.js'
import { getMember, getMembers, getPrinciples } from './api/get-members.js'
import { getOpenApi, getSchema } from './api/get-openapi.js'
import { getProblem } from './api/get-problem.js'
import { getRecord, getRecordHistory, getRecordProof } from './api/get-record.js'
import { getStatement, getStatementProof } from './api/get-statement.js'
import { getVerify } from './api/get-verify.js'
import { CACHE, PUBLIC_HEADERS, refuse } from './api/http.js'
import { postRouteQuotes } from './api/post-route-quotes.js'
import { postStatements } from './api/post-statements.js'
import { postVerify } from './api/post-verify.js'
import { listCaseAgencies } from './hub/cases/list-agencies.js'
import { listComplaintDesks } from './hub/complaint-desks.js'
import type { Hub } from './hub/hub.js'
import { readOverview } from './hub/overview.js'
import { verify } from './hub/verify.js'
import type { BrowserBundles } from './pages/bundles.js'
import { casePageRoutes } from './pages/case-routes.js'
import { failedPage, missingPage, pageRoutes } from './pages/page-routes.js'
import { Refusal } from './refusal.js'

export interface AppParts {
  hub: Hub
  /** Told of every failure that is not a refusal, with the id the caller was given. */
  report: (error: unknown, about: { request: string; method: string; path: string }) => void
  /** The caller's address, for limits against abuse; without it nothing is limited by network. */
  addressOf?: AddressOf
  /** Longest time that a request may wait for news (s). */
  longestWait?: number
  /** How often the inbox of one who waits is looked into (ms). */
  lookInterval?: number
  /** Aborts when the hub closes. */
  closing?: AbortSignal
  /** Scripts for browsers, of `dist/browser.json`; without them the pages of complaints name addresses only. */
  bundles?: BrowserBundles
}

/** Proxies and mobile networks drop a connection on which nothing moves for a minute. */
const LONGEST_WAIT = 55
/** An agency that waits hears of a case within this (ms); its index makes a look into its inbox one cheap read. */
const LOOK_INTERVAL = 1000

/** How long a browser may remember a preflight (s). */
const PREFLIGHT_AGE = '86400'

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
  app.get('/v1/verify', (c) => getVerify(c, hub))
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => answerOtherMethod(c, hub, methods) }))
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(hub, error)
    const request = crypto.randomUUID()
    report(error, { request, method: c.req.method, path: c.req.path })
    if (wantsPage(c)) return failedPage(c, hub)
    return refuse(
      hub,
      new Refusal(
        'internal-error',
        `The hub failed on this request. Nothing that was acknowledged is lost. Quote ${request} when you report it.`,
      ),
    )
  })
  app.notFound((c) => {
    if (wantsPage(c)) return missingPage(c, hub)
    return refuse(
      hub,
      new Refusal('not-found', {
        detail: 'No such address. The API is described at /openapi.json.',
        value: c.req.path.slice(0, 200),
      }),
    )
  })

  app.post('/v1/statements', (c) => postStatements(c, hub))
  app.get('/v1/statements/:sha256', (c) => getStatement(c, hub))
  app.get('/v1/statements/:sha256/proof', (c) => getStatementProof(c, hub))
  app.post('/v1/verify', (c) => postVerify(c, hub))
  app.get('/v1/records/:id', (c) => getRecord(c, hub))
  app.get('/v1/records/:id/history', (c) => getRecordHistory(c, hub))
  app.get('/v1/records/:id/proof', (c) => getRecordProof(c, hub))
  app.get('/v1/changes', (c) => getChanges(c, hub))
  app.route('/', caseRoutes({ hub, addressOf, longestWait, lookInterval, closing }))
  app.get('/v1/members', (c) => getMembers(c, hub))
  app.get('/v1/members/:id', (c) => getMember(c, hub))
  app.get('/v1/principles', (c) => getPrinciples(c, hub))
  app.get('/log/vkey', (c) => getLogKey(c, hub))
  app.get('/log/checkpoint', (c) => getCheckpoint(c, hub))
  app.get('/alliance/.well-known/openid-federation', (c) => getAllianceConfiguration(c, hub))
  app.get('/marks/:member/:mark/:level', (c) => getMark(c, hub))
  app.get('/r/:record', (c) => c.redirect(`/verify?record=${encodeURIComponent(c.req.param('record'))}`, 302))
  app.get('/openapi.json', (c) => getOpenApi(c, hub))
  app.get('/schemas', (c) => getSchema(c, hub))
  app.get('/schemas/:name', (c) => getSchema(c, hub))
  app.get('/problems', (c) => getProblem(c, hub))
  app.get('/problems/:code', (c) => getProblem(c, hub))
  app.get('/healthz', (c) => getHealth(c))
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
      complaints: { desks: () => listComplaintDesks(hub), bundles, mail: hub.cases.mail !== undefined },
    }),
  )
  return app
}

/** A browser that goes to an address asks for a page; a program that wants problem details does not name HTML. */
function wantsPage(c: Context): boolean {
  return c.req.method === 'GET' && (c.req.header('Accept') ?? '').includes('text/html')
}

/** OPTIONS tells what an address answers, for preflights too; any other method that it does not answer gets 405. */
function answerOtherMethod(c: Context, hub: Hub, methods: string[]): Response {
  const allow = [...new Set([...methods, 'OPTIONS'])].join(', ')
  // Hono would merge in the headers of the 404 that stands there so far, its caching among them.
  c.res = undefined
  if (c.req.method !== 'OPTIONS') {
    return refuse(
      hub,
      new Refusal('method-not-allowed', { detail: `This address answers ${allow}.`, value: c.req.method }),
      { Allow: allow },
    )
  }
  return c.body(null, 204, {
    ...PUBLIC_HEADERS,
    Allow: allow,
    'Cache-Control': CACHE.never,
    'Access-Control-Allow-Methods': allow,
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, If-None-Match',
    'Access-Control-Max-Age': PREFLIGHT_AGE,
  })
}
