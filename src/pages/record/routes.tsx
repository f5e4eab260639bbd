/** The addresses of the page about one record, where a seal leads. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function recordPageRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
