/** `trustmark backup`: one consistent moment of a hub that runs, nothing erased in it, and nothing half-written that looks whole. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../src/node/backup-manifest.js'
import { makeBackup } from '../src/node/make-backup.js'
import { createDataHub, type DataHub, fill, migrations, run, temporary } from './data-fixture.js'
import { ORIGIN } from './signing.js'

let folder: string
let t: DataHub
let made = 0

beforeAll(async () => {
  folder = temporary()
  t = await createDataHub(folder)
  await fill(t)
}, 60_000)
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true })
})

const fresh = () => join(folder, `backup-${++made}`)
const filesOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const unfinished = () => readdirSync(folder).filter((name) => name.includes('unfinished'))

/** Bundles a test's script, so that another process can run it. */
async function bundle(name: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`)
  await build({
    entryPoints: [new URL(`fixtures/${name}.ts`, import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    logLevel: 'silent',
  })
  return outfile
}
const env = { ...process.env, NODE_PATH: new URL('../node_modules', import.meta.url).pathname }

describe('a backup', () => {
  it('is made while the hub runs, of the log, the cases and their sealed files', async () => {
    const to = fresh()
    const done = await run(['backup', '--data', t.data, '--to', to, '--json'])
    expect(done).toMatchObject({ code: 0 })
    const head = (await t.hub.store.head())!
    expect(done.json()).toMatchObject({
      to,
      origin: ORIGIN,
      logOrigin: '127.0.0.1:8787/log',
      size: head.size,
      checkpoint: head.note,
      keys: false,
      missing: [],
    })
    const names = readManifest(to).files.map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('attachments/'))).toHaveLength(1)
    expect(names.filter((name) => !name.startsWith('attachments/'))).toEqual([
      'hub.sqlite',
      'keys/operator.jwks.json',
    ])
    expect(done.err).toContain('private keys are not in it')
    expect(unfinished()).toEqual([])
  })

  it('is for this account only, and has private keys only where asked, never the one that opens addresses', async () => {
    writeFileSync(join(t.data, 'keys', 'addresses.key'), 'secret')
    // As a rotation and a forced restore name them.
    const given = ['log.jwk.json.retired-1', 'log.jwk.json.retired-9f3c0a1e']
    for (const name of given) writeFileSync(join(t.data, 'keys', name), '{}')
    const to = fresh()
    const done = await run(['backup', '--data', t.data, '--to', to, '--with-keys'])
    for (const name of ['addresses.key', ...given]) rmSync(join(t.data, 'keys', name))
    expect(done).toMatchObject({ code: 0 })
    expect(done.err).toContain('can sign as the hub')
    expect(readdirSync(join(to, 'keys')).sort()).toEqual([
      'federation.jwk.json',
      'log.jwk.json',
      ...given,
      'operator.jwks.json',
    ])
    expect(readManifest(to).keys).toBe(true)
    expect(statSync(to).mode & 0o777).toBe(0o700)
    expect(filesOf(to).map((file) => statSync(file).mode & 0o777)).toEqual(filesOf(to).map(() => 0o600))
  })

  it('never overwrites', async () => {
    const to = fresh()
    writeFileSync(to, '')
    const done = await run(['backup', '--data', t.data, '--to', to, '--json'])
    expect(done).toMatchObject({ code: 2 })
    expect(done.json()).toMatchObject({ error: { code: 'exists' } })
    const nowhere = await run(['backup', '--data', join(folder, 'nowhere'), '--to', fresh(), '--json'])
    expect(nowhere.json()).toMatchObject({ error: { code: 'no-data' } })
  })

  it('holds no byte of what was erased, not even what freed pages of the database still hold', async () => {
    const marker = 'written-and-deleted-without-overwriting'
    const db = new BetterSqlite3(join(t.data, 'hub.sqlite'))
    db.pragma('secure_delete = OFF')
    db.prepare("insert into inbox (sha256, jws, received_at, outcome) values ('x', ?, 0, '{}')").run(
      marker.repeat(500),
    )
    db.exec("delete from inbox where sha256 = 'x'")
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    expect(readFileSync(join(t.data, 'hub.sqlite')).includes(marker)).toBe(true)
    const to = fresh()
    await run(['backup', '--data', t.data, '--to', to, '--with-keys'])
    for (const file of filesOf(to)) {
      const bytes = readFileSync(file)
      expect(bytes.includes(marker)).toBe(false)
      expect(bytes.includes(t.erased.split('.')[1]!.slice(0, 200))).toBe(false)
    }
    // What stays of it is in there, so the search would have found the rest.
    expect(readFileSync(join(to, 'hub.sqlite')).includes('th-dbd:A-1')).toBe(true)
  })

  it('names sealed files that are gone from the data folder, and has everything else', async () => {
    const [name = ''] = readdirSync(join(t.data, 'attachments'))
    const file = join(t.data, 'attachments', name)
    const bytes = readFileSync(file)
    rmSync(file)
    const to = fresh()
    const done = await run(['backup', '--data', t.data, '--to', to, '--json'])
    expect(done).toMatchObject({ code: 1 })
    expect(done.json()).toMatchObject({ missing: [expect.stringMatching(/^JP-/)] })
    expect(readManifest(to).files.some((one) => one.name.startsWith('attachments/'))).toBe(false)
    writeFileSync(file, Buffer.alloc(bytes.length))
    expect((await run(['backup', '--data', t.data, '--to', fresh(), '--json'])).json()).toMatchObject({
      missing: [expect.stringMatching(/^JP-/)],
    })
    writeFileSync(file, bytes)
  })

  it('is not made of a hub whose log is not whole, and leaves nothing', async () => {
    const db = new BetterSqlite3(join(t.data, 'hub.sqlite'))
    const { idx, jws } = db.prepare('select * from statements where idx = 5').get() as {
      idx: number
      jws: string
    }
    const set = db.prepare('update statements set jws = ? where idx = ?')
    set.run(`${jws}x`, idx)
    const to = fresh()
    const done = await run(['backup', '--data', t.data, '--to', to, '--json'])
    set.run(jws, idx)
    db.close()
    expect(done).toMatchObject({ code: 1 })
    expect(done.json()).toMatchObject({
      error: { code: 'log-damaged', detail: expect.stringContaining('entry 5') },
    })
    expect(existsSync(to)).toBe(false)
    expect(unfinished()).toEqual([])
  })

  it('is whole each time while another process publishes, with all that was acknowledged before it began', async () => {
    const script = await bundle('crashing-hub')
    const read = (name: string) => JSON.parse(readFileSync(join(t.data, 'keys', name), 'utf8'))
    const work = join(folder, 'work.json')
    const pushes = await Promise.all(
      Array.from({ length: 80 }, async (_, i) => [await t.shop(`W-${i}`), await t.shop(`V-${i}`)]),
    )
    const keys = {
      federation: read('federation.jwk.json'),
      log: read('log.jwk.json'),
      operator: read('operator.jwks.json').keys,
    }
    writeFileSync(work, JSON.stringify({ origin: ORIGIN, keys, now: Math.floor(Date.now() / 1000), pushes }))
    const child = spawn(process.execPath, [script, join(t.data, 'hub.sqlite'), migrations, work], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    })
    let [latest, ended] = [0, false]
    child.stdout.on('data', (data: Buffer) => {
      latest = Math.max(
        latest,
        ...[...data.toString().matchAll(/ (\d+)\n/g)].map(([, index]) => Number(index)),
      )
    })
    const over = new Promise<void>((resolve) => {
      child.once('close', () => {
        ended = true
        resolve()
      })
    })
    await expect.poll(() => latest, { interval: 10, timeout: 10_000 }).toBeGreaterThan(0)
    const sizes: number[] = []
    while (!ended && sizes.length < 6) {
      const before = latest
      const { size } = await makeBackup({ data: t.data, migrations, to: fresh(), now: Date.now() })
      expect(size).toBeGreaterThan(before)
      sizes.push(size)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await over
    expect(new Set(sizes).size).toBeGreaterThan(1)
  }, 30_000)

  it('on a full disk says so, and leaves nothing that looks like a backup', async () => {
    const script = await bundle('backup-once')
    const backUp = (to: string, limit: string) =>
      // The shell limits the size of any file, which fails a write as a full disk does. Blocks of 512 bytes.
      spawnSync(
        'sh',
        ['-c', `ulimit -f ${limit}; exec "$0" "$@"`, process.execPath, script, t.data, migrations, to],
        {
          encoding: 'utf8',
          env,
        },
      )
    const blocks = statSync(join(t.data, 'hub.sqlite')).size / 512
    expect(blocks).toBeGreaterThan(300)
    for (const limit of ['1', '100', '200']) {
      const to = fresh()
      expect(JSON.parse(backUp(to, limit).stdout)).toMatchObject({ code: 'not-written' })
      expect(existsSync(to)).toBe(false)
      expect(unfinished()).toEqual([])
    }
    expect(JSON.parse(backUp(fresh(), 'unlimited').stdout)).toMatchObject({ size: expect.any(Number) })
  })
})
