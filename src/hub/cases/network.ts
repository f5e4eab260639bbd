/**
 * From which network a request comes, as far as abuse limits need it: a hash under a salt of the day. The address itself
 * is never stored or logged, and once the day's salt is gone nobody can find it out again (facts 3.3).
 */
import { sha256Hex } from '../../trust/digest.js'
import { encodeBase64url } from '../../trust/json.js'
import type { Hub } from '../hub.js'

/** Groups of an IPv6 address that name the network: a household gets a /64 at least and picks the rest freely. */
const IPV6_NETWORK_GROUPS = 4
/** Hex digits kept of the hash: 64 bits tell all networks apart. */
const HASH_LENGTH = 16
const SALT_BYTES = 32

/**
 * Names the caller's network for today.
 * @param address as the runtime gives it; undefined where it gives none, and then nothing can be limited by it
 */
export async function hashNetwork(hub: Hub, address: string | undefined): Promise<string | undefined> {
  const network = address === undefined ? undefined : readNetwork(address)
  if (network === undefined) return undefined
  return sha256Hex(`${await readSalt(hub)} ${network}`).slice(0, HASH_LENGTH)
}

/** The day's salt in this process's memory, so that not every request writes for it. */
const salts = new WeakMap<Hub, { day: string; salt: string }>()

/** All processes on one database share the salt, and nobody has yesterday's any more. */
async function readSalt(hub: Hub): Promise<string> {
  const day = new Date(hub.now()).toISOString().slice(0, 10)
  const known = salts.get(hub)
  if (known?.day === day) return known.salt
  const fresh = encodeBase64url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))
  const salt = await hub.cases.store.dailySalt(day, fresh)
  salts.set(hub, { day, salt })
  return salt
}

/** An IPv4 address as it is, of an IPv6 address the /64; undefined for what is neither. */
export function readNetwork(address: string): string | undefined {
  // Some proxies write a port behind it, which an IPv6 address in brackets may have, too.
  const text = address
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/%.*$/, '')
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(text)?.[1]
  if (v4) return v4.split('.').every((byte) => Number(byte) <= 255) ? v4 : undefined
  // URL writes an IPv6 address in its one canonical form (RFC 5952), or refuses it.
  if (!text.includes(':') || !URL.canParse(`http://[${text}]`)) return undefined
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`
}
