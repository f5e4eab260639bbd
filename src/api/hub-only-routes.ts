/** What only the hub itself does, with its keys and its members' inboxes: on a copy, each such address names the hub's. */
import { type Context, Hono } from 'hono'
import type { Reader } from '../hub/hub.js'
import { Refusal } from '../refusal.js'
import { refuse } from './http.js'

/** Methods by address, as the hub answers them. */
const OF_THE_HUB: Readonly<Record<string, readonly string[]>> = {
  '/v1/statements': ['POST'],
  '/v1/statements/:sha256': ['GET'],
  '/v1/route-quotes': ['POST'],
  '/v1/complaints': ['POST'],
  '/v1/cases/:ref': ['GET'],
  '/v1/cases/:ref/envelope': ['GET'],
  '/v1/cases/:ref/route-quotes': ['POST'],
  '/v1/cases/:ref/events': ['POST'],
  '/v1/cases/:ref/receipts': ['POST'],
  '/v1/cases/:ref/attachments/:id': ['PUT', 'GET'],
  '/v1/cases/:ref/recovery': ['POST', 'GET'],
  '/v1/inbox': ['GET'],
  '/v1/webhook': ['GET', 'PUT', 'DELETE'],
  '/v1/queue': ['GET'],
  '/v1/queue/:ref': ['POST'],
  '/v1/intake-limits': ['PUT'],
  '/v1/complaint-figures': ['GET'],
  '/alliance/.well-known/openid-federation': ['GET'],
}

/** Behind the routes that a copy answers, so that these keep what both have. */
export function hubOnlyRoutes(copy: Pick<Reader, 'origin'>): Hono {
  const app = new Hono()
  for (const [path, methods] of Object.entries(OF_THE_HUB))
    app.on([...methods], path, (c) => refuseHere(c, copy))
  return app
}

function refuseHere(c: Context, { origin }: Pick<Reader, 'origin'>): Response {
  const path = c.req.path.slice(0, 200)
  const refusal = new Refusal('read-only-copy', {
    detail: `This is a copy of ${origin}: it answers look-ups, and takes nothing in. Go to ${origin}${path}.`,
    value: path,
  })
  // Nothing but a preflight is answered here (RFC 9110 section 15.5.6).
  return refuse({ origin }, refusal, { Allow: 'OPTIONS' })
}
