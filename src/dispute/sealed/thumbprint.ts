/** RFC 7638 thumbprints without waiting, for checks that must not be asynchronous. */
import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from '../../trust/digest.js'
import { encodeBase64url } from '../../trust/json.js'

interface BareJwk {
  kty?: string
  crv?: string
  x?: string
  y?: string
}

/** The thumbprint of an EC or OKP key, public or private. */
export function thumbprintOf({ kty, crv, x, y }: BareJwk): string {
  const required = canonicalJson(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x })
  return encodeBase64url(sha256(new TextEncoder().encode(required)))
}
