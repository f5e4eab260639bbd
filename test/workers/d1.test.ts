import { applyD1Migrations, env } from 'cloudflare:test'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { isMigrated, LATEST_MIGRATION, openD1 } from '../../src/store/d1.js'
import { chunkJson, guard, inJson, insertRows, isConflict } from '../../src/store/database.js'

const files = import.meta.glob<string>('../../src/store/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const database = openD1(env.DB)
const db = database.kysely
const set = (name: string, value: string) => db.insertInto('settings').values({ name, value }).compile()
const failure = (queries: Parameters<typeof database.atomic>[0]): Promise<unknown> =>
  database.atomic(queries).catch((error: unknown) => error)

beforeAll(() => applyD1Migrations(env.DB, env.MIGRATIONS))

describe('migrations on D1', () => {
  it('are split into exactly the statements that stand in the files', () => {
    const texts = Object.entries(files).map(([path, text]) => [path.split('/').at(-1), text] as const)
    expect(env.MIGRATIONS.map(({ name }) => name)).toEqual(texts.map(([name]) => name))
    for (const [name, text] of texts) {
      // A statement starts at the left margin in upper case, and nothing else does: bodies of triggers are indented.
      const starts = text.split('\n').filter((line) => /^[A-Z]/.test(line))
      const queries = env.MIGRATIONS.find((migration) => migration.name === name)!.queries
      expect(queries.map(firstLine), name).toEqual(starts.map(firstLine))
    }
  })

  it('use LF only, and only statements that remote D1 takes', () => {
    for (const [path, text] of Object.entries(files)) expect(text, path).not.toContain('\r')
    for (const { name, queries } of env.MIGRATIONS) {
      for (const query of queries)
        expect(firstLine(query), name).toMatch(/^(CREATE|ALTER|INSERT|UPDATE|PRAGMA) /)
    }
  })

  it('are asked for up to the newest file, so that a version never runs on the tables of an older one', async () => {
    expect(env.MIGRATIONS.at(-1)?.name).toBe(LATEST_MIGRATION)
    expect(await isMigrated(env.DB)).toBe(true)
    expect(await isMigrated(env.EMPTY_DB)).toBe(false)
    await applyD1Migrations(env.EMPTY_DB, env.MIGRATIONS.slice(0, -1))
    expect(await isMigrated(env.EMPTY_DB)).toBe(false)
  })

  it('can be applied again after half of a file failed', async () => {
    // A file of one statement is applied or not, so it may have a form that can't say IF NOT EXISTS.
    const several = env.MIGRATIONS.filter(({ queries }) => queries.length > 1)
    expect(several).not.toEqual([])
    for (const { queries } of several) for (const query of queries) await env.DB.prepare(query).run()
  })
})

function firstLine(query: string): string {
  return query
    .replace(/^(\s*--.*\n)*/, '')
    .split('\n')[0]!
    .replace(/;$/, '')
}

describe('writing to D1', () => {
  it('undoes all of a list when its last query fails', async () => {
    expect(await failure([set('undone', '1'), guard(db, sql<boolean>`false`, 'never')])).toBeInstanceOf(Error)
    expect(
      await database.read(db.selectFrom('settings').selectAll().where('name', '=', 'undone').compile()),
    ).toEqual([])
  })

  it('tells a conflict from other failures by the errors that D1 really gives', async () => {
    const checkpoint = (size: number, prev_size: number) =>
      db
        .insertInto('checkpoints')
        .values({ size, prev_size, root: '', note: '', at: 1, roster_size: 0 })
        .compile()
    await database.atomic([set('taken', '1'), checkpoint(1, 0)])
    expect(isConflict(await failure([set('taken', '2')])), 'setting').toBe(true)
    expect(isConflict(await failure([checkpoint(1, 5)])), 'size').toBe(true)
    expect(isConflict(await failure([checkpoint(2, 0)])), 'previous size').toBe(true)
    expect(
      isConflict(
        await failure([
          guard(db, sql<boolean>`(select value from settings where name = 'taken') = '2'`, 'value'),
        ]),
      ),
      'guard',
    ).toBe(true)
    const entry = (idx: number) =>
      insertRows(
        db,
        'entries',
        ['idx', 'at', 'issuer', 'kind', 'sha256', 'jti'],
        [{ idx, at: 1, issuer: 'a', kind: 'record', sha256: `${idx}`, jti: 'x' }],
      )
    await database.atomic(entry(7))
    expect(isConflict(await failure(entry(8))), 'jti used twice').toBe(false)
    expect(
      isConflict(await failure([sql`insert into nowhere values (1)`.compile(db)])),
      'no such table',
    ).toBe(false)
    expect(
      isConflict(await failure([sql`insert into settings (name) values ('half')`.compile(db)])),
      'not null',
    ).toBe(false)
    expect(
      isConflict(await failure([sql`insert into statements (idx, jws) values (99, '')`.compile(db)])),
      'foreign key',
    ).toBe(false)
    expect(isConflict(await failure([sql`selec`.compile(db)])), 'syntax').toBe(false)
  })

  it('carries more rows and values than D1 has parameters', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `n${i}`)
    await database.atomic(
      insertRows(
        db,
        'settings',
        ['name', 'value'],
        names.map((name) => ({ name, value: name })),
      ),
    )
    const rows = await database.read(
      db.selectFrom('settings').select('name').where(inJson('name', names)).compile(),
    )
    expect(rows).toHaveLength(1000)
  })

  it('keeps each parameter below the size that D1 takes, in Thai script too', async () => {
    const value = 'ร้านค้า'.repeat(30_000)
    const rows = Array.from({ length: 8 }, (_, i) => ({ name: `large${i}`, value }))
    expect(chunkJson(rows).length).toBeGreaterThan(1)
    await database.atomic(insertRows(db, 'settings', ['name', 'value'], rows))
    const [sum] = await database.read(
      sql<{ n: number }>`select sum(length(value)) as n from settings where name like 'large%'`.compile(db),
    )
    expect(sum).toEqual({ n: value.length * 8 })
  })
})
