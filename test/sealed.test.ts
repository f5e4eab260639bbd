/** What is sealed in a case opens for exactly those it is for, and what is derived from a secret is what it was last year. */
import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  pbkdf2Sync,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseEventClaims, receiptClaims } from '../src/dispute/case-event.js'
import {
  caseReference,
  createCaseReference,
  createCaseSecret,
  formatCaseSecret,
  readCaseReference,
  readCaseSecret,
} from '../src/dispute/case-reference.js'
import {
  attachmentNotice,
  consumerKeys,
  type GeneralJwe,
  MAX_JWE_BYTES,
  sealedComplaint,
} from '../src/dispute/envelope.js'
import {
  attachmentKey,
  type ComplaintPayload,
  MAX_FREE_TEXT,
  type MessagePayload,
} from '../src/dispute/payload.js'
import { openAttachment, sealAttachment } from '../src/dispute/sealed/attachment.js'
import { checkSealed } from '../src/dispute/sealed/check-sealed.js'
import { createConsumer, openConsumer } from '../src/dispute/sealed/consumer.js'
import {
  envelopeAadOf,
  formatAad,
  hashEnvelope,
  hashMessage,
  readAadText,
} from '../src/dispute/sealed/envelope-aad.js'
import {
  ASSERTION_LIFETIME,
  ASSERTION_TYP,
  CASE_EVENT_TYP,
  CASE_RECEIPT_TYP,
} from '../src/dispute/sealed/formats.js'
import { checkMessage, openMessage, sealMessage } from '../src/dispute/sealed/message.js'
import { openComplaint, openIdentity, openSealed } from '../src/dispute/sealed/open-complaint.js'
import { formatPaddedJson, PADDING_BLOCK, parsePaddedJson } from '../src/dispute/sealed/padded-json.js'
import { accessKeyOf, hashAccessKey, PBKDF2_ITERATIONS } from '../src/dispute/sealed/secret.js'
import { signAssertion, signCaseEvent, signReceipt } from '../src/dispute/sealed/sign-case.js'
import { thumbprintOf } from '../src/dispute/sealed/thumbprint.js'
import { checkWork } from '../src/dispute/work.js'
import { canonicalJson, jsonDigest, sha256Hex } from '../src/trust/digest.js'
import { encodeBase64url } from '../src/trust/json.js'
import { decodeJws, readPayload, verifyJws } from '../src/trust/jws.js'
import { makeSigner } from './attacks.js'
import {
  COMPLAINT,
  IDENTITY,
  makeEncKey,
  makeScene,
  NOW,
  REFERENCE,
  type Scene,
  SECRET,
} from './sealed-scene.js'

let scene: Scene
beforeAll(async () => {
  scene = await makeScene({ lead: ['P-256', 'P-256'] })
})

function vector<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`vectors/sealed/valid/${name}.json`, import.meta.url), 'utf8')) as T
}

describe('a sealed complaint', () => {
  it('opens for every officer of the lead, with her identity', async () => {
    for (const { privateJwk } of scene.lead)
      expect(await openSealed(scene.sealed, scene.place, privateJwk)).toEqual({
        complaint: COMPLAINT,
        identity: IDENTITY,
      })
  })

  it('opens for the partner without her identity', async () => {
    const [partner] = scene.partner
    expect(await openSealed(scene.sealed, scene.place, partner!.privateJwk)).toEqual({
      complaint: COMPLAINT,
      identity: null,
    })
    await expect(openIdentity(scene.sealed.identity, partner!.privateJwk)).rejects.toMatchObject({
      code: 'not-a-recipient',
    })
  })

  it('opens for the consumer herself, whole', async () => {
    expect(await openSealed(scene.sealed, scene.place, scene.consumer.encPrivate)).toEqual({
      complaint: COMPLAINT,
      identity: IDENTITY,
    })
  })

  it('has the published form, and says in its AAD what it belongs to', async () => {
    expect(sealedComplaint.parse(JSON.parse(JSON.stringify(scene.sealed)))).toEqual(scene.sealed)
    expect(() => checkSealed(scene.sealed, scene.place)).not.toThrow()
    const { aad } = await openComplaint(scene.sealed.complaint, scene.consumer.encPrivate)
    expect(aad).toEqual(envelopeAadOf('complaint', scene.place))
    expect(aad.recipients).toHaveLength(4)
    expect(
      (await openIdentity(scene.sealed.identity, scene.consumer.encPrivate)).aad.recipients,
    ).toHaveLength(3)
  })

  it.each([['P-256'], ['P-384'], ['X25519']] as const)('opens with an agency’s %s key', async (crv) => {
    const other = await makeScene({ lead: [crv], partner: [crv], consumer: scene.consumer })
    expect(sealedComplaint.safeParse(JSON.parse(JSON.stringify(other.sealed))).success).toBe(true)
    const { complaint } = await openSealed(other.sealed, other.place, other.lead[0]!.privateJwk)
    expect(complaint).toEqual(COMPLAINT)
    expect((await openComplaint(other.sealed.complaint, other.partner[0]!.privateJwk)).payload).toEqual(
      COMPLAINT,
    )
  })

  it('has one form also where nobody but she can open it', async () => {
    const alone = await makeScene({ lead: [], partner: [], consumer: scene.consumer })
    expect(() => checkSealed(alone.sealed, alone.place)).not.toThrow()
    expect(alone.sealed.complaint.protected).toBe(scene.sealed.complaint.protected)
    expect(alone.sealed.complaint.recipients).toHaveLength(1)
    expect((await openSealed(alone.sealed, alone.place, scene.consumer.encPrivate)).identity).toEqual(
      IDENTITY,
    )
  })

  it('holds the longest story in any script within the limit', async () => {
    for (const sign of ['ก', '絹', '👩‍👩‍👧'.slice(0, 2)]) {
      const story = { ...COMPLAINT.story, text: sign.repeat(Math.floor(MAX_FREE_TEXT / sign.length)) }
      const long = await makeScene({ complaint: { ...COMPLAINT, story }, consumer: scene.consumer })
      expect(long.sealed.complaint.ciphertext.length).toBeLessThan(MAX_JWE_BYTES)
      expect(sealedComplaint.safeParse(long.sealed).success).toBe(true)
    }
  })

  it('is another ciphertext each time, and is named by all of it', async () => {
    const again = await makeScene({ consumer: scene.consumer })
    expect(again.sealed.complaint.ciphertext).not.toBe(scene.sealed.complaint.ciphertext)
    expect(hashEnvelope(scene.sealed)).toBe(jsonDigest(scene.sealed))
    expect(hashEnvelope(again.sealed)).not.toBe(hashEnvelope(scene.sealed))
  })

  it('opens for a client written from the RFCs alone (ECDH, Concat KDF, AES-KW, AES-GCM)', () => {
    const readers = [...scene.lead, ...scene.partner].map(({ privateJwk }) => privateJwk)
    for (const privateJwk of [...readers, scene.consumer.encPrivate])
      expect(JSON.parse(decryptByHand(scene.sealed.complaint, privateJwk))).toEqual(COMPLAINT)
    expect(() => decryptByHand(scene.sealed.identity, scene.partner[0]!.privateJwk)).toThrow()
  })
})

/** RFC 7516 and RFC 7518 with nothing but node:crypto: no line of it is shared with what sealed the text. */
function decryptByHand(jwe: GeneralJwe, privateJwk: JWK): string {
  const kid = thumbprintOf(privateJwk)
  const recipient = jwe.recipients.find(({ header }) => header.kid === kid)!
  const z = diffieHellman({
    privateKey: createPrivateKey({ key: privateJwk as never, format: 'jwk' }),
    publicKey: createPublicKey({ key: recipient.header.epk as never, format: 'jwk' }),
  })
  const uint32 = (n: number) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n])
  const alg = Buffer.from(recipient.header.alg)
  // RFC 7518 section 4.6.2: round 1 of 1, Z, AlgorithmID, empty PartyUInfo and PartyVInfo, 256 bits.
  const wrapping = createHash('sha256')
    .update(Buffer.concat([uint32(1), z, uint32(alg.length), alg, uint32(0), uint32(0), uint32(256)]))
    .digest()
  const unwrap = createDecipheriv('id-aes256-wrap', wrapping, Buffer.alloc(8, 0xa6))
  const cek = Buffer.concat([
    unwrap.update(Buffer.from(recipient.encrypted_key, 'base64url')),
    unwrap.final(),
  ])
  const gcm = createDecipheriv('aes-256-gcm', cek, Buffer.from(jwe.iv, 'base64url'))
  gcm.setAAD(Buffer.from(`${jwe.protected}.${jwe.aad}`, 'ascii'))
  gcm.setAuthTag(Buffer.from(jwe.tag, 'base64url'))
  return Buffer.concat([gcm.update(Buffer.from(jwe.ciphertext, 'base64url')), gcm.final()]).toString('utf8')
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 600 }),
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.string({
    unit: fc.constantFrom('ผ้าไหม', '絹', 'ほ', 'Ơ', '👩‍👩‍👧', '‎', '\u0000', '"', '\\', '\n'),
    maxLength: 200,
  }),
)

describe('padding', () => {
  it('gives back any text, in whole blocks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const padded = formatPaddedJson({ text })
        expect(padded.length % PADDING_BLOCK).toBe(0)
        expect(parsePaddedJson(padded, 'It')).toEqual({ text })
        // A reader that knows nothing of padding reads the same.
        expect(JSON.parse(new TextDecoder().decode(padded))).toEqual({ text })
      }),
    )
  })

  it('hides the length within a block', () => {
    const bare = '{"text":""}'.length
    const length = (letters: number) => formatPaddedJson({ text: 'x'.repeat(letters) }).length
    expect(length(0)).toBe(PADDING_BLOCK)
    expect(length(PADDING_BLOCK - bare)).toBe(PADDING_BLOCK)
    expect(length(PADDING_BLOCK - bare + 1)).toBe(2 * PADDING_BLOCK)
  })

  it('leaves no difference to be seen between a short and a longer story', async () => {
    const sizes = new Set<number>()
    for (const text of ['x', 'x'.repeat(40), '絹'.repeat(12)]) {
      const story = { ...COMPLAINT.story, text }
      const { sealed } = await makeScene({ complaint: { ...COMPLAINT, story }, consumer: scene.consumer })
      sizes.add(sealed.complaint.ciphertext.length)
    }
    expect(sizes.size).toBe(1)
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['JSON that is not padded', new TextEncoder().encode('{}')],
    ['a block that is no JSON', new Uint8Array(PADDING_BLOCK).fill(0x20)],
    ['a block of a key twice', new TextEncoder().encode('{"a":1,"a":2}'.padEnd(PADDING_BLOCK))],
    ['bytes that are no UTF-8', new Uint8Array(PADDING_BLOCK).fill(0xff)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => parsePaddedJson(bytes, 'It')).toThrow(expect.objectContaining({ code: 'bad-payload' }))
  })
})

describe('messages', () => {
  const payload: MessagePayload = {
    v: 1,
    texts: [
      { lang: 'th', text: 'ร้านค้าตอบว่าส่งของแล้ว', made: 'original' },
      { lang: 'ja', text: '店は発送済みだと回答しています。', made: 'machine' },
    ],
    merchant: { result: 'offers', remedy: 'refund', amount: { amount: '1290', currency: 'THB' } },
  }

  it('open for everyone they are for, in their place only', async () => {
    const place = { case: REFERENCE, prev: 'a'.repeat(64), from: scene.lead[0]!.publicJwk.kid }
    const recipients = [...scene.partner.map(({ publicJwk }) => publicJwk), scene.consumer.keys.enc]
    const jwe = await sealMessage(payload, place, recipients)
    expect(() => checkMessage(jwe, place)).not.toThrow()
    expect(() =>
      checkMessage(
        jwe,
        place,
        recipients.map(({ kid }) => kid),
      ),
    ).not.toThrow()
    expect(await openMessage(jwe, place, scene.consumer.encPrivate)).toEqual(payload)
    expect(await openMessage(jwe, place, scene.partner[0]!.privateJwk)).toEqual(payload)
    for (const other of [
      { ...place, case: 'JP-00000-00000' },
      { ...place, prev: 'b'.repeat(64) },
      { ...place, from: scene.consumer.keys.sign.kid },
    ])
      await expect(openMessage(jwe, other, scene.consumer.encPrivate)).rejects.toMatchObject({
        code: 'not-as-promised',
      })
    await expect(openMessage(jwe, place, scene.lead[0]!.privateJwk)).rejects.toMatchObject({
      code: 'not-a-recipient',
    })
  })

  it('round-trip for any text, to one recipient or several', async () => {
    const place = { case: REFERENCE, prev: 'a'.repeat(64), from: scene.consumer.keys.sign.kid }
    const all = [...scene.lead, ...scene.partner]
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: all.length }), async (text, count) => {
        fc.pre(text !== '')
        const words: MessagePayload = { v: 1, texts: [{ lang: 'en', text, made: 'original' }] }
        const readers = all.slice(0, count)
        const jwe = await sealMessage(
          words,
          place,
          readers.map(({ publicJwk }) => publicJwk),
        )
        expect(await openMessage(jwe, place, readers.at(-1)!.privateJwk)).toEqual(words)
      }),
      { numRuns: 30 },
    )
  })
})

describe('attachments', () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256)

  it('come back byte for byte with the key from the payload', async () => {
    const { key, notice, sealed } = await sealAttachment(bytes, {
      name: '領収書.pdf',
      type: 'application/pdf',
    })
    expect(attachmentKey.parse(key)).toEqual(key)
    expect(attachmentNotice.parse(notice)).toEqual({
      id: key.id,
      bytes: sealed.length,
      sha256: sha256Hex(sealed),
    })
    expect(await openAttachment(sealed, key)).toEqual(bytes)
  })

  it('say nothing of name, type or content to who stores them', async () => {
    const { notice, sealed } = await sealAttachment(new TextEncoder().encode('SENTINEL'.repeat(9)), {
      name: 'SENTINEL.png',
      type: 'image/png',
    })
    expect(JSON.stringify(notice) + new TextDecoder().decode(sealed)).not.toMatch(/SENTINEL|png/i)
  })

  it('are refused when they are not the ones that the complaint names', async () => {
    const file = { name: 'a.pdf', type: 'application/pdf' } as const
    const [one, two] = [await sealAttachment(bytes, file), await sealAttachment(bytes, file)]
    const open = (sealed: Uint8Array, key: typeof one.key) => openAttachment(sealed, key)
    await expect(open(two.sealed, one.key)).rejects.toMatchObject({ code: 'attachment-differs' })
    await expect(open(one.sealed, { ...one.key, key: two.key.key })).rejects.toMatchObject({
      code: 'not-decryptable',
    })
    await expect(open(one.sealed, { ...one.key, bytes: 7 })).rejects.toMatchObject({
      code: 'attachment-differs',
    })
    const direct = new TextEncoder().encode('{"not":"a JWE"}')
    await expect(open(direct, { ...one.key, sha256: sha256Hex(direct) })).rejects.toMatchObject({
      code: 'malformed',
    })
  })
})

describe('the consumer of a case', () => {
  it('gets her keys back with reference and secret', async () => {
    const { keys } = scene.consumer
    expect(consumerKeys.parse(JSON.parse(JSON.stringify(keys)))).toEqual(keys)
    const back = await openConsumer(REFERENCE, SECRET, keys.sealed)
    expect(back.keys).toEqual(keys)
    expect(back.accessKey).toBe(scene.consumer.accessKey)
    expect(back.encPrivate).toEqual(scene.consumer.encPrivate)
    const jws = await signCaseEvent(back.signer, {
      iss: 'x',
      aud: 'y',
      iat: NOW,
      ref: REFERENCE,
      seq: 1,
      prev: 'a'.repeat(64),
      event: { type: 'withdrawn' },
    })
    await expect(
      verifyJws(decodeJws(jws, { [CASE_EVENT_TYP]: { maxBytes: 9999 } }), keys.sign),
    ).resolves.toBeUndefined()
  })

  it('gets nothing with another secret or reference', async () => {
    const { sealed } = scene.consumer.keys
    for (const [reference, secret] of [
      [REFERENCE, `${SECRET.slice(0, -1)}5`],
      ['JP-7Q4K9-MXW2D', SECRET],
    ] as const)
      await expect(openConsumer(reference, secret, sealed)).rejects.toMatchObject({ code: 'wrong-secret' })
    await expect(openConsumer(REFERENCE, SECRET, '{"kty":"EC","d":"in clear"}')).rejects.toMatchObject({
      code: 'malformed',
    })
  })

  it('shows the hub a key that says nothing of the one her private keys lie under', async () => {
    const { keys, accessKey } = scene.consumer
    expect(accessKey).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await accessKeyOf(REFERENCE, SECRET)).toBe(accessKey)
    expect(keys.access).toBe(hashAccessKey(accessKey))
    const derive = (label: string) =>
      pbkdf2Sync(SECRET, `${label}\n${REFERENCE}`, PBKDF2_ITERATIONS, 32, 'sha256').toString('base64url')
    expect(derive('trustmark case access key v1')).toBe(accessKey)
    const [head = '', , iv = '', ciphertext = '', tag = ''] = keys.sealed.split('.')
    const open = (key: string) => {
      const gcm = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), Buffer.from(iv, 'base64url'))
      gcm.setAAD(Buffer.from(head)).setAuthTag(Buffer.from(tag, 'base64url'))
      return JSON.parse(
        Buffer.concat([gcm.update(Buffer.from(ciphertext, 'base64url')), gcm.final()]).toString(),
      ) as { enc: JWK }
    }
    expect(open(derive('trustmark case wrapping key v1')).enc).toEqual(scene.consumer.encPrivate)
    expect(() => open(accessKey)).toThrow()
  })

  it('never sends a private key or her secret in clear', () => {
    const sent = JSON.stringify([scene.consumer.keys, scene.sealed])
    expect(sent).not.toContain(scene.consumer.encPrivate.d)
    expect(sent).not.toContain(SECRET)
    expect(sent).not.toContain(scene.consumer.accessKey)
    expect(sent).not.toMatch(/"d":/)
  })

  it('has other keys in every case, though the secret be the same', async () => {
    const other = await createConsumer('JP-00000-00000', SECRET)
    const all = [scene.consumer, other].flatMap(({ keys, accessKey }) => [
      keys.sign.kid,
      keys.enc.kid,
      keys.access,
      accessKey,
    ])
    expect(new Set(all).size).toBe(8)
  })
})

describe('what is signed in a case', () => {
  it('says what the schemas ask for', async () => {
    const { signer } = await makeSigner('ES256')
    const common = {
      iss: 'https://hub.example/members/jp-ccj',
      aud: 'https://hub.example/alliance',
      iat: NOW,
    }
    const { complaint: message } = scene.sealed
    const { notice } = await sealAttachment(new Uint8Array(9), { name: 'a.png', type: 'image/png' })
    const event = await signCaseEvent(signer, {
      ...common,
      ref: REFERENCE,
      seq: 3,
      prev: 'a'.repeat(64),
      event: { type: 'info_requested', asks: ['order_number'] },
      message,
      attachments: [notice],
    })
    const decoded = decodeJws(event, { [CASE_EVENT_TYP]: { maxBytes: 9999 } })
    const claims = caseEventClaims.parse(decoded.payload)
    expect(claims.case).toMatchObject({ message: hashMessage(message), attachments: [notice] })
    const receipt = await signReceipt(signer, {
      ...common,
      ref: REFERENCE,
      revision: 1,
      envelope: hashEnvelope(scene.sealed),
    })
    expect(
      receiptClaims.parse(decodeJws(receipt, { [CASE_RECEIPT_TYP]: { maxBytes: 9999 } }).payload).receipt,
    ).toEqual({ case: REFERENCE, revision: 1, envelope: hashEnvelope(scene.sealed) })
    const assertion = await signAssertion(signer, { entity: common.iss, alliance: common.aud, iat: NOW })
    expect(decodeJws(assertion, { [ASSERTION_TYP]: { maxBytes: 9999 } }).payload).toMatchObject({
      ...common,
      sub: common.iss,
      exp: NOW + ASSERTION_LIFETIME,
    })
    const jti = (jws: string) => readPayload<{ jti: string }>(jws).jti
    expect(new Set([event, receipt, assertion].map(jti)).size).toBe(3)
  })
})

describe('references and secrets', () => {
  /** Pearson's statistic over how often each symbol was drawn. */
  const chiSquare = (counts: number[]) => {
    const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length
    return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  }
  const tally = (text: string, symbols: string) => {
    const counts = Object.fromEntries([...symbols].map((symbol) => [symbol, 0]))
    for (const symbol of text) counts[symbol]! += 1
    return Object.values(counts)
  }

  it('are drawn with every symbol equally likely, and never twice', () => {
    const secrets = Array.from({ length: 20_000 }, createCaseSecret)
    expect(secrets.every((secret) => /^\d{24}$/.test(secret))).toBe(true)
    expect(new Set(secrets).size).toBe(secrets.length)
    // 9 degrees of freedom: a fair source passes 60 once in 10^9 runs; bytes modulo 10 would give some 200.
    expect(chiSquare(tally(secrets.join(''), '0123456789'))).toBeLessThan(60)
    for (let place = 0; place < 24; place += 1) {
      const digits = secrets.map((secret) => secret[place]).join('')
      expect(chiSquare(tally(digits, '0123456789'))).toBeLessThan(70)
    }
    const references = Array.from({ length: 5000 }, () => createCaseReference('JP'))
    expect(references.every((reference) => caseReference.safeParse(reference).success)).toBe(true)
    expect(new Set(references).size).toBe(references.length)
    const letters = references.map((reference) => reference.slice(3).replace('-', '')).join('')
    // 31 degrees of freedom: 110 is passed once in 10^10 runs.
    expect(chiSquare(tally(letters, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'))).toBeLessThan(110)
  })

  it('are read as people write them down', () => {
    const typed = vector<{ secrets: [string, string | null][]; references: [string, string | null][] }>(
      'typed',
    )
    for (const [text, secret] of typed.secrets) expect(readCaseSecret(text) ?? null, text).toBe(secret)
    for (const [text, reference] of typed.references)
      expect(readCaseReference(text) ?? null, text).toBe(reference)
    expect(readCaseSecret(formatCaseSecret(SECRET))).toBe(SECRET)
  })
})

describe('known answers', () => {
  it('of padding and AAD', () => {
    const { padding, aad } = vector<{
      padding: { json: unknown; padded: string }[]
      aad: { value: Parameters<typeof formatAad>[0]; text: string }[]
    }>('texts')
    for (const { json, padded } of padding) expect(encodeBase64url(formatPaddedJson(json))).toBe(padded)
    for (const { value, text } of aad) expect(formatAad(value)).toBe(text)
  })

  it('of what a secret opens', async () => {
    const known = vector<{
      reference: string
      secret: string
      iterations: number
      accessKey: string
      access: string
      sealed: string
      keys: { sign: JWK; enc: JWK }
    }>('secret')
    expect(known.iterations).toBe(PBKDF2_ITERATIONS)
    const consumer = await openConsumer(known.reference, known.secret, known.sealed)
    expect(consumer).toMatchObject({
      accessKey: known.accessKey,
      encPrivate: known.keys.enc,
      keys: { access: known.access, sign: { kid: thumbprintOf(known.keys.sign) } },
    })
  })

  it('of a complaint to keys of every curve, a message and an attachment', async () => {
    const known = vector<{
      place: Scene['place']
      sealed: Scene['sealed']
      readers: { privateJwk: JWK; identity: boolean }[]
      complaint: ComplaintPayload
      identity: typeof IDENTITY
      hash: string
    }>('complaint')
    expect(known.readers.map(({ privateJwk }) => privateJwk.crv)).toEqual(
      expect.arrayContaining(['P-256', 'P-384', 'X25519']),
    )
    expect(hashEnvelope(known.sealed)).toBe(known.hash)
    for (const { privateJwk, identity } of known.readers)
      expect(await openSealed(known.sealed, known.place, privateJwk)).toEqual({
        complaint: known.complaint,
        identity: identity ? known.identity : null,
      })
    const message = vector<{
      place: Parameters<typeof openMessage>[1]
      jwe: GeneralJwe
      privateJwk: JWK
      payload: MessagePayload
    }>('message')
    expect(await openMessage(message.jwe, message.place, message.privateJwk)).toEqual(message.payload)
    const attachment = vector<{
      sealed: string
      key: Parameters<typeof openAttachment>[1]
      content: string
    }>('attachment')
    expect(
      encodeBase64url(await openAttachment(new TextEncoder().encode(attachment.sealed), attachment.key)),
    ).toBe(attachment.content)
  })

  it('of work', () => {
    const known = vector<{
      solved: { quote: string; demand: { bits: number; puzzles: number }; work: string }[]
    }>('work')
    for (const { quote, demand, work } of known.solved) expect(checkWork(quote, demand, work)).toBe(true)
  })

  it('have an AAD that is the canonical JSON of itself', () => {
    for (const part of ['complaint', 'identity'] as const) {
      const text = readAadText(scene.sealed[part])
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }
  })

  it('name a key by the same thumbprint as the library', async () => {
    for (const crv of ['P-256', 'P-384', 'X25519'] as const) {
      const { publicJwk } = await makeEncKey(crv)
      expect(thumbprintOf(publicJwk)).toBe(publicJwk.kid)
    }
  })
})
