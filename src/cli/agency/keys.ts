/** The keys of a workspace: made here, kept in files that only their owner can read, named by role (DESIGN 4.5). */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'jose'
import * as z from 'zod'
import { ConfigError } from '../../node.js'
import {
  generateKey,
  KEY_ROLES,
  type KeyRole,
  type KeySet,
  type PublicJwk,
  toPublicJwk,
} from '../../trust/keys.js'
import { createSigner, type Signer } from '../../trust/signer.js'
import { KEY_FOLDER, makeKeyFolder, readJson, type Workspace, writeSecret } from '../workspace.js'

/** A key file. `privateJwk` is absent where the private key lives in a token or HSM. */
export interface WorkspaceKey {
  role: KeyRole
  kid: string
  file: string
  publicJwk: PublicJwk
  privateJwk?: JWK
}

const KEY_FILE = new RegExp(`^(${KEY_ROLES.join('|')})-([A-Za-z0-9_-]{43})\\.jwk\\.json$`)
const storedJwk = z.looseObject({ kty: z.string(), d: z.string().optional() })

/** Makes a new key for each role. Nothing is overwritten: a role that has a key gets a further one. */
export async function generateWorkspaceKeys(
  workspace: Pick<Workspace, 'folder'>,
  roles: readonly KeyRole[] = KEY_ROLES,
): Promise<WorkspaceKey[]> {
  const folder = makeKeyFolder(workspace.folder)
  const made: WorkspaceKey[] = []
  for (const role of roles) {
    const { privateJwk, publicJwk } = await generateKey(role)
    const { kid } = publicJwk
    const file = join(folder, `${role}-${kid}.jwk.json`)
    writeSecret(file, privateJwk)
    made.push({ role, kid, file, publicJwk, privateJwk })
  }
  return made
}

/** Adds the public half of a key whose private half is elsewhere. @throws ConfigError when it is no public JWK */
export async function addPublicKey(
  workspace: Pick<Workspace, 'folder'>,
  role: KeyRole,
  jwk: unknown,
): Promise<WorkspaceKey> {
  const parsed = storedJwk.safeParse(jwk)
  if (!parsed.success || parsed.data.d !== undefined) {
    throw new ConfigError(
      'A public key is expected: a JWK with "kty" and without "d". Export only the public half from the token.',
    )
  }
  const publicJwk = await toPublicJwk(parsed.data as JWK, role === 'enc' ? 'enc' : 'sig').catch(() => {
    throw new ConfigError(
      'The public key is none that the alliance accepts: P-256, P-384, Ed25519 or RSA, as a JWK.',
    )
  })
  const file = join(makeKeyFolder(workspace.folder), `${role}-${publicJwk.kid}.jwk.json`)
  writeSecret(file, publicJwk)
  return { role, kid: publicJwk.kid, file, publicJwk }
}

/** Every key of the workspace, by role and name. @throws ConfigError for a file whose name is not its key's */
export async function listKeys(workspace: Pick<Workspace, 'folder'>): Promise<WorkspaceKey[]> {
  const folder = makeKeyFolder(workspace.folder)
  const keys: WorkspaceKey[] = []
  for (const name of readdirSync(folder).sort()) {
    const [, role, kid] = KEY_FILE.exec(name) ?? []
    if (!role || !kid) continue
    const file = join(folder, name)
    const jwk = readJson(file, storedJwk)
    const publicJwk = await toPublicJwk(jwk as JWK, role === 'enc' ? 'enc' : 'sig')
    if (publicJwk.kid !== kid)
      throw new ConfigError(`${file} holds another key than its name says. Restore the file.`)
    keys.push({
      role: role as KeyRole,
      kid,
      file,
      publicJwk,
      ...(jwk.d !== undefined && { privateJwk: jwk as JWK }),
    })
  }
  return keys
}

/** The public keys by role, as an application states them. */
export function toKeySet(keys: readonly WorkspaceKey[]): KeySet {
  const ofRole = (role: KeyRole): PublicJwk[] =>
    keys.filter((key) => key.role === role).map(({ publicJwk }) => publicJwk)
  return { issue: ofRole('issue'), auth: ofRole('auth'), enc: ofRole('enc'), recovery: ofRole('recovery') }
}

/** The key that signs records: the one named, else the only one there is. @throws ConfigError */
export async function findIssueKey(
  workspace: Pick<Workspace, 'folder'>,
  kid?: string,
): Promise<WorkspaceKey> {
  const keys = (await listKeys(workspace)).filter(({ role }) => role === 'issue')
  const [key, ...others] = kid === undefined ? keys : keys.filter((candidate) => candidate.kid === kid)
  if (!key) {
    throw new ConfigError(
      kid === undefined
        ? `There is no issue key in ${join(workspace.folder, KEY_FOLDER)}. Make the keys with "trustmark keygen".`
        : `There is no issue key ${kid} in ${join(workspace.folder, KEY_FOLDER)}.`,
    )
  }
  if (others.length > 0) {
    throw new ConfigError(
      `There are several issue keys: ${keys.map((one) => one.kid).join(', ')}. Say which with --kid.`,
    )
  }
  return key
}

/** The signer of a private key in the workspace. @throws ConfigError where only its public half is there */
export async function loadSigner(workspace: Pick<Workspace, 'folder'>, kid?: string): Promise<Signer> {
  const key = await findIssueKey(workspace, kid)
  if (key.privateJwk) return createSigner(key.privateJwk)
  throw new ConfigError(
    `Only the public half of ${key.kid} is in this folder. Give the command that signs with it: --signer <command>.`,
  )
}

/** Private key files that other accounts of the machine can read; empty on file systems without such modes. */
export function findReadableKeys(keys: readonly WorkspaceKey[]): string[] {
  if (process.platform === 'win32') return []
  return keys
    .filter(({ privateJwk, file }) => privateJwk && (statSync(file).mode & 0o077) !== 0)
    .map(({ file }) => file)
}
