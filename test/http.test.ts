/** The API as HTTP: methods, caching, content types, paging, proofs, and answers that verify without the hub. */
import fc from 'fast-check'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { CACHE, TYPES } from '../src/api/http.js'
import { openCheckpoint } from '../src/log/checkpoint.js'
import { formatLogOrigin } from '../src/log/log-origin.js'
import { createNoteVerifier } from '../src/log/note-key.js'
import { parseTlogProof, verifyTlogProof } from '../src/log/tlog-proof.js'
import { recordClaims as recordSchema } from '../src/record/record.js'
import { type Verdict, verdict as verdictSchema } from '../src/record/verdict.js'
import { REFUSALS } from '../src/refusal.js'
import { sha256Hex } from '../src/trust/digest.js'
import { VERDICT_TYP } from '../src/trust/statements.js'
import { forge } from './attacks.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signErasure,
  signRecord,
  signRegister,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

const RECORDS = 40

let t: TestHub
let dbd: TestMember
let idea: TestMember
let first: string
/** The first record as it was before it was issued again. */
let superseded: string

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  idea = await t.admit('vn-idea')
  superseded = await signRecord(dbd, recordClaims(dbd, t.now()))
  const others = Array.from({ length: RECORDS - 1 }, (_, i) =>
    signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate: `R-${i + 2}`, url: `https://shop-${i}.example` }),
    ),
  )
  await t.push(superseded, ...(await Promise.all(others)))
  t.tick()
  first = await signRecord(dbd, recordClaims(dbd, t.now()))
  await t.push(first, await signRegister(dbd, [], t.now()))
  t.tick()
  await t.push(await signStatus(dbd, 'th-dbd:R-2', 'revoked', t.now()))
})

const SIZE = 2 + RECORDS + 3

async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  const response = await t.app.request(path, { method, headers })
  expect(t.reported).toEqual([])
  return response
}

async function ask(body: object): Promise<Response> {
  return t.app.request('/v1/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const RECORD = '/v1/records/th-dbd:R-1'
const LOOKUP = '/v1/verify?record=th-dbd:R-1'

/** Every address that answers GET, with its type and how long it may be kept. */
const ADDRESSES: [path: string, type: string, cache: string][] = [
  [LOOKUP, TYPES.json, CACHE.lookup],
  ['/v1/verify?url=nowhere.example', TYPES.json, CACHE.lookup],
  [RECORD, TYPES.json, CACHE.lookup],
  [`${RECORD}/history`, TYPES.json, CACHE.lookup],
  [`${RECORD}/proof`, TYPES.text, CACHE.lookup],
  ['/v1/changes?limit=5', TYPES.ndjson, CACHE.lookup],
  ['/v1/changes', TYPES.ndjson, CACHE.checkpoint],
  ['/v1/changes?member=alliance&limit=5', TYPES.ndjson, CACHE.checkpoint],
  ['/v1/changes?member=th-dbd&wait=1', TYPES.ndjson, CACHE.never],
  ['/v1/snapshot', TYPES.json, CACHE.lookup],
  ['/v1/snapshot/0/0-45.ndjson.gz', TYPES.gzip, CACHE.lookup],
  ['/v1/members', TYPES.json, CACHE.listing],
  ['/v1/members/th-dbd', TYPES.json, CACHE.listing],
  ['/v1/principles', TYPES.json, CACHE.listing],
  ['/marks/th-dbd/verified/gold', TYPES.json, CACHE.listing],
  ['/log/vkey', TYPES.text, CACHE.listing],
  ['/log/checkpoint', TYPES.text, CACHE.checkpoint],
  ['/log/tile/0/000.p/45', TYPES.bytes, CACHE.tile],
  ['/log/tile/entries/000.p/45', TYPES.bytes, CACHE.tile],
  ['/log/proof/inclusion?index=3', TYPES.json, CACHE.checkpoint],
  ['/log/proof/inclusion?index=3&size=40', TYPES.json, CACHE.fixed],
  ['/log/proof/consistency?from=3', TYPES.json, CACHE.checkpoint],
  ['/log/proof/consistency?from=3&to=40', TYPES.json, CACHE.fixed],
  ['/problems', TYPES.json, CACHE.fixed],
  ['/problems/unsigned', TYPES.json, CACHE.fixed],
  ['/healthz', TYPES.json, CACHE.never],
]

describe.each(ADDRESSES)('GET %s', (path, type, cache) => {
  it('says what it is and how long it may be kept, to any origin', async () => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe(type)
    expect(response.headers.get('Cache-Control')).toBe(cache)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.has('Set-Cookie')).toBe(false)
    expect((await response.text()).length).toBeGreaterThan(0)
  })

  it('answers HEAD with the same headers and no body', async () => {
    const [head, full] = [await get(path, {}, 'HEAD'), await get(path)]
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    expect([...head.headers]).toEqual([...full.headers])
  })

  it('answers 304 to who holds it already, however a proxy has marked the tag', async () => {
    const tag = (await get(path)).headers.get('ETag')
    if (cache === CACHE.never) {
      expect(tag).toBeNull()
      return
    }
    expect(tag).toMatch(/^(W\/)?"[^"]+"$/)
    const strong = String(tag).replace(/^W\//, '')
    for (const match of [tag, strong, `W/${strong}`, `"other", ${tag}`, '*', `"a" , W/${strong}`]) {
      const response = await get(path, { 'If-None-Match': match as string })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe('')
      expect(response.headers.get('ETag')).toBe(tag)
      expect(response.headers.get('Cache-Control')).toBe(cache)
    }
    for (const match of ['"other"', strong.slice(1, -1), 'W/"other"', ''])
      expect((await get(path, { 'If-None-Match': match })).status).toBe(200)
  })

  it('answers no other method, and says which it does', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const response = await get(path, {}, method)
      expect(response.status).toBe(405)
      expect(response.headers.get('Allow')).toMatch(/^GET, HEAD(, POST)?, OPTIONS$/)
      expect(await response.json()).toMatchObject({ code: 'method-not-allowed', status: 405, value: method })
    }
  })

  it('lets a browser of any origin ask first', async () => {
    const response = await get(
      path,
      { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' },
      'OPTIONS',
    )
    expect(response.status).toBe(204)
    expect(response.headers.get('Allow')).toContain('GET')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Methods')).toContain('GET')
    expect(response.headers.get('Access-Control-Allow-Headers')).toContain('Content-Type')
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
  })
})

describe('methods', () => {
  it('POST only, where only POST makes sense', async () => {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const response = await get('/v1/statements', {}, method)
      expect(response.status).toBe(405)
      expect(response.headers.get('Allow')).toBe('POST, OPTIONS')
    }
    const preflight = await get('/v1/statements', { Origin: 'https://agency.example' }, 'OPTIONS')
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('POST, OPTIONS')
    expect(preflight.headers.get('Cache-Control')).toBe(CACHE.never)
    expect(preflight.headers.has('Content-Type')).toBe(false)
    expect((await get('/v1/statements', {}, 'PUT')).headers.get('Cache-Control')).toBe(CACHE.never)
  })

  it('an address that is none stays none, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const response = await get('/v1/nothing', {}, method)
      expect(response.status).toBe(404)
      expect(response.headers.get('Content-Type')).toBe(TYPES.problem)
      expect(await response.json()).toMatchObject({
        code: 'not-found',
        type: `${ORIGIN}/problems/not-found`,
        value: '/v1/nothing',
      })
    }
  })
})

describe('problems', () => {
  it.each([
    ['/v1/verify', 'bad-query', 400],
    ['/v1/verify?url=a.example&record=th-dbd:1', 'bad-query', 400],
    ['/v1/verify?url=a.example&url=b.example', 'bad-query', 400],
    ['/v1/verify?url=a.example&for=vn', 'bad-query', 400],
    ['/v1/verify?url=a.example&for=VNM', 'bad-query', 400],
    ['/v1/verify?identifier=1101700230708', 'personal-number', 422],
    ['/v1/records/th-dbd:none', 'record-unknown', 404],
    ['/v1/records/none', 'bad-query', 400],
    ['/v1/records/th-dbd:none/history', 'record-unknown', 404],
    ['/v1/records/th-dbd:none/proof', 'record-unknown', 404],
    ['/v1/members/xx-none', 'member-unknown', 404],
    ['/v1/members/__proto__', 'member-unknown', 404],
    ['/v1/statements/abc', 'bad-query', 400],
    [`/v1/statements/${'0'.repeat(64)}`, 'not-found', 404],
    ['/marks/th-dbd/verified/none', 'not-found', 404],
    ['/problems/none', 'not-found', 404],
    ['/problems/constructor', 'not-found', 404],
  ] as const)('%s: %s', async (path, code, status) => {
    const response = await get(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toBe(TYPES.problem)
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({
      type: `${ORIGIN}/problems/${code}`,
      title: REFUSALS[code][1],
      status,
      code,
      detail: expect.stringMatching(/\w/),
    })
    expect(
      Object.keys(problem).filter(
        (name) => !['type', 'title', 'status', 'code', 'detail', 'value', 'at', 'source'].includes(name),
      ),
    ).toEqual([])
    expect((await get(String(problem.type).slice(ORIGIN.length))).status).toBe(200)
  })

  it('a failure says nothing of its cause, and reports it', async () => {
    const broken = await createTestHub()
    broken.hub.store.head = async () => {
      throw new Error('disk I/O error at /secret/path')
    }
    const response = await broken.app.request(LOOKUP)
    expect(response.status).toBe(500)
    expect(response.headers.get('Cache-Control')).toBe(CACHE.never)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(await response.text()).not.toContain('secret')
    expect(broken.reported).toHaveLength(1)
  })
})

describe('the feed', () => {
  const lines = async (query: string): Promise<string[]> =>
    (await (await get(`/v1/changes?${query}`)).text()).split('\n').slice(0, -1)

  it.each([
    [`after=${SIZE}`, 'bad-cursor'],
    ['after=999999999999999', 'bad-cursor'],
    ['after=-1', 'bad-query'],
    ['after=1.5', 'bad-query'],
    ['after=1e1', 'bad-query'],
    ['after=', 'bad-query'],
    ['limit=0', 'bad-query'],
    ['limit=1001', 'bad-query'],
    ['limit=ten', 'bad-query'],
  ])('%s is refused: %s', async (query, code) => {
    const response = await get(`/v1/changes?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code })
  })

  it('of an empty log is empty', async () => {
    const empty = await createTestHub()
    const response = await empty.app.request('/v1/changes')
    expect([response.status, await response.text(), response.headers.get('Link')]).toEqual([200, '', null])
    expect((await empty.app.request('/v1/changes?after=0')).status).toBe(400)
  })

  it('has one line for each entry, from 0 without a gap, each with its statement', async () => {
    const all = (await lines('limit=1000')).map(
      (line) => JSON.parse(line) as { index: number; sha256: string; statement: string; kind: string },
    )
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: SIZE }, (_, i) => i))
    for (const { sha256, statement } of all) expect(sha256Hex(statement)).toBe(sha256)
    expect(Object.keys(all[0] ?? {})).toEqual(['index', 'kind', 'issuer', 'at', 'sha256', 'statement'])
  })

  it('is empty behind the last entry, which is no mistake', async () => {
    const response = await get(`/v1/changes?after=${SIZE - 1}`)
    expect([response.status, await response.text(), response.headers.get('Link')]).toEqual([200, '', null])
    expect(response.headers.get('Checkpoint-Size')).toBe(String(SIZE))
  })

  it('gives the same lines for any sequence of page sizes', async () => {
    const whole = await lines('limit=1000')
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 20 })), async (sizes) => {
        const read: string[] = []
        while (read.length < SIZE) {
          const limit = sizes.next().value as number
          const page = await lines(`limit=${limit}${read.length > 0 ? `&after=${read.length - 1}` : ''}`)
          expect(page.length).toBe(Math.min(limit, SIZE - read.length))
          read.push(...page)
        }
        expect(read).toEqual(whole)
      }),
      { numRuns: 25 },
    )
  })

  it('leads from page to page by its links, and ends', async () => {
    const read: string[] = []
    let path: string | undefined = '/v1/changes?limit=7'
    while (path) {
      const response = await get(path)
      read.push(...(await response.text()).split('\n').slice(0, -1))
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1]
    }
    expect(read).toEqual(await lines('limit=1000'))
  })

  it('says openly that a statement was erased', async () => {
    const other = await createTestHub()
    const member = await other.admit('th-dbd')
    await other.push(await signRecord(member, recordClaims(member, other.now())))
    await other.push(await signErasure(member, [1], other.now()))
    const [, line = ''] = (await (await other.app.request('/v1/changes')).text()).split('\n')
    expect(JSON.parse(line)).toMatchObject({ index: 1, erased: true, erasedBy: 2 })
    expect(JSON.parse(line)).not.toHaveProperty('statement')
  })
})

describe('a record', () => {
  it('comes with its verdict, its statement and as of which log size', async () => {
    const body = (await (await get(RECORD)).json()) as {
      record: Verdict['records'][number]
      asOf: Verdict['asOf']
      demo: boolean
    }
    expect(body).toMatchObject({
      record: { id: 'th-dbd:R-1', statement: first },
      asOf: { size: SIZE },
      demo: true,
    })
    expect(recordSchema.safeParse(decodeJwt(body.record.statement)).success).toBe(true)
  })

  it('is proved to be logged, with nothing but the log’s key', async () => {
    const vkey = (await (await get('/log/vkey')).text()).trim()
    const trust = { origin: formatLogOrigin(ORIGIN), verifiers: [await createNoteVerifier(vkey)] }
    const proof = await (await get(`${RECORD}/proof`)).text()
    const entry = parseTlogProof(proof).extra as Uint8Array<ArrayBuffer>
    expect(await verifyTlogProof(proof, { entry, ...trust })).toMatchObject({ index: SIZE - 3, size: SIZE })
    expect(JSON.parse(new TextDecoder().decode(entry))).toMatchObject({
      kind: 'record',
      issuer: 'th-dbd',
      sha256: sha256Hex(first),
    })
    await expect(
      verifyTlogProof(proof, { entry: new TextEncoder().encode('{}'), ...trust }),
    ).rejects.toThrow()
    const checkpoint = await (await get('/log/checkpoint')).text()
    expect((await openCheckpoint(checkpoint, trust)).size).toBe(SIZE)
    expect(parseTlogProof(proof).checkpoint).toBe(checkpoint)
  })

  it('has its whole history, oldest first', async () => {
    const { history } = (await (await get('/v1/records/th-dbd:R-2/history')).json()) as {
      history: { kind: string; index: number; at: string }[]
    }
    expect(history.map(({ kind, index }) => [kind, index])).toEqual([
      ['record', 3],
      ['status', SIZE - 1],
    ])
    expect(history[0]?.at).toBe('2026-11-22T03:00:00.000Z')
  })

  it('has a page', async () => {
    const response = await get('/r/th-dbd:R-1')
    expect([response.status, response.headers.get('Content-Language')]).toEqual([200, 'en'])
    expect(await response.text()).toContain('<h1 id="verdict">')
  })
})

describe('a statement', () => {
  it('can be asked for by its hash', async () => {
    expect(await (await get(`/v1/statements/${sha256Hex(first)}`)).json()).toEqual({
      sha256: sha256Hex(first),
      outcome: 'accepted',
      index: SIZE - 3,
    })
    const refused = await signStatus(dbd, 'th-dbd:none', 'revoked', t.now())
    await t.push(refused)
    const response = await get(`/v1/statements/${sha256Hex(refused)}`)
    expect(await response.json()).toMatchObject({ outcome: 'rejected', problem: { code: 'record-unknown' } })
    expect(response.headers.get('Cache-Control')).toBe(CACHE.never)
  })
})

describe('a signed verdict', () => {
  const configuration = async () => {
    const response = await get('/alliance/.well-known/openid-federation')
    expect(response.headers.get('Content-Type')).toBe('application/entity-statement+jwt')
    const jwt = await response.text()
    const claims = decodeJwt<{
      jwks: JSONWebKeySet
      metadata: Record<string, unknown>
      trust_mark_issuers: Record<string, string[]>
    }>(jwt)
    await jwtVerify(jwt, createLocalJWKSet(claims.jwks), {
      issuer: `${ORIGIN}/alliance`,
      subject: `${ORIGIN}/alliance`,
      typ: 'entity-statement+jwt',
      currentDate: new Date(t.now() * 1000),
    })
    return claims
  }

  it('verifies with the federation key, echoes its query and lives an hour at most', async () => {
    const { jwks } = await configuration()
    const response = await get(`${LOOKUP}&for=VN`, { Accept: 'application/jwt' })
    expect(response.headers.get('Content-Type')).toBe('application/jwt')
    expect(response.headers.get('Vary')).toBe('Accept')
    const now = new Date(t.now() * 1000)
    const { payload, protectedHeader } = await jwtVerify(await response.text(), createLocalJWKSet(jwks), {
      issuer: `${ORIGIN}/alliance`,
      typ: VERDICT_TYP,
      currentDate: now,
    })
    expect(protectedHeader.alg).toBe('ES256')
    expect(payload.iat).toBe(t.now())
    expect(payload.exp! - payload.iat!).toBeGreaterThan(0)
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(3600)
    expect(payload.verdict).toEqual(await (await get(`${LOOKUP}&for=VN`)).json())
    expect(payload.verdict).toMatchObject({ query: { record: 'th-dbd:R-1', for: 'VN' } })
  })

  it('does not outlive its record', async () => {
    const other = await createTestHub()
    const member = await other.admit('th-dbd')
    await other.push(await signRecord(member, recordClaims(member, other.now(), { exp: other.now() + 100 })))
    const signed = async () =>
      decodeJwt(await (await other.app.request(LOOKUP, { headers: { Accept: 'application/jwt' } })).text())
    expect((await signed()).exp).toBe(other.now() + 100)
    other.tick(100)
    expect(await signed()).toMatchObject({
      verdict: { verdict: 'expired' },
      iat: other.now(),
      exp: other.now() + 3600,
    })
  })

  it.each([
    ['application/jwt', TYPES.jwt],
    ['application/jwt;q=0.9, application/json;q=0.8', TYPES.jwt],
    ['application/json;q=0.8, APPLICATION/JWT', TYPES.jwt],
    ['application/jwt, */*;q=0.1', TYPES.jwt],
    ['application/jwt, application/json', TYPES.jwt],
    ['application/json, application/jwt;q=0.5', TYPES.json],
    ['application/jwt;q=0.1, */*', TYPES.json],
    ['application/jwt;q=0.1, application/*;q=0.2', TYPES.json],
    ['application/jwt;q=0', TYPES.json],
    ['*/*', TYPES.json],
    ['text/html', TYPES.json],
    ['', TYPES.json],
  ])('is given for Accept: %s as %s', async (accept, type) => {
    const response = await get(LOOKUP, { Accept: accept })
    expect(response.headers.get('Content-Type')).toBe(type)
    expect(response.headers.get('Vary')).toBe('Accept')
  })

  it('has a configuration behind it that names log, operator and who issues what, and nothing private', async () => {
    const claims = await configuration()
    expect(claims.metadata.trustmark_alliance).toMatchObject({
      log: { origin: formatLogOrigin(ORIGIN), vkey: t.hub.keys.vkeys[0] },
    })
    expect(claims.trust_mark_issuers[`${ORIGIN}/marks/th-dbd/verified/gold`]).toEqual([
      `${ORIGIN}/members/th-dbd`,
    ])
    for (const issuers of Object.values(claims.trust_mark_issuers)) expect(issuers.length).toBeGreaterThan(0)
    expect(JSON.stringify(claims)).not.toContain('"d":')
  })

  it('has no list of issuers while there are none', async () => {
    const empty = await createTestHub()
    const jwt = await (await empty.app.request('/alliance/.well-known/openid-federation')).text()
    expect(decodeJwt(jwt)).not.toHaveProperty('trust_mark_issuers')
  })
})

describe('POST /v1/verify', () => {
  it('answers each query in its place, and a bad one blocks no other', async () => {
    const response = await ask({
      queries: [
        { record: 'th-dbd:R-1' },
        { url: 'bit.ly/x' },
        { identifier: 'nonsense' },
        { url: 'https://nowhere.example', for: 'VN' },
        { record: 'th-dbd:R-2' },
      ],
    })
    expect(response.headers.get('Cache-Control')).toBe(CACHE.never)
    const { results } = (await response.json()) as { results: (Verdict & { problem?: { code: string } })[] }
    expect(results.map((result) => result.problem?.code ?? result.verdict)).toEqual([
      'identity-confirmed',
      'unresolvable-link',
      'bad-query',
      'not-found',
      'revoked',
    ])
    for (const result of results.filter(({ problem }) => !problem)) verdictSchema.parse(result)
    expect(results[0]).toEqual(await (await get(LOOKUP)).json())
  })

  it('answers 1,000 queries', async () => {
    const { results } = (await (
      await ask({ queries: Array.from({ length: 1000 }, (_, i) => ({ record: `th-dbd:R-${i}` })) })
    ).json()) as { results: Verdict[] }
    expect(results.filter(({ verdict }) => verdict !== 'not-found')).toHaveLength(RECORDS)
  })

  interface Found {
    trustMark: { genuine: boolean; current: boolean; index?: number; problem?: { code: string } }
    verdict?: Verdict
  }
  const found = async (trustMark: string) => (await (await ask({ trustMark })).json()) as Found

  it('knows the current mark found in the wild', async () => {
    const answer = await found(` ${first}\n`)
    expect(answer.trustMark).toEqual({ genuine: true, current: true, index: SIZE - 3 })
    expect(verdictSchema.parse(answer.verdict)).toMatchObject({ verdict: 'identity-confirmed' })
  })

  it('knows one that was superseded', async () => {
    expect((await found(superseded)).trustMark).toEqual({ genuine: true, current: false, index: 2 })
  })

  it('knows one whose record was revoked', async () => {
    const { records } = await t.verdict('record=th-dbd:R-2')
    const answer = await found(records[0]!.statement)
    expect(answer).toMatchObject({
      trustMark: { genuine: true, current: true },
      verdict: { verdict: 'revoked' },
    })
  })

  it('knows one that was signed but never published', async () => {
    const answer = await found(
      await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'R-unpublished' })),
    )
    expect(answer).toMatchObject({
      trustMark: { genuine: true, current: false },
      verdict: { verdict: 'not-found' },
    })
    expect(answer.trustMark).not.toHaveProperty('index')
  })

  it('knows a forged one, and gives no verdict that could be taken for it', async () => {
    const payload = Buffer.from(first.split('.')[1]!, 'base64url').toString()
    for (const [jwt, code] of [
      [forge(first, { payload: payload.replaceAll('somjai-silk', 'evil-silk') }), 'bad-signature'],
      [forge(first, { header: '{"alg":"none","typ":"trust-mark+jwt"}' }), 'alg-not-allowed'],
      ['not a mark', 'unsigned'],
      ['', 'unsigned'],
    ] as const) {
      const answer = await found(jwt)
      expect(answer).toMatchObject({ trustMark: { genuine: false, current: false, problem: { code } } })
      expect(answer).not.toHaveProperty('verdict')
    }
  })

  it('knows a foreign one: of another alliance, and of a member in another’s name', async () => {
    const abroad = await signRecord(dbd, recordClaims(dbd, t.now(), { origin: 'https://other.example' }))
    expect(await found(abroad)).toMatchObject({
      trustMark: { genuine: false, problem: { code: 'unknown-issuer' } },
    })
    const own = recordClaims(idea, t.now(), { mark: 'website-notified', level: 'notified', facts: {} })
    const stolen = { ...own, trustmark: { ...own.trustmark, id: 'th-dbd:R-1' } }
    const answer = await found(await signRecord(idea, stolen))
    expect(answer).toMatchObject({
      trustMark: { genuine: false, current: false, problem: { code: 'id-not-own' } },
    })
    expect(answer).not.toHaveProperty('verdict')
    const dressed = { ...own, trust_mark_type: `${ORIGIN}/marks/th-dbd/verified/platinum` }
    expect(await found(await signRecord(idea, dressed))).toMatchObject({
      trustMark: { genuine: false, problem: { code: 'type-not-permitted' } },
    })
  })

  it('takes no other statement for a mark', async () => {
    expect(await found(await signStatus(dbd, 'th-dbd:R-1', 'revoked', t.now()))).toMatchObject({
      trustMark: { genuine: false, problem: { code: 'unknown-type' } },
    })
  })
})
