/** The secretariat at its own machine: the hub asked with the operator's key, and cases checked before anything is signed. */
import { ConfigError } from '../../node.js'
import { formatAllianceId } from '../../record/record.js'
import type { Signer } from '../../trust/signer.js'
import { type Anchor, readAnchor } from '../../verify.js'
import type { CaseChecker } from '../cases/check-case.js'
import { createHubDesk, type HubDesk } from '../cases/hub-desk.js'
import { trustedMembers } from '../cases/trusted-members.js'
import { createHubClient, type HubClientOptions } from '../hub-client.js'
import { askHub } from '../look-up/ask-hub.js'
import { parseOrigin } from '../workspace.js'
import { loadOperator } from './operator-workspace.js'

export interface OperatorDesk extends CaseChecker {
  hub: HubDesk
  signer: Signer
  anchor: Anchor
  /** JWT seconds. */
  now: () => number
}

/** @throws ConfigError when no hub is named, or the hub does not know this operator's key */
export async function openOperatorDesk(
  folder: string,
  to: string | undefined,
  { http, now }: { http: HubClientOptions; now: () => number },
): Promise<OperatorDesk> {
  const { signer, hub: named } = await loadOperator(folder)
  const given = to ?? named
  if (given === undefined)
    throw new ConfigError('No hub is named. Give its address with --hub, such as --hub https://hub.example.')
  const origin = parseOrigin(given)
  const client = createHubClient(origin, http)
  const anchor = await readAnchor(
    await askHub(client).text('/alliance/.well-known/openid-federation'),
    origin,
    now(),
  )
  if (!anchor.operator.some(({ kid }) => kid === signer.kid))
    throw new ConfigError(
      `The hub at ${origin} does not know the operator key ${signer.kid}. Copy the folder's public file to it, or choose another folder.`,
    )
  return {
    hub: createHubDesk(client, { entity: formatAllianceId(origin), signer, now }),
    signer,
    anchor,
    now,
    // No member's id, so that nothing counts as this desk's to read.
    member: '',
    ...trustedMembers(client, anchor),
  }
}
