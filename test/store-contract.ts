/** What every store must do, whatever database is beneath it; knows no runtime, so that it runs in workerd on D1 too. */
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Head, HubStore, Listing, MemberRow, RecordRow, SequencedBatch } from '../src/hub/store.js'
import { formatProblem, Refusal } from '../src/refusal.js'
import type { Database } from '../src/store/database.js'
import { encodeBase64url } from '../src/trust/json.js'
import { directoryContract } from './store-contract-directory.js'

export interface OpenedStore {
  store: HubStore
  database: Database
}

const T0 = 1_795_316_400_000

export function headAt(size: number, rosterSize = 0): Head {
  return { size, root: `root-${size}`, note: `note-${size}\n`, at: T0 + size, rosterSize }
}

export function entryAt(
  index: number,
  over: Partial<SequencedBatch['entries'][number]> = {},
): SequencedBatch['entries'][number] & { jws: string } {
  return {
    index,
    at: T0,
    issuer: 'th-dbd',
    kind: 'record',
    sha256: index.toString(16).padStart(64, '0'),
    jti: `jti-${index}`,
    subject: null,
    country: null,
    ...over,
    jws: over.jws ?? `jws-${index}`,
  }
}

export function recordAt(index: number, over: Partial<RecordRow> = {}): RecordRow {
  return {
    id: `th-dbd:R-${index}`,
    member: 'th-dbd',
    mark: 'registered',
    level: 'registered',
    country: 'TH',
    index,
    kid: 'kid',
    iat: 100,
    exp: 1000,
    latestIat: 100,
    status: 'active',
    statusIndex: null,
    ...over,
  }
}

/** A batch on top of `size` entries; nothing in it unless given. */
export function batchAt(size: number, over: Partial<SequencedBatch> = {}): SequencedBatch {
  const entries = over.entries ?? []
  return {
    previous: headAt(size),
    next: headAt(size + entries.length),
    entries,
    tiles: [],
    members: [],
    standings: [],
    issued: [],
    changed: [],
    registers: [],
    erased: { entries: [], records: [] },
    logKeys: [],
    refused: [],
    ...over,
  }
}

const problem = (detail: string) =>
  formatProblem(new Refusal('presence-taken', { detail, value: 'ร้าน \ud800 "\u0000' }), 'https://hub.example')
const issue = (
  row: RecordRow,
  presences: string[],
  identifiers: string[] = [],
): SequencedBatch['issued'][number] => ({
  ...row,
  presences: presences.map((key) => ({ record: row.id, key, scope: 'host' as const })),
  identifiers,
  listing: listingAt(row),
})

/** A listing under the name of the record's own number, at its level, with one address that looks like nothing else. */
export function listingAt(row: RecordRow, over: Partial<Listing> = {}): Listing {
  const number = row.id
    .slice(row.id.indexOf(':') + 1)
    .toLowerCase()
    .replace('-', '')
  const level = `${row.member}/${row.mark}/${row.level}`
  return {
    name: `shop ${number}`,
    place: `${number} example`,
    sector: '',
    facets: `country:th member:${row.member} level:${level}`,
    skeletons: [`web:${number}`],
    ...over,
  }
}
export const memberAt = (id: string, over: Partial<MemberRow> = {}): MemberRow => ({
  id,
  index: 0,
  entity: `https://hub.example/members/${id}`,
  participation: 'admitted',
  participationIndex: 0,
  admission: '{"definition":"ก"}',
  latestIat: 5,
  ...over,
})

/** Runs the contract on fresh, migrated databases that `openStore` opens. */
export function storeContract(name: string, openStore: () => Promise<OpenedStore>): void {
  const founded = async (): Promise<OpenedStore> => {
    const opened = await openStore()
    await opened.store.found({ origin: 'https://hub.example' }, headAt(0))
    return opened
  }

  describe(`the store on ${name}`, () => {
    it('is founded once; who comes second changes nothing', async () => {
      const { store } = await openStore()
      expect(await store.head()).toBeUndefined()
      expect(await store.setting('origin')).toBeUndefined()
      expect(await store.found({ origin: 'https://first.example' }, headAt(0))).toBe(true)
      expect(await store.found({ origin: 'https://second.example' }, headAt(0))).toBe(false)
      expect(await store.setting('origin')).toBe('https://first.example')
      expect(await store.head()).toEqual(headAt(0))
    })

    it('puts another note on the newest checkpoint, and only while its note is the one that was read', async () => {
      const { store } = await founded()
      const first = headAt(0)
      expect(await store.resignHead(first, 'note-0, signed twice\n')).toBe(true)
      expect(await store.head()).toEqual({ ...first, note: 'note-0, signed twice\n' })
      expect(await store.resignHead(first, 'note-0, signed otherwise\n')).toBe(false)
      const signed = { ...first, note: 'note-0, signed twice\n' }
      expect(await store.commit(batchAt(0, { previous: signed, entries: [entryAt(0)] }))).toBe(true)
      expect(await store.resignHead(signed, 'note-0, too late\n')).toBe(false)
      expect(await store.head()).toEqual(headAt(1))
    })

    it('runs a write list as one: a later query sees the earlier, and a failure undoes all', async () => {
      const { store, database } = await founded()
      const db = database.kysely
      const insert = (setting: string, value: string) =>
        db.insertInto('settings').values({ name: setting, value }).compile()
      await expect(database.atomic([insert('a', '1'), insert('a', '2')])).rejects.toThrow('UNIQUE')
      expect(await store.setting('a')).toBeUndefined()
      await database.atomic([
        insert('a', '1'),
        sql`update settings set value = value || '!' where name = 'a'`.compile(db),
      ])
      expect(await store.setting('a')).toBe('1!')
    })

    it('keeps statements waiting in order of arrival until they are decided', async () => {
      const { store } = await founded()
      const [a, b, c] = [entryAt(0), entryAt(1), entryAt(2)]
      await store.receive([b], T0, 0)
      await store.receive([a, b, a, c], T0 + 1, 0)
      expect(await store.pending(10)).toEqual([b, a, c].map(({ sha256, jws }) => ({ sha256, jws })))
      expect(await store.pending(2)).toHaveLength(2)
      expect(await store.outcomes([a.sha256, b.sha256])).toEqual(new Map())
      expect(
        await store.commit(
          batchAt(0, {
            entries: [{ ...b, index: 0 }],
            refused: [{ sha256: a.sha256, problem: problem('taken') }],
          }),
        ),
      ).toBe(true)
      expect(await store.pending(10)).toEqual([{ sha256: c.sha256, jws: c.jws }])
      expect(await store.outcomes([a.sha256, b.sha256, c.sha256])).toEqual(
        new Map<string, unknown>([
          [a.sha256, { problem: problem('taken') }],
          [b.sha256, { index: 0 }],
        ]),
      )
    })

    it('tries a refused statement anew when it comes again, and forgets old refusals only', async () => {
      const { store } = await founded()
      const [a, b] = [entryAt(0), entryAt(1)]
      await store.receive([a, b], T0, 0)
      await store.commit(
        batchAt(0, { refused: [a, b].map(({ sha256 }) => ({ sha256, problem: problem('no') })) }),
      )
      await store.receive([a], T0 + 5, 0)
      expect(await store.pending(10)).toEqual([{ sha256: a.sha256, jws: a.jws }])
      await store.receive([], T0 + 5, T0 + 5)
      expect(await store.outcomes([b.sha256])).toEqual(new Map())
      expect(await store.pending(10)).toHaveLength(1)
    })

    it('keeps no text of what it refused, and after an erasure nothing but the code', async () => {
      const { store, database } = await founded()
      const [a, b] = [entryAt(5), entryAt(6)]
      await store.receive([a, b], T0, 0)
      await store.commit(batchAt(0, { refused: [{ sha256: a.sha256, problem: problem('taken') }] }))
      const texts = async () =>
        (await database.read(database.kysely.selectFrom('inbox').select('jws').orderBy('id').compile())).map(
          ({ jws }) => jws,
        )
      expect(await texts()).toEqual(['', b.jws])
      const erased = { entries: [{ index: 0, by: 1 }], records: ['th-dbd:R-0'] }
      const refused = [{ sha256: b.sha256, problem: problem('later') }]
      await store.commit(batchAt(0, { entries: [entryAt(0), entryAt(1)], erased, refused }))
      const outcomes = await store.outcomes([a.sha256, b.sha256])
      const { type, title, status, code } = problem('taken')
      const bare = { problem: { type, title, status, code, detail: expect.stringContaining('removed') } }
      // The refusal of the round that erases may quote what it erases: it is cut down like those before it.
      expect([outcomes.get(a.sha256), outcomes.get(b.sha256)]).toEqual([bare, bare])
      expect(await texts()).toEqual(['', ''])
    })

    it('says where a statement is logged even if it waits or was refused again', async () => {
      const { store } = await founded()
      await store.commit(batchAt(0, { entries: [entryAt(0)] }))
      await store.receive([entryAt(0)], T0, 0)
      await store.commit(batchAt(1, { refused: [{ sha256: entryAt(0).sha256, problem: problem('again') }] }))
      expect(await store.outcomes([entryAt(0).sha256])).toEqual(new Map([[entryAt(0).sha256, { index: 0 }]]))
    })

    it('commits on the head it was decided on, or nothing at all', async () => {
      const { store } = await founded()
      await store.receive([entryAt(0), entryAt(1)], T0, 0)
      const everything = (index: number): Partial<SequencedBatch> => ({
        entries: [entryAt(index, { sha256: entryAt(1).sha256 })],
        tiles: [{ level: 0, index: 0, bytes: new Uint8Array(32).fill(9) }],
        members: [memberAt('vn-idea')],
        issued: [issue(recordAt(index), ['web:a.example'], ['lei:X'])],
        registers: [{ member: 'th-dbd', index, at: 1, count: 1, digest: 'd', counted: 1 }],
        refused: [{ sha256: entryAt(0).sha256, problem: problem('lost') }],
      })
      expect(await store.commit(batchAt(0, { entries: [entryAt(0, { sha256: 'f'.repeat(64) })] }))).toBe(true)
      expect(await store.commit(batchAt(0, everything(0)))).toBe(false)
      expect(
        await store.commit(
          batchAt(0, { refused: [{ sha256: entryAt(0).sha256, problem: problem('lost') }] }),
        ),
      ).toBe(false)
      expect(await store.commit(batchAt(5, everything(5)))).toBe(false)
      expect(await store.head()).toEqual(headAt(1))
      expect(await store.pending(10)).toHaveLength(2)
      expect(await store.outcomes([entryAt(0).sha256, entryAt(1).sha256])).toEqual(new Map())
      expect(await store.members()).toEqual([])
      expect(await store.registers(['th-dbd'])).toEqual([])
      expect(await store.recordsByKeys({ presences: ['web:a.example'], identifiers: ['lei:X'] })).toEqual({
        records: [],
        matched: [],
      })
      expect(await store.readTiles([{ level: 0, index: 0 }])).toEqual([new Uint8Array()])
      expect(await store.commit(batchAt(1, everything(1)))).toBe(true)
      expect(await store.head()).toEqual(headAt(2))
    })

    it('does not take any other conflict for a lost race, which would be tried for ever', async () => {
      const { store } = await founded()
      const twice = [entryAt(0), entryAt(1, { sha256: entryAt(0).sha256 })]
      await expect(store.commit(batchAt(0, { entries: twice }))).rejects.toThrow('UNIQUE')
      const sameJti = [entryAt(0), entryAt(1, { jti: 'jti-0' })]
      await expect(store.commit(batchAt(0, { entries: sameJti }))).rejects.toThrow('UNIQUE')
      expect(await store.head()).toEqual(headAt(0))
      expect(await store.changes(-1, 10, 10)).toEqual([])
    })

    it('remembers every jti by its issuer', async () => {
      const { store } = await founded()
      await store.commit(
        batchAt(0, { entries: [entryAt(0), entryAt(1, { issuer: 'vn-idea', jti: 'jti-0' })] }),
      )
      const pairs = [
        ['th-dbd', 'jti-0'],
        ['vn-idea', 'jti-0'],
        ['vn-idea', 'jti-1'],
        ['jp-x', 'jti-0'],
      ] as const
      expect(await store.usedJtis(pairs)).toEqual(new Set(['th-dbd jti-0', 'vn-idea jti-0']))
      expect(await store.usedJtis([])).toEqual(new Set())
    })

    it('gives the feed without a gap, and a statement that was erased as null', async () => {
      const { store, database } = await founded()
      await store.commit(batchAt(0, { entries: [0, 1, 2, 3, 4].map((index) => entryAt(index)) }))
      expect((await store.changes(-1, 5, 2)).map(({ index }) => index)).toEqual([0, 1])
      expect((await store.changes(1, 5, 10)).map(({ index }) => index)).toEqual([2, 3, 4])
      expect((await store.changes(1, 3, 10)).map(({ index }) => index)).toEqual([2])
      expect(await store.changes(4, 5, 10)).toEqual([])
      await database.atomic([database.kysely.deleteFrom('statements').where('idx', '=', 1).compile()])
      const { index, at, issuer, kind, sha256 } = entryAt(1)
      expect(await store.changes(0, 2, 10)).toEqual([
        { index, at, issuer, kind, sha256, statement: null, erasedBy: null },
      ])
      expect(await store.withheld(5)).toEqual([1])
    })

    it('forgets what was erased in the same write that logs the erasure, and keeps line and jti', async () => {
      const { store } = await founded()
      const row = recordAt(0, { id: 'th-dbd:E-1' })
      const kept = recordAt(2, { id: 'th-dbd:E-2' })
      const about = { subject: row.id, country: 'TH' }
      await store.commit(
        batchAt(0, {
          entries: [
            entryAt(0, about),
            entryAt(1, { ...about, kind: 'status' }),
            entryAt(2, { subject: kept.id }),
          ],
          issued: [issue(row, ['web:gone.example'], ['lei:G']), issue(kept, ['web:kept.example'])],
        }),
      )
      expect(await store.filedUnder([row.id])).toEqual([
        { index: 0, issuer: 'th-dbd', kind: 'record', subject: row.id, jti: 'jti-0', erased: false },
        { index: 1, issuer: 'th-dbd', kind: 'status', subject: row.id, jti: 'jti-1', erased: false },
      ])
      const erasure = entryAt(3, { kind: 'erasure' })
      const gone = [0, 1].map((index) => ({ index, by: 3 }))
      await store.commit(batchAt(3, { entries: [erasure], erased: { entries: gone, records: [row.id] } }))
      await store.scrub()
      expect(await store.changes(-1, 4, 10)).toMatchObject([
        { index: 0, statement: null, erasedBy: 3 },
        { index: 1, statement: null, erasedBy: 3 },
        { index: 2, statement: 'jws-2', erasedBy: null },
        { index: 3, statement: 'jws-3', erasedBy: null },
      ])
      expect(await store.withheld(5)).toEqual([])
      expect(await store.recordsById([row.id])).toEqual([])
      expect(
        (await store.recordsByKeys({ presences: ['web:gone.example'], identifiers: ['lei:G'] })).records,
      ).toEqual([])
      expect(await store.history(row.id)).toEqual([])
      expect(await store.filed([0])).toEqual([
        { index: 0, issuer: 'th-dbd', kind: 'record', subject: null, jti: 'jti-0', erased: true },
      ])
      expect(await store.usedJtis([['th-dbd', 'jti-0']])).toEqual(new Set(['th-dbd jti-0']))
      expect(await store.recordsById([kept.id])).toHaveLength(1)
    })

    it('knows no jti of a statement that it never got, until its erasure tells', async () => {
      const { store } = await founded()
      const absent = { jti: null }
      await store.commit(batchAt(0, { entries: [entryAt(0, absent), entryAt(1, absent), entryAt(2)] }))
      expect((await store.filed([0, 1, 2])).map(({ jti }) => jti)).toEqual([null, null, 'jti-2'])
      const told = [
        { index: 0, by: 3, jti: 'told-0' },
        { index: 2, by: 3 },
      ]
      const erasure = entryAt(3, { kind: 'erasure' })
      await store.commit(batchAt(3, { entries: [erasure], erased: { entries: told, records: [] } }))
      expect((await store.filed([0, 1, 2])).map(({ jti }) => jti)).toEqual(['told-0', null, 'jti-2'])
      expect(await store.usedJtis([['th-dbd', 'told-0']])).toEqual(new Set(['th-dbd told-0']))
    })

    it('keeps the log’s keys, with the entry that announced each', async () => {
      const { store } = await founded()
      expect(await store.logKeys()).toEqual([])
      const key = { vkey: 'hub.example/log+00+x', index: 0, retired: false }
      await store.commit(batchAt(0, { entries: [entryAt(0)], logKeys: [key] }))
      await store.commit(batchAt(1, { entries: [entryAt(1)], logKeys: [{ ...key, retired: true }] }))
      expect(await store.logKeys()).toEqual([{ ...key, retired: true }])
    })

    it('filters the feed by issuer, kind and country; what has no country passes', async () => {
      const { store } = await founded()
      const th = recordAt(0, { country: 'TH' })
      await store.commit(
        batchAt(0, {
          entries: [
            entryAt(0, { subject: th.id, country: 'TH' }),
            entryAt(1, { subject: 'x:1', country: 'VN', issuer: 'vn-idea' }),
            entryAt(2, { kind: 'erasure' }),
            entryAt(3, { subject: th.id, country: 'TH', kind: 'status' }),
            entryAt(4, { subject: th.id, country: 'TH' }),
          ],
          issued: [issue({ ...th, index: 4, statusIndex: 3 }, [])],
        }),
      )
      const list = async (filter: Parameters<HubStore['changes']>[3]) =>
        (await store.changes(-1, 5, 10, filter)).map(({ index }) => index)
      expect(await list({ members: ['vn-idea'] })).toEqual([1])
      expect(await list({ kinds: ['status', 'erasure'] })).toEqual([2, 3])
      expect(await list({ countries: ['VN'] })).toEqual([1, 2])
      expect(await list({ countries: ['TH'], kinds: ['record'] })).toEqual([0, 4])
      expect(await list({ current: true })).toEqual([2, 3, 4])
      expect(await list({ members: [] })).toEqual([])
    })

    it('gives the newest admissions of a member, oldest first, and none of another', async () => {
      const { store, database } = await founded()
      const admission = (index: number, subject: string | null) =>
        entryAt(index, { issuer: 'alliance', kind: 'admission', subject })
      const entries = [
        admission(0, 'th-dbd'),
        admission(1, 'jp-ccj'),
        entryAt(2, { subject: 'th-dbd:R-1' }),
        admission(3, 'th-dbd'),
        admission(4, null),
        admission(5, 'th-dbd'),
      ]
      await store.commit(batchAt(0, { entries }))
      await database.atomic([database.kysely.deleteFrom('statements').where('idx', '=', 3).compile()])
      const found = async (limit: number) =>
        (await store.admissions('th-dbd', limit)).map(({ index, statement }) => [index, statement])
      expect(await found(9)).toEqual([
        [0, 'jws-0'],
        [3, null],
        [5, 'jws-5'],
      ])
      expect(await found(2)).toEqual([
        [3, null],
        [5, 'jws-5'],
      ])
      expect(await store.admissions('vn-vcc', 9)).toEqual([])
    })

    it('finds records by id, presence and identifier, with their statements', async () => {
      const { store } = await founded()
      const [a, b] = [recordAt(0), recordAt(1)]
      await store.commit(
        batchAt(0, {
          entries: [entryAt(0, { subject: a.id }), entryAt(1, { subject: b.id })],
          issued: [
            issue(a, ['web:a.example', 'web:both.example'], ['lei:A']),
            issue(b, ['web:both.example'], ['lei:A', 'lei:B']),
          ],
        }),
      )
      const found = (row: RecordRow) => ({ ...row, jws: `jws-${row.index}`, statusJws: null })
      expect(await store.recordsById([a.id, 'th-dbd:none', a.id])).toEqual([found(a)])
      expect(await store.recordsById([])).toEqual([])
      expect(await store.recordsByKeys({ presences: ['web:both.example'], identifiers: [] })).toEqual({
        records: [found(a), found(b)],
        matched: expect.arrayContaining(
          [a, b].map(({ id }) => ({ record: id, key: 'web:both.example', scope: 'host' })),
        ),
      })
      expect((await store.recordsByKeys({ presences: [], identifiers: ['lei:A', 'lei:B'] })).records).toEqual(
        [found(a), found(b)],
      )
      expect(
        (await store.recordsByKeys({ presences: ['lei:A'], identifiers: ['web:a.example'] })).records,
      ).toEqual([])
    })

    it('replaces the keys of a record that is issued again, and only its status when that changes', async () => {
      const { store } = await founded()
      const row = recordAt(0)
      await store.commit(
        batchAt(0, {
          entries: [entryAt(0, { subject: row.id })],
          issued: [issue(row, ['web:old.example'], ['lei:A'])],
        }),
      )
      const suspended: RecordRow = { ...row, status: 'suspended', statusIndex: 1, latestIat: 200 }
      await store.commit(
        batchAt(1, { entries: [entryAt(1, { kind: 'status', subject: row.id })], changed: [suspended] }),
      )
      expect(
        (await store.recordsByKeys({ presences: ['web:old.example'], identifiers: [] })).records,
      ).toEqual([{ ...suspended, jws: 'jws-0', statusJws: 'jws-1' }])
      const again: RecordRow = { ...suspended, index: 2, exp: 2000, level: 'gold' }
      await store.commit(
        batchAt(2, {
          entries: [entryAt(2, { subject: row.id })],
          issued: [issue(again, ['web:new.example'])],
        }),
      )
      expect(
        (await store.recordsByKeys({ presences: ['web:old.example'], identifiers: ['lei:A'] })).records,
      ).toEqual([])
      expect(
        (await store.recordsByKeys({ presences: ['web:new.example'], identifiers: [] })).records,
      ).toEqual([{ ...again, jws: 'jws-2', statusJws: 'jws-1' }])
      expect((await store.history(row.id)).map(({ index, kind }) => [index, kind])).toEqual([
        [0, 'record'],
        [1, 'status'],
        [2, 'record'],
      ])
      expect(await store.history('th-dbd:none')).toEqual([])
    })

    it('counts what is in force beside a register, as of its time and with its own batch', async () => {
      const { store } = await founded()
      const rows = [
        recordAt(0),
        recordAt(1, { exp: 150 }),
        recordAt(2, { status: 'suspended' }),
        recordAt(3, { member: 'vn-idea' }),
      ]
      await store.commit(
        batchAt(0, {
          entries: rows.map(({ index }) => entryAt(index)),
          issued: rows.map((row) => issue(row, [])),
          registers: [{ member: 'th-dbd', index: 3, at: 120, count: 2, digest: 'd', counted: 2 }],
        }),
      )
      expect(await store.registers(['th-dbd', 'vn-idea'])).toEqual([
        { member: 'th-dbd', index: 3, at: 120, count: 2, digest: 'd', counted: 2 },
      ])
      await store.commit(
        batchAt(4, {
          entries: [entryAt(4)],
          registers: [{ member: 'th-dbd', index: 4, at: 150, count: 2, digest: 'e', counted: null }],
        }),
      )
      expect(await store.registers(['th-dbd'])).toMatchObject([{ index: 4, counted: null }])
      expect(
        await store.countEachInForce([
          { member: 'th-dbd', at: 150 },
          { member: 'vn-idea', at: 120 },
          { member: 'th-dbd', at: 120 },
          { member: 'th-dbd', at: 149 },
        ]),
      ).toEqual([1, 1, 2, 2])
      expect(await store.countEachInForce([])).toEqual([])
      expect(await store.countsInForce(120)).toEqual(
        new Map([
          ['th-dbd', 2],
          ['vn-idea', 1],
        ]),
      )
      expect(await store.countsInForce(1000)).toEqual(new Map())
    })

    it('gives every record in order of id, page by page, with its statements and without what was erased', async () => {
      const { store } = await founded()
      const ids = ['vn-idea:A', 'th-dbd:B', 'th-dbd:a', 'th-dbd:A-2', 'th-dbd:A']
      const rows = ids.map((id, index) => recordAt(index, { id }))
      await store.commit(
        batchAt(0, {
          entries: [...rows.map(({ index }) => entryAt(index)), entryAt(5, { kind: 'status' })],
          issued: rows.map((row) => issue(row, [])),
        }),
      )
      await store.commit(
        batchAt(6, {
          entries: [entryAt(6, { kind: 'erasure' })],
          changed: [recordAt(4, { id: 'th-dbd:A', status: 'revoked', statusIndex: 5 })],
          erased: { entries: [{ index: 1, by: 6 }], records: ['th-dbd:B'] },
        }),
      )
      const first = await store.recordsPage('', 2)
      expect(first.map(({ id }) => id)).toEqual(['th-dbd:A', 'th-dbd:A-2'])
      expect(first[0]).toMatchObject({ index: 4, jws: 'jws-4', status: 'revoked', statusJws: 'jws-5' })
      expect(first[1]).toMatchObject({ jws: 'jws-3', statusJws: null })
      const second = await store.recordsPage('th-dbd:A-2', 2)
      expect(second.map(({ id }) => id)).toEqual(['th-dbd:a', 'vn-idea:A'])
      expect(await store.recordsPage('vn-idea:A', 2)).toEqual([])
    })

    it('keeps members with their standing, and applies a standing after an admission of the same batch', async () => {
      const { store } = await founded()
      const standing = { member: 'th-dbd', participation: 'suspended' as const, index: 1, latestIat: 9 }
      await store.commit(
        batchAt(0, {
          entries: [entryAt(0), entryAt(1)],
          members: [memberAt('vn-idea'), memberAt('th-dbd')],
          standings: [standing],
        }),
      )
      expect(await store.members()).toEqual([
        memberAt('th-dbd', { participation: 'suspended', participationIndex: 1, latestIat: 9 }),
        memberAt('vn-idea'),
      ])
      await store.commit(
        batchAt(2, {
          entries: [entryAt(2)],
          members: [memberAt('th-dbd', { index: 2, participationIndex: 2, latestIat: 12 })],
        }),
      )
      expect((await store.members())[0]).toEqual(
        memberAt('th-dbd', { index: 2, participationIndex: 2, latestIat: 12 }),
      )
    })

    it('keeps tiles byte for byte, in the order asked for', async () => {
      const { store } = await founded()
      const bytes = (seed: number, length: number) =>
        Uint8Array.from({ length }, (_, i) => (i * 7 + seed) % 256)
      const tiles = [
        { level: 0, index: 0, bytes: bytes(1, 8192) },
        { level: 0, index: 1, bytes: bytes(2, 32) },
        { level: 1, index: 0, bytes: bytes(3, 32) },
      ]
      await store.commit(batchAt(0, { entries: [entryAt(0)], tiles }))
      await store.commit(
        batchAt(1, { entries: [entryAt(1)], tiles: [{ level: 0, index: 1, bytes: bytes(2, 64) }] }),
      )
      const ids = [
        { level: 1, index: 0 },
        { level: 0, index: 1 },
        { level: 2, index: 0 },
        { level: 0, index: 0 },
      ]
      expect(await store.readTiles(ids)).toEqual([
        bytes(3, 32),
        bytes(2, 64),
        new Uint8Array(),
        bytes(1, 8192),
      ])
      expect(await store.readTiles([])).toEqual([])
    })

    it('takes 1,000 statements at once, in scripts of three bytes a letter', async () => {
      const { store } = await founded()
      const entries = Array.from({ length: 1000 }, (_, index) =>
        entryAt(index, { subject: `th-dbd:R-${index}`, jws: 'ก'.repeat(2500) }),
      )
      const issued = entries.map(({ index }) =>
        issue(recordAt(index), [`web:s${index}.example`, `web:t${index}.example`], [`lei:${index}`]),
      )
      await store.receive(entries, T0, 0)
      expect(await store.pending(1000)).toHaveLength(1000)
      expect(await store.commit(batchAt(0, { entries, issued }))).toBe(true)
      expect(await store.pending(1000)).toEqual([])
      expect((await store.changes(-1, 1000, 1000)).every(({ statement }) => statement?.length === 2500)).toBe(
        true,
      )
      expect(
        (
          await store.recordsByKeys({
            presences: issued.flatMap(({ presences }) => presences.map(({ key }) => key)),
            identifiers: [],
          })
        ).records,
      ).toHaveLength(1000)
      expect((await store.outcomes(entries.map(({ sha256 }) => sha256))).size).toBe(1000)
    })

    it('gives numbers and base64url back as they came', async () => {
      const { store } = await founded()
      const root = encodeBase64url(Uint8Array.from({ length: 32 }, (_, i) => 255 - i))
      const next: Head = {
        size: 1,
        root,
        note: 'log\n1\n\n— sig ü\n',
        at: 8_640_000_000_000_000,
        rosterSize: 1,
      }
      await store.commit(batchAt(0, { entries: [entryAt(0)], next }))
      expect(await store.head()).toEqual(next)
    })
  })

  directoryContract(name, founded)
}
