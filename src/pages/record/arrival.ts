/**
 * Where a visitor came from, held against what a mark covers: the check that stops a copied mark (issue 5, story 1). The address is
 * read from `Referer` (RFC 9110, section 10.1.3), of which nothing is kept and only the host is ever said.
 */
import {
  isCovered,
  type Presence,
  PresenceError,
  parsePresence,
  registrableDomain,
} from '../../record/presence.js'
import type { RecordPresence } from '../../record/record.js'
import { resembling } from '../../record/resembling.js'
import { isMixedScript, toUnicodeHost } from '../../record/script.js'

/** Longest header that is read: browsers send the origin alone where an address is longer. */
const MAX_REFERER = 4096

/** A host as it is shown to whoever has to compare it. */
export interface CameFrom {
  /** In the letters that people read, with its port where it has an unusual one. */
  shown: string
  /** In ASCII where that differs. */
  ascii?: string
  /** Its letters belong to several alphabets, as those of imitations do. */
  mixed: boolean
}

export type Arrival =
  /** From a page of the shop that the mark belongs to. */
  | { from: 'covered'; host: CameFrom; presence: RecordPresence }
  /** From another name of the shop's own domain, such as its `www.`, which the mark does not cover. */
  | { from: 'neighbour'; host: CameFrom }
  /** From anywhere else: an imitation, or a page that only led here. `imitates`: its name looks like the covered one. */
  | { from: 'elsewhere'; host: CameFrom; imitates: boolean }
  /** From another shop on a platform. */
  | { from: 'other-shop'; host: CameFrom }
  /** From a platform on which the mark covers a shop, but which shop it was can't be told. */
  | { from: 'platform'; host: CameFrom; presence: RecordPresence }
  /** Not said, not readable, or from this site itself. */
  | { from: 'unknown' }

const UNKNOWN: Arrival = { from: 'unknown' }

/**
 * Reads a `Referer` header. Never throws: whatever can't be read is `unknown`, and who wants to hide where a visitor came from can
 * do that anyway.
 *
 * @param referer the header as it came, or undefined
 * @param presences what the mark covers; none for a certificate that does not exist
 * @param ownHosts hosts of this site, with their ports
 * @example readArrival('https://somjai-silk.example/', record.presences, ['hub.example']).from // 'covered'
 */
export function readArrival(
  referer: string | undefined,
  presences: readonly RecordPresence[],
  ownHosts: readonly string[],
): Arrival {
  const url = readReferer(referer)
  if (!url) return UNKNOWN
  const host = showHost(url)
  if (ownHosts.includes(host.ascii ?? host.shown)) return UNKNOWN
  try {
    const asked = parsePresence(url.href)
    const presence = presences.find((one) => isCovered(one, asked))
    if (presence) return { from: 'covered', host, presence }
    if (asked.kind !== 'web') return { from: 'other-shop', host }
    if (presences.some((one) => one.kind === 'web' && isSameOwner(url, one)))
      return { from: 'neighbour', host }
    return { from: 'elsewhere', host, imitates: imitates(asked, presences) }
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    if (error.code === 'platform-without-shop') {
      const presence = presences.find((one) => one.kind !== 'web' && isSameOwner(url, one))
      return presence ? { from: 'platform', host, presence } : { from: 'elsewhere', host, imitates: false }
    }
    // A short link is no place where a mark is shown.
    if (error.code === 'unresolvable-link') return UNKNOWN
    // An address without a name, or under a name that anybody may use: no mark covers such a one.
    return { from: 'elsewhere', host, imitates: false }
  }
}

/** Longest address that is looked at for a shop; of a longer one only the origin counts. */
const MAX_ADDRESS = 2000

function readReferer(referer: string | undefined): URL | undefined {
  if (!referer || referer.length > MAX_REFERER) return undefined
  try {
    const url = new URL(referer)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
    // No browser sends them: whoever wrote the header wants another host to be read.
    if (url.username !== '' || url.password !== '') return undefined
    return url.href.length > MAX_ADDRESS ? new URL(url.origin) : url
  } catch {
    return undefined
  }
}

function showHost(url: URL): CameFrom {
  // The root's own dot makes no other host.
  const host = url.host.replace(/\.(?=:|$)/, '')
  const shown = toUnicodeHost(host)
  return {
    shown,
    ...(shown !== host && { ascii: host }),
    mixed: isMixedScript(toUnicodeHost(url.hostname)),
  }
}

/** Whether both stand under one registered domain; on a platform that is the platform's own. */
function isSameOwner(url: URL, presence: RecordPresence): boolean {
  const domain = registrableDomain(url.hostname)
  return (
    domain !== undefined &&
    URL.canParse(presence.url) &&
    domain === registrableDomain(new URL(presence.url).hostname)
  )
}

function imitates(asked: Presence, presences: readonly RecordPresence[]): boolean {
  const { resemblanceTo } = resembling(asked)
  return presences.some(({ keys }) => keys.some((key) => resemblanceTo(key) !== undefined))
}

/** What tells two arrivals apart for a page that is kept: all that the page says of it. */
export function arrivalKey(arrival: Arrival): string {
  switch (arrival.from) {
    case 'unknown':
      return ''
    case 'covered':
    case 'platform':
      return `${arrival.from} ${arrival.host.shown} ${arrival.presence.url}`
    default:
      return `${arrival.from} ${arrival.host.shown}`
  }
}
