/** `GET /v1/search`: the directory lists who is certified now, by every filter, and nobody else. */
import { beforeAll, describe, expect, it } from 'vitest'
import { coverageOf } from '../src/alliance/principles.js'
import { fillDirectory } from '../src/hub/directory/fill.js'
import { searchDirectory } from '../src/hub/directory/search.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { type DirectoryPage, directoryPage, MAX_COUNTED } from '../src/record/directory.js'
import type { RecordClaims } from '../src/record/record.js'
import {
  createTestHub,
  readmit,
  recordClaims,
  signErasure,
  signRecord,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { copyOf, sync } from './mirror-fixture.js'

type Holder = Partial<RecordClaims['trustmark']['holder']>
interface Shop {
  mark?: [mark: string, level: string]
  url?: string
  holder?: Holder
  exp?: number
}

async function sign(t: TestHub, member: TestMember, certificate: string, shop: Shop = {}): Promise<string> {
  const [mark, level] = shop.mark ?? ['registered', 'registered']
  const number = certificate.toLowerCase()
  const { exp } = shop
  const claims = recordClaims(member, t.now(), {
    certificate,
    mark,
    level,
    url: shop.url ?? `https://${number}.example`,
    holder: { identifiers: [], ...shop.holder },
    ...(exp !== undefined && { exp }),
  })
  return signRecord(member, claims)
}

async function publish(t: TestHub, ...statements: string[]): Promise<void> {
  for (const result of await t.push(...statements))
    expect(result, JSON.stringify(result)).toMatchObject({ outcome: 'accepted' })
  t.tick()
}

async function search(t: Pick<TestHub, 'app'>, query = ''): Promise<DirectoryPage> {
  const response = await t.app.request(`/v1/search${query && `?${query}`}`)
  const body = await response.text()
  expect(response.status, `${query} ${body}`).toBe(200)
  return directoryPage.parse(JSON.parse(body))
}
/** Certificate numbers, as listed. */
async function listed(t: Pick<TestHub, 'app'>, query = ''): Promise<string[]> {
  return (await search(t, query)).results.map(({ id }) => id.slice(id.indexOf(':') + 1))
}
const asked = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString()

describe('filters', () => {
  let t: TestHub
  let dbd: TestMember

  beforeAll(async () => {
    t = await createTestHub()
    dbd = await t.admit('th-dbd')
    const jp = await t.admit('jp-tradesafe', { signed: false })
    // Their own rules are nothing to these tests: of definitions that nobody signed they are told, not enforced.
    const vn = await t.admit('vn-ecomviet', { signed: false })
    const silk: Holder = {
      name: { th: 'บริษัท สมใจผ้าไหม จำกัด', en: 'Somjai Silk Co., Ltd.' },
      languages: ['th', 'en'],
      sector: 'ผ้าไหมและผ้าทอ',
      shipsTo: ['TH', 'VN', 'JP'],
    }
    await publish(t, await sign(t, dbd, 'S-1', { holder: silk, url: 'https://somjai-silk.example' }))
    await publish(
      t,
      await sign(t, dbd, 'S-2', {
        holder: silk,
        url: 'https://somjai-silk.example',
        mark: ['verified', 'gold'],
      }),
    )
    await publish(
      t,
      await sign(t, dbd, 'L-1', {
        url: 'https://line.me/R/ti/p/@coffee-doi',
        holder: { name: { en: 'Doi' } },
      }),
    )
    await publish(
      t,
      await sign(t, jp, 'J-1', {
        mark: ['tradesafe', 'tradesafe'],
        url: 'https://xn--m7rt68c.example',
        holder: {
          name: { ja: '森永' },
          languages: ['ja', 'en-GB', 'zh-Hant'],
          sector: '漆器',
          shipsTo: ['JP', 'SG'],
        },
      }),
      await sign(t, jp, 'J-2', {
        mark: ['tradesafe', 'tradesafe'],
        holder: { name: { ja: '灯', 'ja-Latn': 'Akari' }, languages: ['ja'] },
      }),
    )
    await publish(
      t,
      await sign(t, vn, 'V-1', {
        mark: ['safeweb', 'safeweb'],
        holder: {
          name: { vi: 'Công ty TNHH Đặng Phượng' },
          languages: ['vi'],
          sector: 'Cà phê',
          kind: 'juristic',
        },
      }),
      await sign(t, dbd, 'N-1', {
        holder: {
          kind: 'natural',
          name: { th: 'นางสาวมะลิ ใจดี', en: 'Mali Jaidee' },
          country: 'TH',
          sector: 'coffee',
        },
      }),
    )
  })

  const full = (principle: 'disclosure' | 'redress') => async () => {
    const kinds = [dbd.definition.marks[0]!, dbd.definition.marks[1]!]
    return kinds.map((mark) => coverageOf(mark.criteria)[principle])
  }

  it.each<[query: Record<string, string>, found: string[]]>([
    [{}, ['N-1', 'V-1', 'J-2', 'J-1', 'L-1', 'S-2', 'S-1']],
    [{ country: 'JP' }, ['J-2', 'J-1']],
    [{ country: 'US' }, []],
    [{ member: 'th-dbd' }, ['N-1', 'L-1', 'S-2', 'S-1']],
    [{ member: 'kr-nobody' }, []],
    [{ mark: 'th-dbd/verified' }, ['S-2']],
    [{ level: 'th-dbd/verified/gold' }, ['S-2']],
    [{ level: 'th-dbd/verified/platinum' }, []],
    [{ kind: 'identity' }, ['N-1', 'L-1', 'S-1']],
    [{ kind: 'quality' }, ['V-1', 'J-2', 'J-1', 'S-2']],
    [{ kind: 'registration' }, []],
    [{ language: 'en' }, ['N-1', 'J-1', 'L-1', 'S-2', 'S-1']],
    [{ language: 'en-GB' }, ['J-1']],
    [{ language: 'zh' }, ['J-1']],
    [{ shipsTo: 'JP' }, ['J-1', 'S-2', 'S-1']],
    [{ platform: 'line' }, ['L-1']],
    [{ sector: 'ไหม' }, ['S-2', 'S-1']],
    [{ sector: 'ca phe' }, ['V-1']],
    [{ q: 'สมใจ' }, ['S-2', 'S-1']],
    [{ q: 'phuong dang' }, ['V-1']],
    [{ q: '森永' }, ['J-1']],
    [{ q: '灯' }, ['J-2']],
    [{ q: 'akari' }, ['J-2']],
    [{ q: 'somjai-silk.example' }, ['S-2', 'S-1']],
    [{ q: 'https://somjai-silk.example/?a=1' }, ['S-2', 'S-1']],
    [{ q: 'somjaisilk' }, ['S-2', 'S-1']],
    [{ q: '@coffee-doi' }, ['L-1']],
    [{ q: 'ดอย' }, []],
    [{ q: 'mali jaidee' }, ['N-1']],
    [{ q: 'มะลิ' }, ['N-1']],
    [{ q: '  ' }, ['N-1', 'V-1', 'J-2', 'J-1', 'L-1', 'S-2', 'S-1']],
    // Together.
    [
      { q: 'somjai', kind: 'quality', country: 'TH', shipsTo: 'VN', language: 'th', platform: 'web' },
      ['S-2'],
    ],
    [{ q: 'somjai', country: 'JP' }, []],
    [{ member: 'th-dbd', mark: 'jp-tradesafe/tradesafe' }, []],
    [{ kind: 'identity', mark: 'th-dbd/verified' }, []],
    [{ kind: 'quality', sector: '漆', q: '森' }, ['J-1']],
  ])('%o', async (query, found) => {
    const page = await search(t, asked(query))
    expect(page.results.map(({ id }) => id.slice(id.indexOf(':') + 1))).toEqual(found)
    expect(page.found).toEqual({ count: found.length, more: false })
    expect(page.next).toBeNull()
  })

  it('by a principle give those marks only that cover it in full', async () => {
    expect(await full('disclosure')()).not.toEqual(['full', 'full'])
    for (const principle of ['disclosure', 'redress'] as const) {
      const { results } = await search(t, asked({ principle, member: 'th-dbd' }))
      const [registered, verified] = await full(principle)()
      const ids = results.map(({ id }) => id)
      expect(ids.includes('th-dbd:S-1')).toBe(registered === 'full')
      expect(ids.includes('th-dbd:S-2')).toBe(verified === 'full')
    }
  })

  it('what is shown is what the verdict says, with the page of the record', async () => {
    const [entry] = (await search(t, 'q=somjai&kind=quality')).results
    const { records, asOf } = await t.verdict('record=th-dbd:S-2')
    const { verdict, id, member, mark, holder, presences, validity, index } = records[0]!
    expect(entry).toMatchObject({ verdict, id, member, mark, holder, presences, validity, index })
    expect(entry?.page).toBe(`${t.hub.origin}/r/th-dbd:S-2`)
    expect((await search(t)).asOf).toEqual({ size: asOf.size, at: asOf.at, checkpoint: asOf.checkpoint })
    expect((await search(t)).demo).toBe(true)
  })

  it('refuse by its name whatever can not be asked', async () => {
    const refusal = async (query: string) => {
      const response = await t.app.request(`/v1/search?${query}`)
      const { code, at, detail, value } = (await response.json()) as Record<string, string>
      expect(response.status).toBe(400)
      return [code, at, detail, value]
    }
    for (const [query, at] of [
      ['colour=red', 'colour'],
      ['country=TH&country=JP', 'country'],
      ['country=th', 'country'],
      ['country=', 'country'],
      ['member=nobody', 'member'],
      ['mark=th-dbd', 'mark'],
      ['level=th-dbd/verified', 'level'],
      ['kind=gold', 'kind'],
      ['principle=monitoring', 'principle'],
      ['language=english', 'language'],
      ['shipsTo=Japan', 'shipsTo'],
      ['platform=ebay', 'platform'],
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=ten', 'limit'],
      [`q=${'a'.repeat(101)}`, 'q'],
      ['q=!!', 'q'],
      ['sector=%00', 'sector'],
    ] as const)
      expect((await refusal(query)).slice(0, 2), query).toEqual(['bad-query', at])
    for (const after of ['', 'x', 'i', 'i~', 'izzzzzzzzzzz', `i${(1e9).toString(36)}`, 'i'.repeat(50), '1'])
      expect((await refusal(`after=${after}`)).slice(0, 2), after).toEqual(['bad-cursor', 'after'])
    expect((await refusal('country=th'))[2]).toContain('such as TH')
  })

  it('a text can not break out of the question', async () => {
    for (const q of [
      '"a',
      'somjai" OR "a',
      "'; drop table directory; --",
      'NEAR(a b)',
      '* *a',
      'facets:country',
      'a\0b',
      '\u202ea',
    ])
      expect(await listed(t, asked({ q, country: 'JP' })), q).toEqual([])
    expect(t.reported).toEqual([])
  })

  it('a copy answers the same bytes, and nothing while it is being brought up', async () => {
    const copy = await copyOf(t)
    const report = (error: unknown) => t.reported.push(error)
    const mirror = createMirrorApp({ copy, synced: () => undefined, report })
    const early = await mirror.request('/v1/search')
    expect([early.status, ((await early.json()) as { code: string }).code]).toEqual([503, 'not-ready'])
    await sync(copy, t)
    for (const query of ['', '?q=somjai', '?kind=quality&limit=2', '?limit=0']) {
      const [ours, theirs] = [
        await mirror.request(`/v1/search${query}`),
        await t.app.request(`/v1/search${query}`),
      ]
      expect(await ours.text(), query).toBe(await theirs.text())
      for (const name of ['ETag', 'Cache-Control', 'Link', 'Checkpoint-Size'])
        expect(ours.headers.get(name)).toBe(theirs.headers.get(name))
    }
  })

  it('is kept as long as a look-up, and not sent again unchanged', async () => {
    const first = await t.app.request('/v1/search?q=somjai')
    expect(first.headers.get('Cache-Control')).toBe('public, max-age=30, must-revalidate')
    const headers = { 'If-None-Match': first.headers.get('ETag')! }
    expect((await t.app.request('/v1/search?q=somjai', { headers })).status).toBe(304)
  })
})

describe('pages', () => {
  it('follow one another without gap or double while records are added and issued again', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    const names = Array.from({ length: 25 }, (_, i) => `P-${i}`)
    await publish(t, ...(await Promise.all(names.map((name) => sign(t, dbd, name)))))
    const seen: string[] = []
    let path: string | undefined = '/v1/search?country=TH&limit=7&mark=th-dbd/registered'
    for (let n = 0; path; n += 1) {
      const response: Response = await t.app.request(path)
      const page = (await response.json()) as DirectoryPage
      seen.push(...page.results.map(({ id }) => id))
      expect(page.found.count).toBe(25 + n)
      const link: string | null = response.headers.get('Link')
      path = link ? /^<(.+)>; rel="next"$/.exec(link)?.[1] : undefined
      if (path) expect(path).toBe(`/v1/search?country=TH&limit=7&mark=th-dbd/registered&after=${page.next}`)
      // One more comes, and one that was seen is issued again.
      await publish(t, await sign(t, dbd, `Q-${n}`), await sign(t, dbd, 'P-24'))
    }
    expect(seen).toEqual([...names].reverse().map((name) => `th-dbd:${name}`))
    expect((await listed(t, 'limit=2'))[0]).toBe('P-24')
  })

  it('are whole however many lapsed records stand between, and none is looked through whose member lost its standing', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    const vn = await t.admit('vn-ecomviet', { signed: false })
    const soon = { exp: t.now() + 60 }
    const mark = { mark: ['safeweb', 'safeweb'] as [string, string] }
    const lapsing = Array.from({ length: 9 }, (_, i) => sign(t, dbd, `L-${i}`, soon))
    await publish(t, await sign(t, dbd, 'F-1'), await sign(t, dbd, 'F-2'), ...(await Promise.all(lapsing)))
    await publish(t, await sign(t, dbd, 'F-3'))
    t.tick(120)
    const { store } = t.hub
    let looks = 0
    const directory: typeof store.directory = (question) => {
      looks += 1
      return store.directory({ ...question, reach: 3 })
    }
    const hub = { ...t.hub, store: { ...store, directory } }
    const ids = async (limit: number, after?: string) => {
      looks = 0
      const { results, found, next } = await searchDirectory(hub, { limit, ...(after && { after }) })
      return [results.map(({ id }) => id.split(':')[1]), found, next]
    }
    expect(await ids(5)).toEqual([['F-3', 'F-2', 'F-1'], { count: 1, more: true }, null])
    expect(looks).toBeGreaterThan(3)
    expect(looks).toBeLessThan(7)
    const others = Array.from({ length: 9 }, (_, i) => sign(t, vn, `V-${i}`, mark))
    await publish(t, ...(await Promise.all(others)))
    await publish(t, await signStanding(t.operator, vn.id, 'suspended', t.now()))
    expect((await ids(1))[0]).toEqual(['F-3'])
    // As many as before the others came: up to the entry behind the page.
    expect(looks).toBe(4)
  })

  it('say how many there are up to a bound', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    const names = Array.from({ length: MAX_COUNTED }, (_, i) => `C-${i}`)
    await publish(t, ...(await Promise.all(names.map((name) => sign(t, dbd, name)))))
    for (const query of ['limit=1', 'q=somjai&limit=1'])
      expect((await search(t, query)).found).toEqual({ count: MAX_COUNTED, more: false })
    await publish(t, await sign(t, dbd, 'D-1'))
    for (const query of ['limit=1', 'q=somjai&limit=1'])
      expect((await search(t, query)).found).toEqual({ count: MAX_COUNTED, more: true })
  })
})

describe('who is not certified now is not listed', () => {
  let t: TestHub
  let dbd: TestMember
  beforeAll(async () => {
    t = await createTestHub()
    dbd = await t.admit('th-dbd')
    await publish(t, await sign(t, dbd, 'A-1'), await sign(t, dbd, 'B-1'))
  })
  const both = async () => [await listed(t), await listed(t, 'q=somjai'), await listed(t, 'country=TH')]
  const all = (...names: string[]) => [names, names, names]

  it('a suspended record goes at once, and comes back when it is reinstated', async () => {
    await publish(t, await signStatus(dbd, 'th-dbd:B-1', 'suspended', t.now()))
    expect(await both()).toEqual(all('A-1'))
    await publish(t, await signStatus(dbd, 'th-dbd:B-1', 'reinstated', t.now()))
    expect(await both()).toEqual(all('B-1', 'A-1'))
  })

  it('a member that is suspended takes its records with it, and brings them back', async () => {
    await publish(t, await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    expect(await both()).toEqual(all())
    await publish(t, await signStanding(t.operator, 'th-dbd', 'admitted', t.now()))
    expect(await both()).toEqual(all('B-1', 'A-1'))
  })

  it('a record that is issued again moves to the front, under its new name only', async () => {
    await publish(t, await sign(t, dbd, 'A-1', { holder: { name: { en: 'Renamed Ltd.' } } }))
    expect(await listed(t)).toEqual(['A-1', 'B-1'])
    expect(await listed(t, 'q=renamed')).toEqual(['A-1'])
    expect(await listed(t, 'q=somjai')).toEqual(['B-1'])
  })

  it('of what kind a mark is, its definition of now says', async () => {
    expect(await listed(t, 'kind=identity')).toEqual(['A-1', 'B-1'])
    const [registered, ...others] = dbd.definition.marks
    const definition = {
      ...dbd.definition,
      marks: [{ ...registered!, kind: 'registration' as const }, ...others],
    }
    const changed = await readmit({ ...dbd, definition }, t.hub.origin, t.operator, t.now(), { keep: true })
    await publish(t, changed.admission)
    expect(await listed(t, 'kind=identity')).toEqual([])
    expect(await listed(t, 'kind=registration')).toEqual(['A-1', 'B-1'])
  })

  it('an erased record leaves, whatever it was called', async () => {
    const indices = (await t.hub.store.history('th-dbd:A-1')).map(({ index }) => index)
    await publish(t, await signErasure(dbd, indices, t.now()))
    expect(await listed(t)).toEqual(['B-1'])
    expect(await listed(t, 'q=renamed')).toEqual([])
  })

  it('a lower mark that is left warns of the higher one as a look-up of its address does', async () => {
    const hub = await createTestHub()
    const member = await hub.admit('th-dbd')
    const url = 'https://shop.example'
    await publish(hub, await sign(hub, member, 'W-1', { url }), await sign(hub, member, 'W-2'))
    await publish(hub, await sign(hub, member, 'W-3', { url, mark: ['verified', 'gold'] }))
    const warnings = async () =>
      Object.fromEntries((await search(hub)).results.map((entry) => [entry.id, entry.warnings]))
    expect(await warnings()).toEqual({ 'th-dbd:W-1': [], 'th-dbd:W-2': [], 'th-dbd:W-3': [] })
    for (const [change, code] of [
      ['suspended', 'higher-mark-suspended'],
      ['revoked', 'higher-mark-lapsed'],
    ] as const) {
      await publish(hub, await signStatus(member, 'th-dbd:W-3', change, hub.now()))
      const told = (await hub.verdict(`url=${url}`)).warnings
      expect(told).toMatchObject([{ code, record: 'th-dbd:W-3' }])
      expect(await warnings()).toEqual({ 'th-dbd:W-1': told, 'th-dbd:W-2': [] })
    }
  })

  it('a revoked record is gone for good', async () => {
    await publish(t, await sign(t, dbd, 'C-1'))
    await publish(t, await signStatus(dbd, 'th-dbd:C-1', 'revoked', t.now()))
    expect(await both()).toEqual(all('B-1'))
  })

  it('one that expired is not listed a second longer', async () => {
    const exp = t.now() + 600
    await publish(t, await sign(t, dbd, 'E-1', { exp }))
    expect(await both()).toEqual(all('E-1', 'B-1'))
    t.tick(exp - t.now() - 1)
    expect(await listed(t)).toEqual(['E-1', 'B-1'])
    t.tick()
    expect(await both()).toEqual(all('B-1'))
  })
})

describe('a database of an earlier version', () => {
  it('says that the directory is not ready, fills it step by step, and then answers as if it always had been', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    const names = Array.from({ length: 450 }, (_, i) => `F-${String(i).padStart(3, '0')}`)
    await publish(t, ...(await Promise.all(names.map((name) => sign(t, dbd, name)))))
    const answers = async () =>
      Promise.all(['', 'q=somjai&limit=50', 'q=f-010'].map((query) => search(t, query)))
    const before = await answers()
    const { store } = t.hub
    const rows = await store.recordsPage('', 1000)
    // As the migration leaves it: empty, and nothing noted.
    await store.relist(
      rows.map(({ id, index }) => ({
        record: id,
        index,
        listing: { name: 'stale', place: '', sector: '', facets: '', skeletons: ['web:stale'] },
      })),
      '',
      'never',
    )
    const early = await t.app.request('/v1/search')
    expect([early.status, early.headers.get('Retry-After')]).toEqual([503, '30'])
    expect(early.headers.get('Cache-Control')).toBe('no-store')
    expect(await fillDirectory(t.hub, { steps: 1 })).toBe(false)
    expect((await t.app.request('/v1/search')).status).toBe(503)
    // What comes meanwhile is listed with its commit, and what is issued again is not overwritten.
    await publish(t, await sign(t, dbd, 'G-1', { holder: { name: { en: 'Latecomer' } } }))
    await publish(t, await sign(t, dbd, 'F-449', { holder: { name: { en: 'Latecomer' } } }))
    const resumed = await store.setting('directory')
    expect(await fillDirectory(t.hub, { steps: 1 })).toBe(false)
    expect(await store.setting('directory')).not.toBe(resumed)
    expect(await fillDirectory(t.hub)).toBe(true)
    expect(await listed(t, 'q=latecomer')).toEqual(['F-449', 'G-1'])
    expect(await listed(t, 'q=stale')).toEqual([])
    expect(await store.recordsBySkeleton(['web:stale'], 9)).toEqual([])
    const indices = (await store.history('th-dbd:G-1')).map(({ index }) => index)
    await publish(t, await signErasure(dbd, indices, t.now()))
    const after = await answers()
    expect(after[2]?.results).toEqual(before[2]?.results)
    expect(after[1]?.found).toEqual({ count: 449, more: false })
    expect(await fillDirectory(t.hub)).toBe(true)
  })
})
