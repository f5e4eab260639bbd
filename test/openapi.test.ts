import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.js'
import { DEMO_MEMBERS } from '../src/hub/is-ready.js'
import { readOverview } from '../src/hub/overview.js'
import { verify } from '../src/hub/verify.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import { readPayload } from '../src/trust/jws.js'
import { createTestHub, ORIGIN, recordClaims, signRecord, signRegister, type TestHub } from './hub-fixture.js'

type Schema = Record<string, unknown>
interface Media {
  schema: Schema
  examples?: Record<string, { value: unknown }>
}
interface DescribedAnswer {
  $ref?: string
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, Media>
}
interface Described {
  operationId: string
  tags: string[]
  parameters: { $ref?: string; name: string; in: string; schema: Schema; example?: unknown }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, DescribedAnswer>
}
interface Document {
  openapi: string
  info: { title: string; description: string; license: object }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Described>>
  components: Record<string, Record<string, unknown>>
}

let t: TestHub
let document: Document
let operations: { method: string; path: string; operation: Described }[]
const ajv = addFormats.default(new Ajv2020({ strict: false }))

beforeAll(async () => {
  t = await createTestHub()
  for (const id of DEMO_MEMBERS) {
    const member = await t.admit(id)
    if (id === 'th-dbd') await t.push(await signRecord(member, recordClaims(member, t.now())))
    await t.push(await signRegister(member, id === 'th-dbd' ? ['th-dbd:R-1'] : [], t.now()))
  }
  document = (await (await t.app.request('/openapi.json')).json()) as Document
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
})

describe('the OpenAPI document', () => {
  it('describes every route for machines, and none that is missing', () => {
    const { hub } = t
    const people = pageRoutes({
      origin: hub.origin,
      demo: hub.demo,
      verify: async (query) => (await verify(hub, query)).verdict,
      overview: () => readOverview(hub),
    }).routes.map(({ method, path }) => `${method} ${path}`)
    const routes = new Set(
      t.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    )
    for (const page of people) routes.delete(page)
    const described = operations.map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll('{', ':').replaceAll('}', '')}`,
    )
    expect(described.sort()).toEqual([...routes].sort())
  })

  it('names this hub, its licence, and that a demo is one', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.servers).toEqual([{ url: ORIGIN, description: 'This demo' }])
    expect(document.info.license).toMatchObject({ identifier: 'Apache-2.0' })
    expect(document.info.description).toContain('This hub is a demo')
    const real = createApp({
      hub: { ...t.hub, origin: 'https://trusthub.example', demo: false },
      report: () => {},
    })
    const text = await (await real.request('/openapi.json')).text()
    expect((JSON.parse(text) as Document).servers).toEqual([
      { url: 'https://trusthub.example', description: 'This hub' },
    ])
    expect(text).not.toContain('This hub is a demo')
    expect(text).not.toContain('//hub.example')
    expect(text).not.toContain('trusttrust')
  })

  it('is answered with an entity tag, and not sent again to whoever holds it', async () => {
    const first = await t.app.request('/openapi.json')
    expect(first.headers.get('Content-Type')).toBe('application/json')
    expect(first.headers.get('Cache-Control')).toContain('max-age')
    const again = await t.app.request('/openapi.json', {
      headers: { 'If-None-Match': first.headers.get('ETag')! },
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('holds together: unique names, known tags, every path parameter, no reference into the void', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = document.tags.map(({ name }) => name)
    for (const { path, operation } of operations) {
      expect(tags).toEqual(expect.arrayContaining(operation.tags))
      const named = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name)
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    }
    for (const [, target = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      expect(find(target), target).toBeTypeOf('object')
    }
  })

  it('uses every schema it lists', () => {
    const text = JSON.stringify(document)
    const statements = /Claims$/
    const idle = Object.keys(document.components.schemas!).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    )
    // Payloads of what is published stand there to be read: to the API a statement is a string.
    expect(idle.filter((name) => !statements.test(name))).toEqual([])
  })

  it('gives examples that its own schemas accept', () => {
    let checked = 0
    for (const { operation } of operations) {
      for (const parameter of operation.parameters) {
        if (parameter.example !== undefined) check(parameter.schema, parameter.example, operation.operationId)
      }
      for (const { content = {} } of [
        operation.requestBody ?? {},
        ...Object.values(operation.responses).map(resolve),
      ]) {
        for (const media of Object.values(content)) {
          for (const { value } of Object.values(media.examples ?? {})) {
            check(media.schema, value, operation.operationId)
            checked += 1
          }
        }
      }
    }
    expect(checked).toBeGreaterThan(30)
  })
})

/** Every operation with a sound call and, where it refuses, a bad one. */
const CALLS: [
  operation: string,
  status: number,
  path: string,
  init?: { body: string; type: string } | { accept: string },
][] = [
  ['verify', 200, '/v1/verify?url=https://somjai-silk.example/&for=VN'],
  ['verify', 200, '/v1/verify?url=https://no.example'],
  ['verify', 200, '/v1/verify?url=https://lin.ee/abc'],
  ['verify', 200, '/v1/verify?record=th-dbd:R-1', { accept: 'application/jwt' }],
  ['verify', 400, '/v1/verify'],
  ['verify', 422, '/v1/verify?identifier=1234567890121'],
  [
    'verifyMany',
    200,
    '/v1/verify',
    {
      body: '{"queries":[{"url":"https://somjai-silk.example"},{"identifier":"1"}]}',
      type: 'application/json',
    },
  ],
  ['verifyMany', 200, '/v1/verify', { body: '{"trustMark":"x"}', type: 'application/json' }],
  ['verifyMany', 400, '/v1/verify', { body: '{}', type: 'application/json' }],
  ['verifyMany', 415, '/v1/verify', { body: '<a/>', type: 'text/xml' }],
  ['getRecord', 200, '/v1/records/th-dbd:R-1'],
  ['getRecord', 404, '/v1/records/th-dbd:R-2'],
  ['getRecord', 400, '/v1/records/1'],
  ['getRecordHistory', 200, '/v1/records/th-dbd:R-1/history'],
  ['getRecordHistory', 404, '/v1/records/th-dbd:R-2/history'],
  ['getRecordProof', 200, '/v1/records/th-dbd:R-1/proof'],
  ['getRecordProof', 404, '/v1/records/th-dbd:R-2/proof'],
  ['showRecord', 302, '/r/th-dbd:R-1'],
  ['publish', 200, '/v1/statements', { body: '{"statements":["x"]}', type: 'application/json' }],
  ['publish', 200, '/v1/statements', { body: 'x\n\ny\n', type: 'application/x-ndjson' }],
  ['publish', 400, '/v1/statements', { body: '{"a":1,"a":2}', type: 'application/json' }],
  ['publish', 413, '/v1/statements', { body: 'x\n'.repeat(1001), type: 'application/x-ndjson' }],
  ['publish', 415, '/v1/statements', { body: '<a/>', type: 'text/xml' }],
  ['getStatement', 400, '/v1/statements/1'],
  ['getStatement', 404, `/v1/statements/${'0'.repeat(64)}`],
  ['listMembers', 200, '/v1/members'],
  ['getMember', 200, '/v1/members/th-dbd'],
  ['getMember', 200, '/v1/members/vn-idea'],
  ['getMember', 404, '/v1/members/xx-none'],
  ['listPrinciples', 200, '/v1/principles'],
  ['getMark', 200, '/marks/th-dbd/verified/silver'],
  ['getMark', 200, '/marks/jp-tradesafe/tradesafe/tradesafe'],
  ['getMark', 404, '/marks/th-dbd/verified/tin'],
  ['getAllianceConfiguration', 200, '/alliance/.well-known/openid-federation'],
  ['listChanges', 200, '/v1/changes'],
  ['listChanges', 200, '/v1/changes?limit=1'],
  ['listChanges', 400, '/v1/changes?after=1000000'],
  ['getLogKey', 200, '/log/vkey'],
  ['getCheckpoint', 200, '/log/checkpoint'],
  ['getOpenApi', 200, '/openapi.json'],
  ['listSchemas', 200, '/schemas'],
  ['getSchema', 200, '/schemas/record.json'],
  ['getSchema', 404, '/schemas/none.json'],
  ['listProblems', 200, '/problems'],
  ['getProblem', 200, '/problems/bad-query'],
  ['getProblem', 404, '/problems/none'],
  ['getHealth', 200, '/healthz'],
  ['getReady', 200, '/readyz'],
]

describe('what the hub answers is what the document says', () => {
  it.each(CALLS)('%s answers %i to %s', async (id, status, path, init = { accept: '*/*' }) => {
    await checkCall(id, status, path, init)
  })

  it('also for the statements that were published', async () => {
    const feed = (await (await t.app.request('/v1/changes')).text()).trim().split('\n')
    expect(feed.length).toBeGreaterThan(4)
    for (const line of feed) {
      const { sha256, statement } = JSON.parse(line) as { sha256: string; statement: string }
      await checkCall('getStatement', 200, `/v1/statements/${sha256}`)
      await checkCall('publish', 200, '/v1/statements', {
        body: `${statement}\n`,
        type: 'application/x-ndjson',
      })
    }
  })

  it('also before a demo is ready', async () => {
    const empty = await createTestHub()
    const response = await empty.app.request('/readyz')
    expect(response.status).toBe(503)
    check(
      answerOf('getReady', 503).content!['application/problem+json']!.schema,
      await response.json(),
      '/readyz',
    )
  })

  it('for every operation there is', () => {
    const called = new Set(CALLS.map(([id]) => id))
    expect(operations.map(({ operation }) => operation.operationId).filter((id) => !called.has(id))).toEqual(
      [],
    )
  })
})

async function checkCall(
  id: string,
  status: number,
  path: string,
  init: { body: string; type: string } | { accept: string } = { accept: '*/*' },
): Promise<void> {
  const response = await t.app.request(
    path,
    'body' in init
      ? { method: 'POST', body: init.body, headers: { 'Content-Type': init.type } }
      : { headers: { Accept: init.accept } },
  )
  const body = await response.text()
  expect(response.status, body.slice(0, 300)).toBe(status)
  const { headers = {}, content } = answerOf(id, status)
  for (const name of Object.keys(headers)) {
    // A page that ends at the head has no next one.
    if (name !== 'Link' || path.includes('limit=1')) expect(response.headers.get(name), name).toBeTruthy()
  }
  expect(response.headers.has('ETag')).toBe('ETag' in headers)
  if (!content) return expect(body).toBe('')
  const type = response.headers.get('Content-Type')!
  expect(Object.keys(content)).toContain(type)
  checkBody(content[type]!.schema, type, body, path)
}

function checkBody(schema: Schema, type: string, body: string, path: string): void {
  check(schema, /[/+]json$/.test(type) ? JSON.parse(body) : body, path)
  const line = schema['x-line-schema'] as Schema | undefined
  if (line) for (const text of body.trim().split('\n')) check(line, JSON.parse(text), path)
  if (schema.contentSchema) {
    const header: unknown = JSON.parse(Buffer.from(body.split('.')[0]!, 'base64url').toString())
    check(schema.contentSchema as Schema, [header, readPayload(body)], path)
  }
}

function check(schema: Schema, value: unknown, where: string): void {
  const validate = compile(schema)
  expect(validate(value), `${where}: ${JSON.stringify(validate.errors?.slice(0, 5))}`).toBe(true)
}

const compiled = new Map<string, ReturnType<typeof ajv.compile>>()

/** The schema with the components beside it, so that its references point where they do in the document. */
function compile(schema: Schema): ReturnType<typeof ajv.compile> {
  const key = JSON.stringify(schema)
  const validate = compiled.get(key) ?? ajv.compile({ ...schema, components: document.components })
  compiled.set(key, validate)
  return validate
}

function answerOf(id: string, status: number): DescribedAnswer {
  const { operation } = operations.find((candidate) => candidate.operation.operationId === id)!
  const answer = operation.responses[status]
  expect(answer, `${id} does not describe ${status}`).toBeDefined()
  return resolve(answer!)
}

function resolve(answer: DescribedAnswer): DescribedAnswer {
  return answer.$ref ? (find(answer.$ref) as DescribedAnswer) : answer
}

function find(reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce((value: unknown, key) => (value as Schema | undefined)?.[key], document)
}
