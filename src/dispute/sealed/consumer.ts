/** The consumer of one case: keys made in her browser, which her secret alone opens again. No account. */
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { toPublicJwk } from '../../trust/keys.js'
import { createSigner, type Signer } from '../../trust/signer.js'
import type { ConsumerKeys } from '../envelope.js'
import { KEY_ALG } from './formats.js'
import { accessKeyOf, hashAccessKey, openPrivateKeys, type PrivateKeys, sealPrivateKeys } from './secret.js'

export interface Consumer {
  /** What goes to the hub. */
  keys: ConsumerKeys
  /** Signs her events. */
  signer: Signer
  /** Opens what is encrypted to her. */
  encPrivate: JWK
  /** 43 characters for `Authorization: Bearer`. */
  accessKey: string
}

/**
 * Makes the keys of a new case, or new ones after she lost her secret.
 * @param secret 24 digits of `createCaseSecret`
 */
export async function createConsumer(reference: string, secret: string): Promise<Consumer> {
  const [sign, enc] = await Promise.all([makeKey('ES256'), makeKey(KEY_ALG)])
  return assemble(reference, secret, { sign, enc }, await sealPrivateKeys(reference, secret, { sign, enc }))
}

/**
 * Opens the keys of a case again.
 * @param sealed `consumer.sealed` of the case
 * @throws SealError `wrong-secret`, `malformed`, `bad-payload`
 */
export async function openConsumer(reference: string, secret: string, sealed: string): Promise<Consumer> {
  return assemble(reference, secret, await openPrivateKeys(reference, secret, sealed), sealed)
}

async function assemble(
  reference: string,
  secret: string,
  { sign, enc }: PrivateKeys,
  sealed: string,
): Promise<Consumer> {
  const [accessKey, signer, signPublic, encPublic] = await Promise.all([
    accessKeyOf(reference, secret),
    createSigner(sign),
    toPublicJwk(sign, 'sig'),
    toPublicJwk(enc, 'enc'),
  ])
  const keys = { sign: signPublic, enc: encPublic, access: hashAccessKey(accessKey), sealed }
  return { keys: keys as ConsumerKeys, signer, encPrivate: enc, accessKey }
}

async function makeKey(alg: 'ES256' | typeof KEY_ALG): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { crv: 'P-256', extractable: true })
  const { kty, crv, x, y, d } = await exportJWK(privateKey)
  return { kty, crv, x, y, d } as JWK
}
