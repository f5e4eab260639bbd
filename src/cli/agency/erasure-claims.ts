/** The claims of an erasure (DESIGN 5): places in the log and no name, for this statement stays. */
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { createJti } from '../../trust/signer.js'
import type { ErasureClaims } from '../../trust/statements.js'

/** Every log entry about one record. */
export interface RecordEntries {
  /** Log indices, rising. */
  indices: readonly number[]
  /** The jti of each. */
  jtis: readonly string[]
}

/** @param iat JWT seconds */
export function buildErasure(
  { hub, member }: { hub: string; member: string },
  { indices, jtis }: RecordEntries,
  iat: number,
): ErasureClaims {
  return {
    iss: formatEntityId(hub, member),
    aud: formatAllianceId(hub),
    iat,
    jti: createJti(),
    erasure: { indices: [...indices], jtis: [...jtis] },
  }
}
