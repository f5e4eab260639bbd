/** LINE official accounts: `line:@id` (facts on identifiers 7.4). */

import { labelsUnder, type Platform } from './shop.js'

// The @ is part of the id; people leave it out in page.line.me links, where the platform does so too.
const ID = /^@?([a-z0-9][a-z0-9._-]{0,29})$/

function key(text: string | null | undefined): string | undefined {
  const id = ID.exec(text?.toLowerCase() ?? '')?.[1]
  return id && `line:@${id}`
}

export const line: Platform = {
  kind: 'line',
  owns: (host) => labelsUnder(host, 'line.me') !== undefined || labelsUnder(host, 'lin.ee') !== undefined,
  isShortLink: (host) => host === 'lin.ee' || host === 'liff.line.me',
  findKey(host, path, query) {
    if (host === 'page.line.me') return key(path[0] ?? query.get('accountId'))
    if (host !== 'line.me' && host !== 'www.line.me') return undefined
    const route = path[0] === 'R' ? path.slice(1) : path
    const id =
      route[0] === 'ti' && route[1] === 'p' ? route[2] : route[0] === 'oaMessage' ? route[1] : undefined
    // Without @ it is a person's own code, with ~ a person's id: neither is a shop's account.
    return id?.startsWith('@') ? key(id) : undefined
  },
  parseKey: (rest) => (rest.startsWith('@') ? key(rest) : undefined),
  describe(shopKey) {
    const id = shopKey.slice('line:'.length)
    return { url: `https://line.me/R/ti/p/${id}`, display: `LINE ${id}`, notes: [] }
  },
}
