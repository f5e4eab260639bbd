/** The addresses of the questionnaire on which mark a shop can get. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function eligibilityRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
