/** Presences: from whatever link or key people paste to the one canonical name of a shop (record claim `presences`, `sub`). */

import { facebook } from './presences/facebook.js'
import { instagram } from './presences/instagram.js'
import { lazada } from './presences/lazada.js'
import { line } from './presences/line.js'
import { type Platform, type Presence, PresenceError, pathSegments } from './presences/shop.js'
import { shopee } from './presences/shopee.js'
import { isShortener } from './presences/short-links.js'
import { tiktok } from './presences/tiktok.js'
import { assertPublicHost, hostsUpToRegistrable, webPresence } from './presences/web.js'

export {
  type Presence,
  PresenceError,
  type PresenceErrorCode,
  type PresenceNote,
} from './presences/shop.js'
export { registrableDomain } from './presences/web.js'

/** Longest link or key looked at, in UTF-16 units: browsers' own practical limit for addresses. */
export const MAX_PRESENCE_INPUT = 2048

const PLATFORMS: Platform[] = [line, facebook, shopee, lazada, tiktok, instagram]

/**
 * Reads a link (http or https), a bare host with or without path, or a canonical key, and gives the shop it names.
 * http and https, default ports, upper and lower case, tracking parameters and mobile hosts make no difference;
 * `parsePresence(p.url)` and `parsePresence(p.keys[0])` give `p` again. Nothing is fetched.
 *
 * @example parsePresence('https://shopee.co.th/shirt-i.123.456?smtt=0.0').keys // ['shopee:th:shop:123']
 * @example parsePresence('http://ร้านค้า.ไทย/page').url // 'https://xn--42c5b3a1dc8kd.xn--o3cw4h'
 * @throws {PresenceError} whose message names rule, value and remedy
 */
export function parsePresence(input: string): Presence {
  if (input.length > MAX_PRESENCE_INPUT) {
    const rule = `A link has at most ${MAX_PRESENCE_INPUT} characters`
    throw new PresenceError(
      'too-long',
      rule,
      withoutCredentials(input),
      'Give the link alone, cut off behind its ?',
    )
  }
  const text = input.trim()
  return parseKey(text) ?? parseUrl(toUrl(text))
}

/** The presence that a canonical key names, or undefined if the text is no key. */
function parseKey(text: string): Presence | undefined {
  const [, kind, rest = ''] = /^([a-z]+):([^/?#\\\s]+)$/i.exec(text) ?? []
  if (kind?.toLowerCase() === 'web') return parseUrl(toUrl(`https://${rest}`))
  const platform = PLATFORMS.find((candidate) => candidate.kind === kind?.toLowerCase())
  if (!platform) return undefined
  const key = platform.parseKey(rest.toLowerCase())
  if (key) return shopPresence(platform, key)
  const rule = `A key of kind ${platform.kind} names one shop`
  throw new PresenceError(
    'platform-without-shop',
    rule,
    text,
    "Paste the link of the shop's own page instead",
  )
}

function shopPresence(platform: Platform, key: string): Presence {
  return { kind: platform.kind, keys: [key], ...platform.describe(key) }
}

/** The text as an http(s) URL; anything else is refused. */
function toUrl(text: string): URL {
  // new URL() silently drops tabs and line breaks and reads \ as /; others do not, and would see another host.
  const beforeQuery = text.split(/[?#]/, 1)[0] ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that the parser would drop
  if (text === '' || /[\s\u0000-\u001f\u007f]/.test(text) || beforeQuery.includes('\\')) throw notAUrl(text)

  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  // `shop.example:8443/x` is a host with a port, though it reads like a scheme.
  const isHostAndPort = /^(?:localhost|[^/?#:@]+\.[^/?#:@]+):\d{1,5}(?:[/?#]|$)/i.test(text)
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https' && !isHostAndPort) {
    const rule = 'A presence on the web is reached by http or https'
    throw new PresenceError(
      'unsupported-scheme',
      rule,
      withoutCredentials(text),
      "Paste the address of the shop's page",
    )
  }
  const hasScheme = /^https?:\/\//i.test(text)
  if (!hasScheme && (scheme === 'http' || scheme === 'https')) throw notAUrl(text)
  try {
    return new URL(hasScheme ? text : `https://${text.replace(/^\/\//, '')}`)
  } catch {
    throw notAUrl(text)
  }
}

/** The platform whose own this host (lower-case ASCII) is, shops or not. */
export function platformOf(host: string): Platform['kind'] | undefined {
  return PLATFORMS.find((platform) => platform.owns(host))?.kind
}

/** A host that begins with a platform's own, whole labels, is read as that platform by people, who read from the left. */
function noteLookalike(presence: Presence, host: string): Presence {
  const labels = host.split('.')
  const imitates = labels.some((_, i) => {
    const beginning = labels.slice(0, i).join('.')
    return PLATFORMS.some((platform) => platform.owns(beginning))
  })
  return imitates ? { ...presence, notes: [...presence.notes, 'lookalike'] } : presence
}

function notAUrl(text: string): PresenceError {
  const rule = 'A presence is given as a link, a host name or a key'
  return new PresenceError(
    'not-a-url',
    rule,
    withoutCredentials(text),
    "Copy the address of the shop's page from the browser",
  )
}

/** A refused text as a message may repeat it: a password must not end up in a log. */
function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1…@')
}

function parseUrl(url: URL): Presence {
  const host = url.hostname.replace(/\.$/, '')
  if (url.username !== '' || url.password !== '') {
    // Only the host is repeated: that is where the link leads, whatever the name before the @ pretends.
    const rule = 'A link carries no user name or password'
    throw new PresenceError('credentials-in-url', rule, host, 'Remove everything up to the @')
  }
  assertPublicHost(host)
  // http and https are one presence, so the default ports of both are one as well.
  const port = ['80', '443'].includes(url.port) ? '' : url.port
  const path = pathSegments(url)
  const platform = PLATFORMS.find((candidate) => candidate.owns(host))
  if (isShortener(host) || platform?.isShortLink(host, path)) {
    const rule = 'Where a short link leads is known only to those who run it'
    throw new PresenceError(
      'unresolvable-link',
      rule,
      host,
      'Open it and copy the address that the browser then shows',
    )
  }
  if (!platform) return noteLookalike(webPresence(host, port), host)

  const key = port === '' ? platform.findKey(host, path, url.searchParams) : undefined
  if (key) return shopPresence(platform, key)
  const rule = 'On a platform a presence is one shop, and this link names none'
  throw new PresenceError(
    'platform-without-shop',
    rule,
    host,
    "Open the shop's own page there and copy its address",
  )
}

/** Keys to look a presence up by. */
export interface LookupKeys {
  /** The presence's own keys: match any record that lists one of them. */
  exact: string[]
  /**
   * For a web presence on a default port: the key of its host and of every parent up to the registrable domain. They
   * match only records whose presence has scope `domain`.
   */
  domain: string[]
}

/** Never throws; `presence` is what `parsePresence` gave. */
export function lookupKeys(presence: Pick<Presence, 'kind' | 'keys'>): LookupKeys {
  const host = presence.kind === 'web' ? /^web:([^:]+)$/.exec(presence.keys[0] ?? '')?.[1] : undefined
  return {
    exact: presence.keys,
    domain: host === undefined ? [] : hostsUpToRegistrable(host).map((parent) => `web:${parent}`),
  }
}

/** A presence as a record states it. */
export interface RecordedPresence {
  /** Canonical keys. */
  keys: string[]
  /** `domain` covers all hosts below its own too; it has a meaning only for web presences on a default port. */
  scope: 'host' | 'domain'
}

/**
 * Whether a record's presence covers the one asked for. A record for a public suffix covers nothing below it, whatever
 * its scope: the look-up stops at the registrable domain.
 */
export function isCovered(recordPresence: RecordedPresence, asked: Presence): boolean {
  const { exact, domain } = lookupKeys(asked)
  const matching = recordPresence.scope === 'domain' ? [...exact, ...domain] : exact
  return recordPresence.keys.some((key) => matching.includes(key))
}
