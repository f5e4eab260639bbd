/** What every kind of presence shares: its shape, its refusals, and how a platform tells which shop a link names. */
import type { PresenceKind } from '../../alliance/definition.js'

export type PresenceNote = 'mixed-script' | 'lookalike' | 'handle-may-change-hands'

/** Where a holder trades: a web host, or a shop on a platform. */
export interface Presence {
  kind: PresenceKind
  /** Canonical keys; the first is the one that the input names. */
  keys: string[]
  /** Canonical https URL: `https://host[:port]` without a trailing slash, or the platform's page of the shop. */
  url: string
  /** For people: the Unicode host (Punycode where its scripts mix), or the platform and the shop's name there. */
  display: string
  notes: PresenceNote[]
}

export type PresenceErrorCode =
  | 'not-a-url'
  | 'unsupported-scheme'
  | 'credentials-in-url'
  | 'ip-address'
  | 'single-label-host'
  | 'public-suffix'
  | 'unresolvable-link'
  | 'platform-without-shop'
  | 'too-long'

/** How much of a refused input a message repeats. */
const MAX_ECHO = 80

/** A refused link. `value` is the offending part, shortened. */
export class PresenceError extends Error {
  readonly code: PresenceErrorCode
  readonly value: string
  readonly remedy: string

  constructor(code: PresenceErrorCode, rule: string, value: string, remedy: string) {
    const shown = value.length > MAX_ECHO ? `${value.slice(0, MAX_ECHO)}…` : value
    super(`${rule}. Given: ${JSON.stringify(shown)}. ${remedy}.`)
    this.name = 'PresenceError'
    this.code = code
    this.value = shown
    this.remedy = remedy
  }
}

/** A shop's canonical page, for a record's `sub`, and its name for people. */
export interface ShopPage {
  url: string
  display: string
  notes: PresenceNote[]
}

/** One platform. All functions are pure and total. */
export interface Platform {
  kind: Exclude<PresenceKind, 'web'>
  /** Whether the platform itself answers at this host (lower-case ASCII), shops or not. */
  owns(host: string): boolean
  /** Whether the link hides its destination behind a code that only the platform can resolve. */
  isShortLink(host: string, path: string[]): boolean
  /** Canonical key of the shop that the link names, or undefined if it names none. */
  findKey(host: string, path: string[], query: URLSearchParams): string | undefined
  /** Canonical form of a key's part behind `kind:`, with the kind; undefined if it is none of this platform's. */
  parseKey(rest: string): string | undefined
  /** The page of a canonical key. */
  describe(key: string): ShopPage
}

/**
 * The labels before `domain` in `host` (empty for the domain itself), or undefined if the host is not under it. Hosts
 * are compared by whole labels from the right: `shopee.co.th.evil.example` is not under `shopee.co.th`.
 */
export function labelsUnder(host: string, domain: string): string | undefined {
  if (host === domain) return ''
  return host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : undefined
}

/** Which of a platform's country sites a host belongs to, with the labels in front of the site's domain. */
export function findSite(
  sites: Record<string, string>,
  host: string,
): { country: string; labels: string } | undefined {
  for (const [country, domain] of Object.entries(sites)) {
    const labels = labelsUnder(host, domain)
    if (labels !== undefined) return { country, labels }
  }
  return undefined
}

/** Decoded, non-empty path segments; one that is not valid UTF-8 stays as it is. */
export function pathSegments(url: URL): string[] {
  return url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      try {
        return decodeURIComponent(segment)
      } catch {
        return segment
      }
    })
}
