/** Shopee shops: `shopee:th:shop:123` or `shopee:th:user:name`, which can't be equated offline (facts on identifiers 7.4). */

import { findSite, labelsUnder, type Platform } from './shop.js'

/** One site each country; a shop number of one says nothing about another. Sites that have closed are left out. */
const SITES: Record<string, string> = {
  br: 'shopee.com.br',
  cl: 'shopee.cl',
  co: 'shopee.com.co',
  id: 'shopee.co.id',
  mx: 'shopee.com.mx',
  my: 'shopee.com.my',
  ph: 'shopee.ph',
  sg: 'shopee.sg',
  th: 'shopee.co.th',
  tw: 'shopee.tw',
  vn: 'shopee.vn',
}

const SHORT_DOMAINS = ['shope.ee', 'shp.ee']

const SHOP = /^[1-9]\d{0,14}$/
// A product's link carries the shop's number before its own: `…-i.SHOP.ITEM`.
const PRODUCT = /(?:^|-)i\.(\d+)\.\d+$/

const USER = /^[a-z0-9][a-z0-9._]{1,29}$/

/** First segments that are parts of the site, not names of users. */
const RESERVED = new Set(
  (
    'about account affiliate all_categories api app bridge_cmd brands buyer campaign cart categories category checkout ' +
    'coins collections contact daily_discover deals digital docs download events faq flash_deals flash_sale ' +
    'flash_sales food games help inspire legaldoc list live login m mall me microsite notifications official ' +
    'opaanlp order privacy product product-list products promotion reset sale search seller shop shopee shopeepay ' +
    'signup sitemap spaylater static terms top_products universal-link user verify video voucher vouchers web'
  ).split(' '),
)

function shopKey(country: string, shop: string | undefined): string | undefined {
  return shop && SHOP.test(shop) ? `shopee:${country}:shop:${shop}` : undefined
}

function userKey(country: string, text: string): string | undefined {
  const user = text.toLowerCase()
  return USER.test(user) && !PRODUCT.test(user) && !RESERVED.has(user)
    ? `shopee:${country}:user:${user}`
    : undefined
}

export const shopee: Platform = {
  kind: 'shopee',
  owns: (host) =>
    findSite(SITES, host) !== undefined ||
    SHORT_DOMAINS.some((domain) => labelsUnder(host, domain) !== undefined),
  isShortLink: (host) =>
    findSite(SITES, host)?.labels === 's' ||
    SHORT_DOMAINS.some((domain) => labelsUnder(host, domain) !== undefined),
  findKey(host, path) {
    const site = findSite(SITES, host)
    if (!site || !['', 'www', 'm'].includes(site.labels)) return undefined
    const [first = '', second, third] = path[0] === 'universal-link' ? path.slice(1) : path
    const product = PRODUCT.exec(first)
    if (product) return shopKey(site.country, product[1])
    if (first === 'product' || first === 'opaanlp') return third ? shopKey(site.country, second) : undefined
    if (first === 'shop') return shopKey(site.country, second)
    return userKey(site.country, first)
  },
  parseKey(rest) {
    const [country = '', form, name = '', ...more] = rest.split(':')
    if (!Object.hasOwn(SITES, country) || more.length > 0) return undefined
    if (form === 'shop') return shopKey(country, name)
    return form === 'user' ? userKey(country, name) : undefined
  },
  describe(key) {
    const [, country = '', form, name = ''] = key.split(':')
    const page = `${SITES[country]}/${form === 'shop' ? `shop/${name}` : name}`
    return {
      url: `https://${page}`,
      display: page,
      notes: form === 'user' ? ['handle-may-change-hands'] : [],
    }
  },
}
