/** The claims of a status change, as suspending, revoking and `--revoke-missing` sign them (DESIGN 5). */
import { ConfigError } from '../../node.js'
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { createJti } from '../../trust/signer.js'
import { CLOCK_LEEWAY } from '../../trust/statement.js'
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

/**
 * The `iat` for a further statement about a record: per record it must rise, even within one second (DESIGN 4.6).
 * @throws ConfigError when that would lie in the future
 */
export function nextIat(known: { latestIat: number } | undefined, now: number): number {
  return refuseFuture(known ? Math.max(now, known.latestIat + 1) : now, now)
}

/**
 * Signs nothing that is dated ahead: a hub would refuse it, and a false one could keep it for later.
 * @throws ConfigError
 */
export function refuseFuture(iat: number, now: number): number {
  if (iat <= now + CLOCK_LEEWAY) return iat
  throw new ConfigError(
    `The last statement was signed as of ${formatSeconds(iat - 1)}, but this machine's clock says ${formatSeconds(now)}. Nothing is signed with a date in the future: set the clock, or wait until then.`,
  )
}

function formatSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
