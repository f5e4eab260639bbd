/** `/robots.txt` and `/sitemap.xml` with its parts: what search engines may read, and where it is (RFC 9309; sitemaps.org). */
import { type Context, Hono } from 'hono'
import type { PageDeps } from '../deps.js'
import { answerText } from '../frame/answer.js'
import { missingPage } from '../frame/message-routes.js'
import { createKeptParts, type KeptParts } from './kept-parts.js'
import {
  formatIndex,
  formatPages,
  formatRecords,
  formatSchemes,
  PART_PATH,
  rangeOf,
  SITEMAP_PATH,
} from './sitemap.js'

/** Search engines come once in hours; what they read late is a page, which says itself how it stands. */
const CACHING = 'public, max-age=3600'

/**
 * Data for machines: the same as on the pages, without their reservations. A look-up that is kept for weeks would call certified
 * what was withdrawn since, and nobody finds a shop by a tile of the log.
 */
const FOR_MACHINES = ['/v1/', '/log/', '/federation/', '/alliance/', '/schemas/', '/problems/']

export function sitemapRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  const kept = createKeptParts(deps.now)
  app.get('/robots.txt', (c) => answer(c, formatRobots(deps), 'text/plain'))
  app.get(SITEMAP_PATH, async (c) => {
    if (!deps.addresses) return missingPage(c, deps)
    return answer(c, formatIndex(deps.origin, (await deps.schemes()).size), 'application/xml')
  })
  app.get(`${PART_PATH}/:part`, async (c) => {
    const [, part] = /^([a-z0-9-]+)\.xml$/.exec(c.req.param('part')) ?? []
    const text = part === undefined ? undefined : await readPart(deps, kept, part)
    return text === undefined ? missingPage(c, deps) : answer(c, text, 'application/xml')
  })
  return app
}

async function readPart(deps: PageDeps, kept: KeptParts, part: string): Promise<string | undefined> {
  const { addresses, origin } = deps
  if (!addresses) return undefined
  if (part === 'pages') return formatPages(deps.origin)
  const { size, members } = await deps.schemes()
  if (part === 'schemes') return formatSchemes(deps.origin, members)
  const range = rangeOf(part)
  if (!range || range.from >= size) return undefined
  return kept.read(part, size, async () => formatRecords(origin, await addresses(range.from, range.to)))
}

/**
 * A demo's shops are invented, and a copy's pages are the hub's own: neither is to be found in their place. Elsewhere all pages and
 * seals may be read; those that must not be kept say so themselves.
 */
export function formatRobots({ origin, demo, copy }: Pick<PageDeps, 'origin' | 'demo' | 'copy'>): string {
  if (demo)
    return '# A demonstration: shops and certificates here are invented.\nUser-agent: *\nDisallow: /\n'
  if (copy) return `# A copy of ${origin}\nUser-agent: *\nDisallow: /\n`
  const rules = FOR_MACHINES.map((path) => `Disallow: ${path}\n`).join('')
  return `User-agent: *\n${rules}\nSitemap: ${origin}${SITEMAP_PATH}\n`
}

function answer(c: Context, text: string, type: string): Response {
  const headers = new Headers({ 'content-type': `${type}; charset=utf-8`, 'x-robots-tag': 'noindex' })
  const response = answerText(c.req.raw, text, headers, 200, 'listing')
  response.headers.set('cache-control', CACHING)
  return response
}
