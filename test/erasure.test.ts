/** Erasure at the hub: what is accepted, what is refused, and that nobody who asks hears of the record again. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createHub } from '../src/hub/hub.js'
import { publish } from '../src/hub/publish.js'
import type { LogEntry } from '../src/log/entry.js'
import { createNoteVerifier, ED25519, formatVerifierKey } from '../src/log/note-key.js'
import { parseTlogProof, verifyTlogProof } from '../src/log/tlog-proof.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { sha256Hex } from '../src/trust/digest.js'
import { readErasure } from '../src/trust/erasure.js'
import { readPayload } from '../src/trust/jws.js'
import { createJti, type Signer, signJws } from '../src/trust/signer.js'
import {
  ERASURE_TYP,
  type ErasureClaims,
  LOG_KEY_TYP,
  MAX_ERASED_ENTRIES,
  MAX_LOG_KEYS,
  STATUS_TYP,
} from '../src/trust/statements.js'
import { asAgency, asConsumer, fileCase, json, QUESTION } from './case-play.js'
import { createStage } from './case-stage.js'
import {
  createTestHub,
  type LineResult,
  ORIGIN,
  recordClaims,
  signErasure,
  signLogKey,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

const ID = 'th-dbd:R-1'
const SHOP = 'https://somjai-silk.example'
const NAME = 'Somjai Silk'
const LEGAL = '0105548060561'

let t: TestHub
let dbd: TestMember
let record: string

/** DBD's record at index 1 and its suspension at index 2. */
beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  record = await signRecord(dbd, recordClaims(dbd, t.now()))
  t.tick()
  await accepted(record, await signStatus(dbd, ID, 'suspended', t.now()))
  t.tick()
})

const accepted = async (...statements: string[]): Promise<LineResult[]> => {
  const results = await t.push(...statements)
  expect(results.map(({ outcome }) => outcome)).toEqual(statements.map(() => 'accepted'))
  return results
}
const refused = async (statement: string, code: string, words = /./): Promise<void> => {
  expect(await t.push(statement)).toMatchObject([
    { outcome: 'rejected', problem: { code, detail: expect.stringMatching(words) } },
  ])
}
const erase = async (indices: number[] = [1, 2], by = dbd, jtis?: string[]) =>
  signErasure(by, indices, t.now(), ORIGIN, jtis)
const jtiOf = (jws: string) => readPayload<{ jti: string }>(jws).jti
const shop = (certificate: string, url = `https://${certificate.toLowerCase()}.example`, by = dbd) =>
  signRecord(by, recordClaims(by, t.now(), { certificate, url }))
const get = (path: string) => t.app.request(path)
const code = async (path: string) => {
  const response = await get(path)
  return [response.status, ((await response.json()) as { code: string }).code]
}
const post = (path: string, body: object) =>
  t.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
const feed = async () =>
  (await (await get('/v1/changes?limit=1000')).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogEntry & { index: number; statement?: string; erased?: true })

describe('an erasure is refused', () => {
  it('when it leaves an entry of the record out, and names that entry', async () => {
    await refused(await erase([1]), 'bad-erasure', /Log entry 2 is about the same record/)
    await refused(await erase([2]), 'bad-erasure', /Log entry 1 is about the same record/)
  })

  it('when it leaves out what the same push adds, or names only what the same push adds', async () => {
    t.tick()
    const again = await signRecord(dbd, recordClaims(dbd, t.now()))
    expect(await t.push(again, await erase([1, 2]))).toMatchObject([
      { outcome: 'accepted', index: 3 },
      { outcome: 'rejected', problem: { code: 'bad-erasure', value: 3 } },
    ])
    t.tick()
    const lifted = await signStatus(dbd, ID, 'reinstated', t.now())
    expect(await t.push(lifted, await erase([4], dbd, [jtiOf(lifted)]))).toMatchObject([
      { outcome: 'accepted', index: 4 },
      { outcome: 'rejected', problem: { code: 'bad-erasure', value: 1 } },
    ])
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('identity-confirmed')
  })

  it('of entries about several records', async () => {
    await accepted(await shop('R-2'))
    await refused(await erase([1, 2, 3]), 'bad-erasure', /several records/)
  })

  it('of another member’s entries, of the operator’s, and of registers and erasures', async () => {
    const idea = await t.admit('vn-ecomviet')
    await refused(await erase([1, 2], idea), 'bad-erasure', /entry 1 is a record of th-dbd/)
    await refused(await erase([0]), 'bad-erasure', /entry 0 is a admission of alliance/)
    await accepted(await signRegister(dbd, [], t.now()))
    await refused(await erase([4]), 'bad-erasure', /entry 4 is a register of th-dbd/)
    await accepted(await erase())
    await refused(await erase([5]), 'bad-erasure', /entry 5 is a erasure of th-dbd/)
  })

  it('of what is not logged yet, its own place among it', async () => {
    await refused(await erase([1, 2, 3]), 'bad-erasure', /entry 3 does not exist yet/)
    await refused(await erase([1, 2, 999_999_999]), 'bad-erasure', /does not exist yet/)
  })

  it('never for its size, with as many entries as one may name', async () => {
    const indices = Array.from({ length: MAX_ERASED_ENTRIES }, (_, i) => 999_990_000 + i)
    await refused(await erase(indices), 'bad-erasure', /does not exist yet/)
  })

  it('when its indices fall or repeat, or there are none or too many', async () => {
    await refused(await erase([2, 1]), 'bad-erasure', /must rise/)
    await refused(await erase([1, 1, 2]), 'bad-erasure', /must rise/)
    await refused(await erase([]), 'bad-claims')
    await refused(await erase([-1, 1, 2]), 'bad-claims')
    await refused(await erase([1.5]), 'bad-claims')
    await refused(await erase(Array.from({ length: 5001 }, (_, i) => i)), 'bad-claims')
  })

  it('when a jti is not that of its entry, or there are more or fewer than indices', async () => {
    const [first = '', second = ''] = readPayload<ErasureClaims>(await erase()).erasure.jtis
    await refused(await erase([1, 2], dbd, [first, createJti()]), 'bad-erasure', /entry 2 has another jti/)
    await refused(await erase([1, 2], dbd, [second, first]), 'bad-erasure', /entry 1 has another jti/)
    const sign = (jtis: string[]) =>
      signJws(dbd.signer, ERASURE_TYP, {
        iss: formatEntityId(ORIGIN, 'th-dbd'),
        aud: formatAllianceId(ORIGIN),
        iat: t.now(),
        jti: createJti(),
        erasure: { indices: [1, 2], jtis },
      })
    await refused(await sign([first]), 'bad-erasure', /Each index needs its jti/)
    await refused(await sign([first, second, createJti()]), 'bad-erasure', /Each index needs its jti/)
    await refused(await sign([first, 'short']), 'bad-claims')
    expect(await t.push(await sign([first, second]))).toMatchObject([{ outcome: 'accepted' }])
  })

  it('the second time, in the same push and in a later one', async () => {
    const [first, second] = await t.push(await erase(), await erase())
    expect(first).toMatchObject({ outcome: 'accepted', index: 3 })
    expect(second).toMatchObject({ outcome: 'rejected', problem: { code: 'bad-erasure' } })
    await refused(await erase(), 'bad-erasure', /entry 1 was erased before/)
  })

  it('under another typ, for another alliance, by another key or another role of key', async () => {
    const { jtis } = readPayload<ErasureClaims>(await erase()).erasure
    const claims = (iss: string, over: object = {}) => ({
      iss,
      aud: formatAllianceId(ORIGIN),
      iat: t.now(),
      jti: createJti(),
      erasure: { indices: [1, 2], jtis },
      ...over,
    })
    const own = formatEntityId(ORIGIN, 'th-dbd')
    const sign = (over: object, signer: Signer = dbd.signer, typ = ERASURE_TYP) =>
      signJws(signer, typ, claims(own, over))
    await refused(await sign({}, dbd.signer, STATUS_TYP), 'bad-claims')
    await refused(await sign({}, dbd.signer, LOG_KEY_TYP), 'wrong-key-role')
    await refused(await sign({ aud: formatAllianceId('https://sandbox.example') }), 'wrong-audience')
    await refused(await sign({ aud: undefined }), 'bad-claims')
    await refused(await sign({ iat: t.now() + 3600 }), 'issued-in-future')
    await refused(await sign({ erasure: { indices: [1, 2], jtis, record: ID } }), 'bad-claims')
    await refused(await sign({ erasure: { indices: [1, 2] } }), 'bad-claims')
    await refused(await sign({}, dbd.auth), 'wrong-key-role')
    await refused(await sign({}, dbd.recovery), 'wrong-key-role')
    const stranger = await (await createTestHub()).admit('th-dbd')
    await refused(await sign({}, stranger.signer), 'unknown-key')
    await refused(await signJws(t.operator, ERASURE_TYP, claims(formatAllianceId(ORIGIN))), 'wrong-key-role')
    const genuine = await sign({})
    const [head, , signature] = genuine.split('.')
    const other = (await sign({ erasure: { indices: [1], jtis: jtis.slice(1) } })).split('.')[1]
    await refused([head, other, signature].join('.'), 'bad-signature')
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('suspended')
  })
})

describe('a key of the log is announced by the operator alone', () => {
  it('never by a member, under another typ or for another alliance', async () => {
    const vkey = t.hub.keys.vkeys[0]
    await refused(await signLogKey(dbd.signer, vkey, 'announced', t.now()), 'unknown-key')
    const claims = (iss: string, over: object = {}) => ({
      iss,
      aud: formatAllianceId(ORIGIN),
      iat: t.now(),
      jti: createJti(),
      logKey: { vkey, change: 'announced' },
      ...over,
    })
    const alliance = formatAllianceId(ORIGIN)
    const own = formatEntityId(ORIGIN, 'th-dbd')
    await refused(await signJws(dbd.signer, LOG_KEY_TYP, claims(own)), 'wrong-key-role')
    await refused(await signJws(t.operator, ERASURE_TYP, claims(alliance)), 'wrong-key-role')
    const elsewhere = claims(alliance, { aud: formatAllianceId('https://sandbox.example') })
    await refused(await signJws(t.operator, LOG_KEY_TYP, elsewhere), 'wrong-audience')
    await refused(
      await signJws(t.operator, LOG_KEY_TYP, claims(alliance, { logKey: { vkey, change: 'lost' } })),
      'bad-claims',
    )
  })

  const made = (type: 1 | 4 = ED25519) =>
    formatVerifierKey({
      name: t.hub.keys.logOrigin,
      type,
      publicKey: crypto.getRandomValues(new Uint8Array(32)),
    })
  const say = async (vkey: string, change: 'announced' | 'retired') => {
    t.tick()
    return signLogKey(t.operator, vkey, change, t.now())
  }

  it('never one that signs as a witness, for no checkpoint could be checked with it', async () => {
    await refused(await say(made(4), 'announced'), 'bad-log-key', /type 4/)
    await refused(await say(made(4), 'retired'), 'bad-log-key', /type 4/)
  })

  it('never more than who pins the log keeps, until some are retired', async () => {
    const keys = Array.from({ length: MAX_LOG_KEYS - 1 }, () => made())
    await accepted(...(await Promise.all(keys.map((vkey) => say(vkey, 'announced')))))
    const more = made()
    await refused(await say(more, 'announced'), 'bad-log-key', /32 keys of the log are in use/)
    await accepted(await say(keys[0]!, 'retired'), await say(more, 'announced'))
  })

  it('and never retired as the last one in use', async () => {
    const [first] = t.hub.keys.vkeys
    await refused(await say(first, 'retired'), 'bad-log-key', /last key in use/)
    const next = made()
    await accepted(await say(next, 'announced'), await say(first, 'retired'))
    await refused(await say(next, 'retired'), 'bad-log-key', /last key in use/)
  })
})

describe('what an erasure names, read before it is verified', () => {
  it('is its indices and jtis', async () => {
    const erasure = await erase()
    expect(readErasure(erasure)).toEqual(readPayload<ErasureClaims>(erasure).erasure)
    expect(readErasure(erasure)?.indices).toEqual([1, 2])
  })

  it('is nothing for any other text, and no text makes it fail', async () => {
    const erasure = await erase()
    const [head = '', payload = '', signature = ''] = erasure.split('.')
    const claims = readPayload<ErasureClaims>(erasure)
    const bent = (over: object) => signJws(dbd.signer, ERASURE_TYP, { ...claims, ...over })
    const { indices, jtis } = claims.erasure
    const others = [
      record,
      '',
      '..',
      `${head}.${payload}`,
      `${payload}.${payload}.${signature}`,
      `${head}.${Buffer.from('null').toString('base64url')}.${signature}`,
      `${head}.${Buffer.from('['.repeat(50_000)).toString('base64url')}.${signature}`,
      await bent({ erasure: { indices, jtis: jtis.slice(1) } }),
      await bent({ erasure: { indices: [-1, 1], jtis } }),
      await bent({ erasure: { indices: { length: 2 }, jtis } }),
      await bent({ erasure: null }),
    ]
    for (const text of others)
      expect([text.slice(0, 40), readErasure(text)]).toEqual([text.slice(0, 40), undefined])
    const part = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('base64url'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          part.map((text) => `${head}.${text}.${signature}`),
        ),
        (text) => {
          expect(readErasure(text)).toBeUndefined()
        },
      ),
    )
  })
})

describe('an erasure is accepted', () => {
  it('whatever the member’s standing: suspended, and after it left', async () => {
    await accepted(await shop('R-2'))
    await accepted(await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    await accepted(await erase())
    t.tick()
    await accepted(await signStanding(t.operator, 'th-dbd', 'left', t.now()))
    await refused(await shop('R-3'), 'issuer-not-admitted')
    await accepted(await erase([3]))
    expect((await t.verdict('record=th-dbd:R-2')).verdict).toBe('not-found')
  })

  it('of a revoked record, and sending it again is a duplicate', async () => {
    await accepted(await signStatus(dbd, ID, 'revoked', t.now()))
    const erasure = await erase([1, 2, 3])
    await accepted(erasure)
    expect(await t.push(erasure)).toMatchObject([{ outcome: 'duplicate', index: 4 }])
  })

  it('of a record that the same push made, status and all', async () => {
    const made = await shop('R-2')
    t.tick()
    const status = await signStatus(dbd, 'th-dbd:R-2', 'suspended', t.now())
    await accepted(made, status, await erase([3, 4], dbd, [made, status].map(jtiOf)))
    expect((await t.verdict('record=th-dbd:R-2')).verdict).toBe('not-found')
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('suspended')
  })

  it('and the id may be used again: afterwards, or in the same push', async () => {
    await accepted(await erase(), await signRecord(dbd, recordClaims(dbd, t.now())))
    const again = await t.verdict(`record=${ID}`)
    expect(again).toMatchObject({ verdict: 'identity-confirmed', records: [{ index: 4 }] })
    expect(await (await get(`/v1/records/${ID}/history`)).json()).toMatchObject({ history: [{ index: 4 }] })
    t.tick()
    await accepted(await erase([4]))
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('not-found')
    t.tick()
    await accepted(await signRecord(dbd, recordClaims(dbd, t.now())))
    expect((await t.verdict(`record=${ID}`)).records).toMatchObject([
      { index: 6, verdict: 'identity-confirmed' },
    ])
    t.tick()
    const anew = await signRecord(dbd, recordClaims(dbd, t.now()))
    const [known] = await t.hub.store.filed([6])
    await accepted(anew, await erase([6, 7], dbd, [known?.jti ?? '', jtiOf(anew)]))
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('not-found')
  })

  it('and a register of before says no more whether it agrees, until the next one', async () => {
    await accepted(await shop('R-2'), await signRegister(dbd, ['th-dbd:R-2'], t.now()))
    const agrees = async () => (await t.verdict('record=th-dbd:R-2')).asOf.members['th-dbd']?.agrees
    expect(await agrees()).toBe(true)
    t.tick()
    await accepted(await erase())
    expect(await agrees()).toBeNull()
    t.tick()
    await accepted(await signRegister(dbd, ['th-dbd:R-2'], t.now()))
    expect(await agrees()).toBe(true)
  })
})

describe('after an erasure', () => {
  let proof: string
  beforeEach(async () => {
    // Everything is asked before, so that whatever keeps answers has them.
    for (const query of [`record=${ID}`, `url=${encodeURIComponent(SHOP)}`]) await t.verdict(query)
    proof = await (await get(`/v1/statements/${sha256Hex(record)}/proof`)).text()
    await accepted(await erase())
  })

  it('look-ups by record, presence, identifier and neighbouring address find nothing and warn of nothing', async () => {
    for (const query of [
      `record=${ID}`,
      `url=${encodeURIComponent(SHOP)}`,
      `url=${encodeURIComponent('https://www.somjai-silk.example/shop')}`,
      `url=${encodeURIComponent('https://somjai-si1k.example')}`,
      `identifier=th-juristic:${LEGAL}`,
      'record=R-1',
    ]) {
      const verdict = await t.verdict(query)
      expect([query, verdict.verdict, verdict.records, verdict.warnings]).toEqual([
        query,
        'not-found',
        [],
        [],
      ])
      expect(JSON.stringify(verdict)).not.toContain(NAME)
    }
    for (const record of await (await post('/v1/verify', { queries: [{ record: ID }] }))
      .json()
      .then((a) => (a as { results: { verdict: string }[] }).results))
      expect(record.verdict).toBe('not-found')
    const signed = await t.app.request(`/v1/verify?record=${ID}`, { headers: { Accept: 'application/jwt' } })
    const payload = Buffer.from((await signed.text()).split('.')[1] ?? '', 'base64url').toString()
    expect(JSON.parse(payload)).toMatchObject({ verdict: { verdict: 'not-found', records: [] } })
    expect(payload).not.toContain(NAME)
  })

  it('record, history and proof answer 404, and no page shows it', async () => {
    for (const path of ['', '/history', '/proof'])
      expect(await code(`/v1/records/${ID}${path}`)).toEqual([404, 'record-unknown'])
    const own = await get(`/r/${ID}`)
    expect(own.status).toBe(404)
    expect(await own.text()).not.toContain(NAME)
    for (const query of [
      `record=${ID}`,
      `record=${encodeURIComponent(ID)}`,
      `q=${encodeURIComponent(SHOP)}`,
    ]) {
      const page = await (await get(`/verify?${query}`)).text()
      expect(page).toContain('</html>')
      expect(page).not.toContain(NAME)
      expect(page).not.toContain(LEGAL)
    }
  })

  it('the feed says erased, by which entry, and has the line of the erasure whole', async () => {
    const lines = await feed()
    expect(lines.map(({ index, kind }) => [index, kind])).toEqual([
      [0, 'admission'],
      [1, 'record'],
      [2, 'status'],
      [3, 'erasure'],
    ])
    for (const line of lines.slice(1, 3)) {
      expect(line).toMatchObject({ erased: true, erasedBy: 3, issuer: 'th-dbd' })
      expect(line).not.toHaveProperty('statement')
    }
    expect(lines[1]?.sha256).toBe(sha256Hex(record))
    expect(lines[3]?.statement).not.toContain(ID)
    expect(Buffer.from(lines[3]?.statement?.split('.')[1] ?? '', 'base64url').toString()).not.toContain('R-1')
  })

  it('the statement’s place in the log can still be asked for and proven', async () => {
    const sha256 = sha256Hex(record)
    expect(await (await get(`/v1/statements/${sha256}`)).json()).toEqual({
      sha256,
      outcome: 'accepted',
      index: 1,
    })
    const after = await (await get(`/v1/statements/${sha256}/proof`)).text()
    const [before, now] = [parseTlogProof(proof), parseTlogProof(after)]
    expect(now).toMatchObject({ index: 1, extra: before.extra })
    const entry = new TextDecoder().decode(now.extra)
    expect(JSON.parse(entry)).toMatchObject({ issuer: 'th-dbd', kind: 'record', sha256 })
    expect(entry).not.toContain('R-1')
    const trust = {
      origin: t.hub.keys.logOrigin,
      verifiers: [await createNoteVerifier(t.hub.keys.vkeys[0])],
    }
    const proven = await verifyTlogProof(after, { entry: now.extra ?? new Uint8Array(), ...trust })
    expect(proven).toMatchObject({ index: 1, size: 4 })
  })

  it('the same bytes sent again are a duplicate, and bring nothing back', async () => {
    expect(await t.push(record)).toMatchObject([{ outcome: 'duplicate', index: 1 }])
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('not-found')
    expect((await feed())[1]).not.toHaveProperty('statement')
    expect(await t.hub.store.pending(10)).toEqual([])
    const { jti } = JSON.parse(Buffer.from(record.split('.')[1] ?? '', 'base64url').toString())
    const reworded = await signRecord(dbd, { ...recordClaims(dbd, t.now()), jti })
    await refused(reworded, 'jti-reused')
  })

  it('its JWT found in the wild is genuine, but nothing confirms it', async () => {
    const answer = (await (await post('/v1/verify', { trustMark: record })).json()) as {
      trustMark: object
      verdict: { verdict: string; query: object }
    }
    expect(answer.trustMark).toEqual({ genuine: true, current: false, index: 1 })
    expect(answer.verdict).toMatchObject({ verdict: 'not-found', records: [], warnings: [] })
    expect(JSON.stringify(answer)).not.toContain(NAME)
    expect(JSON.stringify(answer)).not.toContain(LEGAL)
    // Not even once the same certificate number lives again.
    await accepted(await signRecord(dbd, recordClaims(dbd, t.now())))
    const later = (await (await post('/v1/verify', { trustMark: record })).json()) as { trustMark: object }
    expect(later.trustMark).toMatchObject({ current: false })
  })

  it('a status change of it is refused as one of a record that is unknown', async () => {
    t.tick()
    await refused(await signStatus(dbd, ID, 'reinstated', t.now()), 'record-unknown')
  })

  it('its shop is free for another holder’s certificate', async () => {
    t.tick()
    const holder = { name: { en: 'Another Co., Ltd.' }, identifiers: [] }
    await accepted(await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'R-9', holder })))
    expect((await t.verdict(`url=${encodeURIComponent(SHOP)}`)).records).toMatchObject([{ id: 'th-dbd:R-9' }])
  })

  it('this process keeps no rendered answer of before', async () => {
    expect([...t.hub.memory.verdicts.byName.values()].filter(({ size }) => size < 4)).toEqual([])
    expect(t.hub.memory.verified.size).toBe(0)
  })

  it('no quote for a complaint can name it, and who asks for the shop hears of no record', async () => {
    const named = await post('/v1/route-quotes', { ...QUESTION, record: ID })
    expect([named.status, await named.json()]).toMatchObject([404, { code: 'record-unknown' }])
    await t.admit('jp-ccj')
    await t.admit('th-ocpb')
    const asked = await post('/v1/route-quotes', { ...QUESTION, purchaseUrl: SHOP })
    const quote = await asked.text()
    expect([asked.status, quote]).toEqual([200, expect.not.stringContaining(ID)])
  })
})

describe('a complaint that names the record', () => {
  it('goes on: consumer and agencies read the case and act in it', async () => {
    const stage = await createStage()
    const dbd = stage.members['th-dbd']!
    const [made] = await stage.t.push(await signRecord(dbd, recordClaims(dbd, stage.now())))
    expect(made).toMatchObject({ outcome: 'accepted' })
    const filed = await fileCase(stage, { question: { record: ID } })
    expect(filed.claims.quote.case).toBe(filed.ref)
    const index = made && 'index' in made ? made.index : -1
    stage.t.tick()
    expect(await stage.t.push(await signErasure(dbd, [index], stage.now()))).toMatchObject([
      { outcome: 'accepted' },
    ])
    const seen = await asConsumer(stage, filed).view(filed.ref)
    expect(seen.events.length).toBeGreaterThan(0)
    const { lead } = filed.claims.quote
    const agency = asAgency(stage, lead ?? '')
    const accepted = await agency.request('/v1/inbox')
    expect([accepted.status, await accepted.text()]).toEqual([200, expect.stringContaining(filed.ref)])
    expect((await agency.request(`/v1/cases/${filed.ref}/envelope`)).status).toBe(200)
    expect(stage.t.reported).toEqual([])
    const again = await stage.request('/v1/route-quotes', json({ ...QUESTION, record: ID }))
    expect(again.status).toBe(404)
  })
})

describe('what was refused before', () => {
  const stored = async () =>
    (await t.hub.store.outcomes([sha256Hex(late)])).get(sha256Hex(late)) as { problem: { code: string } }
  let late: string
  beforeEach(async () => {
    // Another holder at the same shop: the refusal names the shop and the record that has it.
    t.tick()
    late = await signRecord(
      dbd,
      recordClaims(dbd, t.now(), {
        certificate: 'R-7',
        holder: { name: { en: 'Other Co., Ltd.' }, identifiers: [] },
      }),
    )
    await refused(late, 'presence-taken', /th-dbd:R-1/)
  })

  it('keeps its code and quotes nothing any more', async () => {
    expect(JSON.stringify(await stored())).toContain(ID)
    await accepted(await erase())
    expect(await stored()).toMatchObject({ problem: { code: 'presence-taken', detail: /removed/ } })
    expect(JSON.stringify(await stored())).not.toMatch(/R-1|somjai/)
  })

  it('is judged anew when it is sent again, from the text that is sent', async () => {
    await refused(late, 'presence-taken', /th-dbd:R-1/)
    await accepted(await erase())
    expect(await t.push(late)).toMatchObject([{ outcome: 'accepted', index: 4 }])
    expect((await feed())[4]?.statement).toBe(late)
  })
})

describe('two hubs on one database', () => {
  it('decide a status change and an erasure that come at once: one of them wins, and nothing is half erased', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = `C-${round}`
      await accepted(await shop(id))
      const { size } = (await t.hub.store.head())!
      t.tick()
      const other = createHub({ ...t.hub })
      const [status, erasure] = await Promise.all([
        publish(t.hub, [{ line: 1, text: await signStatus(dbd, `th-dbd:${id}`, 'suspended', t.now()) }]),
        publish(other, [{ line: 1, text: await erase([size - 1]) }]),
      ])
      const outcomes = [status[0]?.outcome, erasure[0]?.outcome]
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
      const { verdict } = await t.verdict(`record=th-dbd:${id}`)
      expect(verdict).toBe(outcomes[1] === 'accepted' ? 'not-found' : 'suspended')
      // The hub that did not decide it answers the same.
      expect(await other.store.withheld(1)).toEqual([])
      const left = (await other.store.filedUnder([`th-dbd:${id}`])).length
      expect(left).toBe(outcomes[1] === 'accepted' ? 0 : 2)
    }
  })
})
