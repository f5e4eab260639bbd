/** What checkAdmission and the operator's other statements refuse, pushed to a hub as anybody would. */
import { calculateJwkThumbprint } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { MemberDefinition } from '../src/alliance/definition.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { jsonDigest, sha256Hex } from '../src/trust/digest.js'
import { generateKey, type KeySet, type PublicJwk } from '../src/trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../src/trust/signer.js'
import { ADMISSION_TYP, APPLICATION_TYP, POSSESSION_TYP } from '../src/trust/statements.js'
import { makeSigner, makeWeakSigner } from './attacks.js'
import {
  createMember,
  createTestHub,
  ORIGIN,
  readDefinition,
  recordClaims,
  signRecord,
  signStanding,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

let t: TestHub
let applicant: TestMember

beforeEach(async () => {
  t = await createTestHub()
  applicant = await createMember('th-dbd', ORIGIN, t.operator, t.now())
})

interface Parts {
  definition: MemberDefinition
  entity: string
  keys: KeySet
  /** Signs the application. */
  by: Signer
  /** Sign the proofs of possession. */
  provers: Signer[]
  /** What the application says, where it differs from the admission. */
  applied: Partial<{ iss: string; aud: string; member: string; definition: string | null; keys: KeySet }>
  /** What the proofs say, where it differs. */
  proved: Partial<{ iss: string; application: string }>
  applicationTyp: string
  operator: Signer
  extra: object
}

/** An admission of th-dbd, sound unless bent. */
async function signAdmission(over: Partial<Parts> = {}): Promise<string> {
  const { definition, keys, by, provers, applied, proved, operator, entity, applicationTyp, extra }: Parts = {
    definition: applicant.definition,
    entity: formatEntityId(ORIGIN, (over.definition ?? applicant.definition).id),
    keys: applicant.keys,
    by: applicant.signer,
    provers: [applicant.signer, applicant.auth, applicant.recovery],
    applied: {},
    proved: {},
    applicationTyp: APPLICATION_TYP,
    operator: t.operator,
    extra: {},
    ...over,
  }
  const own = (iss = entity, aud = formatAllianceId(ORIGIN)) => ({ iss, aud, iat: t.now(), jti: createJti() })
  const application = await signJws(by, applicationTyp, {
    ...own(applied.iss, applied.aud),
    application: {
      member: applied.member ?? definition.id,
      definition: applied.definition === undefined ? jsonDigest(definition) : applied.definition,
      keys: applied.keys ?? keys,
    },
  })
  const possession = await Promise.all(
    provers.map((signer) =>
      signJws(signer, POSSESSION_TYP, {
        ...own(proved.iss),
        possession: { application: proved.application ?? sha256Hex(application) },
      }),
    ),
  )
  return signJws(operator, ADMISSION_TYP, {
    ...own(formatAllianceId(ORIGIN)),
    admission: { participation: 'admitted', definition, entity, keys, application, possession, ...extra },
  })
}

async function code(statement: string): Promise<string> {
  const [result] = await t.push(statement)
  expect(t.reported).toEqual([])
  return result?.outcome === 'rejected' ? result.problem.code : (result?.outcome ?? 'no answer')
}

describe('an admission', () => {
  it('is accepted when everything fits', async () => {
    expect(await code(await signAdmission())).toBe('accepted')
  })

  it.each([
    ['another entity identifier', async () => ({ entity: 'https://elsewhere.example/members/th-dbd' })],
    [
      'a definition that does not hold together',
      async () => ({ definition: { ...applicant.definition, country: 'VN' } }),
    ],
    [
      'an application over another definition',
      async () => ({ applied: { definition: jsonDigest({ ...applicant.definition, website: null }) } }),
    ],
    [
      'an application over another key set',
      async () => ({ applied: { keys: { ...applicant.keys, enc: [] } } }),
    ],
    ['an application for another member', async () => ({ applied: { member: 'vn-idea' } })],
    [
      'an application in the name of another',
      async () => ({ applied: { iss: formatEntityId(ORIGIN, 'vn-idea') } }),
    ],
    ['an application to a sandbox', async () => ({ applied: { aud: 'https://sandbox.example/alliance' } })],
    ['an application signed by the auth key', async () => ({ by: applicant.auth })],
    ['an application signed by a stranger', async () => ({ by: (await makeSigner('ES256')).signer })],
    [
      'a proof of possession in the place of the application',
      async () => ({ applicationTyp: POSSESSION_TYP }),
    ],
    ['no proof of possession at all', async () => ({ provers: [] })],
    ['no proof for the auth key', async () => ({ provers: [applicant.signer, applicant.recovery] })],
    ['no proof for the recovery key', async () => ({ provers: [applicant.signer, applicant.auth] })],
    [
      'one proof twice',
      async () => ({ provers: [applicant.signer, applicant.signer, applicant.auth, applicant.recovery] }),
    ],
    [
      'a proof by a stranger beside the right ones',
      async () => ({
        provers: [applicant.signer, applicant.auth, applicant.recovery, (await makeSigner('ES256')).signer],
      }),
    ],
    ['proofs over another application', async () => ({ proved: { application: sha256Hex('another') } })],
    ['proofs by another applicant', async () => ({ proved: { iss: formatEntityId(ORIGIN, 'vn-idea') } })],
    ['a key in two roles', async () => ({ keys: { ...applicant.keys, auth: applicant.keys.issue } })],
    [
      'one key twice',
      async () => ({
        keys: { ...applicant.keys, issue: [...applicant.keys.issue, ...applicant.keys.issue] },
      }),
    ],
    [
      "the operator's key as a member's",
      async () => ({ keys: { ...applicant.keys, issue: [...t.hub.keys.operator, ...applicant.keys.issue] } }),
    ],
  ] as [string, () => Promise<Partial<Parts>>][])('is refused with %s', async (_name, bend) => {
    expect(await code(await signAdmission(await bend()))).toBe('bad-admission')
  })

  it('is refused with a weak RSA key, though its holder proves to have it', async () => {
    const weak = await makeWeakSigner()
    const keys = { ...applicant.keys, issue: [...applicant.keys.issue, weak.publicJwk] }
    const provers = [applicant.signer, weak.signer, applicant.auth, applicant.recovery]
    const [result] = await t.push(await signAdmission({ keys, provers }))
    expect(result).toMatchObject({
      problem: { code: 'bad-admission', detail: expect.stringContaining('2048 bits') },
    })
  })

  it('is refused with a key that is no point of its curve, and the log goes on', async () => {
    const { kid: _kid, ...rest } = applicant.keys.auth[0] as PublicJwk & { kty: 'EC' }
    const broken = { ...rest, x: 'AAAA' }
    const jwk = { ...broken, kid: await calculateJwkThumbprint(broken) } as PublicJwk
    expect(
      await code(await signAdmission({ keys: { ...applicant.keys, enc: [{ ...jwk, use: 'enc' }] } })),
    ).toBe('bad-admission')
    const keys = { ...applicant.keys, issue: [...applicant.keys.issue, jwk] }
    expect(
      await code(
        await signAdmission({ keys, provers: [applicant.signer, { ...applicant.signer, kid: jwk.kid }] }),
      ),
    ).toBe('bad-admission')
    expect(await code(applicant.admission)).toBe('accepted')
  })

  it('is refused with a private key inside, which is neither kept nor echoed', async () => {
    const { privateJwk, publicJwk } = await generateKey('issue')
    const keys = {
      ...applicant.keys,
      issue: [...applicant.keys.issue, { ...privateJwk, kid: publicJwk.kid } as PublicJwk],
    }
    const statement = await signAdmission({ keys })
    const results = await t.push(statement)
    expect(results).toMatchObject([{ problem: { code: 'bad-claims' } }])
    expect(JSON.stringify(results)).not.toContain(privateJwk.d)
    expect((await t.hub.store.outcomes([sha256Hex(statement)])).size).toBe(0)
  })

  it("is refused with another member's key", async () => {
    const idea = await t.admit('vn-idea')
    expect(
      await code(
        await signAdmission({
          keys: { ...applicant.keys, issue: [...applicant.keys.issue, ...idea.keys.issue] },
        }),
      ),
    ).toBe('bad-admission')
    expect(
      await code(
        await signAdmission({
          keys: idea.keys,
          by: idea.signer,
          provers: [idea.signer, idea.auth, idea.recovery],
        }),
      ),
    ).toBe('bad-admission')
  })

  it('is refused when signed by anybody but the operator', async () => {
    const stranger = await createSigner((await generateKey('operator')).privateJwk)
    expect(await code(await signAdmission({ operator: stranger }))).toBe('unknown-key')
    const idea = await t.admit('vn-idea')
    expect(await code(await signAdmission({ operator: idea.signer }))).toBe('unknown-key')
  })

  it('of a stray member is refused', async () => {
    expect(await code(await signAdmission({ extra: { trust: 'me' } }))).toBe('bad-claims')
  })

  it('again may add issue keys but drop none, for records signed with them are in force', async () => {
    await t.push(applicant.admission)
    const more = await makeSigner('EdDSA')
    const grown = { ...applicant.keys, issue: [...applicant.keys.issue, more.publicJwk] }
    expect(
      await code(
        await signAdmission({
          keys: grown,
          provers: [applicant.signer, more.signer, applicant.auth, applicant.recovery],
        }),
      ),
    ).toBe('accepted')
    const swapped = { ...applicant.keys, issue: [more.publicJwk] }
    expect(
      await code(
        await signAdmission({
          keys: swapped,
          by: more.signer,
          provers: [more.signer, applicant.auth, applicant.recovery],
        }),
      ),
    ).toBe('bad-admission')
  })

  it('again may end a mark but not drop it, for its records would vanish', async () => {
    await t.push(applicant.admission)
    await t.push(await signRecord(applicant, recordClaims(applicant, t.now())))
    const [registered, verified] = applicant.definition.marks
    const dropped = { ...applicant.definition, marks: [registered!] }
    expect(await code(await signAdmission({ definition: dropped }))).toBe('bad-admission')
    const fewerLevels = {
      ...applicant.definition,
      marks: [registered!, { ...verified!, levels: verified!.levels.slice(0, 2) }],
    }
    expect(await code(await signAdmission({ definition: fewerLevels }))).toBe('bad-admission')
    const ended = {
      ...applicant.definition,
      marks: [{ ...registered!, status: { ...registered!.status, state: 'ended' as const } }, verified!],
    }
    expect(await code(await signAdmission({ definition: ended }))).toBe('accepted')
    expect((await t.verdict('record=th-dbd:R-1')).verdict).toBe('identity-confirmed')
    t.tick()
    expect(
      await code(
        await signRecord(
          { ...applicant, definition: ended },
          recordClaims(applicant, t.now(), { certificate: 'R-2' }),
        ),
      ),
    ).toBe('mark-ended')
  })

  it('of the same statement is a duplicate, and another with its jti is refused', async () => {
    await t.push(applicant.admission)
    expect(await t.push(applicant.admission)).toMatchObject([{ outcome: 'duplicate', index: 0 }])
    const claims = JSON.parse(
      Buffer.from(applicant.admission.split('.')[1]!, 'base64url').toString(),
    ) as object
    expect(await code(await signJws(t.operator, ADMISSION_TYP, { ...claims, iat: t.now() - 1 }))).toBe(
      'jti-reused',
    )
  })

  it('may describe an organisation without keys, but not take keys away', async () => {
    const described = async (id: string) =>
      signJws(t.operator, ADMISSION_TYP, {
        iss: formatAllianceId(ORIGIN),
        aud: formatAllianceId(ORIGIN),
        iat: t.now(),
        jti: createJti(),
        admission: { participation: 'described', definition: readDefinition(id) },
      })
    expect(await code(await described('jp-ccj'))).toBe('accepted')
    await t.push(applicant.admission)
    expect(await code(await described('th-dbd'))).toBe('bad-admission')
  })
})

describe('the operator’s standing statements', () => {
  it('are refused for an unknown member, a described one, and one that has that standing', async () => {
    expect(await code(await signStanding(t.operator, 'vn-idea', 'suspended', t.now()))).toBe('member-unknown')
    await t.push(applicant.admission)
    expect(await code(await signStanding(t.operator, 'th-dbd', 'admitted', t.now()))).toBe('status-unchanged')
    expect(await code(await signStanding(t.operator, 'th-dbd', 'described', t.now()))).toBe('bad-claims')
  })

  it('are refused from a member, also about itself', async () => {
    await t.push(applicant.admission)
    expect(await code(await signStanding(applicant.signer, 'th-dbd', 'left', t.now()))).toBe('unknown-key')
  })

  it('keep a member from signing from the next statement of the same push on', async () => {
    await t.push(applicant.admission)
    const [suspension, record] = await t.push(
      await signStanding(t.operator, 'th-dbd', 'suspended', t.now()),
      await signRecord(applicant, recordClaims(applicant, t.now())),
    )
    expect([suspension, record]).toMatchObject([
      { outcome: 'accepted' },
      { problem: { code: 'issuer-not-admitted' } },
    ])
    await t.push(await signStanding(t.operator, 'th-dbd', 'admitted', t.now()))
    expect(await code(await signRecord(applicant, recordClaims(applicant, t.now() + 1)))).toBe('accepted')
  })

  it('of a withdrawn order that turns up late are refused', async () => {
    await t.push(applicant.admission)
    t.tick(10)
    const withheld = await signStanding(t.operator, 'th-dbd', 'admitted', t.now())
    t.tick(10)
    expect(await code(await signStanding(t.operator, 'th-dbd', 'left', t.now()))).toBe('accepted')
    expect(await code(withheld)).toBe('older-than-known')
    expect(await code(applicant.admission)).toBe('duplicate')
    t.tick(10)
    expect(await code(await signStanding(t.operator, 'th-dbd', 'admitted', t.now()))).toBe('accepted')
  })
})
