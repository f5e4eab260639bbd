/** The distinct addresses in a shared text: a text may name one shop and lead to another (`GET /v1/verify?url=`, DESIGN 5). */
import {
  type Presence,
  PresenceError,
  type PresenceErrorCode,
  parsePresence,
  platformOf,
} from './presence.js'
import { findLinks } from './share-text.js'

/** One address of a text. */
export interface SharedAddress {
  /** As written. */
  link: string
  /** What it names; undefined where it can't be looked up, or is known to somebody else (`nameOf`). */
  presence?: Presence
  /** For people: the presence, or the host alone, so that no password in a link is repeated. */
  display: string
}

/** Where platforms' share texts send people for the platform's own app. */
const APP_STORES = ['apps.apple.com', 'itunes.apple.com', 'play.google.com', 'appgallery.huawei.com']

interface ReadAddress extends SharedAddress {
  /** What it is known by: two addresses that share a name are one. */
  names: string[]
  host: string
  fault?: PresenceErrorCode
}

/**
 * The addresses that a text may lead to, in reading order, each once: tracking parameters, mobile hosts and `www.` make no second one,
 * and beside a platform shop the platform's own pages and its app in a store make none. A short link does: where it leads is unknown,
 * so it can't be told from one to another shop. Of addresses that all can't be looked up only the first is given. Never throws.
 *
 * @param nameOf a name for links that are known otherwise: those with one name are one address
 * @example listAddresses('somjai.example or https://evil.example').map(({ link }) => link) // both
 */
export function listAddresses(text: string, nameOf?: (link: string) => string | undefined): SharedAddress[] {
  const read = findLinks(text).map((link) => readAddress(link, nameOf?.(link)))
  const platforms = new Set(
    read.flatMap(({ presence }) => presence?.kind ?? []).filter((kind) => kind !== 'web'),
  )
  const isAside = ({ fault, host }: ReadAddress): boolean => {
    if (fault === 'public-suffix') return true
    const platform = fault === 'platform-without-shop' ? platformOf(host) : undefined
    return (
      (platform !== undefined && platforms.has(platform)) || (platforms.size > 0 && APP_STORES.includes(host))
    )
  }
  const distinct: ReadAddress[] = []
  for (const one of read.filter((address) => !isAside(address))) {
    const at = distinct.findIndex(({ names }) => names.some((name) => one.names.includes(name)))
    const before = distinct[at]
    if (!before) distinct.push(one)
    // A full link says more than the bare host beside it.
    else if (isFull(one.link) && !isFull(before.link)) distinct[at] = one
  }
  const found = distinct.length > 0 ? distinct : read
  const shown = found.some(({ fault }) => fault === undefined) ? found : found.slice(0, 1)
  return shown.map(({ link, presence, display }) => ({ link, display, ...(presence && { presence }) }))
}

function readAddress(link: string, name: string | undefined): ReadAddress {
  const host = hostOf(link)
  if (name !== undefined) return { link, display: host, host, names: [name] }
  try {
    const presence = parsePresence(link)
    // With and without www. only the owner of the domain can set up a shop.
    const names = presence.keys.map((key) => key.replace(/^web:www\./, 'web:'))
    return { link, presence, display: presence.display, host, names }
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    return { link, display: host, host, names: [link], fault: error.code }
  }
}

function isFull(link: string): boolean {
  return /^https?:/i.test(link)
}

/** Where a browser would go; a text that no browser could open, as it is, without what may be a password. */
function hostOf(link: string): string {
  try {
    return new URL(isFull(link) ? link : `https://${link}`).host
  } catch {
    return link
      .replace(/^https?:\/\//i, '')
      .replace(/^.*@/s, '')
      .slice(0, MAX_SHOWN)
  }
}

/** Longest text of an address that is none, in UTF-16 units: as long as a host may be. */
const MAX_SHOWN = 253
