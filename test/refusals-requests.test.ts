/** What the hub refuses before it looks at a statement: bodies, lines, questions. Nothing of a refused body is used. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { MAX_PUBLISH_BYTES } from '../src/api/post-statements.js'
import type { LineResult } from '../src/hub/publish.js'
import { readQuestion } from '../src/hub/question.js'
import { MAX_SHARED_TEXT } from '../src/record/share-text.js'
import type { VerdictQuery } from '../src/record/verdict.js'
import { type Problem, Refusal } from '../src/refusal.js'
import { forge } from './attacks.js'
import { createTestHub, recordClaims, signRecord, type TestHub, type TestMember } from './hub-fixture.js'

let t: TestHub
let dbd: TestMember
let count = 0

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
})

/** A new sound statement each time. */
function fresh(): Promise<string> {
  count += 1
  return signRecord(
    dbd,
    recordClaims(dbd, t.now(), { certificate: `Q-${count}`, url: `https://shop-${count}.example` }),
  )
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream
async function post(
  body: Body,
  headers: Record<string, string> = {},
  path = '/v1/statements',
): Promise<{ status: number; problem: Problem; results: LineResult[] }> {
  const streamed = body instanceof ReadableStream ? { duplex: 'half' } : {}
  const response = await t.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...headers },
    body,
    ...streamed,
  })
  const json = (await response.json()) as Problem & { results: LineResult[] }
  expect(t.reported).toEqual([])
  if (!response.ok) expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  return { status: response.status, problem: json, results: json.results }
}

async function size(): Promise<number> {
  return (await t.hub.store.head())?.size ?? -1
}

const utf8 = new TextEncoder()
const json = { 'Content-Type': 'application/json' }

describe('a push', () => {
  it.each<[string, string, number, () => Promise<Body> | Body, Record<string, string>]>([
    ['of no content type', 'unsupported-media-type', 415, fresh, { 'Content-Type': '' }],
    [
      'as a form',
      'unsupported-media-type',
      415,
      fresh,
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ],
    ['of nothing', 'bad-request', 400, () => '', {}],
    ['of empty lines', 'bad-request', 400, () => '\n\r\n \n', {}],
    ['of 4 MB of line feeds', 'bad-request', 400, () => '\n'.repeat(MAX_PUBLISH_BYTES), {}],
    ['of 4 MB of commas as JSON', 'bad-json', 400, () => ','.repeat(MAX_PUBLISH_BYTES), json],
    ['that is JSON cut off', 'bad-json', 400, async () => `{"statements":["${await fresh()}"`, json],
    ['that is JSON nested 2,000,000 deep', 'bad-json', 400, () => '['.repeat(2e6) + ']'.repeat(2e6), json],
    [
      'that names statements twice',
      'duplicate-json-key',
      400,
      async () => `{"statements":[],"statements":["${await fresh()}"]}`,
      json,
    ],
    [
      'of a statement instead of a list',
      'bad-request',
      400,
      async () => JSON.stringify({ statements: await fresh() }),
      json,
    ],
    [
      'with a number among the statements',
      'bad-request',
      400,
      async () => JSON.stringify({ statements: [await fresh(), 1] }),
      json,
    ],
    [
      'with a stray member',
      'bad-request',
      400,
      async () => JSON.stringify({ statements: [await fresh()], force: true }),
      json,
    ],
    [
      'with __proto__',
      'bad-json',
      400,
      async () => `{"__proto__":{},"statements":["${await fresh()}"]}`,
      json,
    ],
    [
      'not in UTF-8',
      'not-utf8',
      400,
      async () =>
        new Uint8Array([
          ...utf8.encode(`{"statements":["${await fresh()}"],"`),
          0xff,
          ...utf8.encode('":1}'),
        ]),
      json,
    ],
    ['in UTF-16', 'not-utf8', 400, () => new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), json],
    ['one byte too large', 'body-too-large', 413, () => ' '.repeat(MAX_PUBLISH_BYTES + 1), json],
    [
      'that claims to be too large',
      'body-too-large',
      413,
      fresh,
      { 'Content-Length': String(MAX_PUBLISH_BYTES + 1) },
    ],
    ['shorter than it claims', 'body-incomplete', 400, fresh, { 'Content-Length': '100000' }],
  ])('%s is refused: %s', async (_name, code, status, make, headers) => {
    const before = await size()
    expect(await post(await make(), headers)).toMatchObject({ status, problem: { code, status } })
    expect(await size()).toBe(before)
  })

  it.each([
    ['application/x-ndjson', async (lines: string[]) => lines.join('\n')],
    ['application/json', async (lines: string[]) => JSON.stringify({ statements: lines })],
  ])('of 1,001 statements as %s is refused whole', async (type, make) => {
    const before = await size()
    const lines = [await fresh(), ...Array.from({ length: 1000 }, (_, i) => `x${i}`)]
    expect(await post(await make(lines), { 'Content-Type': type })).toMatchObject({
      status: 413,
      problem: { code: 'too-many-statements' },
    })
    expect(await size()).toBe(before)
    expect((await post(await make(lines.slice(0, 1000)), { 'Content-Type': type })).results).toHaveLength(
      1000,
    )
  })

  it('that breaks off in the middle is refused whole', async () => {
    const before = await size()
    const first = `${await fresh()}\n`
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(utf8.encode(first))
      },
      pull(controller) {
        controller.error(new Error('connection reset'))
      },
    })
    expect(await post(broken)).toMatchObject({ status: 400, problem: { code: 'body-incomplete' } })
    expect(await size()).toBe(before)
    expect((await post(first)).results).toMatchObject([{ outcome: 'accepted' }])
  })

  it('that never ends is cut off at the limit', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x2c))
      },
    })
    expect(await post(endless)).toMatchObject({ status: 413, problem: { code: 'body-too-large' } })
    expect(sent).toBeLessThan(MAX_PUBLISH_BYTES + 10 * 65_536)
  })
})

describe('a bad line', () => {
  it.each<[string, string, (good: string) => string | Uint8Array]>([
    ['that is broken JSON', 'bad-json', () => '{"statement":'],
    ['that is JSON but no statement', 'unsigned', () => '{"statement":1}'],
    ['that is a list', 'unsigned', () => '["a"]'],
    ['that is an unterminated text', 'bad-json', (good) => `"${good}`],
    ['that is not UTF-8', 'not-utf8', () => new Uint8Array([0xc3, 0x28])],
    ['of commas', 'unsigned', () => ','.repeat(1000)],
    ['of a megabyte', 'statement-too-large', () => 'A'.repeat(1e6)],
    ['of brackets', 'bad-json', () => '['.repeat(1e5)],
    ['that was cut off', 'bad-signature', (good) => good.slice(0, -46)],
    [
      'whose typ is a hostile object',
      'unknown-type',
      (good) => forge(good, { header: '{"typ":{"toString":1}}' }),
    ],
    [
      'whose payload nests too deep',
      'bad-json',
      (good) => forge(good, { payload: '['.repeat(5000) + ']'.repeat(5000) }),
    ],
    ['with a NUL', 'bad-encoding', (good) => `${good}\u0000`],
  ])('%s never blocks its neighbours: %s', async (_name, code, spoil) => {
    const [first, second, third] = await Promise.all([fresh(), fresh(), fresh()])
    const bad = spoil(second!)
    const bytes = [
      utf8.encode(`${first}\n`),
      typeof bad === 'string' ? utf8.encode(bad) : bad,
      utf8.encode(`\n${third}`),
    ]
    const { status, results } = await post(new Uint8Array(bytes.flatMap((part) => [...part])))
    expect(status).toBe(200)
    expect(results).toMatchObject([
      { line: 1, outcome: 'accepted' },
      { line: 2, outcome: 'rejected', problem: { code } },
      { line: 3, outcome: 'accepted' },
    ])
  })

  it('is counted as the sender counts, empty lines and carriage returns included', async () => {
    const [first, second] = await Promise.all([fresh(), fresh()])
    const { results } = await post(`\ufeff${first}\r\n\r\n  ${JSON.stringify(second)}  \r\n\n${first}`)
    expect(results).toMatchObject([
      { line: 1, outcome: 'accepted' },
      { line: 3, outcome: 'accepted' },
      { line: 5, outcome: 'duplicate' },
    ])
  })
})

describe('many look-ups at once', () => {
  const ask = (body: unknown) => post(JSON.stringify(body), json, '/v1/verify')

  it.each([
    ['nothing', {}],
    ['no queries', { queries: [] }],
    ['1,001 queries', { queries: Array(1001).fill({ record: 'th-dbd:1' }) }],
    ['queries and a trust mark', { queries: [{ record: 'th-dbd:1' }], trustMark: 'x' }],
    ['a stray parameter', { queries: [{ record: 'th-dbd:1', limit: 1 }] }],
    ['a number for a link', { queries: [{ url: 1 }] }],
    ['a trust mark that is too long', { trustMark: 'x'.repeat(20_000) }],
  ])('refuse %s', async (_name, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, problem: { code: 'bad-request' } })
  })

  it('refuse another content type', async () => {
    expect(await post('{}', { 'Content-Type': 'text/plain' }, '/v1/verify')).toMatchObject({ status: 415 })
  })
})

describe('readQuestion', () => {
  it.each<[string, VerdictQuery]>([
    ['nothing asked', {}],
    ['only a country', { for: 'VN' }],
    ['two questions', { url: 'https://a.example', record: 'th-dbd:1' }],
    ['an empty link', { url: '' }],
    ['white space for a link', { url: ' \t' }],
    ['a script for a link', { url: 'javascript:alert(1)' }],
    ['a platform without a shop', { url: 'https://shopee.co.th/' }],
    ['an IP address', { url: 'http://127.0.0.1:8787' }],
    ['a link with a password', { url: 'https://user:secret@shop.example' }],
    ['a link beyond every browser', { url: `https://a.example/${'x'.repeat(MAX_SHARED_TEXT)}` }],
    ['a text of a megabyte', { url: `https://a.example ${'x '.repeat(5e5)}` }],
    ['a record id without a certificate number', { record: 'th-dbd:' }],
    ['a record id with a path', { record: 'th-dbd:../../etc' }],
    ['a record id of a megabyte', { record: `th-dbd:${'1'.repeat(1e6)}` }],
    ['an identifier of no register', { identifier: 'abc' }],
    ['an identifier with a wrong check digit', { identifier: 'th-juristic:0105548060562' }],
    ['an identifier of a megabyte', { identifier: '1 '.repeat(5e5) }],
  ])('refuses %s', (_name, query) => {
    expect(() => readQuestion(query)).toThrow(expect.objectContaining({ code: 'bad-query' }) as Refusal)
  })

  it.each([
    { identifier: '1101700230708' },
    { identifier: 'th-juristic:1-1017-00230-70-8' },
    { identifier: '1-1017-00230-70-8' },
  ])('refuses a citizen’s number without repeating it: %j', (query) => {
    try {
      readQuestion(query)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'personal-number' })
      expect(JSON.stringify((error as Refusal).details).replaceAll('-', '')).not.toContain('1101700230708')
    }
  })

  it('never repeats a password', () => {
    expect(() => readQuestion({ url: 'https://user:hunter2@shop.example' })).toThrow(
      expect.not.stringContaining('hunter2'),
    )
  })

  it('answers or refuses any text whatever, and understands what it echoes', () => {
    const by = fc.constantFrom('url' as const, 'record' as const, 'identifier' as const)
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.webUrl(),
      fc.domain(),
      fc.stringMatching(/^[a-z]{2}-[a-z]{2,9}:[A-Z0-9]{1,9}$/),
    )
    fc.assert(
      fc.property(by, text, (name, value) => {
        let keys: string[]
        try {
          const question = readQuestion({ [name]: value })
          keys = question.by === 'presence' ? question.keys : []
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          return
        }
        for (const key of keys) expect(readQuestion({ url: key }).keys).toEqual([key])
      }),
      { numRuns: 500 },
    )
  })
})
