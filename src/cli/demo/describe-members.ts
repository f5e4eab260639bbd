/** Describing organisations in the demo: facts from `members/`, without keys; they sign nothing and lead nothing (DESIGN 4.7, 4.14). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memberDefinition } from '../../alliance/definition.js'
import { packageRoot } from '../../node.js'
import type { Signer } from '../../trust/signer.js'
import type { HubClient } from '../hub-client.js'
import { sendStatement } from '../operator/send-statement.js'
import { signDescription } from '../operator/sign-admission.js'

/** Schemes that are or were in the alliance's reach and have nobody here: pages compare them, no complaint goes to them. */
export const DESCRIBED_MEMBERS = [
  'es-confianzaonline',
  'hk-hkfec',
  'kr-etrust',
  'mx-aimx',
  'my-csm',
  'ph-dti',
  'sg-case',
  'tw-sosa',
] as const

/**
 * Sends the operator's description of every organisation that the hub does not know yet.
 * @param known ids of the hub's members
 * @param now JWT seconds
 * @returns the ids described now
 * @throws Refusal when the hub refuses one
 */
export async function describeDemoMembers(
  client: HubClient,
  operator: Signer,
  known: ReadonlySet<string>,
  now: number,
): Promise<string[]> {
  const missing = DESCRIBED_MEMBERS.filter((id) => !known.has(id))
  for (const id of missing) {
    const file = join(packageRoot(), 'members', id, 'member.json')
    const definition = memberDefinition.parse(JSON.parse(readFileSync(file, 'utf8')))
    await sendStatement(client, await signDescription(definition, operator, client.origin, now))
  }
  return missing
}
