/** The addresses of the seal, its codes and the page that gives it to a shop. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function sealRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
