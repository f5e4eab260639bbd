/** The operator's folder: the key that signs admissions and standing, kept outside the running hub (DESIGN 4.5). */
import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { JWK } from 'jose'
import * as z from 'zod'
import { ConfigError } from '../../node.js'
import { generateKey } from '../../trust/keys.js'
import { createSigner, type Signer } from '../../trust/signer.js'
import {
  KEY_FOLDER,
  makeKeyFolder,
  parseOrigin,
  readJson,
  refuseOverwriting,
  writeJson,
  writeSecret,
} from '../workspace.js'

/** The public keys, for the hub's `keys` folder. */
export const OPERATOR_FILE = 'operator.jwks.json'
const SETTINGS = 'trustmark.json'
const KEY_FILE = /^operator-([A-Za-z0-9_-]{43})\.jwk\.json$/

export interface OperatorWorkspace {
  folder: string
  kid: string
  /** The private key's file. */
  keyFile: string
  /** The public file that the hub needs. */
  publicFile: string
}

/** Makes an operator's workspace with a new key. @throws ConfigError when the folder is a workspace already */
export async function createOperatorWorkspace(folder: string, hub?: string): Promise<OperatorWorkspace> {
  const path = resolve(folder)
  refuseOverwriting(path)
  const settings = { operator: true, ...(hub !== undefined && { hub: parseOrigin(hub) }) }
  const { privateJwk, publicJwk } = await generateKey('operator')
  mkdirSync(path, { recursive: true })
  const keyFile = join(makeKeyFolder(path), `operator-${publicJwk.kid}.jwk.json`)
  const publicFile = join(path, OPERATOR_FILE)
  writeSecret(keyFile, privateJwk)
  writeJson(publicFile, { keys: [publicJwk] })
  writeJson(join(path, SETTINGS), settings)
  return { folder: path, kid: publicJwk.kid, keyFile, publicFile }
}

/** Writes into an operator's folder which hub it is for. @throws ConfigError for what is no origin */
export function nameHub(folder: string, hub: string): void {
  writeJson(join(resolve(folder), SETTINGS), { operator: true, hub: parseOrigin(hub) })
}

/** The operator's signer, and the hub its folder names. @throws ConfigError when there is not exactly one key */
export async function loadOperator(folder: string): Promise<{ signer: Signer; hub: string | undefined }> {
  const path = resolve(folder)
  const { hub } = readJson(
    join(path, SETTINGS),
    z.strictObject({ operator: z.literal(true), hub: z.string().optional() }),
  )
  const files = readdirSync(makeKeyFolder(path)).filter((name) => KEY_FILE.test(name))
  const [name] = files
  if (name === undefined || files.length > 1) {
    throw new ConfigError(
      `There must be one operator key in ${join(path, KEY_FOLDER)}; there are ${files.length}.`,
    )
  }
  const jwk = readJson(join(path, KEY_FOLDER, name), z.looseObject({ kty: z.string(), d: z.string() }))
  return { signer: await createSigner(jwk as JWK), hub }
}
