/** Instagram accounts: `instagram:handle` (facts on identifiers 7.4). */

import { labelsUnder, type Platform } from './shop.js'

const DOMAINS = ['instagram.com', 'instagr.am']
const HOSTS = DOMAINS.flatMap((domain) => [domain, `www.${domain}`, `m.${domain}`])
const HANDLE = /^[a-z0-9_.]{0,29}[a-z0-9_]$/

/** First segments that are parts of the site, not handles. */
const RESERVED = new Set(
  (
    '_u about accounts api ar archive challenge create developer direct directory emails explore graphql invites legal ' +
    'lite location nametag oauth p press privacy qr reel reels s session share shop stories terms tv web'
  ).split(' '),
)

function key(text: string | undefined): string | undefined {
  const handle = text?.toLowerCase() ?? ''
  return HANDLE.test(handle) && !RESERVED.has(handle) ? `instagram:${handle}` : undefined
}

export const instagram: Platform = {
  kind: 'instagram',
  owns: (host) => DOMAINS.some((domain) => labelsUnder(host, domain) !== undefined),
  isShortLink: (host, path) => host === 'l.instagram.com' || (HOSTS.includes(host) && path[0] === 'share'),
  findKey(host, path) {
    if (!HOSTS.includes(host)) return undefined
    if (path[0] === 'stories') return path[1] === 'highlights' ? undefined : key(path[1])
    return key(path[0] === '_u' ? path[1] : path[0])
  },
  parseKey: key,
  describe(shopKey) {
    const page = `instagram.com/${shopKey.slice('instagram:'.length)}`
    return { url: `https://www.${page}`, display: page, notes: ['handle-may-change-hands'] }
  },
}
