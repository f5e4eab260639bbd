/** The addresses of the page that teaches how to judge a shop abroad. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function learnRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
