/** The running hub's keys as one JSON value: files on Node, the secret HUB_KEYS on Workers (DESIGN 4.5). */
import { exportJWK, type JWK } from 'jose'
import * as z from 'zod'
import { formatLogOrigin } from '../log/log-origin.js'
import { createNoteSigner, ED25519, formatVerifierKey, type NoteSigner } from '../log/note-key.js'
import { decodeBase64url } from './json.js'
import { generateKey, type PublicJwk, publicJwk, toPublicJwk } from './keys.js'
import { createSigner, type Signer } from './signer.js'

const privateJwk = z.looseObject({ kty: z.string(), d: z.string() })

const generation = z.int().min(1).optional()

/**
 * `federation` is ES256, `log` Ed25519, both private; `operator` holds public keys only. While the log's key is being
 * rotated `logNext` signs every checkpoint too. `log.generation` counts the log's new starts (see formatLogOrigin).
 */
export const hubKeyFile = z.strictObject({
  federation: privateJwk,
  log: privateJwk.extend({ generation }),
  logNext: privateJwk.optional(),
  operator: z.array(publicJwk).min(1),
})
export type HubKeyFile = z.infer<typeof hubKeyFile>

/** Makes the two keys of a new hub. */
export async function generateHubKeys(): Promise<Pick<HubKeyFile, 'federation' | 'log'>> {
  const federation = await generateKey('federation')
  return { federation: federation.privateJwk as HubKeyFile['federation'], log: await generateLogKey() }
}

/** Makes a key that signs checkpoints. @param generation of the log it is for */
export async function generateLogKey(generation = 1): Promise<HubKeyFile['log']> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const jwk = (await exportJWK(pair.privateKey)) as HubKeyFile['log']
  return generation === 1 ? jwk : { ...jwk, generation }
}

/** A hub's keys, ready for use. */
export interface LoadedHubKeys {
  federation: Signer
  federationPublic: PublicJwk
  /** The name the log signs under. */
  logOrigin: string
  /** Every one of these signs each checkpoint; the first is the log's current key. */
  log: readonly NoteSigner[]
  /** Their signed-note verifier lines, in the same order. */
  vkeys: readonly [string, ...string[]]
  operator: readonly PublicJwk[]
}

/** Loads the keys for use. @param origin the hub's */
export async function loadHubKeys(file: HubKeyFile, origin: string): Promise<LoadedHubKeys> {
  const logOrigin = formatLogOrigin(origin, file.log.generation)
  const current = await loadLogKey(file.log, logOrigin)
  const next = file.logNext ? [await loadLogKey(file.logNext, logOrigin)] : []
  return {
    federation: await createSigner(file.federation as JWK),
    federationPublic: await toPublicJwk(file.federation as JWK),
    logOrigin,
    log: [current, ...next].map(({ signer }) => signer),
    vkeys: [current.vkey, ...next.map(({ vkey }) => vkey)],
    operator: file.operator,
  }
}

async function loadLogKey(file: object, name: string): Promise<{ signer: NoteSigner; vkey: string }> {
  const log = file as JWK
  if (log.kty !== 'OKP' || log.crv !== 'Ed25519' || !log.x)
    throw new TypeError('the log key must be an Ed25519 JWK')
  const publicKey = decodeBase64url(log.x, 'The log key')
  const privateKey = await crypto.subtle.importKey(
    'jwk',
    { kty: log.kty, crv: log.crv, x: log.x, d: log.d },
    'Ed25519',
    false,
    ['sign'],
  )
  return {
    signer: createNoteSigner(name, privateKey, publicKey),
    vkey: formatVerifierKey({ name, type: ED25519, publicKey }),
  }
}
