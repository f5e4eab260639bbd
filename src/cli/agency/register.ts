/** The register as of: with each push the member signs how many records are in force, and which (DESIGN 5). */
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { digestIds } from '../../trust/register-digest.js'
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import { REGISTER_TYP, type RegisterClaims } from '../../trust/statements.js'
import type { HubClient } from '../hub-client.js'
import type { Workspace } from '../workspace.js'
import { listInForce, type Published } from './published-file.js'
import { type Decided, sendStatements } from './send.js'
import { refuseFuture } from './status-claims.js'

/** What was signed, and what the hub made of it. */
export interface RegisterSummary {
  count: number
  digest: string
  /** JWT seconds. */
  at: number
  result: Decided
}

/** The claims for what the member's own statements in the feed say is in force. @throws ConfigError for a wrong clock */
export function buildRegister(
  workspace: Workspace & { hub: string },
  published: Published,
  now: number,
): RegisterClaims {
  const at = refuseFuture(Math.max(now, (published.registerAt ?? -1) + 1), now)
  const ids = listInForce(published, at)
  return {
    iss: formatEntityId(workspace.hub, workspace.member),
    aud: formatAllianceId(workspace.hub),
    iat: at,
    jti: createJti(),
    register: { count: ids.length, digest: digestIds(ids), at },
  }
}

/** Signs and sends the register as of. @throws HubClientError, ConfigError */
export async function pushRegister(
  workspace: Workspace & { hub: string },
  client: HubClient,
  published: Published,
  signer: Signer,
  now: number,
): Promise<RegisterSummary> {
  const claims = buildRegister(workspace, published, now)
  const jws = await signJws(signer, REGISTER_TYP, claims)
  const [result] = await sendStatements(client, [{ id: workspace.member, jws }])
  return { ...claims.register, result: result ?? { id: workspace.member, jws, outcome: 'pending' } }
}
