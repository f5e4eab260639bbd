/** What decodeJws, verifyJws, chooseKey and verifyStatement refuse: the envelope of a statement, before any state. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal, type RefusalCode } from '../src/refusal.js'
import { ALLIANCE, chooseKey, type KeyDirectory, type KnownKey } from '../src/trust/authority.js'
import { decodeBase64url, encodeBase64url, MAX_JSON_DEPTH, parseStrictJson } from '../src/trust/json.js'
import { decodeJws, verifyJws } from '../src/trust/jws.js'
import { type PublicJwk, SIGNING_ALGS } from '../src/trust/keys.js'
import { createSigner, signJws } from '../src/trust/signer.js'
import { type StatementContext, verifyStatement } from '../src/trust/statement.js'
import { MAX_ADMISSION_BYTES, MAX_STATEMENT_BYTES, STATEMENT_TYPES } from '../src/trust/statements.js'
import { makeSigner, twinOf } from './attacks.js'
import invalid from './vectors/invalid/statements.json' with { type: 'json' }
import valid from './vectors/valid/statements.json' with { type: 'json' }

/** Fixed keys, so that the vectors stay what they are; anybody may sign with them. */
const fixture = JSON.parse(readFileSync(new URL('vectors/test-only-keys.json', import.meta.url), 'utf8')) as {
  origin: string
  now: number
  participations: Record<string, 'admitted' | 'left'>
  keys: { issuer: string; role: KnownKey['role']; publicJwk: PublicJwk; privateJwk: Record<string, string> }[]
}

const known = new Map<string, KnownKey>(
  fixture.keys.map(({ issuer, role, publicJwk }) => [publicJwk.kid, { jwk: publicJwk, role, issuer }]),
)
const directory: KeyDirectory = {
  findIssuer(entity) {
    if (entity === `${fixture.origin}/alliance`) return { id: ALLIANCE, entity, participation: ALLIANCE }
    const [id, participation] =
      Object.entries(fixture.participations).find(
        ([member]) => entity === `${fixture.origin}/members/${member}`,
      ) ?? []
    return id && participation ? { id, entity, participation } : undefined
  },
  findKey: (kid) => known.get(kid),
}
const context: StatementContext = {
  alliance: `${fixture.origin}/alliance`,
  directory,
  index: 10,
  now: fixture.now,
}

async function refusal(attempt: () => unknown): Promise<RefusalCode | 'accepted'> {
  try {
    await attempt()
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('statements that verify', () => {
  it.each(valid)('$name', async ({ jws, kind, issuer }) => {
    expect(await verifyStatement(jws, context)).toMatchObject({ kind, issuer, jws })
  })

  it('cover every accepted algorithm with a real key', () => {
    const used = valid.map(({ jws }) => decodeJws(jws, STATEMENT_TYPES).header.alg)
    expect([...new Set(used)].sort()).toEqual([...SIGNING_ALGS].sort())
  })
})

describe('statements that are refused', () => {
  it.each(invalid)('$code: $name', async ({ jws, code }) => {
    expect(await refusal(() => verifyStatement(jws, context))).toBe(code)
  })

  it('never echoes more of a value than a caller needs to find it', async () => {
    for (const { jws } of invalid) {
      const error: unknown = await verifyStatement(jws, context).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(Refusal)
      expect(JSON.stringify((error as Refusal).details).length).toBeLessThan(1000)
    }
  })

  it('survives any change of one character of a good statement', async () => {
    const { jws = '' } = valid[0] ?? {}
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: jws.length - 1 }),
        fc.constantFrom(...'AZaz09-_.={"\u0000é'),
        async (at, char) => {
          fc.pre(jws[at] !== char)
          expect(
            await refusal(() => verifyStatement(jws.slice(0, at) + char + jws.slice(at + 1), context)),
          ).not.toBe('accepted')
        },
      ),
      { numRuns: 300 },
    )
  })

  it('survives any text at all, and any header and payload', async () => {
    const part = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('{"typ":{"toString":1}}', '[[]]', '{"a":{"__proto__":1}}'),
    )
    const jws = fc
      .tuple(part, part, fc.string())
      .map(([h, p, s]) => [h, p, s].map((text) => encodeBase64url(new TextEncoder().encode(text))).join('.'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), jws), async (text) => {
        expect(await refusal(() => verifyStatement(text, context))).not.toBe('accepted')
      }),
      { numRuns: 500 },
    )
  })
})

describe('decodeJws', () => {
  it('refuses a text beyond the largest of its types before it looks inside', async () => {
    expect(await refusal(() => decodeJws('.'.repeat(MAX_ADMISSION_BYTES + 1), STATEMENT_TYPES))).toBe(
      'statement-too-large',
    )
  })

  it("refuses a record beyond a record's size, though an admission may be larger", async () => {
    const { jws = '' } = valid[0] ?? {}
    const [head, payload, signature] = jws.split('.')
    const filler = 'A'.repeat(4 * Math.ceil((MAX_STATEMENT_BYTES - jws.length) / 4) + 4)
    expect(await refusal(() => decodeJws(`${head}.${filler}${payload}.${signature}`, STATEMENT_TYPES))).toBe(
      'statement-too-large',
    )
  })
})

describe('strict JSON', () => {
  it('reads what JSON.parse reads, and nothing that names a key twice', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        // fast-check never writes a key twice, and 8 levels are few; what is left is the one key that is refused.
        expect(refusedJson(text)).toEqual(text.includes('"__proto__":') ? 'bad-json' : JSON.parse(text))
      }),
    )
  })

  it('finds a key that was put in twice, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('[', '{"k":')), fc.json({ maxDepth: 2 }), (path, value) => {
        const open = path.join('')
        const close = path
          .map((step) => (step === '[' ? ']' : '}'))
          .reverse()
          .join('')
        const wrap = (inner: string) => `${open}${inner}${close}`
        // That key is refused wherever it stands, before any other is looked for.
        fc.pre(path.length < 30 && !value.includes('__proto__'))
        expect(refusedJson(wrap(`{"a":${value},"a":${value}}`))).toBe('duplicate-json-key')
        expect(refusedJson(wrap(`{"a":${value},"b":${value}}`))).not.toBe('duplicate-json-key')
      }),
    )
  })

  it.each([
    ['4 MB of opening brackets', '['.repeat(4e6)],
    ['4 MB of nested objects', '{"a":'.repeat(8e5)],
    ['4 MB of commas', ','.repeat(4e6)],
    ['4 MB of quotes', '"'.repeat(4e6)],
    ['4 MB of escaped quotes that never end', `"${'\\"'.repeat(2e6)}`],
    ['4 MB of backslashes', '\\'.repeat(4e6)],
  ])('refuses %s at once', (_name, text) => {
    const start = performance.now()
    expect(refusedJson(text)).toBe('bad-json')
    // A scan takes some 20 ms; what is quadratic or recurses takes minutes or breaks.
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('nests to its limit and not one level more', () => {
    const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(refusedJson(nest(MAX_JSON_DEPTH))).toEqual(JSON.parse(nest(MAX_JSON_DEPTH)))
    expect(refusedJson(nest(MAX_JSON_DEPTH + 1))).toBe('bad-json')
  })
})

function refusedJson(text: string): unknown {
  try {
    return parseStrictJson(text, 'The text')
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('base64url', () => {
  it('gives bytes back, and has one spelling for them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom(...'ABCDEFghijkl0189-_+/='),
        (bytes, last) => {
          const text = encodeBase64url(bytes)
          expect(decodeBase64url(text, 'x')).toEqual(bytes)
          const other = text.slice(0, -1) + last
          if (other === text) return
          try {
            expect(decodeBase64url(other, 'x')).not.toEqual(bytes)
          } catch (error) {
            expect((error as Refusal).code).toBe('bad-encoding')
          }
        },
      ),
    )
  })
})

describe('verifyJws', () => {
  const record = (alg: string) =>
    decodeJws(valid.find(({ name }) => name === `record, ${alg}`)?.jws ?? '', STATEMENT_TYPES)
  const keyOf = (alg: string) => known.get(record(alg).header.kid)?.jwk as PublicJwk

  it.each(SIGNING_ALGS)('accepts %s with its key and refuses every other key', async (alg) => {
    await verifyJws(record(alg), keyOf(alg))
    for (const other of SIGNING_ALGS.filter((name) => name !== alg)) {
      expect(await refusal(() => verifyJws(record(alg), keyOf(other)))).toBe('alg-not-allowed')
    }
    const stranger = await makeSigner(alg)
    expect(await refusal(() => verifyJws(record(alg), stranger.publicJwk))).toBe('bad-signature')
  })

  it('refuses the RS256 key under PS256, although the key itself could verify it', async () => {
    const decoded = record('RS256')
    expect(
      await refusal(() =>
        verifyJws({ ...decoded, header: { ...decoded.header, alg: 'PS256' } }, keyOf('RS256')),
      ),
    ).toBe('alg-not-allowed')
  })

  it('refuses a key that is no point of its curve instead of failing', async () => {
    const jwk = { ...keyOf('ES256'), x: 'AAAA' } as PublicJwk
    expect(await refusal(() => verifyJws(record('ES256'), jwk))).toBe('bad-signature')
  })

  it('sees the twin of an ECDSA signature as valid: replay is what stops it', async () => {
    const { jws } = record('ES256')
    const twin = twinOf(jws)
    expect(twin).not.toBe(jws)
    await verifyJws(decodeJws(twin, STATEMENT_TYPES), keyOf('ES256'))
  })
})

describe('chooseKey', () => {
  const key = fixture.keys.find(({ issuer, role }) => issuer === 'xx-one' && role === 'issue')
    ?.publicJwk as PublicJwk
  const iss = `${fixture.origin}/members/xx-one`
  const gone = fixture.keys.find(({ issuer }) => issuer === 'xx-gone')?.publicJwk as PublicJwk

  it('finds the one key of the issuer', () => {
    expect(chooseKey({ iss, kid: key.kid }, 'issue', directory, 0)).toMatchObject({
      issuer: { id: 'xx-one' },
      key: { jwk: key },
    })
  })

  it.each([
    ['bad-claims', { iss: undefined, kid: key.kid }],
    ['bad-claims', { iss: { toString: null }, kid: key.kid }],
    ['unknown-issuer', { iss: 'https://elsewhere.example', kid: key.kid }],
    ['unknown-issuer', { iss: '__proto__', kid: key.kid }],
    ['unknown-key', { iss, kid: 'unknown' }],
    ['unknown-key', { iss, kid: gone.kid }],
    ['unknown-key', { iss: `${fixture.origin}/alliance`, kid: key.kid }],
    ['issuer-not-admitted', { iss: `${fixture.origin}/members/xx-gone`, kid: gone.kid }],
  ] as const)('refuses with %s', async (code, claim) => {
    expect(await refusal(() => chooseKey(claim, 'issue', directory, 0))).toBe(code)
  })

  it('refuses a key in another role than the type asks for', async () => {
    expect(await refusal(() => chooseKey({ iss, kid: key.kid }, 'operator', directory, 0))).toBe(
      'wrong-key-role',
    )
  })

  it('refuses a compromised key from its log index on, and not before', async () => {
    const compromised: KeyDirectory = {
      ...directory,
      findKey: () => ({ jwk: key, role: 'issue', issuer: 'xx-one', compromisedFrom: 7 }),
    }
    expect(await refusal(() => chooseKey({ iss, kid: key.kid }, 'issue', compromised, 6))).toBe('accepted')
    expect(await refusal(() => chooseKey({ iss, kid: key.kid }, 'issue', compromised, 7))).toBe(
      'key-compromised',
    )
    expect(await refusal(() => chooseKey({ iss, kid: key.kid }, 'issue', compromised, 8))).toBe(
      'key-compromised',
    )
  })

  it('knows a member that has left only where what it signed earlier is checked', () => {
    const found = chooseKey(
      { iss: `${fixture.origin}/members/xx-gone`, kid: gone.kid },
      'issue',
      directory,
      0,
      true,
    )
    expect(found.issuer.participation).toBe('left')
  })
})

describe('every type of statement', () => {
  const signerOf = (issuer: string, role: string) =>
    createSigner(fixture.keys.find((key) => key.issuer === issuer && key.role === role)?.privateJwk as never)
  const entityOf = (issuer: string) =>
    issuer === ALLIANCE ? context.alliance : `${fixture.origin}/members/${issuer}`
  const attempt = async (typ: string, issuer: string, role: string, claims: object = {}) =>
    refusal(async () =>
      verifyStatement(
        await signJws(await signerOf(issuer, role), typ, { iss: entityOf(issuer), ...claims }),
        context,
      ),
    )

  it.each(Object.entries(STATEMENT_TYPES))(
    '%s is signed by no other role of key',
    async (typ, { signer }) => {
      // With the right role the claims are what is wrong; with any other, nobody reads them.
      const right = signer === 'operator' ? [ALLIANCE, 'operator'] : ['xx-one', 'issue']
      const wrong = [['xx-one', 'auth'], signer === 'operator' ? ['xx-one', 'issue'] : [ALLIANCE, 'operator']]
      expect(await attempt(typ, right[0] ?? '', right[1] ?? '')).toBe('bad-claims')
      for (const [issuer = '', role = ''] of wrong)
        expect([issuer, role, await attempt(typ, issuer, role)]).toEqual([issuer, role, 'wrong-key-role'])
    },
  )

  it.each(Object.entries(STATEMENT_TYPES).filter(([, { signer }]) => signer === 'issue'))(
    '%s of a member that has left counts only where it forgets',
    async (typ, { kind }) => {
      expect(await attempt(typ, 'xx-gone', 'issue')).toBe(
        kind === 'erasure' ? 'bad-claims' : 'issuer-not-admitted',
      )
    },
  )

  it.each([
    ['trustmark-erasure+jwt', 'xx-one', 'issue', { erasure: { indices: [1], jtis: ['A'.repeat(22)] } }],
    [
      'trustmark-log-key+jwt',
      ALLIANCE,
      'operator',
      { logKey: { vkey: 'hub.example/log+00000000+AA', change: 'announced' } },
    ],
  ])('%s names the alliance that it is said to', async (typ, issuer, role, body) => {
    const claims = { iat: fixture.now, jti: 'A'.repeat(22), ...body }
    expect(await attempt(typ, issuer, role, { ...claims, aud: context.alliance })).toBe('accepted')
    expect(await attempt(typ, issuer, role, { ...claims, aud: 'https://sandbox.example/alliance' })).toBe(
      'wrong-audience',
    )
    expect(await attempt(typ, issuer, role, { ...claims, aud: context.alliance, more: 1 })).toBe('bad-claims')
    expect(
      await attempt(typ, issuer, role, { ...claims, aud: context.alliance, iat: fixture.now + 61 }),
    ).toBe('issued-in-future')
  })
})

describe('a signer', () => {
  it('makes what the verifier reads', async () => {
    const issue = fixture.keys[0]
    const signer = await createSigner(issue?.privateJwk as never)
    const claims = decodeJws(valid[0]?.jws ?? '', STATEMENT_TYPES).payload as object
    expect(await verifyStatement(await signJws(signer, 'trust-mark+jwt', claims), context)).toMatchObject({
      issuer: 'xx-one',
    })
  })
})
