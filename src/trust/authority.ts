/**
 * Who may sign what: finds the one key that may verify a statement, and refuses every other (DESIGN 4.5).
 * The same rules serve the hub, mirrors and a third party's verifier; only where the keys come from differs.
 */
import type { Participation } from '../alliance/participation.js'
import { Refusal } from '../refusal.js'
import type { KeyRole, PublicJwk } from './keys.js'
import type { SignerRole } from './statements.js'

/** The alliance as an issuer of statements, beside the member ids. */
export const ALLIANCE = 'alliance'

/** A public key with the one issuer and the one role it has. */
export interface KnownKey {
  jwk: PublicJwk
  role: KeyRole | 'operator'
  /** Member id, or `alliance` for the operator's key. */
  issuer: string
  /** Statements at or after this log index no longer verify with it. */
  compromisedFrom?: number
}

/** An issuer as the keys' directory knows it. */
export interface KnownIssuer {
  id: string
  /** Its entity identifier: what stands in `iss`. */
  entity: string
  participation: Participation | typeof ALLIANCE
}

export interface KeyDirectory {
  findIssuer(entity: string): KnownIssuer | undefined
  findKey(kid: string): KnownKey | undefined
}

/**
 * Chooses the key for a statement by what it says of itself: its claimed issuer and its header's kid.
 * @param signer the role that its type asks for
 * @param index the log index it has or would get: a compromised key is refused from its index on, whatever
 *   `iat` claims
 * @throws Refusal `bad-claims`, `unknown-issuer`, `issuer-not-admitted`, `unknown-key`, `wrong-key-role`,
 *   `key-compromised`
 */
export function chooseKey(
  { iss, kid }: { iss: unknown; kid: string },
  signer: SignerRole | KeyRole,
  directory: KeyDirectory,
  index: number,
  /** A mark found in the wild is genuine even when its issuer has left since; the verdict says the rest. */
  anyStanding = false,
): { issuer: KnownIssuer; key: KnownKey } {
  if (typeof iss !== 'string')
    throw new Refusal('bad-claims', { detail: 'The claim iss is missing.', at: 'iss' })
  const issuer = directory.findIssuer(iss)
  if (!issuer) {
    throw new Refusal('unknown-issuer', {
      detail:
        'iss must be the entity identifier of a member of this alliance (or of the alliance for its operator).',
      value: iss.slice(0, 200),
      at: 'iss',
    })
  }
  if (!anyStanding && issuer.participation !== ALLIANCE && issuer.participation !== 'admitted') {
    throw new Refusal('issuer-not-admitted', {
      detail: `The participation of ${issuer.id} is "${issuer.participation}"; only an admitted member's statements are accepted.`,
      value: issuer.id,
      at: 'iss',
    })
  }
  const key = directory.findKey(kid)
  if (!key || key.issuer !== issuer.id) {
    const detail = key
      ? `The key belongs to ${key.issuer}, not to ${issuer.id}. Sign with a key of the issuer.`
      : `No key of ${issuer.id} has this kid. Check that the key set it was admitted with holds the key.`
    throw new Refusal('unknown-key', { detail, value: kid, at: 'kid' })
  }
  if (key.role !== signer) {
    throw new Refusal('wrong-key-role', {
      detail: `This is a key for "${key.role}"; statements of this type are signed with a key for "${signer}".`,
      value: kid,
      at: 'kid',
    })
  }
  if (key.compromisedFrom !== undefined && index >= key.compromisedFrom) {
    throw new Refusal('key-compromised', {
      detail: `The key is distrusted from log index ${key.compromisedFrom} on. Sign with another.`,
      value: kid,
      at: 'kid',
    })
  }
  return { issuer, key }
}
