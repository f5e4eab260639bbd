/** One sweep of a hub that has too much to do: within what D1 lets a Worker ask, and every job has its turn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CASE_STATES, type CaseStatus } from '../src/dispute/case-state.js'
import { clockOf } from '../src/dispute/deadlines.js'
import { lapse } from '../src/dispute/transition.js'
import type { CaseRow } from '../src/hub/cases/case-store.js'
import { affordable, SWEEP_SHARES, spend } from '../src/hub/cases/sweep-budget.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import type { Hub } from '../src/hub/hub.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { createStage } from './case-stage.js'
import { START } from './hub-fixture.js'
import { caseAt, deliveryTo, filingOf, stepOf } from './store-contract-cases.js'

const folder = mkdtempSync(join(tmpdir(), 'hub-budget-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** "Queries per Worker invocation: 1,000" (D1, limits). */
const D1_QUERIES = 1000
const NOW = START * 1000
const LONG_AGO = NOW - 60 * 86_400_000
const base = caseAt('JP-00000-00000').status
const ref = (kind: number, i: number) => `JP-0000${kind}-${String(i).padStart(5, '0')}`

/** A hub whose database counts what it is asked, one query for each statement of a batch. */
async function openCounting(name: string): Promise<{ hub: Hub; count: () => number; fill: Hub }> {
  const file = join(folder, name)
  const stage = await createStage({}, file)
  const database = openSqlite(file, new URL('../src/store/migrations', import.meta.url).pathname)
  let asked = 0
  const counting = {
    ...database,
    read: (query: Parameters<typeof database.read>[0]) => {
      asked += 1
      return database.read(query)
    },
    atomic: (queries: Parameters<typeof database.atomic>[0]) => {
      asked += queries.length
      return database.atomic(queries)
    },
  } as typeof database
  const mail = {
    send: async () => {},
    seal: { open: async () => 'a@mail.example', close: async (a: string) => a },
  }
  const own = { sendWebhook: async () => ({ status: 410 }), mail }
  const hub = {
    ...stage.t.hub,
    ...openStores(counting, own),
    // As in a fresh isolate: nothing is remembered of the members.
    memory: { ...stage.t.hub.memory, roster: undefined },
  } as Hub
  return { hub, fill: stage.t.hub, count: () => asked }
}

const file = (hub: Hub, name: string, over: Partial<CaseRow>, more: Parameters<typeof filingOf>[2] = {}) =>
  hub.cases.store.file(filingOf(name, over, { deliveries: [], inbox: [], ...more }))
const consumersTurn: CaseStatus = { ...base, state: 'needs_info', returnTo: 'in_triage' }
const address = { address: 'closed', lang: 'ja' }

async function fillDeadlines(hub: Hub, many: number): Promise<void> {
  for (let i = 0; i < many; i += 1)
    await file(
      hub,
      ref(1, i),
      { status: consumersTurn, owner: 'consumer', due: '2026-10-01', dueAt: LONG_AGO },
      {
        address,
        deliveries: [
          deliveryTo(ref(1, i), 'jp-ccj', { nextAt: NOW * 2 }),
          deliveryTo(ref(1, i), 'th-ocpb', { nextAt: NOW * 2 }),
        ],
      },
    )
}

async function fillErasures(hub: Hub, many: number): Promise<void> {
  for (let i = 0; i < many; i += 1)
    await file(
      hub,
      ref(2, i),
      { status: { ...base, state: 'closed', closedOn: '2026-01-01' }, owner: 'hub', erasesAt: LONG_AGO },
      {
        attachments: Array.from({ length: 40 }, (_, n) => ({
          id: String(n).padStart(22, 'a'),
          bytes: 1,
          sha256: String(n).padStart(64, '0'),
        })),
      },
    )
}

async function fillDeliveries(hub: Hub, many: number): Promise<void> {
  for (let i = 0; i < many; i += 1) {
    const late = { since: LONG_AGO, nextAt: LONG_AGO }
    await file(hub, ref(3, i), {}, { address, deliveries: [deliveryTo(ref(3, i), 'jp-ccj', late)] })
  }
}

async function fillNews(hub: Hub, many: number): Promise<void> {
  const { store, notices } = hub.cases
  for (let i = 0; i < many; i += 1) {
    const member = `jp-member${i}`
    await store.putWebhook({ member, url: 'https://a.example', secret: 'whsec_AAAA' })
    await notices.startNews(member)
    const row = caseAt(ref(4, i), { dueAt: null })
    await file(hub, ref(4, i), { dueAt: null })
    await store.append(0, stepOf(row, 1, {}, { inbox: [{ member, role: 'lead', seq: 1 }] }))
  }
}

async function fillMails(hub: Hub, many: number): Promise<void> {
  for (let i = 0; i < many; i += 1) {
    const row = caseAt(ref(5, i), { status: { ...base, state: 'closed' }, owner: 'hub', dueAt: null })
    await file(hub, ref(5, i), row, { address })
    await hub.cases.store.append(0, stepOf(row, 1))
  }
}

const done = async (
  hub: Hub,
  kind: number,
  many: number,
  is: (row: CaseRow) => boolean | Promise<boolean>,
) => {
  let count = 0
  for (let i = 0; i < many; i += 1) if (await is((await hub.cases.store.find(ref(kind, i)))!)) count += 1
  return count
}
const givenUp = (hub: Hub) =>
  done(hub, 3, 60, async (row) => (await hub.cases.store.deliveries(row.ref))[0]?.state === 'dead')

describe('a sweep', () => {
  it('asks less than a Worker may, with every job full, and brings each on', {
    timeout: 60_000,
  }, async () => {
    const { hub, fill, count } = await openCounting('full.sqlite')
    await fillDeadlines(fill, 30)
    await fillErasures(fill, 30)
    await fillDeliveries(fill, 60)
    await fillNews(fill, 50)
    await fillMails(fill, 50)
    const reported: unknown[] = []
    await sweepCases({ ...hub, report: (error) => reported.push(error) })
    expect(reported).toEqual([])
    const total = Object.values(SWEEP_SHARES).reduce((sum, share) => sum + share, 0)
    expect(total).toBeLessThanOrEqual(D1_QUERIES * 0.8)
    expect(count()).toBeLessThanOrEqual(total)
    expect(await done(hub, 1, 30, ({ status }) => status.state === 'closed')).toBe(20)
    expect(await done(hub, 2, 30, ({ consumer }) => consumer === null)).toBe(10)
    expect(await givenUp(hub)).toBeGreaterThanOrEqual(17)
    const webhooks = await Promise.all(
      Array.from({ length: 50 }, (_, i) => hub.cases.store.webhook(`jp-member${i}`)),
    )
    expect(webhooks.filter((webhook) => !webhook)).toHaveLength(40)
    expect(await done(hub, 5, 50, async (row) => !(await hub.cases.store.address(row.ref)))).toBeGreaterThan(
      0,
    )
  })

  it('gives to one job what the others do not need', { timeout: 60_000 }, async () => {
    const { hub, fill, count } = await openCounting('deliveries.sqlite')
    await fillDeliveries(fill, 60)
    await sweepCases(hub)
    expect(await givenUp(hub)).toBeGreaterThan(45)
    const first = count()
    expect(first).toBeLessThan(D1_QUERIES * 0.8)
    await sweepCases(hub)
    expect(await givenUp(hub)).toBe(60)
  })

  it('asks next to nothing when nothing is due, whatever is late by agencies', async () => {
    const { hub, fill, count } = await openCounting('calm.sqlite')
    for (let i = 0; i < 50; i += 1)
      await file(fill, ref(6, i), { status: { ...base, state: 'in_triage' }, owner: 'lead', dueAt: LONG_AGO })
    await sweepCases(hub)
    expect(count()).toBeLessThan(12)
  })
})

it('the store looks for those clocks whose end has a consequence', () => {
  for (const state of CASE_STATES) {
    if (state === 'closed' || state === 'archived') continue
    const status: CaseStatus = { ...base, state, notices: 1, returnTo: 'in_triage' }
    const { owner } = clockOf(status, { at: NOW }, new Map())
    expect([state, lapse(status) !== null]).toEqual([state, owner === 'consumer' || owner === 'merchant'])
  }
})

it('a budget is not overdrawn', () => {
  const budget = { left: 10 }
  expect(affordable(budget, 3, 9)).toBe(3)
  expect(affordable(budget, 3, 2)).toBe(2)
  expect(spend(budget, 8)).toBe(true)
  expect(spend(budget, 3)).toBe(false)
  expect(budget.left).toBe(2)
  expect(affordable({ left: -1 }, 3, 9)).toBe(0)
})
