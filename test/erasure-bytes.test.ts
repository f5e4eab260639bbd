/** Erasure on a disk: no byte of the record is left in any file of the database, whoever reads or dies meanwhile. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scrubAgain } from '../src/hub/scrub.js'
import { skeletonsOf } from '../src/record/lookalike.js'
import { createHubStore } from '../src/store/hub-store.js'
import { openSqlite } from '../src/store/sqlite.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname
const ID = 'th-dbd:R-1'
const HOST = 'quiet-lotus-0f3a.example'
const NAME = 'Zephyrlotus Quincunxes 0f3a Co., Ltd.'
/** What it was called in the statement before. */
const FORMER_NAME = 'Xylographica 0f3a Co., Ltd.'
/** As the directory and the search for look-alikes keep it: words too rare to be met by chance. */
const LISTED = ['zephyrlotus', 'quincunxes', 'xylographica', 'quietlotus', ...skeletonsOf([`web:${HOST}`])]
/** As short a piece of a statement as must not be found: a chance hit among some MB is out of the question. */
const PIECE = 20

let folder: string
let t: TestHub
let dbd: TestMember
/** The statements about the record, refused ones too. */
let told: string[]
/** Log indices of those that were accepted. */
let indices: number[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-erasure-'))
  t = await createTestHub(join(folder, 'hub.sqlite'))
  dbd = await t.admit('th-dbd')
  // Others before, between and after it: erasing frees parts of pages, with rows that stay beside them.
  await pushOthers(0)
  const claimsOf = (name: string) => {
    const claims = recordClaims(dbd, t.now(), {
      url: `https://${HOST}`,
      holder: {
        name: { en: name },
        contact: [{ kind: 'email', value: `owner@${HOST}` }],
        identifiers: [],
      },
    })
    const holder = { ...claims.trustmark.holder, identifiers: [] }
    return { ...claims, trustmark: { ...claims.trustmark, holder } }
  }
  const former = await signRecord(dbd, claimsOf(FORMER_NAME))
  t.tick()
  const record = await signRecord(dbd, claimsOf(NAME))
  t.tick()
  const status = await signStatus(dbd, ID, 'suspended', t.now())
  told = [former, record, status]
  indices = (await t.push(former, record, status)).map((result) => ('index' in result ? result.index : -1))
  expect(indices).toEqual([61, 62, 63])
  // What is refused holds the same shop too.
  t.tick()
  const twin = await signRecord(
    dbd,
    recordClaims(dbd, t.now(), { certificate: 'R-2', url: `https://${HOST}`, holder: { identifiers: [] } }),
  )
  told.push(twin)
  expect(await t.push(twin)).toMatchObject([{ outcome: 'rejected', problem: { code: 'presence-taken' } }])
  await pushOthers(1)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function pushOthers(round: number): Promise<void> {
  t.tick()
  const others = Array.from({ length: 60 }, (_, i) => `S-${(i * 7919) % 1000}-${round}`)
  const records = others.map((certificate) =>
    signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate, url: `https://${certificate.toLowerCase()}.example` }),
    ),
  )
  for (const result of await t.push(...(await Promise.all(records)))) expect(result.outcome).toBe('accepted')
}

const filesOf = (base: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(base))
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))

/** The parts of a statement in which a holder could be found: payload and signature as they are sent, payload as it reads. */
function partsOf(jws: string): string[] {
  const [, payload = '', signature = ''] = jws.split('.')
  return [payload, signature, Buffer.from(payload, 'base64url').toString('latin1')]
}
const piecesOf = (text: string) =>
  Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, i) => text.slice(i, i + PIECE))

/** Whether a piece is of a jti and nothing else, as it reads or as the erasure's own payload has it in base64url. */
function tellsOnly(jti: string, piece: string): boolean {
  const encoded = [0, 1, 2].map((before) => {
    // Behind it a claim in the one, another jti in the other: of a letter's eight bits all letters share two.
    const text = Buffer.from(`${' '.repeat(before)}"${jti}","a`)
    const shared = Math.floor((text.length * 8 - 6) / 6)
    return text.toString('base64url').slice(Math.ceil((before * 8) / 6), shared)
  })
  return [jti, ...encoded].some((text) => text.includes(piece))
}

/** What must not be found: name, address, and every piece of the statements that they do not share with others'. */
async function wantedPieces(): Promise<string[]> {
  const others = (await t.hub.store.changes(-1, 1000, 1000)).filter(({ index }) => !indices.includes(index))
  const shared = new Set(others.flatMap(({ statement }) => partsOf(statement ?? '').flatMap(piecesOf)))
  // Every jti is remembered for good, and the erasure tells it, or an erased statement could be played again (DESIGN 4.6).
  // It names nobody.
  const jtis = told.map((jws) => /"jti":"([^"]+)"/.exec(partsOf(jws)[2] ?? '')?.[1] ?? '')
  const wanted = [NAME, FORMER_NAME, HOST, ...LISTED, ...told.flatMap(partsOf).flatMap(piecesOf)].filter(
    (piece) => !shared.has(piece) && !jtis.some((jti) => tellsOnly(jti, piece)),
  )
  expect(wanted.length).toBeGreaterThan(1000)
  return wanted
}

function left(base: string, wanted: readonly string[]): string[] {
  const files = filesOf(base)
  expect(files.length).toBeGreaterThan(0)
  // One look for each length of piece: thousands of searches through some MB would take minutes.
  const found = new Set<string>()
  const looked = new Map<number, Set<string>>()
  for (const piece of wanted) looked.set(piece.length, (looked.get(piece.length) ?? new Set()).add(piece))
  for (const [length, set] of looked)
    for (const file of files)
      for (let i = 0; i + length <= file.length; i += 1) {
        const piece = file.slice(i, i + length)
        if (set.has(piece)) found.add(piece)
      }
  return [...found]
}

const erase = async () => {
  t.tick()
  expect(await t.push(await signErasure(dbd, indices, t.now()))).toMatchObject([{ outcome: 'accepted' }])
}

/** Another process in the middle of reading: a backup, say. */
function readMeanwhile(): { end: () => void } {
  const other = new BetterSqlite3(join(folder, 'hub.sqlite'), { readonly: true })
  other.exec('BEGIN')
  other.prepare('SELECT count(*) FROM statements').get()
  return {
    end: () => {
      other.exec('COMMIT')
      other.close()
    },
  }
}

describe('on a disk', () => {
  it('nothing of the record is left in database, write-ahead log or shared memory, nor in a backup made then', async () => {
    const wanted = await wantedPieces()
    expect(left('hub.sqlite', wanted).length).toBeGreaterThan(1000)
    await erase()
    expect(t.reported).toEqual([])
    expect(left('hub.sqlite', wanted)).toEqual([])
    const reader = new BetterSqlite3(join(folder, 'hub.sqlite'), { readonly: true })
    await reader.backup(join(folder, 'backup.sqlite'))
    reader.close()
    expect(left('backup', wanted)).toEqual([])
    expect(left('backup', ['s-0-0.example'])).toEqual(['s-0-0.example'])
  })

  it('a process that reads meanwhile only delays it: the next sweep makes up for it', async () => {
    const wanted = await wantedPieces()
    const other = readMeanwhile()
    const start = performance.now()
    await erase()
    // This thread serves everybody: it must not wait for a backup to end.
    expect(performance.now() - start).toBeLessThan(5000)
    expect(t.reported).toMatchObject([{ message: expect.stringContaining('another process reads') }])
    expect((await t.verdict(`record=${ID}`)).verdict).toBe('not-found')
    expect(left('hub.sqlite', wanted).length).toBeGreaterThan(0)
    await scrubAgain(t.hub)
    expect(t.reported).toHaveLength(2)
    other.end()
    await scrubAgain(t.hub)
    expect(left('hub.sqlite', wanted)).toEqual([])
    expect(t.reported).toHaveLength(2)
  })

  it('a process killed between commit and scrubbing leaves what the next start empties', async () => {
    const wanted = await wantedPieces()
    const other = readMeanwhile()
    await erase()
    // Files as they are between the two, which is what kill -9 leaves on the disk.
    for (const end of ['', '-wal'])
      copyFileSync(join(folder, `hub.sqlite${end}`), join(folder, `killed.sqlite${end}`))
    other.end()
    expect(left('killed.sqlite', wanted).length).toBeGreaterThan(0)
    const database = openSqlite(join(folder, 'killed.sqlite'), migrations)
    expect(await createHubStore(database).withheld(1)).toEqual([])
    expect(left('killed.sqlite', wanted)).toEqual([])
    await database.close()
  })

  it('many erasures leave no stale copy that moving rows between pages makes', async () => {
    const all = (await t.hub.store.changes(-1, 1000, 1000)).filter(({ kind }) => kind === 'record')
    const hosts: string[] = []
    for (const [i, { index, statement }] of all.entries()) {
      if (i % 2 === 0 || statement === null) continue
      const payload = Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString()
      const host = /"sub":"https:\/\/([^"]+)"/.exec(payload)?.[1] ?? ''
      if (host === HOST) continue
      hosts.push(host)
      t.tick()
      expect(await t.push(await signErasure(dbd, [index], t.now()))).toMatchObject([{ outcome: 'accepted' }])
    }
    expect(hosts.length).toBeGreaterThan(50)
    expect(left('hub.sqlite', hosts)).toEqual([])
  })
})
