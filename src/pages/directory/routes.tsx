/** The addresses of the directory of certified shops. */
import { Hono } from 'hono'
import type { PageDeps } from '../deps.js'

export function directoryRoutes(_deps: PageDeps): Hono {
  return new Hono()
}
