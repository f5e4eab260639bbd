/** Admitting a member of the demo as a real one would be: keys made on the spot, an application, the operator's admission. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../trust/signer.js'
import { writeApplication } from '../agency/application.js'
import { generateWorkspaceKeys } from '../agency/keys.js'
import type { HubClient } from '../hub-client.js'
import { sendStatement } from '../operator/send-statement.js'
import { signAdmission } from '../operator/sign-admission.js'
import { createWorkspace, FILES, openWorkspace, type Workspace } from '../workspace.js'

/**
 * @param folder of the agency; a workspace that is there already keeps its keys
 * @param now JWT seconds
 * @throws Refusal when the hub refuses the admission
 */
export async function admitDemoMember(
  client: HubClient,
  operator: Signer,
  folder: string,
  member: string,
  now: number,
): Promise<Workspace> {
  if (!existsSync(join(folder, FILES.settings)))
    await generateWorkspaceKeys(createWorkspace(folder, { member, hub: client.origin }))
  const workspace = openWorkspace(folder)
  const { application } = await writeApplication(workspace, client.origin, { now })
  await sendStatement(client, await signAdmission(application, operator, client.origin, now))
  return workspace
}
