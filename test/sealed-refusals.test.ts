/** Everything that must not pass for a sealed complaint, a quote or a key: by the hub, by agencies and by the consumer's browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { CompactEncrypt, type JWK } from 'jose'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GeneralJwe, QuoteClaims, SealedComplaint } from '../src/dispute/envelope.js'
import { checkSealed, type SealedPlace } from '../src/dispute/sealed/check-sealed.js'
import { createConsumer, openConsumer } from '../src/dispute/sealed/consumer.js'
import { envelopeAadOf, formatAad } from '../src/dispute/sealed/envelope-aad.js'
import { COMPLAINT_JWE_TYP, MESSAGE_JWE_TYP, QUOTE_TYP } from '../src/dispute/sealed/formats.js'
import { encryptTo } from '../src/dispute/sealed/general-jwe.js'
import { checkMessage, openMessage, sealMessage } from '../src/dispute/sealed/message.js'
import { openComplaint, openIdentity, openSealed } from '../src/dispute/sealed/open-complaint.js'
import { formatPaddedJson } from '../src/dispute/sealed/padded-json.js'
import { SealError } from '../src/dispute/sealed/seal-error.js'
import { thumbprintOf } from '../src/dispute/sealed/thumbprint.js'
import { verifyQuote } from '../src/dispute/sealed/verify-quote.js'
import type { HubPort } from '../src/follow-log-keys.js'
import { importEd25519 } from '../src/log/ed25519.js'
import { createNoteSigner, createNoteVerifier, ED25519, formatVerifierKey } from '../src/log/note-key.js'
import { Refusal } from '../src/refusal.js'
import { encodeBase64url } from '../src/trust/json.js'
import { decodeJws, verifyJws } from '../src/trust/jws.js'
import { keySetFaults, type PublicJwk } from '../src/trust/keys.js'
import { signJws } from '../src/trust/signer.js'
import { chooseRecipients, type MemberKeys, readEncryptionKeys } from '../src/trusted-keys.js'
import { readAnchor } from '../src/verify.js'
import { forge, makeSigner } from './attacks.js'
import {
  createMember,
  createTestHub,
  ORIGIN,
  readmit,
  signStanding,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { portOf } from './hub-port.js'
import {
  COMPLAINT,
  IDENTITY,
  makeClaims,
  makeEncKey,
  makeScene,
  NOW,
  REFERENCE,
  type Scene,
  SECRET,
} from './sealed-scene.js'

const FOLDER = new URL('vectors/sealed/', import.meta.url)
const readVector = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T
const known = readVector<{ place: SealedPlace; sealed: SealedComplaint; readers: { privateJwk: JWK }[] }>(
  'valid/complaint.json',
)
const invalid = readdirSync(new URL('invalid/', FOLDER)).map((file) => ({
  name: file.replace('.json', '').replaceAll('-', ' '),
  ...readVector<{ about: string; at: string; sealed: SealedComplaint }>(`invalid/${file}`),
}))

let scene: Scene
beforeAll(async () => {
  scene = await makeScene()
})

function refusalOf(attempt: () => void): Refusal | undefined {
  try {
    attempt()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

describe('a sealed complaint is refused without any key', () => {
  it.each(invalid)('$name', ({ at, sealed }) => {
    expect(refusalOf(() => checkSealed(known.sealed, known.place))).toBeUndefined()
    const refusal = refusalOf(() => checkSealed(sealed, known.place))
    expect(refusal?.code).toBe('bad-envelope')
    expect(refusal?.details.at).toBe(at)
  })

  it.each(invalid)('and is not opened either: $name', async ({ sealed }) => {
    for (const { privateJwk } of known.readers)
      await expect(openSealed(sealed, known.place, privateJwk)).rejects.toMatchObject({
        code: 'bad-envelope',
      })
  })

  it.each<[string, (place: Scene['place']) => SealedPlace]>([
    ['under another quote', (p) => ({ ...p, quote: `${p.quote}x` })],
    ['in another revision', (p) => ({ ...p, revision: 2 })],
    ['in another case', (p) => inQuote(p, { case: 'JP-00000-00000' })],
    ['with other metadata', (p) => inQuote(p, { meta: { ...p.claims.quote.meta, amountBand: 5 } })],
    ['where the lead has a further key', (p) => withLead(p, [...p.recipients.lead, 'A'.repeat(43)])],
    ['where the lead has lost its keys', (p) => withLead(p, [])],
    ['where the partner is the lead as well', (p) => withLead(p, p.recipients.partner)],
    ['where the consumer changed her key', (p) => ({ ...p, consumer: { ...p.consumer, sign: otherSign } })],
    ['where her key has a false name', (p) => named(p, 'A'.repeat(43))],
    [
      'where she receives with the key that signs',
      (p) => ({ ...p, consumer: { ...p.consumer, enc: p.consumer.sign } }),
    ],
    ['where her private keys lie open', (p) => ({ ...p, consumer: { ...p.consumer, sealed: '{"d":"x"}' } })],
    [
      'where her private keys are sealed to a key of somebody’s',
      (p) => ({ ...p, consumer: { ...p.consumer, sealed: p.consumer.sealed.replace('..', '.AAAA.') } }),
    ],
  ])('%s', (_name, bend) => {
    const refusal = refusalOf(() => checkSealed(scene.sealed, bend(scene.place)))
    expect(refusal?.code).toBe('bad-envelope')
  })

  it('with parts of two complaints', async () => {
    const other = await makeScene({ consumer: scene.consumer })
    for (const mixed of [
      { ...scene.sealed, complaint: other.sealed.complaint },
      { ...scene.sealed, identity: other.sealed.identity },
    ])
      expect(refusalOf(() => checkSealed(mixed, scene.place))?.code).toBe('bad-envelope')
  })

  it('with a key under her secret in another form than the one', async () => {
    const sealed = await new CompactEncrypt(formatPaddedJson({}))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'trustmark-attachment+jwe' })
      .encrypt(new Uint8Array(32))
    const place = { ...scene.place, consumer: { ...scene.place.consumer, sealed } }
    expect(refusalOf(() => checkSealed(scene.sealed, place))?.details.at).toBe('consumer.sealed')
  })

  it('after any change of one character of what is authenticated outside', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('protected', 'aad') as fc.Arbitrary<'protected' | 'aad'>,
        fc.nat(),
        fc.constantFrom(...'AZaz09-_.='),
        (member, place, sign) => {
          const text = scene.sealed.complaint[member]
          const at = place % text.length
          fc.pre(text[at] !== sign)
          const complaint = {
            ...scene.sealed.complaint,
            [member]: text.slice(0, at) + sign + text.slice(at + 1),
          }
          expect(refusalOf(() => checkSealed({ ...scene.sealed, complaint }, scene.place))?.code).toBe(
            'bad-envelope',
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})

const otherSign = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', kid: 'B'.repeat(43) } as const

function inQuote(place: Scene['place'], over: Partial<QuoteClaims['quote']>): SealedPlace {
  return { ...place, claims: { ...place.claims, quote: { ...place.claims.quote, ...over } } }
}
function withLead(place: Scene['place'], lead: readonly string[]): SealedPlace {
  return { ...place, recipients: { ...place.recipients, lead } }
}
function named(place: Scene['place'], kid: string): SealedPlace {
  return { ...place, consumer: { ...place.consumer, enc: { ...place.consumer.enc, kid } } }
}

describe('an opener is not deceived', () => {
  const open = (jwe: GeneralJwe) => openComplaint(jwe, scene.lead[0]!.privateJwk)

  it.each<[string, string, (jwe: GeneralJwe) => GeneralJwe]>([
    ['ciphertext that was altered', 'not-decryptable', (j) => ({ ...j, ciphertext: flip(j.ciphertext) })],
    ['a tag that was altered', 'not-decryptable', (j) => ({ ...j, tag: flip(j.tag) })],
    ['a nonce that was altered', 'not-decryptable', (j) => ({ ...j, iv: flip(j.iv) })],
    [
      'an AAD about another case',
      'not-decryptable',
      (j) => ({ ...j, aad: aadWith({ case: 'JP-00000-00000' }) }),
    ],
    ['an AAD that is not canonical', 'not-as-promised', (j) => ({ ...j, aad: encode(' {}') })],
    [
      'an AAD that names other readers',
      'not-as-promised',
      (j) => ({ ...j, aad: aadWith({ recipients: ['A'.repeat(43)] }) }),
    ],
    ['entries that changed their names', 'not-decryptable', (j) => ({ ...j, recipients: exchangeKeys(j) })],
    ['a reader who was cut out', 'not-as-promised', (j) => ({ ...j, recipients: j.recipients.slice(1) })],
    [
      'another protected header',
      'malformed',
      (j) => ({ ...j, protected: encode('{"alg":"dir","enc":"A256GCM"}') }),
    ],
    [
      'another algorithm for the key',
      'malformed',
      (j) => ({
        ...j,
        recipients: j.recipients.map((r) => ({ ...r, header: { ...r.header, alg: 'ECDH-ES' as never } })),
      }),
    ],
  ])('by %s', async (_name, code, alter) => {
    await expect(open(alter(scene.sealed.complaint))).rejects.toMatchObject({ name: 'SealError', code })
  })

  it('by the identity in the complaint’s place, or the other way round', async () => {
    await expect(open(scene.sealed.identity)).rejects.toMatchObject({ code: 'not-as-promised' })
    await expect(openIdentity(scene.sealed.complaint, scene.lead[0]!.privateJwk)).rejects.toMatchObject({
      code: 'not-as-promised',
    })
  })

  it('by a key of the same name that is not the recipient’s', async () => {
    const stranger = await makeEncKey()
    await expect(openComplaint(scene.sealed.complaint, stranger.privateJwk)).rejects.toMatchObject({
      code: 'not-a-recipient',
    })
    const { kid } = scene.lead[0]!.publicJwk
    await expect(
      openComplaint(scene.sealed.complaint, { ...stranger.privateJwk, kid }),
    ).rejects.toMatchObject({
      code: 'not-a-recipient',
    })
  })

  it('by a payload of another form, and repeats none of it', async () => {
    const seal = (payload: object) =>
      encryptTo(
        formatPaddedJson(payload),
        COMPLAINT_JWE_TYP,
        formatAad(envelopeAadOf('complaint', scene.place)),
        [scene.lead[0]!.publicJwk, scene.partner[0]!.publicJwk, scene.consumer.keys.enc],
      )
    for (const payload of [
      {},
      IDENTITY,
      { ...COMPLAINT, v: 2 },
      { ...COMPLAINT, story: { ...COMPLAINT.story, lang: 'SENTINEL!' } },
      { ...COMPLAINT, nationality: 'SENTINEL' },
    ]) {
      const error: unknown = await open(await seal(payload)).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(SealError)
      expect(error).toMatchObject({ code: 'bad-payload' })
      expect((error as SealError).message).not.toContain('SENTINEL')
    }
    expect((await open(await seal(COMPLAINT))).payload).toEqual(COMPLAINT)
  })

  it('by keys under her secret that are none', async () => {
    const other = await createConsumer(REFERENCE, SECRET)
    expect((await openConsumer(REFERENCE, SECRET, other.keys.sealed)).keys.enc.kid).toBe(other.keys.enc.kid)
    await expect(openConsumer(REFERENCE, '0'.repeat(24), other.keys.sealed)).rejects.toMatchObject({
      code: 'wrong-secret',
    })
  })

  it('by a message moved to another place, or to other readers', async () => {
    const place = { case: REFERENCE, prev: 'a'.repeat(64), from: scene.consumer.keys.sign.kid }
    const lead = scene.lead[0]!
    const jwe = await sealMessage({ v: 1, texts: [] }, place, [lead.publicJwk])
    const check = (...args: Parameters<typeof checkMessage>) => refusalOf(() => checkMessage(...args))
    expect(check(jwe, place, [lead.publicJwk.kid])).toBeUndefined()
    expect(check(jwe, { ...place, prev: 'b'.repeat(64) })?.details.at).toBe('message.aad.prev')
    expect(check(jwe, { ...place, from: 'B'.repeat(43) })?.details.at).toBe('message.aad.from')
    expect(check(jwe, place, [scene.consumer.keys.enc.kid])?.details.at).toBe('message.recipients')
    const complaint = { ...jwe, protected: scene.sealed.complaint.protected }
    expect(check(complaint, place)?.details.at).toBe('message.protected')
    await expect(openMessage(complaint, place, lead.privateJwk)).rejects.toMatchObject({ code: 'malformed' })
    expect(MESSAGE_JWE_TYP).not.toBe(COMPLAINT_JWE_TYP)
  })

  it('and nobody seals to a key that the browser does not know', async () => {
    const unknown = { kty: 'OKP', crv: 'X25519', x: 'AA', kid: 'A'.repeat(43) } as const
    await expect(encryptTo(new Uint8Array(512), COMPLAINT_JWE_TYP, '{}', [unknown])).rejects.toMatchObject({
      code: 'key-unsupported',
    })
  })
})

function flip(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
}
function encode(text: string): string {
  return encodeBase64url(new TextEncoder().encode(text))
}
function aadWith(change: object): string {
  return encode(formatAad({ ...envelopeAadOf('complaint', scene.place), ...change }))
}
/** Two readers get each other's wrapped key. */
function exchangeKeys({ recipients }: GeneralJwe): GeneralJwe['recipients'] {
  const [a, b, ...rest] = recipients
  return [{ ...a!, encrypted_key: b!.encrypted_key }, { ...b!, encrypted_key: a!.encrypted_key }, ...rest]
}

describe('a quote', () => {
  const keys = () => ({ alliance: scene.claims.iss, federation: [scene.hubPublic] })

  it('is believed when the alliance signed it and it has not expired', async () => {
    expect(await verifyQuote(scene.quote, keys(), NOW)).toEqual(scene.claims)
    expect(await verifyQuote(scene.quote, keys(), scene.claims.exp)).toEqual(scene.claims)
    // What was filed with it in time stays filed.
    expect(await verifyQuote(scene.quote, keys())).toEqual(scene.claims)
  })

  it('is refused once it has expired, or before its time', async () => {
    await expect(verifyQuote(scene.quote, keys(), scene.claims.exp + 1)).rejects.toMatchObject({
      code: 'quote-expired',
    })
    await expect(verifyQuote(scene.quote, keys(), NOW - 61)).rejects.toMatchObject({ code: 'bad-quote' })
  })

  it('is refused when it is altered, unsigned, of another type, alliance or key', async () => {
    const stranger = await makeSigner('ES256')
    const sign = (claims: object, typ = QUOTE_TYP) => signJws(scene.hub, typ, claims)
    const { claims } = scene
    for (const [name, jws] of Object.entries({
      altered: forge(scene.quote, { payload: JSON.stringify({ ...claims, exp: claims.exp + 9e6 }) }),
      unsigned: forge(scene.quote, {
        header: JSON.stringify({ alg: 'none', kid: scene.hub.kid, typ: QUOTE_TYP }),
      }),
      symmetric: forge(scene.quote, {
        header: JSON.stringify({ alg: 'HS256', kid: scene.hub.kid, typ: QUOTE_TYP }),
      }),
      'another type': await sign(claims, 'trustmark-verdict+jwt'),
      'another key': await signJws(stranger.signer, QUOTE_TYP, claims),
      'another issuer': await sign({ ...claims, iss: 'https://other.example/alliance' }),
      'another audience': await sign({ ...claims, aud: 'https://other.example/alliance' }),
      'a further claim': await sign({ ...claims, note: 'x' }),
      text: 'not a quote',
    }))
      await expect(verifyQuote(jws, keys(), NOW), name).rejects.toMatchObject({ code: 'bad-quote' })
  })
})

describe('keys to encrypt to', () => {
  let t: TestHub
  let ccj: TestMember
  let ocpb: TestMember
  let fetchText: HubPort['text']
  const read = (fetch: HubPort['text'] = fetchText, members = ['jp-ccj', 'th-ocpb']) =>
    readEncryptionKeys(portOf(t.app, { text: fetch }), ORIGIN, members, { now: t.now() })
  /** A hub that answers some paths otherwise; it may show the proof of one admission for every other. */
  const lying =
    (
      change: (path: string, text: string) => string | Promise<string>,
      proofOf?: TestMember,
    ): HubPort['text'] =>
    async (path) => {
      const shown =
        proofOf && path.endsWith('/proof') ? `/v1/statements/${await hashOf(proofOf.admission)}/proof` : path
      return change(path, await fetchText(shown))
    }

  beforeAll(async () => {
    t = await createTestHub()
    ccj = await t.admit('jp-ccj')
    ocpb = await t.admit('th-ocpb')
    fetchText = async (path) => {
      const response = await t.app.request(path)
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
      return response.text()
    }
  })

  it('are those of the operator-signed, logged admissions', async () => {
    const keys = await read()
    expect([...keys.keys()]).toEqual(['jp-ccj', 'th-ocpb'])
    expect(keys.get('jp-ccj')).toEqual({
      id: 'jp-ccj',
      entity: `${ORIGIN}/members/jp-ccj`,
      name: ccj.definition.name,
      country: 'JP',
      calendar: ccj.definition.calendar,
      enc: ccj.keys.enc,
      auth: ccj.keys.auth,
      former: [],
      index: 0,
    })
    const anchor = await readAnchor(
      await fetchText('/alliance/.well-known/openid-federation'),
      ORIGIN,
      t.now(),
    )
    expect(
      await readEncryptionKeys(portOf(t.app, { text: fetchText }), ORIGIN, ['th-ocpb'], { anchor }),
    ).toEqual(new Map([['th-ocpb', keys.get('th-ocpb')]]))
  })

  it('are not believed from another operator, log, member or standing', async () => {
    const member = (
      change: (page: { participation: string; admission: { statement: string | null } }) => object,
    ) =>
      lying((path, text) =>
        path === '/v1/members/jp-ccj'
          ? JSON.stringify({ ...JSON.parse(text), ...change(JSON.parse(text)) })
          : text,
      )
    const rogue = await createTestHub()
    const forged = (await rogue.admit('jp-ccj')).admission
    const cases: [string, HubPort['text'], string][] = [
      ['another operator', member(() => ({ admission: { statement: forged } })), 'unknown-key'],
      ['another member', member(() => ({ admission: { statement: ocpb.admission } })), 'unknown-issuer'],
      ['nobody', member(() => ({ admission: { statement: null } })), 'issuer-not-admitted'],
      ['a suspended member', member(() => ({ participation: 'suspended' })), 'issuer-not-admitted'],
      [
        'the log of another statement',
        lying(async (path, text) =>
          path.endsWith('/proof') ? fetchText(`/v1/statements/${await hashOf(ocpb.admission)}/proof`) : text,
        ),
        'bad-claims',
      ],
      [
        'a proof of another log',
        lying((path, text) => (path.endsWith('/proof') ? text.replace(/index \d+/, 'index 1') : text)),
        'root-mismatch',
      ],
    ]
    for (const [name, fetch, code] of cases) await expect(read(fetch), name).rejects.toMatchObject({ code })
  })

  it('are not believed when the operator signed them but the log does not hold them', async () => {
    const unlogged = await createMember('jp-ccj', ORIGIN, t.operator, t.now())
    const fetch = (proofOf: TestMember) =>
      lying(async (path, text) => {
        if (path === '/v1/members/jp-ccj')
          return JSON.stringify({
            ...JSON.parse(text),
            admission: { index: 0, statement: unlogged.admission },
          })
        return text
      }, proofOf)
    await expect(read(fetch(unlogged))).rejects.toThrow('404')
    await expect(read(fetch(ccj))).rejects.toMatchObject({ code: 'bad-claims' })
  })

  describe('that a member replaced', () => {
    let own: TestHub
    let admissions: TestMember[]
    let asked: string[]
    /** Reads signers; the page may be bent. */
    const readSigners = (change: (page: Page) => object = () => ({}), anyStanding = true) => {
      const fetch: HubPort['text'] = async (path) => {
        asked.push(path)
        const text = await (await own.app.request(path)).text()
        if (path !== '/v1/members/jp-ccj') return text
        const page = JSON.parse(text) as Page
        return JSON.stringify({ ...page, ...change(page) })
      }
      return readEncryptionKeys(portOf(own.app, { text: fetch }), ORIGIN, ['jp-ccj'], {
        now: own.now(),
        anyStanding,
      })
    }
    interface Page {
      admission: { index: number; statement: string }
      earlierAdmissions: { index: number; statement: string }[]
    }

    beforeAll(async () => {
      own = await createTestHub()
      const first = await own.admit('jp-ccj')
      admissions = [first]
      // The same keys, another key, the same keys, a third key and its definition anew.
      for (const keep of [true, false, true, false, true]) {
        own.tick(1000)
        const next = await readmit(admissions.at(-1)!, ORIGIN, own.operator, own.now(), { keep })
        expect(await own.push(next.admission)).toMatchObject([{ outcome: 'accepted' }])
        admissions.push(next)
      }
    })
    beforeEach(() => {
      asked = []
    })

    it('are told with the time at which each was left out', async () => {
      const start = own.now() - 5000
      const [one, two, three] = [0, 2, 4].map((i) => admissions[i]!.keys.auth[0]!)
      expect((await readSigners()).get('jp-ccj')).toMatchObject({
        auth: [three],
        former: [
          { jwk: one, until: (start + 2000) * 1000 },
          { jwk: two, until: (start + 4000) * 1000 },
        ],
        index: 5,
      })
      // Configuration, page, and a proof for the newest and for each admission that changed who signs.
      expect(asked).toHaveLength(6)
    })

    it('are not asked for where something is encrypted', async () => {
      const keys = (await readSigners(undefined, false)).get('jp-ccj')
      expect(keys).toMatchObject({ auth: admissions.at(-1)!.keys.auth, former: [] })
      expect(asked).toHaveLength(3)
    })

    it('are not believed from another operator, log or member, nor in another order', async () => {
      const rogue = await createTestHub()
      const forged = (await rogue.admit('jp-ccj')).admission
      const unlogged = (await createMember('jp-ccj', ORIGIN, own.operator, own.now())).admission
      const stranger = await own.admit('th-ocpb')
      const earlier = (...statements: string[]) => ({
        earlierAdmissions: statements.map((statement) => ({ index: 0, statement })),
      })
      const cases: [string, (page: Page) => object, object][] = [
        ['another operator', () => earlier(forged), { code: 'unknown-key' }],
        ['another member', () => earlier(stranger.admission), { code: 'unknown-issuer' }],
        // What the hub answers in place of a proof is none.
        ['no log', () => earlier(unlogged), { name: 'LogError' }],
        ['nobody', () => ({ earlierAdmissions: [{ statement: null }] }), { code: 'bad-claims' }],
        ['too many', () => earlier(...Array<string>(13).fill(forged)), { code: 'bad-claims' }],
        [
          'an old one as the newest',
          ({ admission, earlierAdmissions: [first] }) => ({
            admission: first,
            earlierAdmissions: [admission],
          }),
          { code: 'bad-claims' },
        ],
      ]
      for (const [name, change, refusal] of cases)
        await expect(readSigners(change), name).rejects.toMatchObject(refusal)
    })

    it('are gone with a statement that was erased, and nothing else is', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hub-erased-'))
      const file = join(folder, 'hub.sqlite')
      const some = await createTestHub(file)
      let last = await some.admit('jp-ccj')
      for (let i = 0; i < 2; i += 1) {
        some.tick()
        last = await readmit(last, ORIGIN, some.operator, some.now())
        await some.push(last.admission)
      }
      const raw = new BetterSqlite3(file)
      raw.exec('delete from statements where idx = 0')
      raw.close()
      const keys = await readEncryptionKeys(portOf(some.app), ORIGIN, ['jp-ccj'], {
        now: some.now(),
        anyStanding: true,
      })
      expect(keys.get('jp-ccj')).toMatchObject({ auth: last.keys.auth, index: 2 })
      expect(keys.get('jp-ccj')!.former).toHaveLength(1)
      rmSync(folder, { recursive: true })
    })

    it('are as many as a year of replacing, the newest ones', async () => {
      const many = await createTestHub()
      let last = await many.admit('jp-ccj')
      for (let i = 0; i < 14; i += 1) {
        many.tick()
        last = await readmit(last, ORIGIN, many.operator, many.now())
        await many.push(last.admission)
      }
      const page = (await (await many.app.request('/v1/members/jp-ccj')).json()) as Page
      expect(page.admission.index).toBe(14)
      expect(page.earlierAdmissions.map(({ index }) => index)).toEqual(
        Array.from({ length: 12 }, (_, i) => i + 2),
      )
      const keys = await readEncryptionKeys(portOf(many.app), ORIGIN, ['jp-ccj'], {
        now: many.now(),
        anyStanding: true,
      })
      expect(keys.get('jp-ccj')!.former).toHaveLength(12)
    })
  })

  it('end with the member’s standing', async () => {
    const own = await createTestHub()
    await own.admit('jp-ccj')
    await own.push(await signStanding(own.operator, 'jp-ccj', 'suspended', own.now()))
    await expect(
      readEncryptionKeys(portOf(own.app), ORIGIN, ['jp-ccj'], { now: own.now() }),
    ).rejects.toMatchObject({
      code: 'issuer-not-admitted',
    })
  })

  it('must be the quote’s: none that is not in the log, of another role or member, none left out', async () => {
    const keys = await read()
    const choose = (over: Partial<QuoteClaims['quote']>, trusted: ReadonlyMap<string, MemberKeys> = keys) => {
      const claims = makeClaims(ccj.keys.enc, ocpb.keys.enc, over)
      return chooseRecipients(claims, trusted)
    }
    expect(choose({})).toEqual({ lead: ccj.keys.enc, partner: ocpb.keys.enc })
    expect(choose({ lead: null, partner: null, recipients: [] })).toEqual({ lead: [], partner: [] })
    const [good, other] = [
      { member: 'jp-ccj', kid: ccj.keys.enc[0]!.kid },
      { member: 'th-ocpb', kid: ocpb.keys.enc[0]!.kid },
    ]
    const stranger = (await makeEncKey()).publicJwk
    const cases: [string, Partial<QuoteClaims['quote']>, string][] = [
      [
        'not in the log',
        { recipients: [good, { member: 'jp-ccj', kid: stranger.kid }, other] },
        'unknown-key',
      ],
      ['in its stead', { recipients: [{ member: 'jp-ccj', kid: stranger.kid }, other] }, 'bad-quote'],
      [
        'auth',
        { recipients: [good, { member: 'jp-ccj', kid: ccj.keys.auth[0]!.kid }, other] },
        'wrong-key-role',
      ],
      ['of the partner', { recipients: [good, { member: 'jp-ccj', kid: other.kid }, other] }, 'unknown-key'],
      ['of a third', { recipients: [good, other, { member: 'th-dbd', kid: stranger.kid }] }, 'bad-quote'],
      ['left out', { recipients: [other] }, 'bad-quote'],
      [
        'of an unverified member',
        { lead: 'vn-vcc', recipients: [{ ...good, member: 'vn-vcc' }, other] },
        'unknown-issuer',
      ],
    ]
    for (const [name, over, code] of cases) expect(refusalOf(() => choose(over))?.code, name).toBe(code)
    const two = { ...keys.get('jp-ccj')!, enc: [...ccj.keys.enc, stranger] }
    expect(refusalOf(() => choose({}, new Map([...keys, ['jp-ccj', two]])))?.code).toBe('bad-quote')
  })

  it('are proven under any statement’s hash, and under no other', async () => {
    const { status } = await t.app.request(`/v1/statements/${'0'.repeat(64)}/proof`)
    expect(status).toBe(404)
    expect((await t.app.request('/v1/statements/x/proof')).status).toBe(400)
    const proof = await t.app.request(`/v1/statements/${await hashOf(ccj.admission)}/proof`)
    expect(proof.headers.get('Content-Disposition')).toContain('.tlog-proof')
    expect(await proof.text()).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /)
  })
})

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('hex')
}

describe('where the platform has no Ed25519', () => {
  /** As Chrome before 137 answers, and the browsers inside apps. */
  async function without<T>(work: () => Promise<T>): Promise<T> {
    const { result, asked } = await run(work)
    expect(asked).toBeGreaterThan(0)
    return result
  }
  const withoutCurves = async <T>(work: () => Promise<T>): Promise<T> => (await run(work)).result

  async function run<T>(work: () => Promise<T>): Promise<{ result: T; asked: number }> {
    const real = crypto.subtle.importKey.bind(crypto.subtle)
    let asked = 0
    const spy = vi.spyOn(crypto.subtle, 'importKey').mockImplementation(((
      ...args: Parameters<typeof real>
    ) => {
      const algorithm = args[2] as { name: string } | string
      if (!/25519$/.test(typeof algorithm === 'string' ? algorithm : algorithm.name)) return real(...args)
      asked += 1
      return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
    }) as typeof real)
    try {
      return { result: await work(), asked }
    } finally {
      spy.mockRestore()
    }
  }

  it('checkpoints are verified all the same, and false ones refused', async () => {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const vkey = formatVerifierKey({ name: 'hub.example/log', type: ED25519, publicKey })
    const text = new TextEncoder().encode('checkpoint\n')
    const signature = await createNoteSigner('hub.example/log', pair.privateKey, publicKey).sign(text)
    const verifier = await without(() => createNoteVerifier(vkey))
    expect(await verifier.verify(text, signature)).toBe(true)
    expect(await verifier.verify(new TextEncoder().encode('another\n'), signature)).toBe(false)
    const altered = Uint8Array.from(signature, (byte, i) => (i === 40 ? byte ^ 1 : byte))
    expect(await verifier.verify(text, altered)).toBe(false)
    expect(await verifier.verify(text, signature.slice(0, 63))).toBe(false)
  })

  it('the same signatures are accepted as where it has it', async () => {
    // A key of small order: ZIP-215 accepts this signature over anything, RFC 8032 verifiers of browsers do not.
    const smallOrder = new Uint8Array(32)
    smallOrder[0] = 1
    const message = new TextEncoder().encode('anything') as Uint8Array<ArrayBuffer>
    const signature = new Uint8Array(64)
    signature[0] = 1
    expect(await (await without(() => importEd25519(smallOrder)))(signature, message)).toBe(false)
  })

  it('the keys of a member that has such ones are read all the same', async () => {
    const ed25519 = (await makeSigner('EdDSA')).publicJwk as Extract<PublicJwk, { kty: 'OKP' }>
    const x25519 = (await makeEncKey('X25519')).publicJwk
    const parts = await Promise.all([1, 2].map(async () => (await makeSigner('ES256')).publicJwk))
    const keys = { issue: [parts[0]!], auth: [ed25519], enc: [x25519], recovery: [parts[1]!] }
    expect(await withoutCurves(() => keySetFaults(keys))).toEqual([])
    const short = {
      ...ed25519,
      x: ed25519.x.slice(4),
      kid: thumbprintOf({ ...ed25519, x: ed25519.x.slice(4) }),
    }
    expect(await withoutCurves(() => keySetFaults({ ...keys, auth: [short] }))).toHaveLength(1)
  })

  it('members’ EdDSA statements are verified too', async () => {
    const { signer, publicJwk } = await makeSigner('EdDSA')
    const jws = await signJws(signer, QUOTE_TYP, { a: 1 })
    const types = { [QUOTE_TYP]: { maxBytes: 9999 } }
    await without(() => verifyJws(decodeJws(jws, types), publicJwk))
    // The memo keeps the verifier that was made.
    const altered = decodeJws(forge(jws, { payload: '{"a":2}' }), types)
    await expect(verifyJws(altered, publicJwk)).rejects.toMatchObject({ code: 'bad-signature' })
  })
})
