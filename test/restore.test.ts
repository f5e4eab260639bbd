/** `trustmark restore`: a damaged backup, or one older than what others have seen, is refused; a forced one says so to everybody. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHubClient } from '../src/cli/hub-client.js'
import { createHttpSource } from '../src/cli/mirror/http-source.js'
import { fillDirectory } from '../src/hub/directory/fill.js'
import { openCopy } from '../src/hub/mirror/open-copy.js'
import { syncCopy } from '../src/hub/mirror/sync-copy.js'
import { openCheckpoint } from '../src/log/checkpoint.js'
import { createNoteVerifier } from '../src/log/note-key.js'
import {
  type BackupManifest,
  describeFiles,
  formatManifest,
  readManifest,
} from '../src/node/backup-manifest.js'
import { prepareRestore } from '../src/node/restore-backup.js'
import type { Verdict } from '../src/record/verdict.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { generateHubKeys, loadHubKeys } from '../src/trust/key-file.js'
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
  signStatus,
  temporary,
} from './data-fixture.js'
import { signLogKey } from './signing.js'

let folder: string
/** Goes on after the backup was made: what others have seen. */
let t: DataHub
let backup: string
let manifest: BackupManifest
/** What the hub answered when the backup was made, and its data then. */
let then: Record<string, string>
let dataThen: string
let lost: string[]
let made = 0

const fresh = (name = 'restored') => join(folder, `${name}-${++made}`)

beforeAll(async () => {
  folder = temporary()
  t = await createDataHub(folder)
  await fill(t)
  backup = fresh('backup')
  expect(await run(['backup', '--data', t.data, '--to', backup, '--with-keys'])).toMatchObject({ code: 0 })
  manifest = readManifest(backup)
  then = await answersOf(t)
  await t.close()
  dataThen = fresh('then')
  cpSync(t.data, dataThen, { recursive: true })
  await t.reopen()
  const dbd = t.members['th-dbd']!
  lost = [await t.shop('L-1'), await signStatus(dbd, 'th-dbd:A-1', 'suspended', t.now())]
  await pushAll(t, ...lost)
  await pushAll(t, await signErasure(dbd, await t.indicesOf('th-dbd:A-2'), t.now()))
}, 60_000)
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true })
})

const MIRROR = 'https://mirror.example'
const mirror = () => ({ [MIRROR]: t.app })

/** What the command answers as JSON. */
interface Answer {
  error?: { code: string; detail: string }
  size: number
  caughtUp: number
  known: { how: string; lost: number; erasures: { index: number; issuer: string; indices: number[] }[] }[]
  restarted: { logOrigin: string; vkey: string }
}

async function restore(from: string, data: string, ...options: string[]) {
  const done = await run(['restore', '--from', from, '--data', data, '--json', ...options], mirror())
  return { code: done.code, answer: done.json() as unknown as Answer }
}

async function refused(code: string, words: string | RegExp, from: string, ...options: string[]) {
  const data = fresh()
  const done = await restore(from, data, ...options)
  expect(done.answer).toMatchObject({ error: { code, detail: expect.stringMatching(words) } })
  expect(existsSync(data)).toBe(false)
  return done.code
}

/** A copy of the backup to be spoiled. */
function spoiled(spoil: (folder: string) => void): string {
  const copy = fresh('spoiled')
  cpSync(backup, copy, { recursive: true })
  spoil(copy)
  return copy
}

/** The same with hashes that fit what was done. */
async function doctored(...statements: string[]): Promise<string> {
  const copy = spoiled((path) => {
    const db = new BetterSqlite3(join(path, 'hub.sqlite'))
    db.pragma('foreign_keys = OFF')
    for (const statement of statements) db.exec(statement)
    db.close()
  })
  const files = await describeFiles(
    copy,
    manifest.files.map(({ name }) => name),
  )
  writeFileSync(join(copy, 'manifest.json'), formatManifest({ ...manifest, files }))
  return copy
}

const reopen = (data: string) => openDataHub(data, t.operator, { ...t.members }, t.now())

describe('a restored hub', () => {
  it('answers as it did when the backup was made, and goes on publishing', async () => {
    const data = fresh()
    const done = await restore(backup, data, '--no-known')
    expect(done).toMatchObject({ code: 0, answer: { size: manifest.size, caughtUp: 0 } })
    expect(readdirSync(data).sort()).toEqual(['attachments', 'hub.sqlite', 'keys'])
    expect(statSync(join(data, 'keys', 'log.jwk.json')).mode & 0o777).toBe(0o600)
    const again = await reopen(data)
    expect(await answersOf(again)).toEqual(then)
    await pushAll(again, await again.shop('N-1'))
    expect(await again.indicesOf('th-dbd:N-1')).toEqual([manifest.size])
    await again.close()
    const files = readdirSync(join(data, 'attachments'))
    expect(files).toHaveLength(1)
    expect(readFileSync(join(data, 'attachments', files[0]!))).toEqual(
      readFileSync(join(t.data, 'attachments', files[0]!)),
    )
  })

  it('needs its private keys: in the backup, or put in place by hand', async () => {
    const bare = fresh('bare')
    await run(['backup', '--data', dataThen, '--to', bare])
    await refused('keys-missing', '--without-keys', bare, '--no-known')
    const data = fresh()
    expect(await restore(bare, data, '--no-known', '--without-keys')).toMatchObject({ code: 0 })
    await expect(reopen(data)).rejects.toThrow('keys are missing')
    for (const name of ['federation.jwk.json', 'log.jwk.json'])
      cpSync(join(t.data, 'keys', name), join(data, 'keys', name))
    const again = await reopen(data)
    expect(await answersOf(again)).toEqual(then)
    await again.close()
  })

  it('is brought to this version', async () => {
    const newer = fresh('migrations')
    cpSync(migrations, newer, { recursive: true })
    writeFileSync(join(newer, '9999_later.sql'), 'CREATE TABLE later (a INTEGER) STRICT;')
    const data = fresh()
    const prepared = await prepareRestore({ from: backup, data, migrations: newer, now: Date.now() })
    prepared.finish()
    const later = await doctored("insert into migrations values ('9998_unknown.sql', 'x')")
    await refused('wrong-version', '9998_unknown', later, '--no-known')
    const db = new BetterSqlite3(join(data, 'hub.sqlite'))
    expect(db.prepare('select count(*) from later').pluck().get()).toBe(0)
    db.close()
  })
})

describe('a damaged backup is refused, and nothing is written', () => {
  it('whichever byte of whichever file was changed: the file is named', async () => {
    const names = [...manifest.files.map(({ name }) => name), 'manifest.json']
    const anywhere = fc.record({
      name: fc.constantFrom(...names),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ name, place, by }) => {
        const copy = spoiled((path) => {
          const bytes = readFileSync(join(path, name))
          const at = Math.floor(place * bytes.length)
          bytes[at] = bytes[at]! ^ by
          writeFileSync(join(path, name), bytes)
        })
        expect(await refused('backup-damaged', name, copy, '--no-known')).toBe(1)
        rmSync(copy, { recursive: true })
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('when a file is cut off or missing', async () => {
    for (const { name, bytes } of manifest.files) {
      await refused(
        'backup-damaged',
        name,
        spoiled((path) => truncateSync(join(path, name), bytes - 1)),
        '--no-known',
      )
      await refused(
        'backup-damaged',
        `${name} is missing`,
        spoiled((path) => rmSync(join(path, name))),
        '--no-known',
      )
    }
    await refused(
      'not-a-backup',
      'manifest.json',
      spoiled((path) => rmSync(join(path, 'manifest.json'))),
      '--no-known',
    )
  })

  it('when a statement, an entry, a tile or the checkpoint does not hold, though every hash was made to fit', async () => {
    const cases: [code: string, words: string, ...statements: string[]][] = [
      ['log-damaged', 'log entry 4 is not the one', "update statements set jws = jws || 'A' where idx = 4"],
      ['log-damaged', 'log entry 4 is missing, and no erasure', 'delete from statements where idx = 4'],
      [
        'log-damaged',
        'Log entry 4 is missing',
        'delete from entries where idx = 4',
        'delete from statements where idx = 4',
      ],
      ['log-damaged', 'Tile 0/0', "update entries set kind = 'status' where idx = 4"],
      ['log-damaged', 'Tile 0/0', "update tiles set hashes = 'AAAA' || substr(hashes, 5)"],
      ['log-damaged', 'another size or root', "update checkpoints set root = 'A' || substr(root, 2)"],
      [
        'log-damaged',
        'checkpoint does not hold',
        "update checkpoints set note = replace(note, char(10) || char(10), char(10) || 'x' || char(10) || char(10))",
      ],
      [
        'log-damaged',
        'retired every key',
        'update log_keys set retired = 1',
        "insert or replace into log_keys (vkey, idx, retired) select value, 4, 1 from settings where name = 'vkey'",
      ],
      [
        'log-damaged',
        'names one that is missing',
        'delete from case_addresses',
        'delete from entries where idx = 4',
      ],
      [
        'backup-damaged',
        'of which the manifest speaks',
        "update settings set value = 'https://other.example' where name = 'origin'",
      ],
    ]
    for (const [code, words, ...statements] of cases)
      await refused(code, words, await doctored(...statements), '--no-known')
  })

  it('when a view does not say what the log says, though log and hashes hold', async () => {
    const cases: [words: string, ...statements: string[]][] = [
      [
        'records th-dbd:A-3 has another status',
        "update records set status = 'active', status_idx = null where id = 'th-dbd:A-3'",
      ],
      ['presences .*th-dbd:A-1 is missing', "delete from presences where record = 'th-dbd:A-1'"],
      ['erasures 4 should not exist', 'insert into erasures (idx, by_idx) values (4, 5)'],
      [
        'members vn-ecomviet has another',
        "update members set participation = 'admitted' where id = 'vn-ecomviet'",
      ],
      ['checkpoints .* its time', 'update checkpoints set at = at + 1e12'],
      ['directory \\d+ has another name', "update directory set name = 'another'"],
      ['lookalikes', "insert into lookalikes values ('web:another', 'th-dbd:A-1')"],
    ]
    for (const [words, ...statements] of cases)
      expect(await refused('views-differ', words, await doctored(...statements), '--no-known')).toBe(1)
  })

  it('what its directory was filled with half way is no matter: it is filled from the beginning', async () => {
    const setting = await doctored(
      "update directory set name = 'another'",
      'delete from lookalikes',
      "update settings set value = '1 after zz' where name = 'directory'",
    )
    const data = fresh()
    expect(await restore(setting, data, '--no-known')).toMatchObject({ code: 0 })
    const again = await reopen(data)
    expect((await again.app.request('/v1/search')).status).toBe(503)
    expect(await fillDirectory(again.hub)).toBe(true)
    expect(await answersOf(again)).toEqual(then)
    await again.close()
  })

  it('and a backup whose log is whole can be made right by a rebuild', async () => {
    const wrong = await doctored("update records set status = 'active' where id = 'th-dbd:A-3'")
    const [copy, made, data] = [fresh('copy'), fresh('made'), fresh()]
    cpSync(wrong, copy, { recursive: true })
    expect(await run(['rebuild', '--data', copy, '--replace'])).toMatchObject({ code: 1 })
    expect(await run(['backup', '--data', copy, '--to', made, '--with-keys'])).toMatchObject({ code: 0 })
    expect(await restore(made, data, '--known', dataThen)).toMatchObject({ code: 0 })
    const again = await reopen(data)
    expect(await answersOf(again)).toEqual(then)
    await again.close()
  })

  it('when a revocation was taken out of the log under an erasure that nobody signed', async () => {
    const lift = "update records set status = 'active', status_idx = null where id = 'th-dbd:A-3'"
    const revocation = "(select status_idx from records where id = 'th-dbd:A-3')"
    const erasure = "(select max(idx) from entries where kind = 'erasure')"
    for (const by of ['0', '1', erasure, String(manifest.size - 1), '99999']) {
      const copy = await doctored(
        `insert into erasures (idx, by_idx) values (${revocation}, ${by})`,
        `delete from statements where idx = ${revocation}`,
        lift,
      )
      await refused('log-damaged', 'missing, and no erasure in the log names it', copy, '--no-known')
    }
  })

  it('when its log key is another log’s', async () => {
    const other = fresh('other')
    const hub = await createDataHub(other)
    await hub.close()
    const copy = spoiled((path) =>
      cpSync(join(hub.data, 'keys', 'log.jwk.json'), join(path, 'keys', 'log.jwk.json')),
    )
    const files = await describeFiles(
      copy,
      manifest.files.map(({ name }) => name),
    )
    writeFileSync(join(copy, 'manifest.json'), formatManifest({ ...manifest, files }))
    await refused('backup-damaged', 'log key', copy, '--no-known')
  })
})

describe('what others have seen', () => {
  it('must be said, or that there is nobody', async () => {
    expect(await refused('known-missing', '--known', backup)).toBe(2)
  })

  it('refuses a backup that is older than a mirror, a copy, old data or a checkpoint, and says how much would be lost', async () => {
    const words = '3 entries would be lost'
    const note = join(folder, 'checkpoint.txt')
    writeFileSync(note, (await t.hub.store.head())!.note)
    const kinds = '1 record, 1 status, 1 erasure'
    expect(await refused('older-than-known', `${words} \\(${kinds}\\)`, backup, '--known', MIRROR)).toBe(1)
    await refused('older-than-known', `${words} \\(${kinds}\\)`, backup, '--known', t.data)
    await refused('older-than-known', words, backup, '--known', join(t.data, 'hub.sqlite'))
    await refused('older-than-known', `${words}\\.`, backup, '--known', note)
    await refused('older-than-known', words, backup, '--known', backup, '--known', note)
  })

  it('lets a backup pass that has all of it', async () => {
    const data = fresh()
    const done = await restore(backup, data, '--known', dataThen, '--known', backup)
    expect(done).toMatchObject({ code: 0, answer: { known: [{ how: 'known' }, { how: 'known' }] } })
  })

  it('refuses a backup that forks from it, whichever of the two is longer', async () => {
    const data = fresh()
    await restore(backup, data, '--no-known')
    const fork = await reopen(data)
    for (const more of [1, 2, 1]) {
      for (let i = 0; i < more; i += 1) await pushAll(fork, await fork.shop(`F-${++made}`))
      const forked = fresh('forked')
      await run(['backup', '--data', data, '--to', forked, '--with-keys'])
      expect(await refused('forked', 'another history', forked, '--known', MIRROR)).toBe(1)
      await refused('forked', 'another history', forked, '--known', t.data)
    }
    await fork.close()
  })

  it('must be of this log, and readable', async () => {
    const other = await createDataHub(fresh('other'))
    await refused('known-unreadable', 'no checkpoint of', backup, '--known', other.data)
    await other.close()
    writeFileSync(join(folder, 'nonsense.txt'), 'nonsense')
    await refused('known-unreadable', 'holds no checkpoint', backup, '--known', join(folder, 'nonsense.txt'))
    await refused('known-unreadable', 'does not exist', backup, '--known', join(folder, 'nowhere'))
    mkdirSync(join(folder, 'empty'))
    await refused('known-unreadable', 'holds neither', backup, '--known', join(folder, 'empty'))
    expect(await refused('unreachable', '', backup, '--known', 'https://nobody.example')).toBe(3)
  })

  it('counts too when it lies in the folder to restore to, which is never overwritten', async () => {
    const done = await restore(backup, t.data, '--no-known')
    const there = (await t.hub.store.head())!.size
    expect(done).toMatchObject({
      code: 2,
      answer: {
        error: {
          code: 'target-not-empty',
          detail: expect.stringContaining(`a log of ${there} entries, 3 more than the backup`),
        },
      },
    })
    const full = fresh()
    mkdirSync(full)
    writeFileSync(join(full, 'x'), '')
    expect((await restore(backup, full, '--no-known')).answer).toMatchObject({
      error: { code: 'target-not-empty' },
    })
    expect(readdirSync(full)).toEqual(['x'])
  })
})

describe('what nobody signed', () => {
  /** A server that shows a checkpoint, and these lines after it. */
  const shows = (checkpoint: string, ...changes: ({ index: number } & Record<string, unknown>)[]) => ({
    [MIRROR]: {
      request: (url: string) => {
        const { pathname, searchParams } = new URL(url)
        const after = Number(searchParams.get('after') ?? -1)
        if (pathname === '/log/checkpoint') return new Response(checkpoint)
        if (pathname !== '/v1/changes') return t.app.request(url)
        const lines = changes.filter(({ index }) => index > after)
        return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      },
    },
  })
  async function restoreBy(place: object, ...options: string[]) {
    const data = fresh()
    const args = ['restore', '--from', backup, '--data', data, '--json', '--known', MIRROR, ...options]
    const done = await run(args, place as never)
    return { ...done, answer: done.json() as unknown as Answer, data }
  }
  const renamed = async (name: string) =>
    (await t.hub.store.head())!.note
      .replace(/^(.*)\/log\n/, `$1/${name}\n`)
      .replace(/— .*\/log /g, (line) => line.replace('/log ', `/${name} `))

  it('gives no log its name', async () => {
    for (const name of ['log-999999999', 'log-10000', 'log-02', 'log-1', 'log-2x']) {
      for (const options of [[], ['--force'], ['--force', '--generation', '5']]) {
        const { answer, data } = await restoreBy(shows(await renamed(name)), ...options)
        expect(answer).toMatchObject({ error: { code: 'known-unreadable' } })
        expect(existsSync(data)).toBe(false)
      }
    }
    const place = shows(await renamed('log-9998'))
    expect((await restoreBy(place)).answer).toMatchObject({
      error: { code: 'log-restarted', detail: expect.stringContaining('no key in this backup signed that') },
    })
    expect((await restoreBy(place, '--force')).answer).toMatchObject({ error: { code: 'log-restarted' } })
    const forced = await restoreBy(place, '--force', '--generation', '2')
    expect(forced.answer).toMatchObject({ restarted: { logOrigin: '127.0.0.1:8787/log-2' } })
    for (const wrong of ['1', '10000', '2.5', 'x']) {
      expect((await restoreBy(place, '--force', '--generation', wrong)).code).toBe(2)
    }
    expect((await restoreBy(place, '--generation', '3')).answer).toMatchObject({
      error: { code: 'configuration' },
    })
  })

  it('is told as such: erasures that a place made up, or that are none', async () => {
    const { note, size } = (await t.hub.store.head())!
    const line = { index: size - 1, kind: 'erasure', issuer: 'x', at: 1, sha256: 'a'.repeat(64) }
    const feed = (await (await t.app.request(`/v1/changes?after=${size - 2}`)).text()).trim()
    const { statement } = JSON.parse(feed) as { statement: string }
    for (const garbage of ['e30.e30.e30', 'x', '', `${statement.split('.')[0]}.bnVsbA.x`]) {
      const { answer } = await restoreBy(shows(note, { ...line, statement: garbage }))
      expect(answer).toMatchObject({ error: { code: 'older-than-known' } })
    }
    const { answer } = await restoreBy(shows(note, { ...line, statement }), '--force')
    expect(answer.known[0]?.erasures).toMatchObject([{ issuer: 'x', verified: false }])
  })

  it('does not speak for the log: what a retired key signed after the backup is refused', async () => {
    const old = t.hub.keys.vkeys[0]
    const { vkeys } = await loadHubKeys(
      { ...(await generateHubKeys()), operator: [...t.hub.keys.operator] },
      t.origin,
    )
    const [vkey] = vkeys
    const { note, size } = (await t.hub.store.head())!
    const announced = await signLogKey(t.operator, vkey, 'announced', t.now())
    const retired = await signLogKey(t.operator, old, 'retired', t.now())
    const says = (statement: string, i: number) => ({
      ...{
        index: size - 3 + i,
        kind: 'log-key',
        issuer: 'alliance',
        at: 1,
        sha256: 'a'.repeat(64),
        statement,
      },
    })
    expect((await restoreBy(shows(note, ...[announced].map(says)))).answer).toMatchObject({
      error: { code: 'older-than-known' },
    })
    expect((await restoreBy(shows(note, ...[announced, retired].map(says)))).answer).toMatchObject({
      error: { code: 'known-unreadable' },
    })
  })
})

describe('catching up from a mirror', () => {
  it('loses nothing: the same log goes on, and what was erased since stays erased', async () => {
    const data = fresh()
    const done = await restore(backup, data, '--known', MIRROR, '--catch-up')
    expect(done).toMatchObject({ code: 0, answer: { caughtUp: 3 } })
    const again = await reopen(data)
    expect(await answersOf(again)).toEqual(await answersOf(t))
    expect((await again.push(...lost)).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate'])
    await pushAll(again, await again.shop('N-2'))
    await again.close()
    expect((await run(['rebuild', '--data', data, '--json'])).json()).toMatchObject({ wrong: 0 })
  })

  it('takes nothing from a mirror whose entries do not hold', async () => {
    const data = fresh()
    const bad = {
      [MIRROR]: {
        request: async (url: string, init?: RequestInit) => {
          const response = await t.app.request(url, init)
          if (!String(url).includes('/v1/changes')) return response
          return new Response(
            (await response.text()).replace(/"statement":"ey/g, '"statement":"eY'),
            response,
          )
        },
      },
    }
    const args = ['restore', '--from', backup, '--data', data, '--json', '--known', MIRROR, '--catch-up']
    const done = await run(args, bad as never)
    expect(done.json()).toMatchObject({
      error: { code: 'log-damaged', detail: expect.stringContaining(MIRROR) },
    })
    expect(done.code).toBe(1)
    expect(existsSync(data)).toBe(false)
  })

  it('is no way round a fork, and needs a mirror', async () => {
    const checkpointOnly = join(folder, 'checkpoint.txt')
    expect((await restore(backup, fresh(), '--known', checkpointOnly, '--catch-up')).answer).toMatchObject({
      error: { code: 'configuration' },
    })
    expect((await restore(backup, fresh(), '--known', MIRROR, '--catch-up', '--force')).code).toBe(2)
  })
})

describe('a forced restore', () => {
  let data: string
  let answer: Answer
  let again: DataHub
  beforeAll(async () => {
    data = fresh()
    ;({ answer } = await restore(backup, data, '--known', MIRROR, '--force'))
    again = await reopen(data)
  })
  afterAll(() => again.close())

  it('starts the log anew under the next name and another key, and says so in every answer', async () => {
    const restarted = {
      size: manifest.size,
      previous: { origin: '127.0.0.1:8787/log', vkey: t.hub.keys.vkeys[0] },
    }
    expect(answer).toMatchObject({ restarted: { ...restarted, logOrigin: '127.0.0.1:8787/log-2' } })
    expect(again.hub.keys.vkeys).toEqual([answer.restarted.vkey])
    const verdict = (await (await again.app.request('/v1/verify?record=th-dbd:A-1')).json()) as Verdict
    expect(verdict.asOf).toMatchObject({ restored: restarted, size: manifest.size })
    expect(verdict.asOf.checkpoint).toMatch(/^127\.0\.0\.1:8787\/log-2\n/)
    const keys = readdirSync(join(data, 'keys')).sort()
    expect(keys).toContain('log.jwk.json.retired-1')
    expect(statSync(join(data, 'keys', 'log.jwk.json')).mode & 0o777).toBe(0o600)
  })

  it('is seen by whoever pinned the old key: no checkpoint of it is the old log’s', async () => {
    const { note } = (await again.hub.store.head())!
    const verifiers = [await createNoteVerifier(t.hub.keys.vkeys[0])]
    await expect(openCheckpoint(note, { origin: t.hub.keys.logOrigin, verifiers })).rejects.toMatchObject({
      code: 'signature-missing',
    })
    const mine = [await createNoteVerifier(answer.restarted.vkey)]
    expect(await openCheckpoint(note, { origin: '127.0.0.1:8787/log-2', verifiers: mine })).toMatchObject({
      size: manifest.size,
    })
    const { logOrigin, vkeys, operator } = t.hub.keys
    const copy = await openCopy({
      store: openStores(openSqlite(':memory:', migrations)).store,
      anchor: { origin: t.origin, logOrigin, vkeys, operator, demo: true },
      now: Date.now,
    })
    const client = createHubClient(t.origin, { fetch: async (url, init) => again.app.request(url, init) })
    await expect(syncCopy(copy, createHttpSource(client))).rejects.toMatchObject({ code: 'log-restarted' })
  })

  it('serves no checkpoint under the old name, of whatever size', () => {
    const db = new BetterSqlite3(join(data, 'hub.sqlite'), { readonly: true })
    const notes = db.prepare('select note from checkpoints').pluck().all() as string[]
    db.close()
    expect(notes.length).toBeGreaterThan(0)
    expect(notes.filter((note) => !note.startsWith('127.0.0.1:8787/log-2\n'))).toEqual([])
  })

  it('names erasures that were lost with it, and takes again what members send again', async () => {
    expect(answer.known).toMatchObject([
      { how: 'newer', lost: 3, erasures: [{ issuer: 'th-dbd', index: manifest.size + 2 }] },
    ])
    expect(answer.known[0]?.erasures[0]?.indices).toEqual(await again.indicesOf('th-dbd:A-2'))
    expect((await again.push(...lost)).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    expect((await run(['rebuild', '--data', data, '--json'])).json()).toMatchObject({ wrong: 0 })
  })

  it('never uses a name twice: not for an older backup, nor for the second time', async () => {
    await refused('log-restarted', '127.0.0.1:8787/log-2', backup, '--known', data)
    const third = fresh()
    // No key of the backup signed that name: only a person can say that it is true.
    await refused(
      'log-restarted',
      'no key in this backup .*--generation 3',
      backup,
      '--known',
      data,
      '--force',
    )
    const done = await restore(backup, third, '--known', data, '--force', '--generation', '3')
    expect(done.answer).toMatchObject({ restarted: { logOrigin: '127.0.0.1:8787/log-3' } })
    const newer = fresh('backup')
    await run(['backup', '--data', data, '--to', newer, '--with-keys'])
    const next = fresh()
    const forced = await restore(newer, next, '--no-known', '--force')
    expect(forced.answer).toMatchObject({
      restarted: {
        logOrigin: '127.0.0.1:8787/log-3',
        previous: { origin: '127.0.0.1:8787/log-2', vkey: answer.restarted.vkey },
      },
    })
    expect(readdirSync(join(next, 'keys'))).toEqual(
      expect.arrayContaining(['log.jwk.json.retired-1', 'log.jwk.json.retired-2']),
    )
    const hub = await reopen(next)
    await pushAll(hub, await hub.shop('N-3'))
    await hub.close()
    // What the log was before its new start is of the past.
    expect(await restore(newer, fresh(), '--known', t.data)).toMatchObject({ code: 0 })
  })

  it('is refused where nothing would be lost', async () => {
    expect(await restore(backup, fresh(), '--known', dataThen, '--force')).toMatchObject({
      code: 2,
      answer: { error: { detail: expect.stringContaining('leave --force out') } },
    })
  })
})
