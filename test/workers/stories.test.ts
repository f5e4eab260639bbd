import {
  applyD1Migrations,
  createExecutionContext,
  createScheduledController,
  env,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import definition from '../../members/th-dbd/member.json?raw'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import type { LineResult } from '../../src/hub/publish.js'
import { formatEntry } from '../../src/log/entry.js'
import { hashLeaf } from '../../src/log/hash.js'
import { appendLeaves } from '../../src/log/tree.js'
import type { Verdict } from '../../src/record/verdict.js'
import { openD1 } from '../../src/store/d1.js'
import { createHubStore } from '../../src/store/hub-store.js'
import { sha256Hex } from '../../src/trust/digest.js'
import { createSigner, type Signer } from '../../src/trust/signer.js'
import {
  type Anchor,
  readAnchor,
  verifyAdmission,
  verifyLogged,
  verifyRecord,
  verifyVerdict,
} from '../../src/verify.js'
import worker from '../../src/worker.js'
import {
  createMember,
  ORIGIN,
  recordClaims,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestMember,
} from '../signing.js'

interface Change {
  index: number
  kind: string
  issuer: string
  at: number
  sha256: string
  statement: string
}

const now = () => Math.floor(Date.now() / 1000)
/** Statements about one record must be dated one after the other; these lie in the last hour. */
let dated = now() - 3600
const nextDate = () => ++dated
const shop = (name: string) => `https://${name}.example`
let operator: Signer
let dbd: TestMember

const get = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(`${ORIGIN}${path}`, { headers })
const text = async (path: string) => decode(await get(path))
/** The runtime warns of text() on media types such as application/jwt. */
const decode = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer())

async function push(...statements: string[]): Promise<LineResult[]> {
  const response = await exports.default.fetch(`${ORIGIN}/v1/statements`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ statements }),
  })
  expect(response.status).toBe(200)
  return ((await response.json()) as { results: LineResult[] }).results
}

async function lookUp(query: Record<string, string>): Promise<Verdict> {
  return (await (await get(`/v1/verify?${new URLSearchParams(query)}`)).json()) as Verdict
}

async function readChanges(): Promise<Change[]> {
  const lines: Change[] = []
  for (let path: string | undefined = '/v1/changes?limit=5'; path; ) {
    const response: Response = await get(path)
    lines.push(
      ...(await decode(response))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Change),
    )
    path = /<[^>]*?(\/v1[^>]*)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1]
  }
  return lines
}

async function anchor(): Promise<Anchor> {
  return readAnchor(await text('/alliance/.well-known/openid-federation'), ORIGIN, now())
}

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  operator = await createSigner(JSON.parse(env.OPERATOR_KEY))
  dbd = await createMember(JSON.parse(definition) as MemberDefinition, ORIGIN, operator, nextDate())
})

describe('the hub on Workers', () => {
  it('admits a member, certifies its shop, and shows suspension and revocation in the next look-up', async () => {
    expect(await push(dbd.admission)).toMatchObject([{ outcome: 'accepted', index: 0 }])
    expect((await lookUp({ url: shop('somjai-silk') })).verdict).toBe('not-found')
    expect(await push(await signRecord(dbd, recordClaims(dbd, nextDate())))).toMatchObject([
      { outcome: 'accepted' },
    ])
    const queries: Record<string, string>[] = [
      { url: `${shop('somjai-silk')}/a?b=1` },
      { record: 'th-dbd:R-1' },
      { identifier: 'th-juristic:0105548060561' },
    ]
    for (const query of queries) {
      const found = await lookUp(query)
      expect(found).toMatchObject({ verdict: 'identity-confirmed', demo: true })
      expect(found.records[0]!.id).toBe('th-dbd:R-1')
    }
    await push(await signStatus(dbd, 'th-dbd:R-1', 'suspended', nextDate()))
    expect((await lookUp({ url: shop('somjai-silk') })).verdict).toBe('suspended')
    await push(await signStatus(dbd, 'th-dbd:R-1', 'revoked', nextDate()))
    expect((await lookUp({ url: shop('somjai-silk') })).verdict).toBe('revoked')
    expect(await push(await signStatus(dbd, 'th-dbd:R-1', 'reinstated', nextDate()))).toMatchObject([
      { problem: { code: 'record-revoked' } },
    ])
  })

  it('answers a statement sent again with the index that it has', async () => {
    const record = await signRecord(
      dbd,
      recordClaims(dbd, nextDate(), { certificate: 'R-2', url: shop('again') }),
    )
    const [first] = await push(record)
    expect(await push(record)).toEqual([
      { line: 1, outcome: 'duplicate', index: (first as { index: number }).index, sha256: sha256Hex(record) },
    ])
  })

  it('refuses a line without blocking its neighbours', async () => {
    const record = await signRecord(
      dbd,
      recordClaims(dbd, nextDate(), { certificate: 'R-3', url: shop('neighbour') }),
    )
    const forged = `${record.slice(0, -8)}AAAAAAAA`
    expect(await push('nonsense', forged, record)).toMatchObject([
      { outcome: 'rejected' },
      { outcome: 'rejected', problem: { code: 'bad-signature' } },
      { outcome: 'accepted' },
    ])
  })

  it('signs verdicts that anyone can check', async () => {
    const response = await get(`/v1/verify?url=${encodeURIComponent(shop('neighbour'))}`, {
      Accept: 'application/jwt',
    })
    expect(response.headers.get('Content-Type')).toBe('application/jwt')
    expect(await verifyVerdict(await decode(response), await anchor(), now())).toMatchObject({
      verdict: 'identity-confirmed',
      demo: true,
    })
  })

  it('shows a register as of beside a look-up', async () => {
    expect(await push(await signRegister(dbd, ['th-dbd:R-2', 'th-dbd:R-3'], nextDate()))).toMatchObject([
      { outcome: 'accepted' },
    ])
    expect((await lookUp({ url: shop('neighbour') })).asOf.members['th-dbd']).toMatchObject({
      count: 2,
      agrees: true,
    })
  })

  it('takes concurrent requests without gap or duplicate, and the root is that of the feed', async () => {
    const requests = await Promise.all(
      Array.from({ length: 8 }, (_, r) =>
        Promise.all(
          Array.from({ length: 3 }, (_, i) =>
            signRecord(
              dbd,
              recordClaims(dbd, nextDate(), { certificate: `C-${r}-${i}`, url: shop(`c${r}-${i}`) }),
            ),
          ),
        ),
      ),
    )
    const before = (await readChanges()).length
    const results = (await Promise.all(requests.map((statements) => push(...statements)))).flat()
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'accepted'))
    const indices = results.map((result) => (result as { index: number }).index).sort((a, b) => a - b)
    expect(indices).toEqual(results.map((_, i) => before + i))

    const changes = await readChanges()
    expect(changes.map(({ index }) => index)).toEqual(changes.map((_, i) => i))
    for (const { statement, sha256 } of changes) expect(sha256Hex(statement)).toBe(sha256)
    const leaves = changes.map(({ at, issuer, kind, sha256 }) =>
      hashLeaf(new TextEncoder().encode(formatEntry({ at, issuer, kind, sha256, v: 1 }))),
    )
    const { root } = appendLeaves(0, [], leaves)
    const [, size, encoded] = (await text('/log/checkpoint')).split('\n')
    expect([size, encoded]).toEqual([String(changes.length), btoa(String.fromCharCode(...root))])
  })

  it('proves to anyone that a record was logged, issued by an admitted member', async () => {
    const pinned = await anchor()
    expect(pinned.log.vkey).toBe((await text('/log/vkey')).trim())
    const changes = await readChanges()
    const { statement, index } = changes.find(({ kind, issuer }) => kind === 'record' && issuer === 'th-dbd')!
    const claims = await verifyRecord(statement, await verifyAdmission(changes[0]!.statement, pinned), pinned)
    const proof = await text(`/v1/records/${claims.trustmark.id}/proof`)
    expect(await verifyLogged(proof, statement, pinned)).toMatchObject({ index, size: changes.length })
    await expect(verifyLogged(proof, changes[0]!.statement, pinned)).rejects.toThrow('another statement')
  })

  it('sequences at the cron tick what a broken request left in the inbox', async () => {
    const jws = await signRecord(
      dbd,
      recordClaims(dbd, nextDate(), { certificate: 'R-4', url: shop('left-over') }),
    )
    await createHubStore(openD1(env.DB)).receive([{ sha256: sha256Hex(jws), jws }], Date.now(), 0)
    expect((await lookUp({ record: 'th-dbd:R-4' })).verdict).toBe('not-found')
    await worker.scheduled(createScheduledController(), env)
    expect((await lookUp({ record: 'th-dbd:R-4' })).verdict).toBe('identity-confirmed')
  })

  it('fills at the cron tick a directory that was made anew, as an export takes', async () => {
    const search = async () => (await get('/v1/search?q=somjai&limit=100')).text()
    const before = await search()
    const [making] = env.MIGRATIONS.filter(({ name }) => name.startsWith('0010_'))
    await env.DB.prepare('DROP TABLE directory').run()
    for (const query of making!.queries) await env.DB.prepare(query).run()
    await env.DB.prepare("DELETE FROM settings WHERE name = 'directory'").run()
    const early = await get('/v1/search')
    expect([early.status, early.headers.get('Retry-After')]).toEqual([503, '30'])
    await worker.scheduled(createScheduledController(), env)
    expect(await search()).toBe(before)
    expect(before).toContain('th-dbd:R-4')
  })

  it('shows people the same in their language', async () => {
    const response = await get(`/th/verify?q=${encodeURIComponent(shop('left-over'))}`)
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('lang="th"')
    expect(page).toContain('th-dbd:R-4')
  })

  it('says of every record of a member that left, that its issuer left', async () => {
    await push(await signStanding(operator, 'th-dbd', 'left', nextDate()))
    expect((await lookUp({ record: 'th-dbd:R-4' })).verdict).toBe('issuer-left')
  })
})

describe('a hub that can not be opened says which command helps', () => {
  let logged: MockInstance<typeof console.error>
  beforeEach(() => {
    logged = vi.spyOn(console, 'error').mockReturnValue()
  })
  afterEach(() => logged.mockRestore())

  async function ask(
    changed: Partial<Parameters<typeof worker.fetch>[1]>,
    url = `${ORIGIN}/healthz`,
  ): Promise<Record<string, unknown>> {
    const context = createExecutionContext()
    const response = await worker.fetch(
      new Request(url),
      { DB: env.DB, HUB_KEYS: env.HUB_KEYS, ...changed },
      context,
    )
    await waitOnExecutionContext(context)
    expect(response.status).toBe(503)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ code: 'not-ready', status: 503 })
    expect(logged).toHaveBeenCalledOnce()
    const line = String(logged.mock.calls[0]![0])
    expect(JSON.parse(line)).toMatchObject({ level: 'error', path: new URL(url).pathname })
    expect(line + JSON.stringify(problem)).not.toContain('not-the-secret')
    return problem
  }

  it.each([
    ['without keys', { HUB_KEYS: undefined }, 'wrangler secret put HUB_KEYS'],
    ['with keys that are no JSON', { HUB_KEYS: 'not-the-secret' }, 'wrangler secret put HUB_KEYS'],
    [
      'with half of the keys',
      { HUB_KEYS: '{"federation":{"kty":"EC","d":"not-the-secret"}}' },
      'wrangler secret put HUB_KEYS',
    ],
    ['without tables', { DB: env.EMPTY_DB }, 'wrangler d1 migrations apply DB --remote'],
    ['without a database', { DB: undefined }, '[[d1_databases]]'],
    ['with an origin that has a path', { HUB_ORIGIN: 'https://hub.example/wta' }, 'HUB_ORIGIN'],
    ['with an origin that is not https', { HUB_ORIGIN: 'http://hub.example' }, 'HUB_ORIGIN'],
    [
      'as another hub than the data’s',
      { HUB_ORIGIN: 'https://hub.example' },
      `This data belongs to ${ORIGIN}`,
    ],
  ])('%s', async (_, changed, remedy) => {
    expect((await ask(changed)).detail).toContain(remedy)
  })

  it('with the keys of another log', async () => {
    const keys = JSON.parse(env.HUB_KEYS)
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
    keys.log = await crypto.subtle.exportKey('jwk', pair.privateKey)
    expect((await ask({ HUB_KEYS: JSON.stringify(keys) })).detail).toContain('log key')
  })

  it('as a demo at a public address', async () => {
    expect((await ask({}, 'https://trustmark-hub.example/')).detail).toContain('HUB_ORIGIN is not set')
  })
})
