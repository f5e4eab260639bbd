/** The claims of an erasure (DESIGN 5): places in the log and no name, for this statement stays. */
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { createJti } from '../../trust/signer.js'
import type { ErasureClaims } from '../../trust/statements.js'

/**
 * @param indices of every log entry about one record, rising
 * @param iat JWT seconds
 */
export function buildErasure(
  { hub, member }: { hub: string; member: string },
  indices: readonly number[],
  iat: number,
): ErasureClaims {
  return {
    iss: formatEntityId(hub, member),
    aud: formatAllianceId(hub),
    iat,
    jti: createJti(),
    erasure: { indices: [...indices] },
  }
}
