/** What every store must do for the directory and for look-alikes; knows no runtime, so that it runs in workerd on D1 too. */
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { DirectoryQuestion, HubStore, Listing, RecordRow } from '../src/hub/store.js'
import { indexTerms, matchPhrases } from '../src/record/search-terms.js'
import { batchAt, entryAt, listingAt, type OpenedStore, recordAt } from './store-contract.js'

const LEVEL = 'th-dbd/registered/registered'

/** Records issued in this order, each with its own listing. */
type Issued = readonly [row: Partial<RecordRow>, listing?: Partial<Listing>]

async function issueAll(store: HubStore, all: readonly Issued[], size = 0): Promise<RecordRow[]> {
  const rows = all.map(([row], i) => recordAt(size + i, row))
  const committed = await store.commit(
    batchAt(size, {
      entries: rows.map(({ id, index }) => entryAt(index, { subject: id })),
      issued: rows.map((row, i) => ({
        ...row,
        presences: [],
        identifiers: [],
        listing: listingAt(row, all[i]?.[1]),
      })),
    }),
  )
  expect(committed).toBe(true)
  return rows
}

const question = (over: Partial<DirectoryQuestion> = {}): DirectoryQuestion => ({
  levels: [LEVEL],
  distrusted: [],
  issuedBy: 500,
  expiringAfter: 500,
  limit: 10,
  reach: 100,
  countTo: 100,
  ...over,
})
const named = (text: string): string =>
  matchPhrases(text)
    .map((phrase) => `name : ${phrase}`)
    .join(' AND ')

/** @param founded opens a fresh, migrated store with an empty log */
export function directoryContract(name: string, founded: () => Promise<OpenedStore>): void {
  describe(`the directory on ${name}`, () => {
    const ask = async (store: HubStore, over: Partial<DirectoryQuestion> = {}) => {
      const { records, count } = await store.directory(question(over))
      return [records.map(({ index }) => index), count]
    }
    const shadow = ({ database }: OpenedStore) =>
      database.read(
        sql<{ rowid: number; name: string }>`select rowid, name from directory order by rowid`.compile(
          database.kysely,
        ),
      )

    it('lists everybody in force, newest first and page by page, and counts no further than asked', async () => {
      const { store } = await founded()
      await issueAll(
        store,
        Array.from({ length: 7 }, () => [{}] as const),
      )
      expect(await ask(store, { limit: 3 })).toEqual([[6, 5, 4], 7])
      expect(await ask(store, { limit: 3, before: 4 })).toEqual([[3, 2, 1], 7])
      expect(await ask(store, { limit: 3, before: 1 })).toEqual([[0], 7])
      expect(await ask(store, { limit: 3, before: 0, countTo: 5 })).toEqual([[], 5])
      const { records } = await store.directory(question({ limit: 1 }))
      expect(records).toMatchObject([{ id: 'th-dbd:R-6', jws: 'jws-6', statusJws: null }])
    })

    it('stops after so many rows of what lapsed, and says where to go on', async () => {
      const { store } = await founded()
      const lapsed: Issued = [{ exp: 500 }]
      // From the newest on: two lapsed, one in force, three lapsed, two in force.
      await issueAll(store, [[{}], [{}], lapsed, lapsed, lapsed, [{}], lapsed, lapsed])
      for (const match of [undefined, 'facets : "country:th"']) {
        const look = async (over: Partial<DirectoryQuestion>) => {
          const found = await store.directory(question({ ...over, ...(match && { match }) }))
          const { records, count, countedAll, reached } = found
          return [records.map(({ index }) => index), count, countedAll, reached]
        }
        expect(await look({ reach: 2 })).toEqual([[], 0, false, 6])
        expect(await look({ reach: 2, before: 6 })).toEqual([[5], 0, false, 4])
        expect(await look({ reach: 2, before: 4, countTo: undefined })).toEqual([[], 0, true, 2])
        expect(await look({ reach: 2, before: 2 })).toEqual([[1, 0], 0, false, 0])
        expect(await look({ reach: 3, limit: 1 })).toEqual([[5], 1, false, undefined])
        expect(await look({ reach: 3, limit: 2 })).toEqual([[5], 1, false, 5])
        expect(await look({ reach: 9, limit: 2 })).toEqual([[5, 1], 3, true, undefined])
        expect(await look({ reach: 9, before: 5, limit: 2 })).toEqual([[1, 0], 3, true, undefined])
      }
    })

    it('finds words by their beginning and parts of names in scripts without spaces, in any order', async () => {
      const { store } = await founded()
      const names = ['บริษัท สมใจผ้าไหม จำกัด', '森', '森永製菓株式会社', 'Công ty TNHH Đặng Phượng', 'Siam Silk']
      await issueAll(
        store,
        names.map((text) => [{}, { name: indexTerms([text]) }] as const),
      )
      const found = async (text: string) => (await ask(store, { match: named(text) }))[0]
      expect(await found('ผ้าไหม')).toEqual([0])
      expect(await found('ไหม สมใจ')).toEqual([0])
      expect(await found('ใจไหม')).toEqual([])
      expect(await found('森')).toEqual([2, 1])
      expect(await found('森永')).toEqual([2])
      expect(await found('社')).toEqual([2])
      expect(await found('dang')).toEqual([3])
      expect(await found('phượng ĐẶNG')).toEqual([3])
      expect(await found('sil')).toEqual([4])
      expect(await found('ilk')).toEqual([])
    })

    it('takes whatever is typed for a text, never for a query', async () => {
      const { store } = await founded()
      await issueAll(store, [[{}, { name: indexTerms(['near or not and silk']) }]])
      for (const text of [
        'silk"',
        "silk' OR 1",
        'silk*',
        '^silk',
        'name:silk',
        'silk NEAR/2 near',
        '{silk}',
        '-silk',
      ])
        expect(await ask(store, { match: named(text) }), text).not.toBeUndefined()
      expect(await ask(store, { match: named('NEAR(OR NOT "silk* AND)') })).toEqual([[0], 1])
    })

    it('leaves out what lapsed, is to come, lost its status, or has a level or key that counts no more', async () => {
      const { store } = await founded()
      await issueAll(store, [
        [{}],
        [{ exp: 500 }],
        [{ iat: 501 }],
        [{ status: 'suspended' }],
        [{ status: 'revoked' }],
        [{ level: 'other' }],
        [{ kid: 'stolen' }],
      ])
      for (const match of [undefined, 'name : "shop"', 'facets : "country:th"']) {
        const given = match === undefined ? {} : { match }
        const stolen = (from: number) => ({ ...given, distrusted: [{ kid: 'stolen', from }] })
        expect(await ask(store, given)).toEqual([[6, 0], 2])
        expect(await ask(store, stolen(6))).toEqual([[0], 1])
        expect(await ask(store, stolen(7))).toEqual([[6, 0], 2])
        expect(await ask(store, { ...given, levels: [] })).toEqual([[], 0])
      }
      expect(await ask(store, { match: `facets : "level:${LEVEL}" AND name : "shop"` })).toEqual([[6, 0], 2])
    })

    it('moves a record that is issued again, keeps one whose status changed, and forgets one that is erased', async () => {
      const opened = await founded()
      const { store } = opened
      const [first, second] = await issueAll(store, [[{}], [{}]])
      await issueAll(store, [[{ id: first!.id }, { name: 'new', skeletons: ['web:new'] }]], 2)
      expect(await shadow(opened)).toEqual([
        { rowid: 1, name: 'shop r1' },
        { rowid: 2, name: 'new' },
      ])
      expect(await ask(store, { match: 'name : "r0"' })).toEqual([[], 0])
      expect(await store.recordsBySkeleton(['web:r0'], 9)).toEqual([])
      expect(await store.recordsBySkeleton(['web:new'], 9)).toMatchObject([{ id: first!.id, index: 2 }])
      const suspended = { ...second!, status: 'suspended' as const, statusIndex: 3 }
      await store.commit(batchAt(3, { entries: [entryAt(3)], changed: [suspended] }))
      expect(await ask(store, { match: 'name : "shop"' })).toEqual([[], 0])
      await store.commit(batchAt(4, { entries: [entryAt(4)], changed: [{ ...suspended, status: 'active' }] }))
      expect(await ask(store, { match: 'name : "shop"' })).toEqual([[1], 1])
      const erased = { entries: [{ index: 1, by: 5 }], records: [second!.id] }
      await store.commit(batchAt(5, { entries: [entryAt(5)], erased }))
      expect(await ask(store, { match: 'name : "shop"' })).toEqual([[], 0])
      expect(await shadow(opened)).toEqual([{ rowid: 2, name: 'new' }])
      expect(await store.recordsBySkeleton(['web:r1'], 9)).toEqual([])
      expect(await store.scrub()).toBe(true)
      expect(await ask(store, { match: 'name : "new"' })).toEqual([[2], 1])
    })

    it('gives records of a skeleton once each, in order, none that lost its status', async () => {
      const { store } = await founded()
      const like = (skeletons: string[]) => ({ skeletons })
      await issueAll(store, [
        [{}, like(['web:b', 'line:b'])],
        [{}, like(['web:a'])],
        [{ status: 'revoked' }, like(['web:a'])],
        [{}, like(['web:ab'])],
        [{}, like([])],
      ])
      const found = async (skeletons: string[], limit = 9) =>
        (await store.recordsBySkeleton(skeletons, limit)).map(({ index }) => index)
      expect(await found(['web:b', 'web:a', 'line:b'])).toEqual([0, 1])
      expect(await found(['web:b', 'web:a'], 1)).toEqual([1])
      expect(await found(['web:'])).toEqual([])
      expect(await found([])).toEqual([])
    })

    it('lists what was stored before, unless it changed meanwhile, and drops what no record has', async () => {
      const opened = await founded()
      const { store, database } = opened
      const rows = await issueAll(store, [[{}], [{}], [{}]])
      const unlisted = ['delete from directory', 'delete from lookalikes'].map((text) =>
        sql.raw(text).compile(database.kysely),
      )
      const stray = sql`insert into directory (rowid, name, place, sector, facets) values (99, 'stray', '', '', '')`
      await database.atomic([...unlisted, stray.compile(database.kysely)])
      const listings = rows.map((row) => ({ record: row.id, index: row.index, listing: listingAt(row) }))
      await issueAll(store, [[{ id: rows[0]!.id }, { name: 'issued again' }]], 3)
      await store.relist(listings, 'half', 'all')
      await store.relist(listings.slice(1), 'more', 'all')
      expect(await store.setting('directory')).toBe('more')
      expect((await shadow(opened)).map(({ rowid }) => rowid)).toEqual([1, 2, 3, 99])
      await store.finishListing('all')
      expect(await shadow(opened)).toMatchObject([
        { rowid: 1 },
        { rowid: 2 },
        { rowid: 3, name: 'issued again' },
      ])
      expect(await store.recordsBySkeleton(['web:r0', 'web:r1', 'web:r2'], 9)).toMatchObject([
        { index: 3 },
        { index: 1 },
        { index: 2 },
      ])
      await store.relist([], 'half', 'all')
      expect(await store.setting('directory')).toBe('all')
    })
  })
}
