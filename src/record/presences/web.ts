/** Web presences: `web:host[:port]`, and which hosts belong to one registrant (facts on identifiers 7.3). */

import { getDomain } from 'tldts'
import { isMixedScript, toUnicodeHost } from '../script.js'
import { type Presence, PresenceError } from './shop.js'

/** RFC 1035 section 2.3.4: octets of a label, and of a name as written. */
const MAX_LABEL = 63
const MAX_HOST = 253

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/

function labelCount(host: string | null): number {
  return host === null ? 0 : host.split('.').length
}

/**
 * The domain that one party registered: one label below the public suffix, where a hosting provider's suffix
 * (`github.io`) counts as public, so that its customers are separate. Any form of the host may be given; the answer is
 * ASCII. A top-level domain that the list does not know (`example`) counts as a suffix of one label.
 *
 * @returns undefined for a public suffix, a single label, an address, or what is no host
 */
export function registrableDomain(host: string): string | undefined {
  let ascii: string
  try {
    ascii = new URL(`https://${host}`).hostname.replace(/\.$/, '')
  } catch {
    return undefined
  }
  return registrableOf(ascii)
}

/** The same for what is known to be a canonical ASCII host. */
function registrableOf(ascii: string): string | undefined {
  // The library compares text: some entries of its list are found only in ASCII, some only in Unicode (公司.cn).
  const forms = ascii.includes('xn--') ? [ascii, toUnicodeHost(ascii)] : [ascii]
  const domains = forms.map((form) => getDomain(form, { allowPrivateDomains: true }))
  if (domains.includes(null)) return undefined
  const labels = Math.max(...domains.map(labelCount))
  return ascii.split('.').slice(-labels).join('.')
}

/** Refuses a host that can't be a merchant's; `host` is what `URL.hostname` gives, without a trailing dot. */
export function assertPublicHost(host: string): void {
  if (host.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(host)) {
    throw new PresenceError(
      'ip-address',
      'A shop has a name, not only an address',
      host,
      'Give the domain name',
    )
  }
  const labels = host.split('.')
  if (host.length > MAX_HOST || labels.some((label) => label.length > MAX_LABEL)) {
    const rule = `A host has at most ${MAX_HOST} characters, and ${MAX_LABEL} between two dots`
    throw new PresenceError('too-long', rule, host, 'Copy the address again from the browser')
  }
  if (!labels.every((label) => LABEL.test(label))) {
    const rule = 'Between its dots a host has letters, digits and inner hyphens'
    throw new PresenceError('not-a-url', rule, host, 'Copy the address again from the browser')
  }
  if (labels.length === 1) {
    const rule = 'A host on the public internet has at least two parts'
    throw new PresenceError('single-label-host', rule, host, 'Give the whole name, such as shop.example')
  }
}

/** The presence at a host that `assertPublicHost` has passed; `port` is empty for the usual ones. */
export function webPresence(host: string, port: string): Presence {
  if (registrableOf(host) === undefined) {
    const rule = "Under this name anybody may register, so it is nobody's shop"
    throw new PresenceError('public-suffix', rule, host, "Give the shop's own name in front of it")
  }
  const unicode = toUnicodeHost(host)
  const mixed = isMixedScript(unicode)
  const suffix = port && `:${port}`
  return {
    kind: 'web',
    keys: [`web:${host}${suffix}`],
    url: `https://${host}${suffix}`,
    // Browsers do the same: a name in mixed scripts would be shown as the name that it imitates.
    display: `${mixed ? host : unicode}${suffix}`,
    notes: mixed ? ['mixed-script'] : [],
  }
}

/** Hosts from `host` itself up to its registrable domain, nearest first. */
export function hostsUpToRegistrable(host: string): string[] {
  const registrable = registrableOf(host)
  if (registrable === undefined) return []
  const labels = host.split('.')
  const count = labels.length - labelCount(registrable) + 1
  return Array.from({ length: count }, (_, index) => labels.slice(index).join('.'))
}
