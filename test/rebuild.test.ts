/** `trustmark rebuild`: a database made anew from the log answers alike, and says what the old one had wrong. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rebuildDatabase } from '../src/node/rebuild-database.js'
import { COPIED_TABLES, DERIVED_TABLES, INDEX_TABLES, OWN_TABLES } from '../src/node/table-lists.js'
import {
  answersOf,
  createDataHub,
  type DataHub,
  fill,
  migrations,
  openDataHub,
  pushAll,
  run,
  signErasure,
  temporary,
} from './data-fixture.js'

let model: string
let filled: DataHub
let folder: string
let data: string

beforeAll(async () => {
  model = temporary()
  filled = await createDataHub(model)
  await fill(filled)
  await filled.close()
}, 60_000)
afterAll(() => rmSync(model, { recursive: true }))

beforeEach(() => {
  folder = temporary()
  data = join(folder, 'data')
  cpSync(filled.data, data, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const raw = (name = 'hub.sqlite') => new BetterSqlite3(join(data, name))

function change(...statements: string[]): void {
  const db = raw()
  db.pragma('foreign_keys = OFF')
  for (const statement of statements) db.exec(statement)
  db.close()
}

function dump(file: string, tables: readonly string[]): Record<string, unknown[]> {
  const db = raw(file)
  const rows = Object.fromEntries(
    tables.map((table) => [table, db.prepare(`select * from ${table} order by 1, 2`).all()]),
  )
  db.close()
  return rows
}

describe('a rebuild', () => {
  it('knows of every table whether the log gives it or it must be copied', () => {
    const database = raw()
    const names = database
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all() as string[]
    database.close()
    const tables = names.filter((name) => !INDEX_TABLES.test(name))
    const listed = [...DERIVED_TABLES, ...COPIED_TABLES, ...OWN_TABLES]
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.sort()).toEqual(tables.sort())
  })

  it('answers every question alike, byte by byte, with the same root and nothing lost', async () => {
    await filled.reopen()
    const before = await answersOf(filled)
    await filled.close()
    const made = await run(['rebuild', '--data', data, '--json'])
    expect(made).toMatchObject({ code: 0 })
    expect(made.json()).toMatchObject({
      wrong: 0,
      filled: 0,
      counts: {},
      file: join(data, 'hub.rebuilt.sqlite'),
    })
    const tables = [...DERIVED_TABLES, ...COPIED_TABLES, 'sqlite_sequence']
    expect(dump('hub.rebuilt.sqlite', tables)).toEqual(dump('hub.sqlite', tables))
    rmSync(join(filled.data, 'hub.sqlite'))
    cpSync(join(data, 'hub.rebuilt.sqlite'), join(filled.data, 'hub.sqlite'))
    await filled.reopen()
    expect(await answersOf(filled)).toEqual(before)
    expect(Object.values(before).filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(25)
    await filled.close()
  })

  it('is made beside a hub that runs, and leaves everything of it as it is', async () => {
    await filled.reopen()
    const made = await run([
      'rebuild',
      '--data',
      filled.data,
      '--into',
      join(folder, 'other.sqlite'),
      '--json',
    ])
    await filled.close()
    expect(made.json()).toMatchObject({ wrong: 0 })
    expect(existsSync(join(folder, 'other.sqlite'))).toBe(true)
    const again = await run([
      'rebuild',
      '--data',
      filled.data,
      '--into',
      join(folder, 'other.sqlite'),
      '--json',
    ])
    expect(again).toMatchObject({ code: 2 })
    expect(again.json()).toMatchObject({ error: { code: 'exists' } })
  })

  it('names every row that was wrong by table and key, and has it right', async () => {
    const right = dump('hub.sqlite', DERIVED_TABLES)
    change(
      "update records set status = 'active' where id = 'th-dbd:A-3'",
      "delete from presences where record = 'th-dbd:A-1'",
      "insert into identifiers values ('x:1', 'th-dbd:A-1')",
      "update members set participation = 'admitted' where id = 'vn-ecomviet'",
      "update registers set counted = 99 where member = 'th-dbd'",
      "update tiles set hashes = 'AAAA' || substr(hashes, 5)",
      "update entries set subject = 'th-dbd:A-2' where subject = 'th-dbd:A-1'",
      "update entries set jti = 'AAAAAAAAAAAAAAAAAAAAAA' where idx = 4",
    )
    const made = await run(['rebuild', '--data', data, '--json'])
    expect(made).toMatchObject({ code: 1 })
    const { counts, first } = made.json() as { counts: object; first: object[] }
    expect(counts).toEqual({
      records: 1,
      presences: 1,
      identifiers: 1,
      members: 1,
      registers: 1,
      tiles: 1,
      entries: 1,
    })
    expect(first).toContainEqual({
      table: 'records',
      key: ['th-dbd:A-3'],
      how: 'differs',
      columns: ['status'],
    })
    expect(first).toContainEqual({ table: 'identifiers', key: ['x:1', 'th-dbd:A-1'], how: 'extra' })
    expect(first).toContainEqual({
      table: 'presences',
      key: ['web:a-1.example', 'th-dbd:A-1'],
      how: 'missing',
    })
    expect(dump('hub.rebuilt.sqlite', DERIVED_TABLES)).toEqual(right)
    const told = await run(['rebuild', '--data', data, '--replace'])
    expect(told.out).toContain('records th-dbd:A-3: had another status')
  })

  it('fills in what older versions did not keep, which is no fault of theirs', async () => {
    const right = dump('hub.sqlite', DERIVED_TABLES)
    change('update entries set country = null', "update records set country = ''")
    const made = (await run(['rebuild', '--data', data, '--json'])).json()
    expect(made).toMatchObject({ wrong: 0, counts: {} })
    expect(made.filled).toBeGreaterThan(10)
    expect(dump('hub.rebuilt.sqlite', DERIVED_TABLES)).toEqual(right)
  })
})

describe('the directory', () => {
  it('is made anew where it was altered, and its index holds nothing else', async () => {
    const right = dump('hub.sqlite', ['directory', 'lookalikes'])
    change(
      "update directory set name = 'nobody' where rowid = (select max(rowid) from directory)",
      "insert into directory (rowid, name, place, sector, facets) values (9999, 'somjai', '', '', '')",
    )
    const made = (await run(['rebuild', '--data', data, '--json'])).json()
    expect(made).toMatchObject({ wrong: 2, counts: { directory: 2 } })
    const rebuilt = raw('hub.rebuilt.sqlite')
    rebuilt.exec("insert into directory (directory) values ('integrity-check')")
    expect(
      rebuilt.prepare("select count(*) from directory where directory match 'nobody'").pluck().get(),
    ).toBe(0)
    rebuilt.close()
    expect(dump('hub.rebuilt.sqlite', ['directory', 'lookalikes'])).toEqual(right)
  })

  it('of an earlier version is filled, which is no fault of it', async () => {
    const right = dump('hub.sqlite', ['directory', 'lookalikes'])
    expect(right.directory?.length).toBeGreaterThan(3)
    change('delete from directory', 'delete from lookalikes', "delete from settings where name = 'directory'")
    const made = (await run(['rebuild', '--data', data, '--json'])).json()
    expect(made).toMatchObject({ wrong: 0, counts: {} })
    expect(made.filled).toBeGreaterThan(3)
    expect(dump('hub.rebuilt.sqlite', ['directory', 'lookalikes'])).toEqual(right)
  })
})

describe('a log that does not replay', () => {
  const refused = async (index: number | undefined, words: string) => {
    const before = dump('hub.sqlite', [...DERIVED_TABLES, ...COPIED_TABLES])
    const made = await run(['rebuild', '--data', data, '--replace', '--json'])
    expect(made).toMatchObject({ code: 1 })
    const { error } = made.json() as { error: { code: string; detail: string } }
    expect(error).toMatchObject({ code: 'log-damaged' })
    expect(error.detail).toContain(words)
    if (index !== undefined) expect(error.detail).toMatch(new RegExp(`[Ll]og entry ${index}\\b`))
    expect(readdirSync(data).filter((name) => /rebuil|unfinished/.test(name))).toEqual([])
    expect(dump('hub.sqlite', [...DERIVED_TABLES, ...COPIED_TABLES])).toEqual(before)
  }

  it('is named where a statement was altered', async () => {
    change("update statements set jws = replace(jws, '.', '.A') where idx = 5")
    await refused(5, 'not the one whose hash was logged')
  })
  it('is named where a statement is withheld', async () => {
    change('delete from statements where idx = 4')
    await refused(4, 'missing, and no erasure in the log names it')
  })
  it('is named where a statement is withheld under the name of an erasure that no member signed', async () => {
    change('delete from statements where idx = 4', 'insert into erasures values (4, 12)')
    await refused(4, 'missing, and no erasure in the log names it')
  })
  it('is named where an entry is missing or was put to another time', async () => {
    change('delete from entries where idx = 7')
    await refused(7, 'missing')
    change('update entries set at = at + 1 where idx = 4')
    await refused(undefined, '')
  })
  it('is named where the stored root is not that of its entries', async () => {
    change('update entries set at = at - 1 where idx = 0')
    await refused(undefined, 'do not give the root')
  })
})

describe('an erasure in a database too large to be written anew in passing', () => {
  it('is reported with the command that helps, and once that was run there is nothing to report', async () => {
    const large = temporary()
    const t = await createDataHub(large)
    const dbd = await t.admit('th-dbd')
    await pushAll(t, await t.shop('A-1'), await t.shop('A-2'))
    const db = new BetterSqlite3(join(t.data, 'hub.sqlite'))
    db.exec('create table filler (bytes blob); insert into filler values (zeroblob(70000000))')
    db.close()
    const reported: string[] = []
    const erase = async (name: string) => {
      t.hub.report = (error, about) => reported.push(`${JSON.stringify(about)} ${String(error)}`)
      await pushAll(t, await signErasure(dbd, await t.indicesOf(`th-dbd:${name}`), t.now()))
    }
    await erase('A-1')
    expect(reported).toEqual([expect.stringMatching(/"scrub".*"trustmark rebuild --replace"/)])
    await t.close()
    expect(await run(['rebuild', '--data', t.data, '--replace'])).toMatchObject({ code: 0 })
    await t.reopen()
    await erase('A-2')
    expect(reported).toHaveLength(1)
    await t.close()
    rmSync(large, { recursive: true })
  })
})

describe('replacing the database', () => {
  it('keeps the old one, and the hub goes on with the new one', async () => {
    change("update records set status = 'active' where id = 'th-dbd:A-3'")
    const made = await run(['rebuild', '--data', data, '--replace', '--json'])
    expect(made).toMatchObject({ code: 1 })
    const { kept } = made.json() as { kept: string }
    expect(kept).toMatch(/hub\.sqlite\.before-rebuild-\d{8}T\d{6}Z$/)
    const old = new BetterSqlite3(kept, { readonly: true })
    expect(old.prepare("select status from records where id = 'th-dbd:A-3'").pluck().get()).toBe('active')
    old.close()
    const t = await openDataHub(data, filled.operator, filled.members, filled.now())
    await pushAll(t, await t.shop('Z-1'))
    expect(await t.indicesOf('th-dbd:Z-1')).toHaveLength(1)
    await t.close()
    expect(await run(['rebuild', '--data', data, '--json'])).toMatchObject({ code: 0 })
  })

  it('is refused while another process has it open', async () => {
    await filled.reopen()
    const made = await run(['rebuild', '--data', filled.data, '--replace', '--json'])
    await filled.close()
    expect(made).toMatchObject({ code: 2 })
    expect(made.json()).toMatchObject({ error: { code: 'in-use' } })
  })

  it('is noticed by a hub that was being started meanwhile, which would write into the old file', async () => {
    const script = join(folder, 'open-database.cjs')
    await build({
      entryPoints: [new URL('fixtures/open-database.ts', import.meta.url).pathname],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['better-sqlite3'],
      logLevel: 'silent',
    })
    let output = ''
    let ended: Promise<void> | undefined
    await rebuildDatabase({
      data,
      migrations,
      replace: true,
      now: Date.now(),
      // Called while nobody else is let in.
      onProgress: () => {
        if (ended) return
        const child = spawn(process.execPath, [script, join(data, 'hub.sqlite'), migrations], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, NODE_PATH: new URL('../node_modules', import.meta.url).pathname },
        })
        child.stdout.on('data', (text: Buffer) => {
          output += text.toString()
        })
        ended = new Promise((resolve) => child.once('close', () => resolve()))
        const wait = Date.now() + 1500
        while (Date.now() < wait);
      },
    })
    await ended
    expect(output).toBe('attempt to write a readonly database\n')
  })

  it('needs the database of this version', async () => {
    change("insert into migrations values ('9999_later.sql', 'x')")
    const newer = await run(['rebuild', '--data', data, '--json'])
    expect(newer.json()).toMatchObject({ error: { code: 'wrong-version' } })
    change("delete from migrations where name > '0005'")
    const older = await run(['rebuild', '--data', data, '--json'])
    expect(older.json()).toMatchObject({ error: { code: 'wrong-version' } })
  })
})
