import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import { MAX_TEXT_LENGTH } from '../src/alliance/text.js'
import { formatSchema, listComponents } from '../src/api/openapi/json-schema.js'
import { MEMBER_TEXTS } from '../src/api/openapi/member-texts.js'
import { DOCUMENTS } from '../src/api/openapi/registry.js'
import type { foundMark, lineResult, memberSummary, problem } from '../src/api/schemas.js'
import type { FoundMark } from '../src/hub/check-found.js'
import type { MemberSummary } from '../src/hub/list-members.js'
import type { LineResult } from '../src/hub/publish.js'
import type { Problem } from '../src/refusal.js'
import { readPayload } from '../src/trust/jws.js'
import type { AdmissionClaims } from '../src/trust/statements.js'
import { playCase } from './case-samples.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signLogKey,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
} from './hub-fixture.js'

const FOLDER = new URL('../schemas/', import.meta.url)
const MEMBERS = new URL('../members/', import.meta.url)
const NAMES = DOCUMENTS.map(([name]) => name)
/** Where the endpoint, and so the schema, asks for more than the zod type alone. */
const STRICTER = ['publish-request']

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }))
const validators = new Map<string, ValidateFunction>()
/** Real documents of each kind, as a hub and its members made them. */
const samples = new Map<string, Json[]>()

beforeAll(async () => {
  for (const name of NAMES) validators.set(name, ajv.compile(JSON.parse(formatSchema(name)!)))
  const t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  const claims = recordClaims(dbd, t.now())
  const full = {
    ...claims,
    logo_uri: 'https://somjai-silk.example/mark.svg',
    trustmark: {
      ...claims.trustmark,
      holder: { ...claims.trustmark.holder, sector: 'textiles', shipsTo: ['VN', 'JP'] },
      evidence: [{ kind: 'report', url: 'https://somjai-silk.example/report' }],
    },
  }
  const record = await signRecord(dbd, full)
  const status = await signStatus(dbd, full.trustmark.id, 'suspended', t.now() + 1)
  const register = await signRegister(dbd, [], t.now() + 1)
  const results = await t.push(record, record, 'not a statement', status, register)
  const standing = await signStanding(t.operator, 'th-dbd', 'suspended', t.now())
  const get = async (path: string, init?: RequestInit) => (await t.app.request(path, init)).text()
  const post = async (body: Json) =>
    JSON.parse(
      await get('/v1/verify', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    ) as Json
  const feed = (await get('/v1/changes'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
  const { sha256 } = results[0] as { sha256: string }
  const admission = readPayload<AdmissionClaims>(dbd.admission)
  const { application, possession } = admission.admission as Extract<
    AdmissionClaims['admission'],
    { participation: 'admitted' }
  >
  const described = { ...admission, admission: { participation: 'described', definition: dbd.definition } }
  const url = 'https://somjai-silk.example/shop'
  const verdicts = await Promise.all(
    [`url=${url}&for=VN`, 'url=https://no.example', 'url=https://lin.ee/abc', 'record=th-dbd:R-1'].map(
      (query) => t.verdict(query),
    ),
  )
  const nobody = await get('/v1/search?q=nobody')
  const listed = recordClaims(dbd, t.now() + 1, { certificate: 'R-9', url: 'https://listed.example' })
  await t.push(await signRecord(dbd, listed))
  const all: Record<string, unknown[]> = {
    'directory-page': [nobody, await get('/v1/search')].map((text) => JSON.parse(text)),
    'seal-data': await Promise.all(
      ['th-dbd:R-1', 'th-dbd:R-9', 'th-dbd:X-1', 'none'].map(async (id) =>
        JSON.parse(await get(`/seal/${id}.json`)),
      ),
    ),
    record: [full, claims],
    status: [readPayload(status)],
    register: [readPayload(register)],
    admission: [admission, described],
    standing: [readPayload(standing)],
    erasure: [readPayload(await signErasure(dbd, [1, 2], t.now()))],
    'log-key': [readPayload(await signLogKey(t.operator, t.hub.keys.vkeys[0], 'retired', t.now()))],
    application: [readPayload(application)],
    possession: possession.map((proof) => readPayload(proof)),
    member: readdirSync(MEMBERS).map((id) =>
      JSON.parse(readFileSync(new URL(`${id}/member.json`, MEMBERS), 'utf8')),
    ),
    verdict: verdicts,
    'signed-verdict': [
      readPayload(await get('/v1/verify?record=th-dbd:R-1', { headers: { Accept: 'application/jwt' } })),
    ],
    'verify-request': [{ queries: [{ url }, { record: 'th-dbd:R-1', for: 'VN' }] }, { trustMark: record }],
    'verify-response': [
      await post({ queries: [{ url }, { identifier: '1' }] }),
      await post({ trustMark: record }),
      await post({ trustMark: 'x' }),
    ],
    'publish-request': [{ statements: [record, status] }],
    'publish-response': [{ results }],
    'statement-outcome': [JSON.parse(await get(`/v1/statements/${sha256}`)), { sha256, outcome: 'pending' }],
    snapshot: [JSON.parse(await get('/v1/snapshot'))],
    change: [
      ...feed,
      { ...(feed[1] as object), statement: undefined, erased: true, erasedBy: 4 },
      { ...(feed[1] as object), statement: undefined, withheld: true },
    ],
    problem: [JSON.parse(await get('/v1/verify')), JSON.parse(await get('/no-such-address'))],
    ...(await playCase()),
  }
  // Through JSON, so that what is checked is what travels.
  for (const [name, documents] of Object.entries(all))
    samples.set(name, JSON.parse(JSON.stringify(documents)) as Json[])
})

describe('the published schemas', () => {
  it('are the files in schemas/, byte for byte, and no others', () => {
    if (process.env.UPDATE_SCHEMAS) {
      mkdirSync(FOLDER, { recursive: true })
      for (const name of NAMES) writeFileSync(new URL(`${name}.json`, FOLDER), formatSchema(name)!)
    }
    expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.json`).sort())
    for (const name of NAMES) {
      const file = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')
      expect(file, `schemas/${name}.json is stale: run npm run schemas`).toBe(formatSchema(name))
    }
  })

  it.each(NAMES)('%s names its dialect, its place, and what it is for', (name) => {
    const schema = JSON.parse(formatSchema(name)!) as Record<string, string>
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/schemas/${name}.json`,
    })
    expect(schema.title).toBeTruthy()
    expect(schema.description).toBeTruthy()
  })

  it.each(NAMES)('%s holds for real documents, as the hub’s own check does', (name) => {
    const [, schema] = DOCUMENTS.find(([id]) => id === name)!
    const validate = validators.get(name)!
    expect(samples.get(name)?.length).toBeGreaterThan(0)
    for (const document of samples.get(name)!) {
      expect(schema.safeParse(document).error).toBeUndefined()
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    }
  })

  it.each(NAMES)(
    '%s can not drift from the hub’s own check: both judge any altered document alike',
    (name) => {
      const [, schema] = DOCUMENTS.find(([id]) => id === name)!
      const validate = validators.get(name)!
      const judged = { accepted: 0, refused: 0 }
      const pick = fc.nat()
      fc.assert(
        fc.property(
          fc.constantFrom(...samples.get(name)!),
          pick,
          fc.constantFrom(...ALTERATIONS),
          pick,
          (document, place, alter, choice) => {
            const altered = alterAt(document, place, alter, choice)
            const [hub, published] = [schema.safeParse(altered).success, validate(altered)]
            judged[hub ? 'accepted' : 'refused'] += 1
            if (published || !STRICTER.includes(name))
              expect(published, JSON.stringify(altered).slice(0, 3000)).toBe(hub)
          },
        ),
        { numRuns: 400 },
      )
      expect(judged.accepted).toBeGreaterThan(0)
      expect(judged.refused).toBeGreaterThan(0)
    },
  )

  it.each([
    ['https://www.trustmarkthai.com/', true],
    ['http://example.com/a?b=c#d', true],
    ['ftp://example.com/', false],
    ['javascript:alert(1)', false],
    ['//example.com', false],
    ['https://', false],
    ['www.example.com', false],
    ['', false],
  ])('judge the web address %j as the hub does', (website, fine) => {
    const [, schema] = DOCUMENTS.find(([name]) => name === 'member')!
    const definition = { ...(samples.get('member')![0] as object), website }
    expect([schema.safeParse(definition).success, validators.get('member')!(definition)]).toEqual([
      fine,
      fine,
    ])
  })

  it('count characters as the hub does, also those of two UTF-16 units', () => {
    const [, schema] = DOCUMENTS.find(([name]) => name === 'status')!
    const claims = samples.get('status')![0] as { status: object }
    const judge = (en: string) => {
      const altered = { ...claims, status: { ...claims.status, reason: { en } } }
      return [schema.safeParse(altered).success, validators.get('status')!(altered)]
    }
    expect(judge('𠮷'.repeat(MAX_TEXT_LENGTH))).toEqual([true, true])
    expect(judge('𠮷'.repeat(MAX_TEXT_LENGTH + 1))).toEqual([false, false])
  })

  it('describe only members that exist', () => {
    const components = listComponents()
    for (const [name, texts] of Object.entries(MEMBER_TEXTS)) {
      expect(Object.keys(components[name]?.properties ?? {}), name).toEqual(
        expect.arrayContaining(Object.keys(texts)),
      )
    }
  })

  it('are the types that the hub answers with', () => {
    expectTypeOf<z.infer<typeof problem>>().toEqualTypeOf<Problem>()
    expectTypeOf<z.infer<typeof lineResult>>().toEqualTypeOf<LineResult>()
    expectTypeOf<z.infer<typeof foundMark>>().toEqualTypeOf<FoundMark>()
    expectTypeOf<z.infer<typeof memberSummary>>().toEqualTypeOf<MemberSummary>()
  })

  it('are served as they lie in the folder, and listed', async () => {
    const { app } = await createTestHub()
    const list = (await (await app.request('/schemas')).json()) as {
      schemas: { name: string; url: string }[]
    }
    expect(list.schemas.map(({ name }) => name)).toEqual(NAMES)
    for (const { name, url } of list.schemas) {
      const response = await app.request(new URL(url).pathname)
      expect([response.status, response.headers.get('Content-Type')]).toEqual([
        200,
        'application/schema+json',
      ])
      expect(await response.text()).toBe(formatSchema(name))
    }
    for (const path of ['/schemas/no-such.json', '/schemas/record', '/schemas/__proto__.json']) {
      const response = await app.request(path)
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'not-found' }])
    }
  })
})

/** Makes another value of one, by a number of its own choosing; undefined: this one does not apply. */
type Alteration = (value: Json, choice: number, document: Json) => Json | undefined

const OTHER_VALUES: Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e20,
  '',
  'x',
  'é',
  '0105548060561',
  [],
  {},
  [null],
  { en: 'x' },
]
const STRAY_KEYS = ['stray', 'en', 'EN', 'zh-Hant', 'note', 'th-dbd', '$schema', 'd']

const ALTERATIONS: Alteration[] = [
  (_value, choice) => OTHER_VALUES[choice % OTHER_VALUES.length],
  (_value, choice, document) =>
    valueAt(document, listPlaces(document)[choice % listPlaces(document).length]!),
  (value, choice) =>
    isObject(value) ? dropKey(value, Object.keys(value)[choice % Object.keys(value).length]) : undefined,
  (value, choice) =>
    isObject(value)
      ? { ...value, [STRAY_KEYS[choice % STRAY_KEYS.length]!]: OTHER_VALUES[choice % OTHER_VALUES.length]! }
      : undefined,
  (value, choice) => {
    if (!isObject(value)) return undefined
    const renamed = Object.keys(value)[choice % Object.keys(value).length]
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key === renamed ? `${key}1` : key, member]),
    )
  },
  (value) =>
    isObject(value) ? Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 'x'])) : undefined,
  (value, choice) =>
    Array.isArray(value)
      ? [value.slice(1), [...value, null], Array.from({ length: 60 }, () => value[0] ?? 'x')][choice % 3]
      : undefined,
  (value, choice) =>
    typeof value === 'number' ? [value + 0.5, -value - 1, value + 1, value * 1e9][choice % 4] : undefined,
  (value, choice) => {
    if (typeof value !== 'string') return undefined
    const at = choice % (value.length + 1)
    return [
      `${value} `,
      `${value}\n`,
      value.slice(1),
      value.toUpperCase(),
      `${value.slice(0, at)}é${value.slice(at)}`,
      `${value.slice(0, at)}7${value.slice(at + 1)}`,
      'a'.repeat(20_000),
      value.replace(/Z$/, '+07:00'),
      value.toLowerCase(),
      value.replace(/T.*/, ''),
      value.replace(/-\d\d(?=T|$)/, '-31'),
    ][choice % 11]
  },
]

function alterAt(document: Json, place: number, alter: Alteration, choice: number): Json {
  const places = listPlaces(document)
  // The first place from there on to which this alteration applies; the document's root is an object, so one does.
  for (let step = 0; step < places.length; step += 1) {
    const path = places[(place + step) % places.length]!
    const altered = alter(valueAt(document, path), choice, document)
    if (altered !== undefined) return replaceAt(document, path, altered)
  }
  return document
}

function listPlaces(value: Json, path: string[] = []): string[][] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [path, ...inside.flatMap(([key, member]) => listPlaces(member, [...path, key]))]
}

function valueAt(document: Json, path: string[]): Json {
  return path.reduce((value, key) => (value as { [key: string]: Json })[key]!, document)
}

function replaceAt(document: Json, [key, ...rest]: string[], value: Json): Json {
  if (key === undefined) return value
  const inside = replaceAt((document as { [key: string]: Json })[key]!, rest, value)
  if (Array.isArray(document)) return document.map((item, i) => (i === Number(key) ? inside : item))
  return { ...(document as { [key: string]: Json }), [key]: inside }
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function dropKey(value: { [key: string]: Json }, dropped: string | undefined): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== dropped))
}
