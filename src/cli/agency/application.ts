/** An agency applies: its definition, its public keys, and proof that it holds them, in one file for the operator (DESIGN 4.7). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../../node.js'
import { formatAllianceId, formatEntityId } from '../../record/record.js'
import { jsonDigest, sha256Hex } from '../../trust/digest.js'
import { readPayload } from '../../trust/jws.js'
import { keySetFaults } from '../../trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../../trust/signer.js'
import { APPLICATION_TYP, applicationClaims, POSSESSION_TYP } from '../../trust/statements.js'
import { type ApplicationFile, applicationFile } from '../operator/sign-admission.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'
import { listKeys, toKeySet, type WorkspaceKey } from './keys.js'

export interface ApplicationOptions {
  /** JWT seconds. */
  now: number
  /** False applies with keys but leaves the definition unsigned: its rules then only warn (DESIGN 4.8). */
  signDefinition?: boolean
  /** Signs for keys whose private half is not in the workspace. */
  external?: Signer | undefined
}

/**
 * Writes `application.json`. It holds nothing secret and may be sent by e-mail; the operator should compare a
 * kid by telephone.
 * @throws ConfigError when a role has no key, or a private key is not at hand
 */
export async function writeApplication(
  workspace: Workspace,
  origin: string,
  { now, signDefinition = true, external }: ApplicationOptions,
): Promise<{ file: string; application: ApplicationFile }> {
  const { member, definition, folder } = workspace
  const stored = await listKeys(workspace)
  const keys = toKeySet(stored)
  const missing = (['issue', 'auth', 'recovery'] as const).filter((role) => keys[role].length === 0)
  if (missing.length > 0) {
    throw new ConfigError(
      `An application needs a key of each role; there is none for ${missing.join(', ')}. Bring the file back, or make one with "trustmark keygen --role ${missing[0]}".`,
    )
  }
  const [fault] = await keySetFaults(keys)
  if (fault) throw new ConfigError(`The keys can't be applied with: ${fault}.`)
  const signers = await Promise.all(
    stored.filter(({ role }) => role !== 'enc').map((key) => signerOf(key, external)),
  )
  const entity = formatEntityId(origin, member)
  const own = () => ({ iss: entity, aud: formatAllianceId(origin), iat: now, jti: createJti() })
  const issuer = signers.find(({ kid }) => keys.issue.some((jwk) => jwk.kid === kid))
  if (!issuer) throw new ConfigError('There is no issue key that can sign.')
  const jws = await signJws(issuer, APPLICATION_TYP, {
    ...own(),
    application: { member, definition: signDefinition ? jsonDigest(definition) : null, keys },
  })
  const possession: string[] = []
  for (const signer of signers) {
    possession.push(
      await signJws(signer, POSSESSION_TYP, { ...own(), possession: { application: sha256Hex(jws) } }),
    )
  }
  const application: ApplicationFile = { member, entity, definition, keys, application: jws, possession }
  const file = join(folder, FILES.application)
  writeJson(file, application)
  return { file, application }
}

function signerOf(key: WorkspaceKey, external: Signer | undefined): Promise<Signer> {
  if (key.privateJwk) return createSigner(key.privateJwk)
  if (external?.kid === key.kid) return Promise.resolve(external)
  throw new ConfigError(
    `Key ${key.kid} (${key.role}) must prove that it is held, and only its public half is here. Give --signer <command>.`,
  )
}

/** Whether the application signed the definition; undefined when there is no application in the folder. */
export function isDefinitionSigned({ folder }: Pick<Workspace, 'folder'>): boolean | undefined {
  const file = join(folder, FILES.application)
  if (!existsSync(file)) return undefined
  const parsed = applicationClaims.safeParse(readPayload(readJson(file, applicationFile).application))
  return parsed.success ? parsed.data.application.definition !== null : undefined
}
