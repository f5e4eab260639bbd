/** Suspending, reinstating and revoking a record: signed and sent at once, so the next look-up shows it. */
import type { LocalText } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { recordId } from '../../record/record.js'
import { type Signer, signJws } from '../../trust/signer.js'
import { STATUS_TYP, type StatusClaims } from '../../trust/statements.js'
import { type HubClient, HubClientError } from '../hub-client.js'
import { chooseHub, type Workspace } from '../workspace.js'
import { loadSigner } from './keys.js'
import { syncPublished } from './published.js'
import type { PublishedRecord } from './published-file.js'
import { pushRegister, type RegisterSummary } from './register.js'
import { sendStatements } from './send.js'
import { requireStanding } from './standing.js'
import { buildStatus, nextIat } from './status-claims.js'

export interface StatusOptions {
  /** A certificate number, or a whole record id. */
  certificate: string
  change: StatusClaims['status']['change']
  /** Shown to everybody who looks the record up. */
  reason: LocalText
  /** JWT seconds. */
  now: () => number
  signer?: Signer | undefined
  /** Told the record as it is before anything is sent; false stops. */
  confirm?: ((id: string, record: PublishedRecord) => Promise<boolean>) | undefined
}

export interface StatusSummary {
  id: string
  ended: 'changed' | 'cancelled'
  /** Log index of the change. */
  index?: number
  register?: RegisterSummary
}

/**
 * Changes a record's status, and signs the register as of, since the records in force are others now.
 * @throws ConfigError for an unknown record; HubClientError `refused` when the hub refuses the change
 */
export async function changeStatus(
  workspace: Workspace,
  client: HubClient,
  options: StatusOptions,
): Promise<StatusSummary> {
  const { certificate, change, reason, now, confirm } = options
  const own = chooseHub(workspace, client.origin)
  const id = certificate.includes(':') ? certificate : `${own.member}:${certificate}`
  if (!recordId.safeParse(id).success)
    throw new ConfigError(
      `"${certificate}" is no certificate number or record id such as ${own.member}:V-2026-0001.`,
    )
  const signer = options.signer ?? (await loadSigner(own))
  await requireStanding(own, client, signer.kid)
  const known = (await syncPublished(own, client, -1, now())).records.get(id)
  if (!known)
    throw new ConfigError(
      `${own.member} has published no record ${id} at ${own.hub}. Check the certificate number.`,
    )
  if (confirm && !(await confirm(id, known))) return { id, ended: 'cancelled' }
  const claims = buildStatus(own, { record: id, change, reason }, nextIat(known, now()))
  const [result] = await sendStatements(client, [{ id, jws: await signJws(signer, STATUS_TYP, claims) }])
  if (result?.outcome === 'rejected')
    throw new HubClientError('refused', result.problem.detail, result.problem.code)
  if (!result || result.outcome === 'pending') {
    throw new HubClientError(
      'busy',
      `The hub has the change of ${id} but has not decided it yet. Look the record up in a minute.`,
    )
  }
  const after = await syncPublished(own, client, result.index, now())
  const register = await pushRegister(own, client, after, signer, now())
  if ('index' in register.result) await syncPublished(own, client, register.result.index, now())
  return { id, ended: 'changed', index: result.index, register }
}
