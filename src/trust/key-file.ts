/** The running hub's keys as one JSON value: files on Node, the secret HUB_KEYS on Workers (DESIGN 4.5). */
import { exportJWK, type JWK } from 'jose'
import * as z from 'zod'
import { createNoteSigner, ED25519, formatVerifierKey, type NoteSigner } from '../log/note-key.js'
import { decodeBase64url } from './json.js'
import { generateKey, type PublicJwk, publicJwk, toPublicJwk } from './keys.js'
import { createSigner, type Signer } from './signer.js'

const privateJwk = z.looseObject({ kty: z.string(), d: z.string() })

/** `federation` is ES256, `log` Ed25519, both private; `operator` holds public keys only. */
export const hubKeyFile = z.strictObject({
  federation: privateJwk,
  log: privateJwk,
  operator: z.array(publicJwk).min(1),
})
export type HubKeyFile = z.infer<typeof hubKeyFile>

/** Makes the two keys of a new hub. */
export async function generateHubKeys(): Promise<Pick<HubKeyFile, 'federation' | 'log'>> {
  const federation = await generateKey('federation')
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  return {
    federation: federation.privateJwk as HubKeyFile['federation'],
    log: (await exportJWK(pair.privateKey)) as HubKeyFile['log'],
  }
}

/** Loads the keys for use; `logOrigin` is the name the log signs under. */
export async function loadHubKeys(
  file: HubKeyFile,
  logOrigin: string,
): Promise<{
  federation: Signer
  federationPublic: PublicJwk
  log: NoteSigner
  vkey: string
  operator: readonly PublicJwk[]
}> {
  const log = file.log as JWK
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
    federation: await createSigner(file.federation as JWK),
    federationPublic: await toPublicJwk(file.federation as JWK),
    log: createNoteSigner(logOrigin, privateKey, publicKey),
    vkey: formatVerifierKey({ name: logOrigin, type: ED25519, publicKey }),
    operator: file.operator,
  }
}
