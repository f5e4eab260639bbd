/** Which signer a command uses: the workspace's issue key, or the command given with `--signer`. */
import type { Signer } from '../../trust/signer.js'
import type { Workspace } from '../workspace.js'
import { createExternalSigner } from './external-signer.js'
import { findIssueKey, loadSigner } from './keys.js'

/** @throws ConfigError when there is no such key, or more than one and none is named */
export async function chooseSigner(
  workspace: Pick<Workspace, 'folder'>,
  { signer, kid }: { signer?: string | undefined; kid?: string | undefined },
): Promise<Signer> {
  if (signer === undefined) return loadSigner(workspace, kid)
  return createExternalSigner(signer, (await findIssueKey(workspace, kid)).publicJwk)
}
