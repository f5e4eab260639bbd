/** Which addresses lie in the public internet: a webhook must not reach into the hub's own network (SSRF). */
import { BlockList, isIP } from 'node:net'

/** IANA special-purpose registry for IPv4, with multicast and the former class E. */
const NOT_PUBLIC_V4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, where clouds answer questions about the machine's own secrets.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Within 2000::/3, which alone is given out: tunnels that hide an IPv4 address, benchmarks, documentation. */
const NOT_PUBLIC_V6: readonly (readonly [network: string, bits: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blockedV4 = new BlockList()
for (const [network, bits] of NOT_PUBLIC_V4) blockedV4.addSubnet(network, bits, 'ipv4')
const blockedV6 = new BlockList()
for (const [network, bits] of NOT_PUBLIC_V6) blockedV6.addSubnet(network, bits, 'ipv6')
const givenOut = new BlockList()
givenOut.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address belongs to the public internet. IPv4 written as IPv6 (::ffff:127.0.0.1, 64:ff9b::a00:1) does not:
 * a name with a public IPv4 address says so in an A record.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blockedV4.check(address, 'ipv4')
  if (family === 6) return givenOut.check(address, 'ipv6') && !blockedV6.check(address, 'ipv6')
  return false
}
