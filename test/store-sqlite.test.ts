/** The store on embedded SQLite: the contract, its files, and that no hot path reads a table from end to end. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HubStore } from '../src/hub/store.js'
import { createHubStore } from '../src/store/hub-store.js'
import { openSqlite } from '../src/store/sqlite.js'
import { batchAt, entryAt, headAt, listingAt, recordAt, storeContract } from './store-contract.js'
import { listenToPlans } from './store-plans.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

storeContract('SQLite', async () => {
  const database = openSqlite(':memory:', migrations)
  return { store: createHubStore(database), database }
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-store-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a database file', () => {
  it('is opened again with everything in it', async () => {
    const file = join(folder, 'again.sqlite')
    const first = openSqlite(file, migrations)
    await createHubStore(first).found({ origin: 'https://hub.example' }, headAt(0))
    await first.close()
    expect(await createHubStore(openSqlite(file, migrations)).head()).toEqual(headAt(0))
  })

  it('survives a power cut: each commit is synced to the disk', () => {
    const database = openSqlite(join(folder, 'pragmas.sqlite'), migrations)
    const pragma = (name: string) =>
      database.read<Record<string, unknown>>({ sql: `pragma ${name}`, parameters: [] } as never)
    return expect(
      Promise.all([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]),
    ).resolves.toEqual([[{ journal_mode: 'wal' }], [{ synchronous: 2 }], [{ foreign_keys: 1 }]])
  })

  it('of an earlier version files the newest admission of each member under it', async () => {
    const before = mkdtempSync(join(folder, 'migrations-'))
    for (const name of readdirSync(migrations).filter((name) => name < '0005'))
      writeFileSync(join(before, name), readFileSync(join(migrations, name)))
    const file = join(folder, 'earlier.sqlite')
    const database = openSqlite(file, before)
    // As that version wrote them: its tables lack columns that today's store fills.
    const write = (text: string) => database.atomic([sql.raw(text).compile(database.kysely)])
    for (const idx of [0, 1, 2])
      await write(
        `insert into entries (idx, at, issuer, kind, sha256, jti) values (${idx}, 1, 'alliance', 'admission', '${idx}', '${idx}')`,
      )
    for (const [id, idx] of [['th-dbd', 1] as const, ['jp-ccj', 2] as const])
      await write(
        `insert into members (id, idx, entity, participation, participation_idx, admission) values ('${id}', ${idx}, '${id}', 'admitted', ${idx}, '{}')`,
      )
    await database.close()
    const reopened = createHubStore(openSqlite(file, migrations))
    expect((await reopened.admissions('th-dbd', 9)).map(({ index }) => index)).toEqual([1])
    expect((await reopened.admissions('jp-ccj', 9)).map(({ index }) => index)).toEqual([2])
  })

  it('is refused when a migration changed after it was applied, or is missing', () => {
    const changed = mkdtempSync(join(folder, 'migrations-'))
    for (const name of readdirSync(migrations))
      writeFileSync(join(changed, name), readFileSync(join(migrations, name)))
    const file = join(folder, 'changed.sqlite')
    openSqlite(file, changed)
    const [first = ''] = readdirSync(changed).sort()
    writeFileSync(join(changed, first), `${readFileSync(join(changed, first), 'utf8')}\n-- more\n`)
    expect(() => openSqlite(file, changed)).toThrow('was changed after it was applied')
    rmSync(join(changed, first))
    expect(() => openSqlite(file, changed)).toThrow('newer version')
  })
})

describe('no hot path reads a table from end to end', () => {
  const TABLES = [
    'entries',
    'statements',
    'records',
    'presences',
    'identifiers',
    'lookalikes',
    'inbox',
    'checkpoints',
    'tiles',
  ]
  /** A full-text index is asked for a term or a row where its plan names a constraint behind the colon. */
  const SCAN = new RegExp(
    `^SCAN (?:${TABLES.join('|')}|changes)\\b|^SCAN directory VIRTUAL TABLE INDEX \\d+: |AUTOMATIC|TEMP B-TREE FOR ORDER BY .*limit`,
  )
  /** SQLite calls it a scan, too, to read a few rows from the end of an index, and a partial index of what waits. */
  const WANTED = [
    /^SCAN checkpoints .*order by "size" desc limit/,
    /^SCAN inbox USING INDEX inbox_pending .*limit/,
  ]
  let listened: { store: HubStore; plans: string[] }

  beforeAll(async () => {
    const { database, plans } = listenToPlans(join(folder, 'plans.sqlite'))
    listened = { store: createHubStore(database), plans }
    const { store } = listened
    await store.found({ origin: 'https://hub.example' }, headAt(0))
    const entries = Array.from({ length: 500 }, (_, index) =>
      entryAt(index, { subject: `th-dbd:R-${index}` }),
    )
    const issued = entries.map(({ index }) => ({
      ...recordAt(index),
      presences: [{ record: `th-dbd:R-${index}`, key: `web:s${index}.example`, scope: 'host' as const }],
      identifiers: [`lei:${index}`],
      listing: listingAt(recordAt(index)),
    }))
    await store.receive(entries, 1, 0)
    await store.commit(batchAt(0, { entries, issued }))
  })

  /** The scans among the plans of what ran. There are no statistics, as in a hub, which never runs ANALYZE. */
  async function scans(run: () => Promise<unknown>): Promise<string[]> {
    listened.plans.length = 0
    await run()
    expect(listened.plans.length).toBeGreaterThan(0)
    return listened.plans.filter((plan) => SCAN.test(plan) && !WANTED.some((wanted) => wanted.test(plan)))
  }

  const { sha256 } = entryAt(3)
  const DIRECTORY = {
    levels: ['th-dbd/registered/registered'],
    distrusted: [],
    issuedBy: 500,
    expiringAfter: 500,
    limit: 21,
    reach: 20_000,
    countTo: 1001,
  }
  it.each<[string, () => Promise<unknown>]>([
    ['the head', () => listened.store.head()],
    ['a setting', () => listened.store.setting('origin')],
    [
      'records by presence and identifier',
      () =>
        listened.store.recordsByKeys({
          presences: ['web:s1.example', 'web:s2.example'],
          identifiers: ['lei:7'],
        }),
    ],
    ['records by id', () => listened.store.recordsById(['th-dbd:R-1', 'th-dbd:R-2'])],
    ['what waits', () => listened.store.pending(1000)],
    ['outcomes', () => listened.store.outcomes([sha256, 'x'])],
    ['the feed', () => listened.store.changes(100, 500, 10)],
    ['a member’s admissions', () => listened.store.admissions('th-dbd', 60)],
    ['a record’s history', () => listened.store.history('th-dbd:R-1')],
    [
      'used jtis',
      () =>
        listened.store.usedJtis([
          ['th-dbd', 'jti-1'],
          ['th-dbd', 'new'],
        ]),
    ],
    ['registers', () => listened.store.registers(['th-dbd'])],
    ['look-alikes', () => listened.store.recordsBySkeleton(['web:r1', 'web:r2'], 50)],
    ['the directory of everybody', () => listened.store.directory({ ...DIRECTORY, before: 400 })],
    [
      'the directory by name and country',
      () =>
        listened.store.directory({
          ...DIRECTORY,
          match: '{name place} : "shop"* AND facets : "country:th"',
          before: 400,
          distrusted: [{ kid: 'k', from: 5 }],
        }),
    ],
    [
      'tiles',
      () =>
        listened.store.readTiles([
          { level: 0, index: 0 },
          { level: 1, index: 0 },
        ]),
    ],
    ['receiving', () => listened.store.receive([entryAt(900), entryAt(901)], 5, 3)],
  ])('%s', async (_name, run) => {
    expect(await scans(run)).toEqual([])
  })

  it('a commit of everything', async () => {
    const { store } = listened
    const size = 500
    const found = await scans(async () => {
      const row = recordAt(size, { id: 'th-dbd:R-1' })
      await store.receive([entryAt(902)], 5, 3)
      const committed = await store.commit(
        batchAt(size, {
          entries: [entryAt(size, { subject: row.id })],
          tiles: [{ level: 0, index: 0, bytes: new Uint8Array(32) }],
          members: [],
          standings: [{ member: 'th-dbd', participation: 'suspended', index: size, latestIat: 1 }],
          issued: [
            {
              ...row,
              presences: [{ record: row.id, key: 'web:new.example', scope: 'host' }],
              identifiers: ['lei:new'],
              listing: listingAt(row),
            },
          ],
          changed: [recordAt(2, { status: 'suspended' })],
          registers: [{ member: 'th-dbd', index: size, at: 1, count: 1, digest: 'd', counted: 1 }],
          refused: [
            {
              sha256: entryAt(902).sha256,
              problem: { type: 't', title: 't', status: 400, code: 'bad-request', detail: 'd' },
            },
          ],
        }),
      )
      expect(committed).toBe(true)
    })
    expect(found).toEqual([])
  })
})
