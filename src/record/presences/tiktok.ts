/** TikTok accounts: `tiktok:@handle` (facts on identifiers 7.4). */

import { labelsUnder, type Platform } from './shop.js'

const HOSTS = ['tiktok.com', 'www.tiktok.com', 'm.tiktok.com']
const SHORT_HOSTS = ['vt.tiktok.com', 'vm.tiktok.com']
const HANDLE = /^@[a-z0-9_.]{1,23}[a-z0-9_]$/

function key(text: string | undefined): string | undefined {
  const handle = text?.toLowerCase() ?? ''
  return HANDLE.test(handle) ? `tiktok:${handle}` : undefined
}

export const tiktok: Platform = {
  kind: 'tiktok',
  owns: (host) => labelsUnder(host, 'tiktok.com') !== undefined,
  isShortLink: (host, path) => SHORT_HOSTS.includes(host) || (HOSTS.includes(host) && path[0] === 't'),
  findKey: (host, path) => (HOSTS.includes(host) ? key(path[0]) : undefined),
  parseKey: key,
  describe(shopKey) {
    const page = `tiktok.com/${shopKey.slice('tiktok:'.length)}`
    return { url: `https://www.${page}`, display: page, notes: ['handle-may-change-hands'] }
  },
}
