import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { listSectors } from '../src/hub/directory/list-sectors.js'
import { searchDirectory } from '../src/hub/directory/search.js'
import { DEMO_MEMBERS } from '../src/hub/is-ready.js'
import { readOverview } from '../src/hub/overview.js'
import { readSchemes } from '../src/hub/read-schemes.js'
import { verify } from '../src/hub/verify.js'
import { casePageRoutes } from '../src/pages/case/case-routes.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import { readPayload } from '../src/trust/jws.js'
import { asAgency, asConsumer, asOperator, fileCase, json, prepareFiling, readJson } from './case-play.js'
import { stageOf } from './case-stage.js'
import {
  ADDRESS_HEADER,
  createTestHub,
  ORIGIN,
  recordClaims,
  signRecord,
  signRegister,
  type TestHub,
} from './hub-fixture.js'

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
      now: hub.now,
      directory: (query) => searchDirectory(hub, query),
      sectors: () => listSectors(hub),
      schemes: () => readSchemes(hub),
      complaints: { desks: async () => [], mail: false },
    })
    const cases = casePageRoutes({
      origin: hub.origin,
      demo: hub.demo,
      bundles: undefined,
      agencies: async () => [],
    })
    const named = (routes: readonly { method: string; path: string }[]) =>
      routes
        .filter(({ method }) => method !== 'ALL')
        // A pattern ends with what the address ends with.
        .map(({ method, path }) => `${method} ${path.replace(/\{.*?(?:\\(\.\w+))?\}$/, '$1')}`)
    const routes = new Set(named(t.app.routes))
    // A mark's address is a page for whoever asks for one, and a document for everybody else; seals stand on others' pages.
    const contract = /^GET \/(?:marks\/:member\/:mark\/:level$|seal\/:record)/
    for (const page of named([...people.routes, ...cases.routes]))
      if (!contract.test(page)) routes.delete(page)
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
    const statements = /(Claims|Aad|Payload)$/
    const idle = Object.keys(document.components.schemas!).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    )
    // Payloads of what is signed or sealed stand there to be read: to the API they are strings.
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

const ROUTE_QUESTION = JSON.stringify({
  kind: 'complaint',
  relation: 'B2C',
  consumerCountry: 'JP',
  record: 'th-dbd:R-1',
  claimType: 'non_delivery',
  amountBand: 1,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
})

/** A request: by GET, or by POST when it has a body, unless it says so; `as` shows whose key it carries. */
interface Init {
  method?: string
  accept?: string
  body?: string
  type?: string
  as?: 'consumer' | 'jp-ccj' | 'th-ocpb' | 'operator' | 'stranger'
}

const JSON_TYPE = 'application/json'
const put = (body: object, as: Init['as']): Init => ({
  method: 'PUT',
  body: JSON.stringify(body),
  type: JSON_TYPE,
  as,
})
const post = (body: object, as?: Init['as']): Init => ({
  body: JSON.stringify(body),
  type: JSON_TYPE,
  ...(as && { as }),
})

/** Calls of cases, in the order of the story; CASE stands for the case that was filed, FILE for its file. */
const CASE_CALLS: typeof CALLS = [
  ['fileComplaint', 422, '/v1/complaints', post({})],
  ['fileComplaint', 415, '/v1/complaints', { body: '<a/>', type: 'text/xml' }],
  ['fileComplaint', 400, '/v1/complaints', { body: '{', type: JSON_TYPE }],
  ['getCase', 200, '/v1/cases/CASE', { as: 'consumer' }],
  ['getCase', 200, '/v1/cases/CASE', { as: 'jp-ccj' }],
  ['getCase', 200, '/v1/cases/CASE', { as: 'operator' }],
  ['getCase', 401, '/v1/cases/CASE'],
  ['getCase', 404, '/v1/cases/CASE', { as: 'stranger' }],
  ['getCaseEnvelope', 200, '/v1/cases/CASE/envelope', { as: 'jp-ccj' }],
  ['getCaseEnvelope', 403, '/v1/cases/CASE/envelope', { as: 'th-ocpb' }],
  ['appendCaseEvent', 422, '/v1/cases/CASE/events', post({}, 'jp-ccj')],
  ['appendCaseEvent', 400, '/v1/cases/CASE/events', post({ event: 'x' }, 'consumer')],
  ['receiptCase', 422, '/v1/cases/CASE/receipts', post({}, 'jp-ccj')],
  ['receiptCase', 400, '/v1/cases/CASE/receipts', post({ receipt: 'x' }, 'jp-ccj')],
  [
    'putCaseAttachment',
    415,
    '/v1/cases/CASE/attachments/FILE',
    { method: 'PUT', body: 'x', type: 'a/b', as: 'consumer' },
  ],
  [
    'putCaseAttachment',
    422,
    '/v1/cases/CASE/attachments/FILE',
    { method: 'PUT', body: 'x', type: 'application/octet-stream', as: 'consumer' },
  ],
  [
    'putCaseAttachment',
    200,
    '/v1/cases/CASE/attachments/FILE',
    { method: 'PUT', body: 'SEALED', type: 'application/jose', as: 'consumer' },
  ],
  ['getCaseAttachment', 200, '/v1/cases/CASE/attachments/FILE', { as: 'jp-ccj' }],
  ['getCaseAttachment', 403, '/v1/cases/CASE/attachments/FILE', { as: 'th-ocpb' }],
  ['requoteCase', 409, '/v1/cases/CASE/route-quotes', { method: 'POST', as: 'consumer' }],
  ['requoteCase', 403, '/v1/cases/CASE/route-quotes', { method: 'POST', as: 'jp-ccj' }],
  ['requestRecovery', 422, '/v1/cases/CASE/recovery', post({})],
  ['requestRecovery', 200, '/v1/cases/CASE/recovery', { body: 'KEYS', type: JSON_TYPE }],
  ['getRecovery', 404, '/v1/cases/CASE/recovery?code=00000000', { as: 'jp-ccj' }],
  ['getRecovery', 403, '/v1/cases/CASE/recovery?code=00000000', { as: 'th-ocpb' }],
  ['listInbox', 200, '/v1/inbox?limit=1', { as: 'jp-ccj' }],
  ['listInbox', 400, '/v1/inbox?limit=0', { as: 'jp-ccj' }],
  ['listInbox', 401, '/v1/inbox'],
  ['listInbox', 403, '/v1/inbox', { as: 'consumer' }],
  ['getWebhook', 404, '/v1/webhook', { as: 'jp-ccj' }],
  ['putWebhook', 422, '/v1/webhook', put({ url: 'http://intranet/' }, 'jp-ccj')],
  ['putWebhook', 200, '/v1/webhook', put({ url: 'https://ccj.example/hook' }, 'jp-ccj')],
  ['getWebhook', 200, '/v1/webhook', { as: 'jp-ccj' }],
  ['removeWebhook', 200, '/v1/webhook', { method: 'DELETE', as: 'jp-ccj' }],
  ['getQueue', 200, '/v1/queue', { as: 'operator' }],
  ['getQueue', 403, '/v1/queue', { as: 'jp-ccj' }],
  ['decideQueue', 404, '/v1/queue/CASE', post({ decision: 'release' }, 'operator')],
  ['decideQueue', 422, '/v1/queue/CASE', post({ decision: 'drop' }, 'operator')],
  [
    'putIntakeLimit',
    200,
    '/v1/intake-limits',
    put({ bucket: 'network', limit: 100, until: '2026-11-23T12:00:00Z' }, 'operator'),
  ],
  [
    'putIntakeLimit',
    400,
    '/v1/intake-limits',
    put({ bucket: 'network', limit: 100, until: '2025-11-23T12:00:00Z' }, 'operator'),
  ],
  ['getComplaintFigures', 200, '/v1/complaint-figures'],
]

/** Every operation with a sound call and, where it refuses, a bad one. */
const CALLS: [operation: string, status: number, path: string, init?: Init][] = [
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
  ['searchDirectory', 200, '/v1/search?q=silk&country=TH&kind=identity&limit=5'],
  ['searchDirectory', 200, '/v1/search?q=nobody'],
  ['searchDirectory', 400, '/v1/search?nobody=1'],
  ['searchDirectory', 400, '/v1/search?after=x'],
  ['getRecord', 200, '/v1/records/th-dbd:R-1'],
  ['getRecord', 404, '/v1/records/th-dbd:R-2'],
  ['getRecord', 400, '/v1/records/1'],
  ['getRecordHistory', 200, '/v1/records/th-dbd:R-1/history'],
  ['getRecordHistory', 404, '/v1/records/th-dbd:R-2/history'],
  ['getRecordProof', 200, '/v1/records/th-dbd:R-1/proof'],
  ['getRecordProof', 404, '/v1/records/th-dbd:R-2/proof'],
  ['drawSeal', 200, '/seal/th-dbd:R-1.svg?lang=th&theme=auto&style=wide&place=web:somjai-silk.example'],
  ['drawSeal', 404, '/seal/none.svg'],
  ['getSealData', 200, '/seal/th-dbd:R-1.json?lang=ja&place=web:somjai-silk.example'],
  ['getSealData', 200, '/seal/th-dbd:R-2.json'],
  ['getSealData', 404, '/seal/none.json'],
  ['drawCode', 200, '/seal/th-dbd:R-1/qr.svg'],
  ['drawCode', 404, '/seal/th-dbd:R-2/qr.svg'],
  ['publish', 200, '/v1/statements', { body: '{"statements":["x"]}', type: 'application/json' }],
  ['publish', 200, '/v1/statements', { body: 'x\n\ny\n', type: 'application/x-ndjson' }],
  ['publish', 400, '/v1/statements', { body: '{"a":1,"a":2}', type: 'application/json' }],
  ['publish', 413, '/v1/statements', { body: 'x\n'.repeat(1001), type: 'application/x-ndjson' }],
  ['publish', 415, '/v1/statements', { body: '<a/>', type: 'text/xml' }],
  ['getStatement', 400, '/v1/statements/1'],
  ['getStatement', 404, `/v1/statements/${'0'.repeat(64)}`],
  ['getStatementProof', 400, '/v1/statements/1/proof'],
  ['getStatementProof', 404, `/v1/statements/${'0'.repeat(64)}/proof`],
  ['quoteRoute', 200, '/v1/route-quotes', { body: ROUTE_QUESTION, type: 'application/json' }],
  [
    'quoteRoute',
    400,
    '/v1/route-quotes',
    { body: ROUTE_QUESTION.replace('"minor"', '"name"'), type: 'application/json' },
  ],
  [
    'quoteRoute',
    404,
    '/v1/route-quotes',
    { body: ROUTE_QUESTION.replace('R-1', 'R-2'), type: 'application/json' },
  ],
  ['quoteRoute', 415, '/v1/route-quotes', { body: '<a/>', type: 'text/xml' }],
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
  ['listChanges', 200, '/v1/changes?limit=1&member=th-dbd&kind=record,register&country=TH&state=current'],
  ['listChanges', 400, '/v1/changes?after=1000000'],
  ['listChanges', 400, '/v1/changes?member=xx-none'],
  ['getSnapshot', 200, '/v1/snapshot'],
  ['getSnapshot', 200, '/v1/snapshot?state=current'],
  ['getSnapshot', 400, '/v1/snapshot?state=past'],
  ['getSnapshotPart', 200, '/v1/snapshot/0/0-2.ndjson.gz'],
  ['getSnapshotPart', 404, '/v1/snapshot/0/1-2.ndjson.gz'],
  ['getSnapshotPart', 400, '/v1/snapshot/0/0-2.ndjson.gz?state=past'],
  ['getTile', 200, '/log/tile/0/000.p/2'],
  ['getTile', 200, '/log/tile/entries/000.p/2'],
  ['getTile', 404, '/log/tile/0/000'],
  ['getTile', 400, '/log/tile/0/0'],
  ['proveInclusion', 200, '/log/proof/inclusion?index=1'],
  ['proveInclusion', 200, '/log/proof/inclusion?index=0&size=1'],
  ['proveInclusion', 400, '/log/proof/inclusion?index=1000000'],
  ['proveInclusion', 400, '/log/proof/inclusion'],
  ['proveConsistency', 200, '/log/proof/consistency?from=1&to=2'],
  ['proveConsistency', 400, '/log/proof/consistency?from=2&to=1'],
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
  it.each(CALLS)('%s answers %i to %s', async (id, status, path, init) => {
    await checkCall(id, status, path, init)
  })

  describe('also of cases', () => {
    let filled: (text: string) => string
    const keys: Partial<Record<NonNullable<Init['as']>, () => Promise<string>>> = {}

    beforeAll(async () => {
      const stage = await stageOf(t, 'jp-ccj', 'th-ocpb')
      const file = await sealAttachment(new Uint8Array(9), { name: 'a.png', type: 'image/png' })
      const made = { attachments: [file.notice], complaint: { attachments: [file.key] } }
      const { ref, consumer, filing } = await prepareFiling(stage, made)
      await checkCall('fileComplaint', 201, '/v1/complaints', post(filing))
      const { keys: fresh } = await createConsumer(ref, '111122223333444455556666')
      const words: Record<string, string> = {
        CASE: ref,
        FILE: file.notice.id,
        SEALED: new TextDecoder().decode(file.sealed),
        KEYS: JSON.stringify({ consumer: fresh }),
      }
      filled = (text) => text.replaceAll(/\b(CASE|FILE|SEALED|KEYS)\b/g, (word) => words[word]!)
      keys.consumer = asConsumer(stage, { consumer }).authorization
      keys.stranger = async () => `Bearer ${'A'.repeat(43)}`
      keys['jp-ccj'] = asAgency(stage, 'jp-ccj').authorization
      keys['th-ocpb'] = asAgency(stage, 'th-ocpb').authorization
      keys.operator = asOperator(stage).authorization
    })

    it.each(CASE_CALLS)('%s answers %i to %s', async (id, status, path, init = {}) => {
      const { as, body, ...rest } = init
      const authorization = as && (await keys[as]!())
      await checkCall(
        id,
        status,
        filled(path),
        { ...rest, ...(body !== undefined && { body: filled(body) }) },
        authorization,
      )
    })

    it('and of what happens in them', async () => {
      const stage = await stageOf(t, 'jp-ccj', 'th-ocpb')
      const { ref, consumer } = await fileCase(stage)
      const ccj = asAgency(stage, 'jp-ccj')
      const seen: [string, unknown][] = [
        ['EventAccepted', await ccj.receipt(ref)],
        ['EventAccepted', await ccj.send(ref, { type: 'accepted' })],
        ['EventAccepted', await ccj.send(ref, { type: 'shared' })],
        ['EventAccepted', await asAgency(stage, 'th-ocpb').receipt(ref)],
        ['CaseView', await asAgency(stage, 'th-ocpb').view(ref)],
        ['CaseView', await asConsumer(stage, { consumer }).view(ref)],
        ['InboxPage', await ccj.inbox()],
      ]
      const { keys: fresh } = await createConsumer(ref, '111122223333444455556666')
      const { code } = await readJson<{ code: string }>(
        await stage.request(`/v1/cases/${ref}/recovery`, json({ consumer: fresh })),
      )
      const authorization = await ccj.authorization()
      await checkCall('getRecovery', 200, `/v1/cases/${ref}/recovery?code=${code}`, {}, authorization)
      for (const [name, value] of seen) check({ $ref: `#/components/schemas/${name}` }, value, name)
    })

    it('and of parked ones, and of too many requests', async () => {
      const stage = await stageOf(t, 'jp-ccj', 'th-ocpb')
      const headers = { [ADDRESS_HEADER]: '198.51.100.20' }
      let last = await fileCase(stage, { headers })
      for (let i = 0; i < 5; i += 1) last = await fileCase(stage, { headers })
      expect(last.accepted.parked).toBe(true)
      await checkCall('getQueue', 200, '/v1/queue', {}, await asOperator(stage).authorization())
      const release = post({ decision: 'release' })
      const operator = await asOperator(stage).authorization()
      await checkCall('decideQueue', 200, `/v1/queue/${last.ref}`, release, operator)
      const { keys: fresh } = await createConsumer(last.ref, '111122223333444455556666')
      const ask = () => stage.request(`/v1/cases/${last.ref}/recovery`, json({ consumer: fresh }, headers))
      for (let i = 0; i < 5; i += 1) await ask()
      const slowed = await ask()
      const { headers: described, content } = answerOf('requestRecovery', 429)
      expect(Object.keys(described!)).toEqual(['Retry-After'])
      expect(slowed.headers.get('Retry-After')).toBeTruthy()
      check(content!['application/problem+json']!.schema, await slowed.json(), 'recovery')
    })
  })

  it('also for the statements that were published', async () => {
    const feed = (await (await t.app.request('/v1/changes')).text()).trim().split('\n')
    expect(feed.length).toBeGreaterThan(4)
    for (const line of feed) {
      const { sha256, statement } = JSON.parse(line) as { sha256: string; statement: string }
      await checkCall('getStatement', 200, `/v1/statements/${sha256}`)
      await checkCall('getStatementProof', 200, `/v1/statements/${sha256}/proof`)
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
    const called = new Set([...CALLS, ...CASE_CALLS].map(([id]) => id))
    expect(operations.map(({ operation }) => operation.operationId).filter((id) => !called.has(id))).toEqual(
      [],
    )
  })
})

async function checkCall(
  id: string,
  status: number,
  path: string,
  {
    accept = '*/*',
    body: sent,
    type: sentType = '',
    method = sent === undefined ? 'GET' : 'POST',
  }: Init = {},
  authorization?: string,
): Promise<void> {
  const response = await t.app.request(path, {
    method,
    ...(sent !== undefined && { body: sent }),
    headers: {
      Accept: accept,
      ...(sent !== undefined && { 'Content-Type': sentType }),
      ...(authorization && { Authorization: authorization }),
    },
  })
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
