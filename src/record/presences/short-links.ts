/** Link shorteners of no platform: where they lead is known to their operator only, and may change (verdict `unresolvable-link`). */

import { labelsUnder } from './shop.js'

const SHORTENERS = [
  'amzn.to',
  'app.link',
  'bit.ly',
  'buff.ly',
  'cutt.ly',
  'goo.gl',
  'is.gd',
  'onelink.me',
  'ow.ly',
  'page.link',
  'rb.gy',
  'rebrand.ly',
  's.id',
  'shorturl.at',
  't.co',
  't.ly',
  'tiny.cc',
  'tinyurl.com',
]

/** Whether the host (lower-case ASCII) belongs to a link shortener. */
export function isShortener(host: string): boolean {
  return SHORTENERS.some((domain) => labelsUnder(host, domain) !== undefined)
}
