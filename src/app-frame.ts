/** What stands around every route of an app: other methods, unknown addresses, failures (RFC 9110, RFC 9457). */
import type { Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { CACHE, PUBLIC_HEADERS, refuse } from './api/http.js'
import type { Reader } from './hub/hub.js'
import { failedPage, missingPage } from './pages/frame/message-routes.js'
import { Refusal } from './refusal.js'

/** Told of every failure that is not a refusal, with the id the caller was given. */
export type ReportFailure = (error: unknown, about: { request: string; method: string; path: string }) => void

/** How long a browser may remember a preflight (s). */
const PREFLIGHT_AGE = '86400'

/**
 * Sets the frame. Routes registered before are outside of it for other methods, not for failures.
 * @param pages what the pages for unknown addresses and for failures say of who answers
 */
export function frameApp(
  app: Hono,
  hub: Reader,
  report: ReportFailure,
  pages: Parameters<typeof missingPage>[1] = { origin: hub.origin, demo: hub.demo },
): void {
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => answerOtherMethod(c, hub, methods) }))
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(hub, error)
    const request = crypto.randomUUID()
    report(error, { request, method: c.req.method, path: c.req.path })
    if (wantsPage(c)) return failedPage(c, pages)
    return refuse(
      hub,
      new Refusal(
        'internal-error',
        `The hub failed on this request. Nothing that was acknowledged is lost. Quote ${request} when you report it.`,
      ),
    )
  })
  app.notFound((c) => {
    if (wantsPage(c)) return missingPage(c, pages)
    return refuse(
      hub,
      new Refusal('not-found', {
        detail: 'No such address. The API is described at /openapi.json.',
        value: c.req.path.slice(0, 200),
      }),
    )
  })
}

/** A browser that goes to an address asks for a page; a program that wants problem details does not name HTML. */
export function wantsPage(c: Context): boolean {
  return c.req.method === 'GET' && (c.req.header('Accept') ?? '').includes('text/html')
}

/** OPTIONS tells what an address answers, for preflights too; any other method that it does not answer gets 405. */
function answerOtherMethod(c: Context, hub: Reader, methods: string[]): Response {
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
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, If-None-Match, Prefer',
    'Access-Control-Max-Age': PREFLIGHT_AGE,
  })
}
