/** The addresses of the pages that compare schemes and describe members and marks. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function schemeRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
