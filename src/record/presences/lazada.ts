/** Lazada shops: `lazada:th:slug` (facts on identifiers 7.4). */

import { findSite, type Platform } from './shop.js'

/** One site each country; a slug of one says nothing about another. */
const SITES: Record<string, string> = {
  id: 'lazada.co.id',
  my: 'lazada.com.my',
  ph: 'lazada.com.ph',
  sg: 'lazada.sg',
  th: 'lazada.co.th',
  vn: 'lazada.vn',
}

const SLUG = /^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?$/

/** Second segments under /shop/ that are parts of the site. */
const RESERVED = new Set(['category', 'i', 'search', 'site', 'view'])

function key(country: string, text: string | undefined): string | undefined {
  const slug = text?.toLowerCase() ?? ''
  return SLUG.test(slug) && !RESERVED.has(slug) ? `lazada:${country}:${slug}` : undefined
}

export const lazada: Platform = {
  kind: 'lazada',
  owns: (host) => findSite(SITES, host) !== undefined,
  isShortLink: (host) => ['s', 'c'].includes(findSite(SITES, host)?.labels ?? ''),
  findKey(host, path) {
    const site = findSite(SITES, host)
    if (!site || !['', 'www', 'm'].includes(site.labels) || path[0] !== 'shop') return undefined
    return key(site.country, path[1])
  },
  parseKey(rest) {
    const [country = '', slug, ...more] = rest.split(':')
    return Object.hasOwn(SITES, country) && more.length === 0 ? key(country, slug) : undefined
  },
  describe(shopKey) {
    const [, country = '', slug] = shopKey.split(':')
    const page = `${SITES[country]}/shop/${slug}`
    return { url: `https://www.${page}`, display: page, notes: [] }
  },
}
