import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateHubKeys, hubKeyFile, loadHubKeys } from '../src/trust/key-file.js'
import {
  generateKey,
  type KeySet,
  keySet,
  keySetFaults,
  type PublicJwk,
  publicJwk,
  rsaBits,
  SIGNING_ALGS,
  signingAlgOf,
  toPublicJwk,
} from '../src/trust/keys.js'
import { createJti, createSigner } from '../src/trust/signer.js'
import { makeSigner, makeWeakSigner, type TestKey } from './attacks.js'

let keys: KeySet
let es256: TestKey
let ps256: TestKey
let rs256: TestKey

beforeAll(async () => {
  const [issue, auth, enc, recovery] = await Promise.all(
    (['issue', 'auth', 'enc', 'recovery'] as const).map(generateKey),
  )
  keys = {
    issue: [issue!.publicJwk],
    auth: [auth!.publicJwk],
    enc: [enc!.publicJwk],
    recovery: [recovery!.publicJwk],
  }
  ;[es256, ps256, rs256] = (await Promise.all(
    (['ES256', 'PS256', 'RS256'] as const).map((alg) => makeSigner(alg)),
  )) as [TestKey, TestKey, TestKey]
})

/** With its true thumbprint, so that only what a test bent is at fault. */
async function named(jwk: object): Promise<PublicJwk> {
  return { ...jwk, kid: await calculateJwkThumbprint(jwk as PublicJwk) } as PublicJwk
}

describe('key sets', () => {
  it('has no fault when every role holds a key of its own', async () => {
    expect(keySet.safeParse(keys).success).toBe(true)
    expect(await keySetFaults(keys)).toEqual([])
  })

  it.each(SIGNING_ALGS)('takes a key for %s in every signing role', async (alg) => {
    const all = await Promise.all([1, 2, 3].map(() => makeSigner(alg)))
    const [issue, auth, recovery] = all.map(({ publicJwk: jwk }) => [jwk])
    expect(await keySetFaults({ ...keys, issue: issue!, auth: auth!, recovery: recovery! })).toEqual([])
  })

  it('finds one key in two roles, and twice in one', async () => {
    expect(await keySetFaults({ ...keys, auth: keys.issue })).toEqual([
      `key ${keys.issue[0]!.kid} stands twice`,
    ])
    expect(await keySetFaults({ ...keys, issue: [...keys.issue, ...keys.issue] })).toEqual([
      `key ${keys.issue[0]!.kid} stands twice`,
    ])
  })

  it('finds a kid that is not its key’s thumbprint', async () => {
    const stolen = { ...es256.publicJwk, kid: keys.issue[0]!.kid }
    expect(await keySetFaults({ ...keys, issue: [stolen] })).toEqual([expect.stringContaining('thumbprint')])
  })

  it.each([
    ['1024 bits', async () => (await makeWeakSigner()).publicJwk, 'fewer than 2048 bits'],
    [
      '1024 bits dressed up with leading zeros',
      async () => {
        const weak = (await makeWeakSigner()).publicJwk as PublicJwk & { kty: 'RSA' }
        return named({ kty: 'RSA', n: 'A'.repeat(172) + weak.n, e: weak.e })
      },
      'fewer than 2048 bits',
    ],
    [
      'a public exponent of 1, with which anybody can sign',
      () => named({ ...bare(rs256), e: 'AQ' }),
      'exponent',
    ],
    ['a public exponent of 3', () => named({ ...bare(rs256), e: 'Aw' }), 'exponent'],
    ['an algorithm that is not accepted', async () => ({ ...rs256.publicJwk, alg: 'RS512' }), 'RS512'],
    ['a curve other than its algorithm says', async () => ({ ...es256.publicJwk, alg: 'ES384' }), 'ES384'],
    ['the use of another role', async () => ({ ...es256.publicJwk, use: 'enc' as const }), 'for use "enc"'],
    [
      'a point off its curve',
      () => named({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }),
      'not a public key',
    ],
    ['a point of another curve', () => named({ ...bare(es256), crv: 'P-384' }), 'not a public key'],
    ['an Ed25519 key cut short', () => named({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }), 'not a public key'],
    ['a key that can only receive', async () => (await generateKey('enc')).publicJwk, 'for use "enc"'],
    ['an X25519 key', () => named({ kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) }), "can't sign"],
  ] as const)('refuses to sign with %s', async (_name, make, fault) => {
    const jwk = await make()
    for (const role of ['issue', 'auth', 'recovery'] as const) {
      const faults = await keySetFaults({ ...keys, [role]: [jwk] })
      expect(faults).toEqual([expect.stringContaining(fault)])
      expect(faults[0]).toContain(role)
    }
  })

  it.each([
    ['an RSA key', async () => rs256.publicJwk, "can't receive"],
    ['an Ed25519 key', async () => (await makeSigner('EdDSA')).publicJwk, "can't receive"],
    [
      'a point off its curve',
      () => named({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }),
      'not a public key',
    ],
    ['a key for signatures', async () => es256.publicJwk, 'for use "sig"'],
  ] as const)('refuses to receive with %s', async (_name, make, fault) => {
    expect(await keySetFaults({ ...keys, enc: [await make()] })).toEqual([expect.stringContaining(fault)])
  })

  it('takes several officers’ keys of every accepted curve for receiving', async () => {
    const x25519 = (await crypto.subtle.generateKey('X25519', true, ['deriveBits'])) as CryptoKeyPair
    const exported = (await crypto.subtle.exportKey('jwk', x25519.publicKey)) as { x: string }
    const enc = [
      (await generateKey('enc')).publicJwk,
      await named({ kty: 'OKP', crv: 'X25519', x: exported.x }),
    ]
    expect(await keySetFaults({ ...keys, enc })).toEqual([])
  })

  it.each(['issue', 'auth', 'enc', 'recovery'] as const)(
    'refuses a private key among the %s keys, so that a leak is noticed',
    (role) => {
      expect(
        keySet.safeParse({ ...keys, [role]: [{ ...es256.privateJwk, kid: es256.publicJwk.kid }] }).success,
      ).toBe(false)
      expect(
        keySet.safeParse({ ...keys, [role]: [{ ...rs256.privateJwk, kid: rs256.publicJwk.kid }] }).success,
      ).toBe(false)
    },
  )

  it.each([
    ['a symmetric key', { kty: 'oct', k: 'AAAA', kid: 'A'.repeat(43) }],
    ['a curve that is not accepted', { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA', kid: 'A'.repeat(43) }],
    ['a certificate chain', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'A'.repeat(43), x5c: ['MII'] }],
    ['a kid of the member’s own making', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'key-1' }],
  ])('refuses %s', (_name, jwk) => {
    expect(publicJwk.safeParse(jwk).success).toBe(false)
  })

  it.each(['issue', 'auth', 'recovery'] as const)('needs a key for %s', (role) => {
    expect(keySet.safeParse({ ...keys, [role]: [] }).success).toBe(false)
  })
})

function bare({ publicJwk: { kid: _kid, use: _use, alg: _alg, ...rest } }: TestKey): object {
  return rest
}

describe('keys', () => {
  it('says which one algorithm a key signs with', () => {
    expect([es256, ps256, rs256].map(({ publicJwk: jwk }) => signingAlgOf(jwk))).toEqual([
      'ES256',
      'PS256',
      'RS256',
    ])
  })

  it('counts the bits of an RSA modulus', () => {
    expect(rsaBits(rs256.publicJwk)).toBe(2048)
    expect(rsaBits(es256.publicJwk)).toBe(0)
  })

  it('leaves nothing private in a public key', async () => {
    for (const { privateJwk } of [es256, rs256]) {
      expect(Object.keys(await toPublicJwk(privateJwk))).not.toEqual(expect.arrayContaining(['d']))
      expect(JSON.stringify(await toPublicJwk(privateJwk))).not.toContain(String(privateJwk.d))
    }
  })

  it.each(SIGNING_ALGS)('signs with %s as the algorithm asks', async (alg) => {
    const { signer } = await makeSigner(alg)
    expect(signer.alg).toBe(alg)
    const signature = await signer.sign(new TextEncoder().encode('text') as Uint8Array<ArrayBuffer>)
    expect(signature.length).toBe({ ES256: 64, ES384: 96, EdDSA: 64, PS256: 256, RS256: 256 }[alg])
  })

  it('makes no signer of a key that can only receive by its kind', async () => {
    const x25519 = (await crypto.subtle.generateKey('X25519', true, ['deriveBits'])) as CryptoKeyPair
    await expect(
      createSigner((await crypto.subtle.exportKey('jwk', x25519.privateKey)) as never),
    ).rejects.toThrow(TypeError)
  })

  it('never gives a jti twice', () => {
    const made = new Set(Array.from({ length: 1000 }, createJti))
    expect(made.size).toBe(1000)
    for (const jti of made) expect(jti).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })
})

describe('the hub’s own keys', () => {
  it('are loaded with the verifier key that a third party pins', async () => {
    const operator = await generateKey('operator')
    const file = hubKeyFile.parse({ ...(await generateHubKeys()), operator: [operator.publicJwk] })
    const loaded = await loadHubKeys(file, 'https://hub.example')
    expect(loaded.vkeys[0]).toMatch(/^hub\.example\/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/)
    expect(JSON.stringify([loaded.federationPublic, loaded.operator, loaded.vkeys[0]])).not.toContain('"d"')
  })

  it('hold no private key of the operator', async () => {
    const operator = await generateKey('operator')
    expect(
      hubKeyFile.safeParse({ ...(await generateHubKeys()), operator: [operator.privateJwk] }).success,
    ).toBe(false)
  })

  it('refuse a log key of another kind', async () => {
    const { federation } = await generateHubKeys()
    const operator = await generateKey('operator')
    await expect(
      loadHubKeys({ federation, log: federation, operator: [operator.publicJwk] }, 'hub.example/log'),
    ).rejects.toThrow('Ed25519')
  })
})
