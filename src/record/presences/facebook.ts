/** Facebook pages: `facebook:id:N` or `facebook:name`, which can't be equated offline (facts on identifiers 7.4). */

import { labelsUnder, type Platform } from './shop.js'

/** Hosts that show the same pages: desktop, mobile, light, chat links, and one host for each language. */
const HOST = /^(?:(?:www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.)?facebook\.com$|^(?:www\.)?fb\.com$|^m\.me$/

const DOMAINS = ['facebook.com', 'fb.com', 'm.me', 'fb.me', 'fb.watch']
const SHORT_HOSTS = ['fb.me', 'www.fb.me', 'fb.watch', 'l.facebook.com', 'lm.facebook.com']

const NAME = /^[a-z0-9]{2,50}$/
const ID = /^[1-9]\d{4,19}$/

/** First segments that are parts of the site, not names of pages. */
const RESERVED = new Set(
  (
    'about ads adsmanager business bookmarks campaign careers checkpoint commerce dialog directory events feed find ' +
    'flx friends fundraisers gaming groups hashtag help home index intl journalism jobs l legal live lite login ' +
    'logout marketplace media memories messages messenger notes notifications offers pages pagelikes pay people ' +
    'permalink pg photo photos places plugins policies policy posts privacy profile public r recover reel reels ' +
    'reg safety saved search security settings share sharer shops sitetour story stories terms tr ufi watch v video videos'
  ).split(' '),
)

function idKey(id: string | null | undefined): string | undefined {
  return id && ID.test(id) ? `facebook:id:${id}` : undefined
}

/** A name or a number. Facebook reads names without regard to case and full stops, so the key has neither. */
function nameKey(text: string | undefined): string | undefined {
  if (!text || /\.php$/i.test(text)) return undefined
  const name = text.toLowerCase().replaceAll('.', '')
  if (/^\d+$/.test(name)) return idKey(name)
  return NAME.test(name) && !RESERVED.has(name) ? `facebook:${name}` : undefined
}

/** The number behind a page title, as in `My-Shop-100063512345678`: a chosen name never holds a hyphen. */
function titledId(segment: string | undefined): string | undefined {
  return idKey(/-(\d+)$/.exec(segment ?? '')?.[1])
}

export const facebook: Platform = {
  kind: 'facebook',
  owns: (host) => DOMAINS.some((domain) => labelsUnder(host, domain) !== undefined),
  isShortLink: (host, path) =>
    SHORT_HOSTS.includes(host) || (HOST.test(host) && path[0] === 'share' && path.length > 1),
  findKey(host, path, query) {
    if (!HOST.test(host)) return undefined
    const [first = '', second, third] = path
    if (first === 'profile.php') return idKey(query.get('id'))
    // A post names its page by number in the query.
    if (first === 'permalink.php' || first === 'story.php') return idKey(query.get('id'))
    if (first === 'people') return idKey(third)
    if (first === 'pages') return idKey(third) ?? titledId(path.at(-1))
    if (first === 'p') return titledId(second)
    if (first === 'pg') return nameKey(second) ?? titledId(second)
    return nameKey(first) ?? titledId(first)
  },
  parseKey: (rest) => (rest.startsWith('id:') ? idKey(rest.slice('id:'.length)) : nameKey(rest)),
  describe(shopKey) {
    const [, name = '', id] = shopKey.split(':')
    if (id) {
      const page = `facebook.com/profile.php?id=${id}`
      return { url: `https://www.${page}`, display: page, notes: [] }
    }
    const page = `facebook.com/${name}`
    return { url: `https://www.${page}`, display: page, notes: ['handle-may-change-hands'] }
  },
}
