/** The feed as an agency with its own system reads it: filtered, resumed, waited for; nothing missed, nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CACHE } from '../src/api/http.js'
import { createApp } from '../src/app.js'
import { createMemory, type Reader } from '../src/hub/hub.js'
import { LOOK_ENTRIES, MAX_LOOKS, readChanges } from '../src/hub/read-changes.js'
import { createHubStore } from '../src/store/hub-store.js'
import { sha256Hex } from '../src/trust/digest.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { listenToPlans } from './store-plans.js'

interface Line {
  index: number
  kind: string
  issuer: string
  at: number
  sha256: string
  statement?: string
  erased?: true
  erasedBy?: number
}

let t: TestHub
let dbd: TestMember
let ecomviet: TestMember

const shop = (by: TestMember, certificate: string) =>
  signRecord(
    by,
    recordClaims(by, t.now(), {
      certificate,
      url: `https://${certificate.toLowerCase()}.example`,
      ...(by.id === 'vn-ecomviet' && { mark: 'safeweb', level: 'safeweb', facts: {} }),
    }),
  )

/** Pushes what the hub must accept. */
async function publish(...statements: string[]): Promise<void> {
  const refused = (await t.push(...statements)).filter(({ outcome }) => outcome !== 'accepted')
  expect(refused).toEqual([])
}

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  // It has not signed its definition, so what its shops lack is a warning only.
  ecomviet = await t.admit('vn-ecomviet', { signed: false })
  for (let i = 0; i < 12; i += 1) {
    t.tick()
    await publish(await shop(dbd, `T-${i}`), ...(i % 3 === 0 ? [await shop(ecomviet, `V-${i}`)] : []))
  }
  t.tick()
  await publish(
    await signStatus(dbd, 'th-dbd:T-1', 'suspended', t.now()),
    await signStatus(ecomviet, 'vn-ecomviet:V-0', 'revoked', t.now()),
    await signRegister(dbd, ['th-dbd:T-0'], t.now()),
  )
  t.tick()
  await publish(await signStatus(dbd, 'th-dbd:T-1', 'reinstated', t.now()), await shop(dbd, 'T-2'))
  const erased = (await t.hub.store.history('th-dbd:T-3')).map(({ index }) => index)
  await publish(await signErasure(dbd, erased, t.now()))
  await publish(await signStanding(t.operator, 'vn-ecomviet', 'suspended', t.now()))
})

const read = async (response: Response): Promise<Line[]> =>
  (await response.text())
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
const get = (query: string) => t.app.request(`/v1/changes?${query}`)
const lines = async (query: string) => read(await get(query))
const nextPath = (response: Response) =>
  /^<([^>]+)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1]
const isSorted = (indices: readonly number[]) =>
  indices.every((index, i) => i === 0 || index > indices[i - 1]!)

describe('a filtered feed', () => {
  /** The country of each entry, as whoever set this stage knows it. */
  const countryOf = ({ issuer, kind, erased, statement }: Line): string | undefined => {
    if (kind === 'erasure' || kind === 'log-key' || erased) return undefined
    if (kind !== 'admission' && kind !== 'standing') return issuer === 'th-dbd' ? 'TH' : 'VN'
    return statement && JSON.stringify(decode(statement)).includes('vn-ecomviet') ? 'VN' : 'TH'
  }
  const decode = (jws: string): unknown => JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString())

  const some = (...values: string[]) =>
    fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }))
  const filters = fc.record({
    member: some('th-dbd', 'vn-ecomviet', 'alliance'),
    kind: some('record', 'status', 'register', 'erasure', 'admission', 'standing', 'log-key'),
    country: some('TH', 'VN', 'JP'),
  })

  it('gives exactly the entries that pass, in order, however it is filtered and paged', async () => {
    const all = await lines('limit=1000')
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.boolean(),
        async ({ member, kind, country }, limits, byLink) => {
          const wanted = all.filter(
            (line) =>
              (!member || member.includes(line.issuer)) &&
              (!kind || kind.includes(line.kind)) &&
              (!country || [...country, undefined].includes(countryOf(line))),
          )
          const query = Object.entries({ member, kind, country })
            // Both ways of naming several.
            .flatMap(([name, values]) =>
              values
                ? byLink
                  ? [`${name}=${values.join(',')}`]
                  : values.map((value) => `${name}=${value}`)
                : [],
            )
            .join('&')
          const found: Line[] = []
          let page = await get(`limit=${limits[0]}&${query}`)
          for (let i = 1; ; i += 1) {
            const part = await read(page)
            found.push(...part)
            const after = Number(page.headers.get('Next-After'))
            expect(part.every(({ index }) => index <= after)).toBe(true)
            const next = nextPath(page)
            if (!next) {
              expect(after).toBe(all.length - 1)
              break
            }
            page = byLink
              ? await t.app.request(next)
              : await get(`after=${after}&limit=${limits[i % limits.length]}&${query}`)
          }
          expect(found).toEqual(wanted)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says how far it looked where nothing passes, so that nothing is looked through twice', async () => {
    const size = (await lines('limit=1000')).length
    const page = await get('kind=log-key')
    expect([await page.text(), nextPath(page)]).toEqual(['', undefined])
    expect(page.headers.get('Next-After')).toBe(String(size - 1))
    expect(page.headers.get('Checkpoint-Size')).toBe(String(size))
    expect(page.headers.get('Access-Control-Expose-Headers')).toContain('Next-After')
  })

  it('keeps its filters in the link to the next page', async () => {
    const page = await get('limit=2&country=TH&kind=record&kind=status&member=th-dbd&state=current')
    const [query] = [new URL(nextPath(page)!, 'https://x.example').searchParams]
    expect([...query]).toEqual([
      ['after', page.headers.get('Next-After')],
      ['limit', '2'],
      ['member', 'th-dbd'],
      ['kind', 'record,status'],
      ['country', 'TH'],
      ['state', 'current'],
    ])
  })

  it('by country still tells what was erased, and by which erasure', async () => {
    const found = await lines('country=JP')
    expect(found.map(({ kind, erased }) => [kind, erased])).toEqual([
      ['record', true],
      ['erasure', undefined],
    ])
    expect(found[0]?.erasedBy).toBe(found[1]?.index)
  })

  it('of the current state holds what the views rest on, and nothing that was replaced or erased', async () => {
    const current = await lines('state=current')
    const indices = current.map(({ index }) => index)
    expect(isSorted(indices)).toBe(true)
    const ids = Array.from({ length: 12 }, (_, i) => [
      `th-dbd:T-${i}`,
      ...(i % 3 === 0 ? [`vn-ecomviet:V-${i}`] : []),
    ])
    const rows = await t.hub.store.recordsById(ids.flat())
    expect(rows).toHaveLength(15)
    const members = await t.hub.store.members()
    const registers = await t.hub.store.registers(['th-dbd', 'vn-ecomviet'])
    const expected = new Set([
      ...rows.flatMap(({ index, statusIndex }) => [index, ...(statusIndex === null ? [] : [statusIndex])]),
      ...members.flatMap(({ index, participationIndex }) => [index, participationIndex]),
      ...registers.map(({ index }) => index),
      // Whoever keeps the current state must hear of erasures too.
      ...(await lines('kind=erasure')).map(({ index }) => index),
    ])
    expect(new Set(indices)).toEqual(expected)
  })

  it.each([
    ['member=th-none', 'member', 'th-none'],
    ['member=', 'member', ''],
    ['member=th-dbd,', 'member', ''],
    ['member=th-dbd&member=Alliance', 'member', 'Alliance'],
    ['kind=records', 'kind', 'records'],
    ['kind=record,Status', 'kind', 'Status'],
    ['country=th', 'country', 'th'],
    ['country=XX', 'country', 'XX'],
    ['country=TH,THA', 'country', 'THA'],
    ['state=all', 'state', 'all'],
    ['wait=-1', 'wait', '-1'],
    ['wait=soon', 'wait', 'soon'],
  ])('%s is refused, and the value named', async (query, at, value) => {
    const response = await get(query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'bad-query', at, value })
  })
})

describe('a long poll', () => {
  const LOOK = 20
  const poll = (parts: Partial<Parameters<typeof createApp>[0]> = {}) =>
    createApp({ hub: t.hub, report: () => {}, longestWait: 20, lookInterval: LOOK, ...parts })
  const head = async () => ((await t.hub.store.head())?.size ?? 0) - 1
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  it('is answered when something comes, with that and how far it looked', async () => {
    const after = await head()
    const waiting = poll().request(`/v1/changes?after=${after}&wait=20`)
    await pause(3 * LOOK)
    t.tick()
    await t.push(await shop(dbd, 'L-1'))
    const response = await waiting
    expect((await read(response)).map(({ index }) => index)).toEqual([after + 1])
    expect(response.headers.get('Next-After')).toBe(String(after + 1))
    expect(response.headers.get('Cache-Control')).toBe(CACHE.never)
    expect(response.headers.has('ETag')).toBe(false)
  })

  it('with a filter sleeps through what does not pass, and then need not look at it again', async () => {
    const after = await head()
    const waiting = poll().request(`/v1/changes?after=${after}&kind=register&wait=20`)
    t.tick()
    await t.push(await shop(dbd, 'L-2'))
    await pause(3 * LOOK)
    t.tick()
    await t.push(await signRegister(dbd, [], t.now()))
    expect((await read(await waiting)).map(({ index, kind }) => [index, kind])).toEqual([
      [after + 2, 'register'],
    ])
  })

  it('is answered empty when its time is over, though more was asked for', async () => {
    const after = await head()
    const began = performance.now()
    const response = await poll({ longestWait: 0.1 }).request(`/v1/changes?after=${after}&wait=3600`)
    expect(performance.now() - began).toBeLessThan(5000)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('Next-After')).toBe(String(after))
  })

  it('does not wait where there is something already', async () => {
    const began = performance.now()
    const response = await poll().request('/v1/changes?limit=1&wait=20')
    expect(await read(response)).toHaveLength(1)
    expect(nextPath(response)).toContain('wait=20')
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('ends when the hub closes, and when its caller leaves', async () => {
    const closing = new AbortController()
    const after = await head()
    const began = performance.now()
    const waiting = poll({ closing: closing.signal }).request(`/v1/changes?after=${after}&wait=20`)
    await pause(2 * LOOK)
    closing.abort()
    expect(await (await waiting).text()).toBe('')
    const leaving = new AbortController()
    const left = poll().request(`/v1/changes?after=${after}&wait=20`, { signal: leaving.signal })
    await pause(2 * LOOK)
    leaving.abort()
    await left
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('misses nothing of what several push at once', async () => {
    const start = await head()
    const app = poll()
    const read1 = (async () => {
      const found: number[] = []
      let after = start
      while (found.length < 12) {
        const page = await app.request(`/v1/changes?after=${after}&limit=5&wait=20`)
        found.push(...(await read(page)).map(({ index }) => index))
        after = Number(page.headers.get('Next-After'))
      }
      return found
    })()
    t.tick()
    const signed = await Promise.all(Array.from({ length: 12 }, (_, i) => shop(dbd, `C-${i}`)))
    await Promise.all(signed.map((statement) => t.push(statement)))
    expect(await read1).toEqual(Array.from({ length: 12 }, (_, i) => start + 1 + i))
  })
})

describe('a statement that waits', () => {
  it('is answered 202 with when to ask again, until it is decided; an unknown one 404', async () => {
    const own = await createTestHub()
    const member = await own.admit('th-dbd')
    const statement = await signRecord(member, recordClaims(member, own.now()))
    const sha256 = sha256Hex(statement)
    await own.hub.store.receive([{ sha256, jws: statement }], own.now() * 1000, 0)
    // Another process works on it: this one finds nothing to do.
    const { pending } = own.hub.store
    own.hub.store.pending = async () => []
    const waiting = await own.app.request(`/v1/statements/${sha256}`)
    expect([waiting.status, await waiting.json()]).toEqual([202, { sha256, outcome: 'pending' }])
    expect(waiting.headers.get('Retry-After')).toBe('1')
    expect(waiting.headers.get('Cache-Control')).toBe(CACHE.never)
    own.hub.store.pending = pending
    const decided = await own.app.request(`/v1/statements/${sha256}`)
    expect([decided.status, await decided.json()]).toEqual([200, { sha256, outcome: 'accepted', index: 1 }])
    expect((await own.app.request(`/v1/statements/${'0'.repeat(64)}`)).status).toBe(404)
  })

  it('that is decided between two questions is not taken for unknown', async () => {
    const own = await createTestHub()
    const member = await own.admit('th-dbd')
    const statement = await signRecord(member, recordClaims(member, own.now()))
    const sha256 = sha256Hex(statement)
    await own.push(statement)
    const { outcomes } = own.hub.store
    let asked = 0
    own.hub.store.outcomes = async (names) => {
      asked += 1
      return asked === 1 ? new Map() : outcomes(names)
    }
    expect(await (await own.app.request(`/v1/statements/${sha256}`)).json()).toMatchObject({
      outcome: 'accepted',
    })
  })
})

describe('a log in which what is wanted is rare', () => {
  const SIZE = 260_000
  const folder = mkdtempSync(join(tmpdir(), 'feed-'))
  const { database, plans } = listenToPlans(join(folder, 'large.sqlite'))
  let reader: Reader
  let queries = 0

  beforeAll(async () => {
    const db = database.kysely
    // Rows as a hub of that size has them; what they say does not matter to reading.
    await database.atomic([
      sql`insert into entries (idx, at, issuer, kind, sha256, jti, subject, country)
        with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${SIZE})
        select i, i, case when i = 255000 then 'vn-idea' else 'th-dbd' end,
          case when i in (3, 257000) then 'log-key' else 'record' end, 'h' || i, 'j' || i, 'th-dbd:R-' || i, 'TH' from n`.compile(
        db,
      ),
      sql`insert into checkpoints (size, prev_size, root, note, at, roster_size) values (${SIZE}, 0, '', '', 1, 0)`.compile(
        db,
      ),
    ])
    reader = {
      ...t.hub,
      store: createHubStore({
        ...database,
        read: (query) => {
          queries += 1
          return database.read(query)
        },
      }),
      memory: createMemory(),
    }
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  it('is looked through in bounded queries, and a page says how far', async () => {
    const filter = { kinds: ['log-key'] }
    queries = 0
    const first = await readChanges(reader, { after: 3, limit: 10, filter })
    expect([first.entries, first.looked]).toEqual([[], 3 + MAX_LOOKS * LOOK_ENTRIES])
    expect(queries).toBeLessThanOrEqual(MAX_LOOKS + 1)
    const second = await readChanges(reader, { after: first.looked, limit: 10, filter })
    expect([second.entries.map(({ index }) => index), second.looked]).toEqual([[257_000], SIZE - 1])
  })

  it('gives the same entries whichever way it is asked', async () => {
    const collect = async (filter: object, limit: number) => {
      const found: number[] = []
      let after = -1
      while (after + 1 < SIZE) {
        const page = await readChanges(reader, { after, limit, filter })
        found.push(...page.entries.map(({ index }) => index))
        after = page.looked
      }
      return found
    }
    expect(await collect({ members: ['vn-idea'] }, 3)).toEqual([255_000])
    expect(await collect({ countries: ['VN'] }, 3)).toEqual([])
    expect(await collect({ current: true }, 1)).toEqual([3, 257_000])
    expect(await collect({ members: ['th-dbd'], kinds: ['log-key'], countries: ['TH'] }, 1)).toEqual([
      3, 257_000,
    ])
  })

  it('is found by an index within each range, never by reading the table from end to end', async () => {
    const range = async (filter: object): Promise<string> => {
      plans.length = 0
      await reader.store.changes(100_000, 110_000, 100, filter)
      expect(plans.filter((plan) => /^SCAN (?!.*\b(json_each|members)\b.*<-)/.test(plan))).toEqual([])
      return plans.join('\n')
    }
    expect(await range({})).toContain('SEARCH entries USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
    expect(await range({ members: ['vn-idea'] })).toContain(
      'entries_by_issuer (issuer=? AND idx>? AND idx<?)',
    )
    expect(await range({ kinds: ['status'] })).toContain('entries_by_kind (kind=? AND idx>? AND idx<?)')
    expect(await range({ countries: ['VN'] })).toContain('entries_by_country (country=? AND idx>? AND idx<?)')
    expect(await range({ current: true })).toMatch(/SEARCH entries USING .*rowid>\? AND rowid<\?/)
    expect(await range({ members: ['vn-idea'], current: true })).toContain(
      'entries_by_issuer (issuer=? AND idx>?',
    )
    plans.length = 0
    await reader.store.lastErasure()
    expect(plans.join('\n')).toContain('USING COVERING INDEX entries_by_kind (kind=?)')
  })
})
