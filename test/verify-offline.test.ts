/** Story 6: a researcher keeps a look-up and checks it later without network; what was not shown is never claimed. */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inLanguage, LANGUAGES } from '../src/alliance/text.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { verifyCommand } from '../src/cli/commands/verify.js'
import type { OfflineReport } from '../src/cli/look-up/offline/report.js'
import { OFFLINE_WORDS } from '../src/cli/look-up/offline/words.js'
import type { HubKeys } from '../src/hub/hub.js'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { formatEntry } from '../src/log/entry.js'
import { hashLeaf } from '../src/log/hash.js'
import { signNote } from '../src/log/note.js'
import { inclusionProof } from '../src/log/proof.js'
import { formatTlogProof, parseTlogProof } from '../src/log/tlog-proof.js'
import { sha256Hex } from '../src/trust/digest.js'
import { generateHubKeys, loadHubKeys } from '../src/trust/key-file.js'
import { signJws } from '../src/trust/signer.js'
import { VERDICT_TYP } from '../src/trust/statements.js'
import {
  createMember,
  createTestHub,
  ORIGIN,
  readmit,
  recordClaims,
  START,
  signLogKey,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { MemoryLog } from './log-naive-tree.js'

const root = mkdtempSync(join(tmpdir(), 'trustmark-offline-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let asked = 0

interface Outcome {
  code: number
  out: string
  err: string
}

/** @param hub undefined where there is no network: every attempt to use it throws, and is counted */
async function run(hub: TestHub | undefined, now: number, args: readonly string[]): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([verifyCommand], ['verify', ...args], {
    cwd: root,
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: () => now * 1000,
    http: {
      sleep: async () => undefined,
      fetch: (url, init) => {
        asked += 1
        if (!hub) throw new TypeError('there is no network')
        return hub.app.request(url, init)
      },
    },
  })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const offline = (now: number, ...args: string[]) => run(undefined, now, ['--offline', ...args])

async function report(now: number, ...args: string[]): Promise<OfflineReport & { code: number }> {
  const { code, out } = await offline(now, ...args, '--json')
  return { ...(JSON.parse(out) as OfflineReport), code }
}

/** The one item of a report. */
const only = ({ items }: OfflineReport) => {
  expect(items).toHaveLength(1)
  return items[0]!
}
/** What was refuted, wherever. */
const codes = ({ refuted, items }: OfflineReport) =>
  [...refuted, ...items.flatMap(({ logged, signedBy, inForce }) => [logged, signedBy, inForce])].flatMap(
    (finding) => ('code' in finding ? [finding.code] : []),
  )

async function save(hub: TestHub, question: string, name: string, ...more: string[]): Promise<string> {
  const folder = join(root, name)
  const { err } = await run(hub, hub.now(), [question, '--hub', ORIGIN, '--save', folder, ...more])
  expect(err).toBe('')
  return folder
}

function write(name: string, text: string): string {
  const file = join(root, name)
  writeFileSync(file, text)
  return file
}
const at = (folder: string, name: string) => join(folder, name)
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')

let t: TestHub
let dbd: TestMember
/** Kept at START + 100 while the record R-1 was in force. */
let kept: string
let anchor: string
const KEPT_AT = START + 100

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await t.admit('jp-tradesafe')
  const shop = (certificate: string) =>
    signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate, url: `https://${certificate.toLowerCase()}.example` }),
    )
  await t.push(
    await signRecord(dbd, recordClaims(dbd, t.now())),
    ...(await Promise.all(['R-2', 'R-3'].map(shop))),
  )
  t.tick(100)
  kept = await save(t, 'th-dbd:R-1', 'kept')
  anchor = at(kept, 'anchor.json')
})

describe('verify --save', () => {
  it('keeps the record, its proof, the signed verdict, the issuer’s admission, the keys, and says what each is', () => {
    expect(readdirSync(kept)).toEqual([
      'README.txt',
      'anchor.json',
      'th-dbd.admission.jwt',
      'th-dbd.admission.tlog-proof',
      'th-dbd_R-1.jwt',
      'th-dbd_R-1.tlog-proof',
      'verdict.jwt',
    ])
    const readme = read(kept, 'README.txt')
    for (const name of readdirSync(kept)) if (name !== 'README.txt') expect(readme).toContain(`${name} `)
    expect(readme).toContain('trustmark verify --offline . --anchor anchor.json')
    expect(readme).toContain('Fetched:   2026-11-22T03:01:40.000Z')
    expect(readme).toContain('This is a demonstration')
  })

  it('keeps the exact bytes that the log names', () => {
    const { extra } = parseTlogProof(read(kept, 'th-dbd_R-1.tlog-proof'))
    expect(JSON.parse(new TextDecoder().decode(extra))).toMatchObject({
      sha256: sha256Hex(readFileSync(at(kept, 'th-dbd_R-1.jwt'))),
    })
  })

  it('overwrites nothing, asks nobody before it has looked, and keeps nothing where nothing was found', async () => {
    asked = 0
    const again = await run(t, t.now(), ['th-dbd:R-1', '--hub', ORIGIN, '--save', kept])
    expect(again).toMatchObject({ code: 2 })
    expect(again.err).toContain('is not empty')
    expect(asked).toBe(0)
    const none = await run(t, t.now(), ['https://no.example', '--hub', ORIGIN, '--save', at(root, 'none')])
    expect(none).toMatchObject({ code: 1 })
    expect(none.err).toContain('no record was found')
    expect(readdirSync(root)).not.toContain('none')
  })
})

describe('verify --offline', () => {
  it('confirms each claim of a kept folder on its own, without asking anybody', async () => {
    asked = 0
    const found = await report(KEPT_AT + 60, kept, '--anchor', anchor)
    expect(asked).toBe(0)
    expect(found).toMatchObject({ code: 0, offline: true, confirmed: true, demo: true, refuted: [] })
    expect(only(found)).toMatchObject({
      record: { id: 'th-dbd:R-1', presences: ['https://somjai-silk.example'] },
      logged: {
        state: 'confirmed',
        index: 2,
        size: 5,
        log: '127.0.0.1:8787/log',
        at: '2026-11-22T03:00:00.000Z',
      },
      signedBy: {
        state: 'confirmed',
        member: 'th-dbd',
        kid: dbd.keys.issue[0]!.kid,
        admission: { state: 'confirmed', index: 0 },
      },
      inForce: {
        state: 'confirmed',
        verdict: 'identity-confirmed',
        at: '2026-11-22T03:01:40.000Z',
        size: 5,
        expired: false,
      },
      speaksAgainst: false,
      notConfirmed: ['status-today', 'after-checkpoint'],
    })
  })

  it('says the same to a person, names what it does not confirm, and that this is a demonstration', async () => {
    const { code, out } = await offline(KEPT_AT + 60, kept, '--anchor', anchor)
    expect(code).toBe(0)
    expect(out).toContain('Demonstration: ')
    expect(out).toContain(
      'CONFIRMED  logged: entry 2 of the log 127.0.0.1:8787/log, accepted at 22 November 2026, 03:00 UTC',
    )
    expect(out).toContain('(th-dbd), whose key the alliance’s operator admitted')
    expect(out).toContain('CONFIRMED  not revoked as of 22 November 2026, 03:01 UTC')
    expect(out).toContain('NOT CONFIRMED  its status today')
    expect(out).toContain('NOT CONFIRMED  anything that was logged after the checkpoint')
  })

  it.each(LANGUAGES)('speaks %s', async (lang) => {
    const { code, out } = await offline(KEPT_AT, kept, '--anchor', anchor, '--lang', lang)
    const words = inLanguage(OFFLINE_WORDS, lang)
    expect(code).toBe(0)
    for (const text of [words.open['status-today'], words.open['after-checkpoint'], words.sound])
      expect(out).toContain(text)
    expect(out.split(`  ${words.confirmed}  `).length - 1).toBe(3)
    expect(out).not.toMatch(/\{\w+\}/)
  })

  it('needs the pinned keys, and does not take those that lie beside the files', async () => {
    const { code, err } = await offline(KEPT_AT, kept)
    expect(code).toBe(2)
    expect(err).toContain('--anchor <file>')
  })

  it('confirms with a record and its proof alone that it was logged, and nothing more', async () => {
    const record = at(kept, 'th-dbd_R-1.jwt')
    const proof = at(kept, 'th-dbd_R-1.tlog-proof')
    const found = await report(KEPT_AT, record, '--proof', proof, '--anchor', anchor)
    expect(found).toMatchObject({ code: 0, confirmed: true })
    expect(only(found)).toMatchObject({
      logged: { state: 'confirmed', index: 2 },
      signedBy: { state: 'unchecked' },
      inForce: { state: 'unchecked' },
      notConfirmed: ['signer', 'revoked-later', 'status-today', 'after-checkpoint'],
    })
    const { out } = await offline(KEPT_AT, record, '--proof', proof, '--anchor', anchor)
    expect(out).toContain('NOT CONFIRMED  whether it was revoked later')
    expect(out).toContain('NOT CONFIRMED  who signed it')
  })

  it('confirms a signer whose admission is given, and says when that admission was not shown to be logged', async () => {
    const given = [
      at(kept, 'th-dbd_R-1.jwt'),
      '--admission',
      at(kept, 'th-dbd.admission.jwt'),
      '--anchor',
      anchor,
    ]
    const bare = await report(KEPT_AT, ...given)
    expect(bare.code).toBe(0)
    expect(only(bare)).toMatchObject({
      logged: { state: 'unchecked' },
      signedBy: { state: 'confirmed', admission: { state: 'unchecked' } },
      notConfirmed: ['logged', 'admission-logged', 'revoked-later', 'status-today', 'after-checkpoint'],
    })
    const proofs = ['th-dbd_R-1', 'th-dbd.admission'].flatMap((name) => [
      '--proof',
      at(kept, `${name}.tlog-proof`),
    ])
    expect(only(await report(KEPT_AT, ...given, ...proofs)).notConfirmed).toEqual([
      'revoked-later',
      'status-today',
      'after-checkpoint',
    ])
  })

  it('tells of a proof alone that something with this hash was logged, and asks for the record', async () => {
    const proof = at(kept, 'th-dbd_R-1.tlog-proof')
    const found = await report(KEPT_AT, proof, '--anchor', anchor)
    expect(found.code).toBe(0)
    const item = only(found)
    expect(item.record).toBeUndefined()
    expect(item).toMatchObject({
      entry: { kind: 'record', issuer: 'th-dbd', sha256: sha256Hex(read(kept, 'th-dbd_R-1.jwt')) },
      logged: { state: 'confirmed', index: 2 },
    })
    expect((await offline(KEPT_AT, proof, '--anchor', anchor)).out).toContain(
      'bring it to learn what it says',
    )
  })

  it('takes the record out of the verdict, which holds it, when only proof and verdict are given', async () => {
    const files = [
      at(kept, 'th-dbd_R-1.tlog-proof'),
      '--verdict',
      at(kept, 'verdict.jwt'),
      '--anchor',
      anchor,
    ]
    expect(only(await report(KEPT_AT, ...files))).toMatchObject({
      record: { id: 'th-dbd:R-1' },
      logged: { state: 'confirmed' },
      inForce: { state: 'confirmed' },
    })
  })

  it('says of an expired verdict what held then, and that it has expired', async () => {
    const year = START + 365 * 86_400
    expect(only(await report(year, kept, '--anchor', anchor)).inForce).toMatchObject({
      state: 'confirmed',
      at: '2026-11-22T03:01:40.000Z',
      until: '2026-11-22T04:01:40.000Z',
      expired: true,
    })
    const { code, out } = await offline(year, kept, '--anchor', anchor)
    expect(code).toBe(0)
    expect(out).toContain('the verdict expired at 22 November 2026, 04:01 UTC: it shows what held then')
  })

  it('refuses a verdict that is dated ahead of the clock', async () => {
    expect(codes(await report(START - 3600, kept, '--anchor', anchor))).toEqual(['bad-claims'])
  })
})

describe('wrong use', () => {
  it.each([
    ['a proof with a hub to ask', ['th-dbd:R-1', '--proof', 'x'], 'belongs to --offline'],
    [
      'keeping what is kept',
      ['--offline', 'kept', '--anchor', 'kept/anchor.json', '--save', 'y'],
      'asks nobody',
    ],
    [
      'a file that is not there',
      ['--offline', 'nowhere.jwt', '--anchor', 'kept/anchor.json'],
      'There is no file',
    ],
    ['keys that are none', ['--offline', 'kept', '--anchor', 'kept/README.txt'], 'is not JSON'],
    [
      'a record with nothing',
      ['--offline', 'kept/th-dbd_R-1.jwt', '--anchor', 'kept/anchor.json'],
      'alone shows nothing',
    ],
    ['a folder without evidence', ['--offline', '.', '--anchor', 'kept/anchor.json'], 'holds no .jwt'],
    [
      'keys of another hub than the one named',
      ['--offline', 'kept', '--anchor', 'kept/anchor.json', '--hub', 'https://other.example'],
      'not of https://other.example',
    ],
  ])('ends with 2: %s', async (_what, args, words) => {
    const { code, err } = await run(undefined, KEPT_AT, args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})

describe('a record that was taken away', () => {
  let revoked: string
  let earlier: string

  beforeAll(async () => {
    earlier = await save(t, 'th-dbd:R-2', 'earlier')
    t.tick(60)
    await t.push(await signStatus(dbd, 'th-dbd:R-2', 'revoked', t.now()))
    await t.push(await signStatus(dbd, 'th-dbd:R-3', 'suspended', t.now()))
    revoked = await save(t, 'th-dbd:R-2', 'revoked')
  })

  it('was logged all the same; the verdict and the signed change say that it is revoked', async () => {
    expect(readdirSync(revoked)).toContain('th-dbd_R-2.status.tlog-proof')
    const found = await report(t.now(), revoked, '--anchor', anchor)
    expect(found).toMatchObject({ code: 1, confirmed: false, refuted: [] })
    expect(only(found)).toMatchObject({
      logged: { state: 'confirmed' },
      signedBy: { state: 'confirmed' },
      inForce: { state: 'denied', verdict: 'revoked' },
      changes: [{ change: 'revoked', signed: { state: 'confirmed' }, logged: { state: 'confirmed' } }],
      speaksAgainst: true,
    })
    const { out } = await offline(t.now(), revoked, '--anchor', anchor)
    expect(out).toContain('NO  as of 22 November 2026, 03:02 UTC the hub’s signed verdict said')
    expect(out).toContain('says that the mark was not in force')
    const alone = await report(t.now(), at(revoked, 'th-dbd_R-2.tlog-proof'), '--anchor', anchor)
    expect(alone).toMatchObject({ code: 0, items: [{ logged: { state: 'confirmed' } }] })
  })

  it('was not revoked as of an earlier verdict, which says nothing of now', async () => {
    const found = only(await report(t.now(), earlier, '--anchor', anchor))
    expect(found.inForce).toMatchObject({ state: 'confirmed', at: '2026-11-22T03:01:40.000Z' })
    expect(found.notConfirmed).toContain('status-today')
  })

  it('is told as revoked where the later change lies beside the earlier verdict', async () => {
    const both = at(root, 'both')
    cpSync(earlier, both, { recursive: true })
    for (const end of ['jwt', 'tlog-proof'])
      cpSync(at(revoked, `th-dbd_R-2.status.${end}`), at(both, `th-dbd_R-2.status.${end}`))
    const found = await report(t.now(), both, '--anchor', anchor)
    expect(found).toMatchObject({ code: 1, refuted: [] })
    expect(only(found)).toMatchObject({ inForce: { state: 'confirmed' }, speaksAgainst: true })
  })

  it('is told as suspended, in words of its own', async () => {
    const folder = await save(t, 'th-dbd:R-3', 'suspended')
    const found = await report(t.now(), folder, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(only(found).inForce).toMatchObject({ state: 'denied', verdict: 'suspended' })
  })

  it('stays suspended beside a reinstatement that nobody showed to be logged', async () => {
    t.tick()
    const folder = mkdtempSync(join(root, 'reinstated-'))
    const shown = await save(t, 'th-dbd:R-3', 'still-suspended')
    for (const name of readdirSync(shown))
      if (name.startsWith('th-dbd_R-3')) cpSync(at(shown, name), at(folder, name))
    expect(only(await report(t.now(), folder, '--anchor', anchor)).speaksAgainst).toBe(true)
    const stranger = await createMember('th-dbd', ORIGIN, t.operator, t.now())
    for (const by of [stranger, dbd]) {
      writeFileSync(at(folder, 'z.jwt'), await signStatus(by, 'th-dbd:R-3', 'reinstated', t.now() + 5))
      const found = await report(t.now(), folder, '--anchor', anchor)
      expect(found.code).toBe(1)
      expect(only(found).speaksAgainst).toBe(true)
    }
    const lifted = await signStatus(dbd, 'th-dbd:R-3', 'reinstated', t.now())
    expect(await t.push(lifted)).toMatchObject([{ outcome: 'accepted' }])
    writeFileSync(at(folder, 'z.jwt'), lifted)
    const proof = await (await t.app.request(`/v1/statements/${sha256Hex(lifted)}/proof`)).text()
    writeFileSync(at(folder, 'z.tlog-proof'), proof)
    const found = await report(t.now(), folder, '--anchor', anchor)
    expect(found).toMatchObject({ code: 0, confirmed: true })
    expect(only(found).speaksAgainst).toBe(false)
  })

  it('convicts a hub whose signed verdict says in force after a logged revocation', async () => {
    const lying = await lie(revoked, (verdict) => {
      verdict.verdict = 'identity-confirmed'
      verdict.records[0].verdict = 'identity-confirmed'
      delete verdict.records[0].status
    })
    expect(codes(await report(t.now(), lying, '--anchor', anchor))).toEqual(['contradiction'])
  })
})

/** The files with a verdict altered and signed by the hub's own federation key. */
// biome-ignore lint/suspicious/noExplicitAny: a test bends the verdict at will
async function lie(folder: string, alter: (verdict: any) => void): Promise<string> {
  const lying = mkdtempSync(join(root, 'lying-'))
  cpSync(folder, lying, { recursive: true })
  const claims = JSON.parse(Buffer.from(read(folder, 'verdict.jwt').split('.')[1]!, 'base64url').toString())
  alter(claims.verdict)
  writeFileSync(at(lying, 'verdict.jwt'), await signJws(t.hub.keys.federation, VERDICT_TYP, claims))
  return lying
}

describe('files that do not belong together are refused:', () => {
  const R1 = 'th-dbd_R-1'

  it('the proof of another record', async () => {
    const other = write(
      'other.tlog-proof',
      await (await t.app.request('/v1/records/th-dbd:R-3/proof')).text(),
    )
    const found = await report(KEPT_AT, at(kept, `${R1}.jwt`), '--proof', other, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(codes(found)).toEqual(['other-statement'])
    const { out } = await offline(KEPT_AT, at(kept, `${R1}.jwt`), '--proof', other, '--anchor', anchor)
    expect(out).toContain('DO NOT RELY ON THESE FILES')
    expect(out).not.toContain('Somjai')
  })

  it('a verdict about another record', async () => {
    const claims = await (
      await t.app.request('/v1/verify?record=th-dbd:R-3', { headers: { Accept: 'application/jwt' } })
    ).text()
    const verdict = write('other-verdict.jwt', claims)
    const record = [at(kept, `${R1}.jwt`), '--proof', at(kept, `${R1}.tlog-proof`)]
    const found = await report(t.now(), ...record, '--verdict', verdict, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(codes(found)).toEqual(['other-record'])
    const alone = await report(
      t.now(),
      at(kept, `${R1}.tlog-proof`),
      '--verdict',
      verdict,
      '--anchor',
      anchor,
    )
    expect(codes(alone)).toEqual(['other-record'])
  })

  it('a verdict that puts the record at another index, and one that names no such entry', async () => {
    const moved = await lie(kept, (verdict) => {
      verdict.records[0].index = 3
    })
    expect(codes(await report(t.now(), moved, '--anchor', anchor))).toEqual(['index-differs'])
    const grown = await lie(kept, (verdict) => {
      verdict.asOf.size += 1
    })
    expect(codes(await report(t.now(), grown, '--anchor', anchor))).toEqual(['contradiction'])
  })

  it('a verdict whose word does not follow from what was signed', async () => {
    const certified = await lie(kept, (verdict) => {
      verdict.verdict = 'certified'
      verdict.records[0].verdict = 'certified'
    })
    expect(codes(await report(t.now(), certified, '--anchor', anchor))).toEqual(['bad-claims'])
  })

  it('an earlier issue of the record, which the verdict’s later one replaced, and the other way round', async () => {
    t.tick()
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
    const later = await save(t, 'th-dbd:R-1', 'reissued')
    const old = [at(kept, `${R1}.jwt`), '--proof', at(kept, `${R1}.tlog-proof`), '--anchor', anchor]
    const superseded = await report(t.now(), ...old, '--verdict', at(later, 'verdict.jwt'))
    expect(codes(superseded)).toEqual(['superseded'])
    expect(only(superseded).inForce).toMatchObject({
      detail: expect.stringContaining('which replaced this one'),
    })
    const newer = [at(later, `${R1}.jwt`), '--proof', at(later, `${R1}.tlog-proof`), '--anchor', anchor]
    const older = await report(t.now(), ...newer, '--verdict', at(kept, 'verdict.jwt'))
    expect(only(older).inForce).toMatchObject({
      code: 'superseded',
      detail: expect.stringContaining('earlier issue'),
    })
  })

  it('the admission of another member', async () => {
    const page = (await (await t.app.request('/v1/members/jp-tradesafe')).json()) as {
      admission: { statement: string }
    }
    const admission = write('jp.admission.jwt', page.admission.statement)
    const record = [at(kept, `${R1}.jwt`), '--proof', at(kept, `${R1}.tlog-proof`)]
    const found = await report(t.now(), ...record, '--admission', admission, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(codes(found)).toEqual(['other-statement'])
    expect(only(found).signedBy).toEqual({ state: 'unchecked' })
  })

  it('an admission that the pinned operator did not sign, as a forged folder would have', async () => {
    const forger = await createTestHub()
    const impostor = await forger.admit('th-dbd')
    await forger.push(await signRecord(impostor, recordClaims(impostor, forger.now())))
    const forged = await save(forger, 'th-dbd:R-1', 'forged')
    expect((await report(forger.now(), forged, '--anchor', at(forged, 'anchor.json'))).code).toBe(0)
    const found = await report(forger.now(), forged, '--anchor', anchor)
    expect(found).toMatchObject({ code: 1, confirmed: false })
    const { logged, signedBy, inForce } = only(found)
    expect([logged.state, signedBy.state, inForce.state]).toEqual(['refuted', 'unchecked', 'unchecked'])
    expect(codes(found).sort()).toEqual(['unknown-key', 'unknown-key', 'unknown-log-key'])
  })

  it('a proof of another hub’s log, saying whose log it is', async () => {
    const foreign = await createTestHub(':memory:', 'https://elsewhere.example')
    await foreign.admit('th-dbd')
    const sha256 = sha256Hex(
      (
        (await (await foreign.app.request('/v1/members/th-dbd')).json()) as {
          admission: { statement: string }
        }
      ).admission.statement,
    )
    const text = await (await foreign.app.request(`/v1/statements/${sha256}/proof`)).text()
    const found = await report(t.now(), write('foreign.tlog-proof', text), '--anchor', anchor)
    expect(codes(found)).toEqual(['unknown-log'])
    expect(only(found).logged).toMatchObject({
      detail: expect.stringMatching(/"elsewhere\.example\/log".*"127\.0\.0\.1:8787\/log"/),
    })
  })

  it('a file given as what it is not', async () => {
    const found = await report(
      t.now(),
      at(kept, `${R1}.jwt`),
      '--proof',
      at(kept, 'verdict.jwt'),
      '--anchor',
      anchor,
    )
    expect(found.code).toBe(1)
    expect(codes(found)).toEqual(['wrong-file'])
  })
})

describe('keys that change', () => {
  /** Somebody's own tree of one entry, the record, signed with the keys given: the record's proof in it. */
  async function proveAlone(record: string, keys: HubKeys): Promise<string> {
    const log = new MemoryLog()
    const entry = new TextEncoder().encode(
      formatEntry({ at: START * 1000, issuer: 'th-dbd', kind: 'record', sha256: sha256Hex(record), v: 1 }),
    )
    await log.append([hashLeaf(entry)])
    const checkpoint = await signNote(
      formatCheckpoint({ origin: '127.0.0.1:8787/log', size: 1, root: log.root }),
      ...keys.log,
    )
    return formatTlogProof({ index: 0, proof: await inclusionProof(0, 1, log), checkpoint, extra: entry })
  }
  const otherKeys = async (hub: TestHub): Promise<HubKeys> =>
    loadHubKeys({ ...(await generateHubKeys()), operator: [...hub.hub.keys.operator] }, ORIGIN)
  const proofOf = async (hub: TestHub, jws: string): Promise<string> =>
    (await hub.app.request(`/v1/statements/${sha256Hex(jws)}/proof`)).text()
  const accepted = async (hub: TestHub, ...statements: string[]): Promise<void> => {
    for (const result of await hub.push(...statements)) expect(result).toMatchObject({ outcome: 'accepted' })
    hub.tick()
  }

  it('a proof by a key of the log that the anchor does not know names it and says what to do; the operator’s logged word helps', async () => {
    const next = await otherKeys(t)
    const record = read(kept, 'th-dbd_R-1.jwt')
    const folder = mkdtempSync(join(root, 'rotated-'))
    writeFileSync(at(folder, 'r.jwt'), record)
    writeFileSync(at(folder, 'r.tlog-proof'), await proveAlone(record, next))
    const unknown = await report(KEPT_AT, folder, '--anchor', anchor)
    expect(codes(unknown)).toEqual(['unknown-log-key'])
    expect(only(unknown).logged).toMatchObject({ detail: expect.stringContaining('--pin <new file>') })
    // Signed is not enough: that it was logged must be shown by a key that was trusted before.
    const announced = await signLogKey(t.operator, next.vkeys[0], 'announced', t.now())
    writeFileSync(at(folder, 'key.jwt'), announced)
    expect(codes(await report(KEPT_AT, folder, '--anchor', anchor))).toEqual(['unknown-log-key'])
    writeFileSync(at(folder, 'key.tlog-proof'), await proveAlone(announced, next))
    expect((await report(KEPT_AT, folder, '--anchor', anchor)).code).toBe(1)
    await accepted(t, announced)
    writeFileSync(at(folder, 'key.tlog-proof'), await proofOf(t, announced))
    const followed = await report(t.now(), folder, '--anchor', anchor)
    expect(followed).toMatchObject({
      code: 0,
      items: [{ logged: { state: 'confirmed', index: 0, size: 1 } }],
    })
    // Said by anybody else, it is nobody's word.
    writeFileSync(at(folder, 'key.jwt'), await signLogKey(dbd.signer, next.vkeys[0], 'announced', t.now()))
    expect((await report(KEPT_AT, folder, '--anchor', anchor)).code).toBe(1)
  })

  it('follows one announcement through another, in whatever order the files lie, and none that was retired', async () => {
    const hub = await createTestHub()
    const member = await hub.admit('th-dbd')
    const record = await signRecord(member, recordClaims(member, hub.now()))
    const pinned = at(root, 'chain.json')
    await run(hub, hub.now(), ['th-dbd:R-1', '--hub', ORIGIN, '--pin', pinned])
    const [second, third] = [await otherKeys(hub), await otherKeys(hub)]
    const folder = mkdtempSync(join(root, 'chain-'))
    const announce = async (name: string, vkey: string) => {
      const statement = await signLogKey(hub.operator, vkey, 'announced', hub.now())
      await accepted(hub, statement)
      writeFileSync(at(folder, `${name}.jwt`), statement)
      writeFileSync(at(folder, `${name}.tlog-proof`), await proofOf(hub, statement))
    }
    await announce('z-second', second.vkeys[0])
    Object.assign(hub.hub.keys, { log: second.log, vkeys: second.vkeys })
    await announce('a-third', third.vkeys[0])
    Object.assign(hub.hub.keys, { log: third.log, vkeys: third.vkeys })
    await accepted(hub, record)
    writeFileSync(at(folder, 'r.jwt'), record)
    writeFileSync(at(folder, 'r.tlog-proof'), await proofOf(hub, record))
    expect(await report(hub.now(), folder, '--anchor', pinned)).toMatchObject({ code: 0, confirmed: true })
    const retired = await signLogKey(hub.operator, third.vkeys[0], 'retired', hub.now())
    writeFileSync(at(folder, 'retired.jwt'), retired)
    const found = await report(hub.now(), folder, '--anchor', pinned)
    expect(found.code).toBe(1)
    expect(only(found).logged).toMatchObject({ code: 'unknown-log-key' })
  })

  it('what was kept while both keys signed lets an anchor from before check what came under the new one', async () => {
    const hub = await createTestHub()
    const member = await hub.admit('th-dbd')
    await accepted(hub, await signRecord(member, recordClaims(member, hub.now())))
    const pinned = at(root, 'before.json')
    await run(hub, hub.now(), ['th-dbd:R-1', '--hub', ORIGIN, '--pin', pinned])
    const old = hub.hub.keys
    const next = await otherKeys(hub)
    const another = await signRecord(
      member,
      recordClaims(member, hub.now(), { certificate: 'R-2', url: 'https://b.example' }),
    )
    hub.hub.keys = { ...old, log: [...old.log, ...next.log], vkeys: [...old.vkeys, ...next.vkeys] }
    await accepted(hub, await signLogKey(hub.operator, next.vkeys[0], 'announced', hub.now()))
    const overlap = await save(hub, 'th-dbd:R-1', 'overlap', '--anchor', pinned)
    expect(readdirSync(overlap)).toContain('log-key.tlog-proof')
    hub.hub.keys = { ...old, log: next.log, vkeys: next.vkeys }
    await accepted(hub, another)
    const later = await save(hub, 'th-dbd:R-2', 'new-key', '--anchor', pinned)
    expect(await report(hub.now(), later, '--anchor', at(later, 'anchor.json'))).toMatchObject({
      code: 0,
      confirmed: true,
    })
    const alone = await report(hub.now(), later, '--anchor', pinned)
    expect(alone.code).toBe(1)
    expect(new Set(codes(alone))).toEqual(new Set(['unknown-log-key']))
    for (const name of ['log-key.jwt', 'log-key.tlog-proof']) cpSync(at(overlap, name), at(later, name))
    expect(await report(hub.now(), later, '--anchor', pinned)).toMatchObject({ code: 0, confirmed: true })
    rmSync(at(later, 'log-key.tlog-proof'))
    expect((await report(hub.now(), later, '--anchor', pinned)).code).toBe(1)
  })

  it('every word on the log’s keys is kept, on however many pages the hub gave them', async () => {
    const hub = await createTestHub()
    const member = await hub.admit('th-dbd')
    await accepted(hub, await signRecord(member, recordClaims(member, hub.now())))
    const pinned = at(root, 'before-two.json')
    await run(hub, hub.now(), ['th-dbd:R-1', '--hub', ORIGIN, '--pin', pinned])
    const [second, third] = [await otherKeys(hub), await otherKeys(hub)]
    for (const { vkeys } of [second, third])
      await accepted(hub, await signLogKey(hub.operator, vkeys[0], 'announced', hub.now()))
    const request: TestHub['app']['request'] = (url, ...rest) =>
      hub.app.request(String(url).replace('limit=1000', 'limit=1'), ...rest)
    const paged = { ...hub, app: Object.assign(Object.create(hub.app), { request }) } as TestHub
    const folder = await save(paged, 'th-dbd:R-1', 'two-pages', '--anchor', pinned)
    expect(readdirSync(folder).filter((name) => name.startsWith('log-key'))).toEqual([
      'log-key.2.jwt',
      'log-key.2.tlog-proof',
      'log-key.jwt',
      'log-key.tlog-proof',
    ])
    expect(await report(hub.now(), folder, '--anchor', pinned)).toMatchObject({ code: 0, confirmed: true })
  })

  it('a stolen key that was retired confirms nothing, with its old announcement and the proof of that beside', async () => {
    const hub = await createTestHub()
    const member = await hub.admit('th-dbd')
    const stolen = await otherKeys(hub)
    const announced = await signLogKey(hub.operator, stolen.vkeys[0], 'announced', hub.now())
    await accepted(hub, announced)
    const genuine = await proofOf(hub, announced)
    await accepted(hub, await signLogKey(hub.operator, stolen.vkeys[0], 'retired', hub.now()))
    await accepted(hub, await signRecord(member, recordClaims(member, hub.now())))
    const pinned = at(root, 'after-theft.json')
    await run(hub, hub.now(), ['th-dbd:R-1', '--hub', ORIGIN, '--pin', pinned])
    expect(JSON.parse(readFileSync(pinned, 'utf8')).log.retired).toEqual(stolen.vkeys)
    const never = await signRecord(
      member,
      recordClaims(member, hub.now(), { certificate: 'N-1', url: 'https://never.example' }),
    )
    const folder = mkdtempSync(join(root, 'stolen-'))
    writeFileSync(at(folder, 'r.jwt'), never)
    writeFileSync(at(folder, 'r.tlog-proof'), await proveAlone(never, stolen))
    writeFileSync(at(folder, 'k.jwt'), announced)
    for (const proof of [undefined, genuine]) {
      if (proof) writeFileSync(at(folder, 'k.tlog-proof'), proof)
      const found = await report(hub.now(), folder, '--anchor', pinned)
      expect(found.code).toBe(1)
      expect(only(found).logged).toMatchObject({
        code: 'unknown-log-key',
        detail: expect.stringContaining('operator retired'),
      })
    }
  })

  it('with every key retired confirm nothing, and that is told', async () => {
    const folder = mkdtempSync(join(root, 'all-retired-'))
    cpSync(kept, folder, { recursive: true })
    const [vkey] = t.hub.keys.vkeys
    writeFileSync(at(folder, 'key.jwt'), await signLogKey(t.operator, vkey, 'retired', t.now()))
    const found = await report(KEPT_AT, folder, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(found.refuted).toContainEqual(
      expect.objectContaining({ code: 'unknown-log-key', file: 'key.jwt' }),
    )
    expect(only(found).logged.state).toBe('refuted')
  })

  it('two trees of one size under the log’s own key convict it', async () => {
    const folder = mkdtempSync(join(root, 'forked-'))
    cpSync(kept, folder, { recursive: true })
    const { extra, checkpoint } = parseTlogProof(read(kept, 'th-dbd_R-1.tlog-proof'))
    const size = Number(checkpoint.split('\n')[1])
    const log = new MemoryLog()
    await log.append(Array.from({ length: size }, () => hashLeaf(extra!)))
    const note = await signNote(
      formatCheckpoint({ origin: '127.0.0.1:8787/log', size, root: log.root }),
      ...t.hub.keys.log,
    )
    writeFileSync(
      at(folder, 'th-dbd_R-1.tlog-proof'),
      formatTlogProof({
        index: 2,
        proof: await inclusionProof(2, size, log),
        checkpoint: note,
        extra: extra!,
      }),
    )
    const found = await report(KEPT_AT, folder, '--anchor', anchor)
    expect(found.code).toBe(1)
    expect(codes(found)).toEqual(['forked'])
  })

  it('a record keeps its signer after its member was admitted anew', async () => {
    const again = await readmit(dbd, ORIGIN, t.operator, t.now())
    expect(await t.push(again.admission)).toMatchObject([{ outcome: 'accepted' }])
    const folder = await save(t, 'th-dbd:R-1', 'readmitted')
    expect(await report(t.now(), folder, '--anchor', anchor)).toMatchObject({ code: 0, confirmed: true })
  })
})

describe('proofs across tree sizes', () => {
  it('hold for every entry, and for no other index or size', async () => {
    const log = new MemoryLog()
    const entries = Array.from({ length: 300 }, (_, i) =>
      new TextEncoder().encode(
        formatEntry({ at: i, issuer: 'th-dbd', kind: 'record', sha256: sha256Hex(String(i)), v: 1 }),
      ),
    )
    await log.append(entries.map(hashLeaf))
    const prove = async (index: number, size: number, claimed = index) => {
      const tree = new MemoryLog()
      await tree.append(entries.slice(0, size).map(hashLeaf))
      const text = formatCheckpoint({ origin: '127.0.0.1:8787/log', size, root: tree.root })
      return formatTlogProof({
        index: claimed,
        proof: await inclusionProof(index, size, tree),
        checkpoint: await signNote(text, ...t.hub.keys.log),
        extra: entries[index]!,
      })
    }
    const pairs = fc
      .integer({ min: 1, max: 300 })
      .chain((size) =>
        fc.tuple(
          fc.integer({ min: 0, max: size - 1 }),
          fc.integer({ min: 0, max: size - 1 }),
          fc.constant(size),
        ),
      )
    await fc.assert(
      fc.asyncProperty(pairs, async ([index, claimed, size]) => {
        const proof = write('some.tlog-proof', await prove(index, size))
        const found = await report(KEPT_AT, proof, '--anchor', anchor)
        expect(only(found).logged).toMatchObject({ state: 'confirmed', index, size })
        if (claimed === index) return
        const wrong = write('wrong.tlog-proof', await prove(index, size, claimed))
        expect((await report(KEPT_AT, wrong, '--anchor', anchor)).code).toBe(1)
      }),
      { numRuns: 25 },
    )
  })
})

describe('any altered byte', () => {
  it('of any file leads to a refusal, or changes nothing of what is confirmed', async () => {
    const folder = at(root, 'altered')
    const names = readdirSync(kept).filter((name) => name !== 'README.txt')
    const state = ({ confirmed: _c, ...rest }: OfflineReport) => JSON.stringify(rest)
    const { code: _, ...sound } = await report(KEPT_AT, kept, '--anchor', anchor)
    const flips = fc.record({
      name: fc.constantFrom(...names),
      where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bits: fc.integer({ min: 1, max: 255 }),
    })
    let refusals = 0
    await fc.assert(
      fc.asyncProperty(flips, async ({ name, where, bits }) => {
        rmSync(folder, { recursive: true, force: true })
        cpSync(kept, folder, { recursive: true })
        const bytes = readFileSync(at(folder, name))
        const i = Math.floor(where * bytes.length)
        bytes[i] = bytes[i]! ^ bits
        writeFileSync(at(folder, name), bytes)
        const args = [folder, '--anchor', at(folder, 'anchor.json')]
        const { code, out } = await offline(KEPT_AT, ...args, '--json')
        if (code === 0) expect(state(JSON.parse(out))).toBe(state(sound))
        else {
          refusals += 1
          expect([1, 2]).toContain(code)
          if (name !== 'anchor.json') expect(code).toBe(1)
        }
      }),
      { numRuns: 120 },
    )
    expect(refusals).toBeGreaterThan(90)
  }, 60_000)
})

describe('without any network', () => {
  it('works in a process of its own whose sockets, names and fetch end it', async () => {
    const program = at(root, 'cli.mjs')
    await build({
      stdin: {
        contents: `
          import { runCommandLine } from './src/cli/command-line.ts'
          import { verifyCommand } from './src/cli/commands/verify.ts'
          process.exitCode = await runCommandLine([verifyCommand], process.argv.slice(2))`,
        resolveDir: fileURLToPath(new URL('..', import.meta.url)),
        loader: 'ts',
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: program,
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      packages: 'external',
      logLevel: 'silent',
    })
    symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), at(root, 'node_modules'))
    cpSync(fileURLToPath(new URL('../package.json', import.meta.url)), at(root, 'package.json'))
    writeFileSync(
      at(root, 'cut.cjs'),
      `const end = () => { process.stderr.write('NETWORK USED'); process.exit(99) }
       Object.assign(globalThis, { fetch: end })
       require('node:net').Socket.prototype.connect = end
       require('node:net').connect = end
       require('node:dgram').createSocket = end
       const dns = require('node:dns')
       dns.lookup = end
       dns.promises.lookup = end`,
    )
    const start = (...args: string[]) =>
      spawnSync(process.execPath, ['--require', at(root, 'cut.cjs'), program, 'verify', ...args], {
        encoding: 'utf8',
      })
    // The cut is real: asking a hub ends the process.
    expect(start('th-dbd:R-1', '--hub', ORIGIN).status).toBe(99)
    const { status, stdout } = start('--offline', kept, '--anchor', anchor, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ confirmed: true })
  }, 60_000)
})
