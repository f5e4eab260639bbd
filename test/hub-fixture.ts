/** A real hub in memory for tests: SQLite, real keys, a clock that only moves when told, and members that sign. */

import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import type { JWK } from 'jose'
import type { MemberDefinition } from '../src/alliance/definition.js'
import { createApp } from '../src/app.js'
import type { Hub } from '../src/hub/hub.js'
import { openHub } from '../src/hub/open-hub.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { generateHubKeys, loadHubKeys } from '../src/trust/key-file.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner, type Signer } from '../src/trust/signer.js'
import { knowingJtis, createMember as makeMember, ORIGIN, type TestMember } from './signing.js'

export {
  ORIGIN,
  readmit,
  recordClaims,
  signErasure,
  signLogKey,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestMember,
} from './signing.js'

/** 2026-11-22T03:00:00Z in JWT seconds: where every test's clock starts. */
export const START = 1795316400

export interface TestHub {
  hub: Hub
  app: Hono
  operator: Signer
  /** Its private key, for a test that puts it into a folder. */
  operatorJwk: JWK
  reported: unknown[]
  /** JWT seconds. */
  now(): number
  tick(seconds?: number): void
  push(...statements: string[]): Promise<LineResult[]>
  admit(id: string, options?: { signed?: boolean }): Promise<TestMember>
  verdict(query: string): Promise<import('../src/record/verdict.js').Verdict>
}
export type LineResult = import('../src/hub/publish.js').LineResult

export function readDefinition(id: string): MemberDefinition {
  return JSON.parse(
    readFileSync(new URL(`../members/${id}/member.json`, import.meta.url), 'utf8'),
  ) as MemberDefinition
}

/** Callers say in this header from which address they come. */
export const ADDRESS_HEADER = 'X-Test-Address'

/** @param own what the cases use instead of the database and of sending nothing */
export async function createTestHub(
  file = ':memory:',
  origin = ORIGIN,
  own: Parameters<typeof openStores>[1] = {},
): Promise<TestHub> {
  const database = openSqlite(file, new URL('../src/store/migrations', import.meta.url).pathname)
  const operatorKey = await generateKey('operator')
  const keys = await loadHubKeys({ ...(await generateHubKeys()), operator: [operatorKey.publicJwk] }, origin)
  const clock = { seconds: START }
  const reported: unknown[] = []
  const hub = await openHub({
    origin,
    demo: true,
    ...openStores(database, own),
    keys,
    now: () => clock.seconds * 1000,
    report: (error) => reported.push(error),
  })
  const app = createApp({
    hub,
    report: (error) => reported.push(error),
    addressOf: (c) => c.req.header(ADDRESS_HEADER),
  })
  const operator = await createSigner(operatorKey.privateJwk)
  const test: TestHub = {
    hub,
    app,
    operator,
    operatorJwk: operatorKey.privateJwk,
    reported,
    now: () => clock.seconds,
    tick: (seconds = 1) => {
      clock.seconds += seconds
    },
    async push(...statements) {
      const response = await app.request('/v1/statements', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ statements }),
      })
      return ((await response.json()) as { results: LineResult[] }).results
    },
    async admit(id, options) {
      const made = await createMember(id, origin, operator, clock.seconds, options)
      const member = knowingJtis(made, hub.store.filed)
      const [result] = await test.push(member.admission)
      if (result?.outcome !== 'accepted') throw new Error(`admission of ${id}: ${JSON.stringify(result)}`)
      return member
    },
    async verdict(query) {
      return (await (await app.request(`/v1/verify?${query}`)).json()) as Awaited<
        ReturnType<TestHub['verdict']>
      >
    },
  }
  return test
}

/** As createMember of signing.ts, with the definition read from `members/` unless given. */
export function createMember(
  id: string,
  origin: string,
  operator: Signer,
  iat: number,
  { definition = readDefinition(id), ...options }: { signed?: boolean; definition?: MemberDefinition } = {},
): Promise<TestMember> {
  return makeMember(definition, origin, operator, iat, { id, ...options })
}
