/** Many look-ups at once: the same answers as one by one, in few queries, with others served meanwhile. */
import { beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../src/hub/verify.js'
import { verifyMany } from '../src/hub/verify-many.js'
import type { Verdict, VerdictQuery } from '../src/record/verdict.js'
import { Refusal } from '../src/refusal.js'
import {
  createTestHub,
  recordClaims,
  signRecord,
  signRegister,
  signStatus,
  type TestHub,
} from './hub-fixture.js'

const SHOPS = 60
let t: TestHub

beforeAll(async () => {
  t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  const other = await t.admit('jp-tradesafe')
  const claims = Array.from({ length: SHOPS }, (_, i) =>
    recordClaims(dbd, t.now(), {
      certificate: `R-${i}`,
      // Every fifth shop has two certificates, and every third covers its whole domain.
      url: `https://${i % 5 === 1 ? `shop-${i - 1}` : `shop-${i}`}.example`,
      scope: i % 3 === 0 ? 'domain' : 'host',
    }),
  )
  const ours = await Promise.all(claims.map((one) => signRecord(dbd, one)))
  const theirs = await signRecord(
    other,
    recordClaims(other, t.now(), {
      certificate: 'R-3',
      mark: 'tradesafe',
      level: 'tradesafe',
      facts: { registeredInJapan: true, shopOpen: true },
    }),
  )
  const results = await t.push(...ours, theirs)
  expect(results.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
  t.tick(5)
  await t.push(
    await signStatus(dbd, 'th-dbd:R-7', 'revoked', t.now()),
    await signRegister(dbd, ['th-dbd:R-1'], t.now()),
  )
})

/** As {@link verify} answers, without what a batch does not seek. */
async function alone(query: VerdictQuery): Promise<object> {
  const answer = await verify(t.hub, query).catch((error: unknown) => error)
  if (answer instanceof Refusal) return { code: answer.code }
  const { similar, warnings, ...rest } = (answer as { verdict: Verdict }).verdict
  return { ...rest, warnings: warnings.filter(({ code }) => code !== 'lookalike') }
}

describe('many look-ups at once', () => {
  it('get the answers of single ones, each in its place, but for similar shops', async () => {
    const queries: VerdictQuery[] = Array.from({ length: SHOPS }, (_, i) => [
      { url: `https://shop-${i}.example/a` },
      { url: `https://www.shop-${i}.example`, for: 'VN' },
      { url: `https://shop-${i}s.example` },
      { record: `th-dbd:R-${i}` },
      { record: `R-${i}` },
      { identifier: i % 2 === 0 ? 'th-juristic:0105548060561' : `nonsense-${i}` },
      { url: i % 2 === 0 ? 'lin.ee/x' : '' },
    ]).flat()
    const many = await verifyMany(t.hub, [...queries, ...queries.slice(0, 3)])
    const plain = many.map((one) => (one instanceof Refusal ? { code: one.code } : one))
    const singles = await Promise.all(queries.map(alone))
    expect(plain).toEqual([...singles, ...singles.slice(0, 3)])
    const words = new Set(plain.map((one) => ('verdict' in one ? one.verdict : one.code)))
    expect([...words].sort()).toEqual(
      ['bad-query', 'certified', 'identity-confirmed', 'not-found', 'revoked', 'unresolvable-link'].sort(),
    )
    // Nor does a single answer lack them afterwards.
    const { similar } = (await verify(t.hub, { url: 'https://shop-0s.example' })).verdict
    expect(similar?.map(({ record }) => record)).toContain('th-dbd:R-0')
  })

  it('take few queries, however many they are and however little is found', async () => {
    let calls = 0
    const store = new Proxy(t.hub.store, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          calls += 1
          return value.apply(target, given)
        }
      },
    })
    const long = 'a-rather-long-name-of-a-shop-that-nobody-certified'
    const queries = Array.from({ length: 1000 }, (_, i) => ({ url: `https://${long}-${i}.${long}.example/` }))
    const answers = await verifyMany({ ...t.hub, store }, queries)
    expect(answers.map((one) => (one instanceof Refusal ? one.code : one.verdict))).toEqual(
      Array(1000).fill('not-found'),
    )
    expect(calls).toBeLessThan(50)
    calls = 0
    await verifyMany(
      { ...t.hub, store },
      queries.map(({ url }, i) => (i % 2 === 0 ? { record: `R-${i % SHOPS}`, for: 'TH' } : { url })),
    )
    expect(calls).toBeLessThan(50)
  })

  it('let others be served meanwhile', async () => {
    let breaths = 0
    await verifyMany(t.hub, [{ url: 'https://shop-1.example' }, { url: '' }, { record: 'R-1' }], async () => {
      breaths += 1
    })
    expect(breaths).toBeGreaterThanOrEqual(3)
  })
})
