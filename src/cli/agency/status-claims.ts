/** The claims of a status change, as suspending, revoking and `--revoke-missing` sign them (DESIGN 5). */
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { createJti } from '../../trust/signer.js'
import type { StatusClaims } from '../../trust/statements.js'

/**
 * A status change that holds from its signature on.
 * @param iat JWT seconds, later than every statement known about the record; see {@link nextIat}
 */
export function buildStatus(
  { hub, member }: { hub: string; member: string },
  status: Omit<StatusClaims['status'], 'effective'>,
  iat: number,
): StatusClaims {
  return {
    iss: formatEntityId(hub, member),
    aud: formatAllianceId(hub),
    iat,
    jti: createJti(),
    status: { ...status, effective: iat },
  }
}

/** The `iat` for a further statement about a record: per record it must rise, even within one second (DESIGN 4.6). */
export function nextIat(known: { latestIat: number } | undefined, now: number): number {
  return known ? Math.max(now, known.latestIat + 1) : now
}
