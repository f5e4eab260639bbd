import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import fc from 'fast-check'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf, endOfDay } from '../src/alliance/days.js'
import { createApp } from '../src/app.js'
import { writeApplication } from '../src/cli/agency/application.js'
import { createExternalSigner } from '../src/cli/agency/external-signer.js'
import { importFile } from '../src/cli/agency/import-file.js'
import { addPublicKey, generateWorkspaceKeys, loadSigner } from '../src/cli/agency/keys.js'
import { pushOutbox } from '../src/cli/agency/push.js'
import { MAX_LINES, splitBatches } from '../src/cli/agency/send.js'
import { signDrafts } from '../src/cli/agency/sign-drafts.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { admitCommand } from '../src/cli/commands/admit.js'
import { importCommand } from '../src/cli/commands/import.js'
import { initCommand } from '../src/cli/commands/init.js'
import { keygenCommand } from '../src/cli/commands/keygen.js'
import { pushCommand } from '../src/cli/commands/push.js'
import { signCommand } from '../src/cli/commands/sign.js'
import { standingCommand } from '../src/cli/commands/standing.js'
import { statusCommand } from '../src/cli/commands/status.js'
import {
  createHubClient,
  HubClientError,
  type HubClientOptions,
  MAX_ATTEMPTS,
} from '../src/cli/hub-client.js'
import { parseMapping } from '../src/cli/import/mapping.js'
import { createOperatorWorkspace } from '../src/cli/operator/operator-workspace.js'
import { applicationFile, signAdmission } from '../src/cli/operator/sign-admission.js'
import { chooseHub, createWorkspace, openWorkspace, type Workspace } from '../src/cli/workspace.js'
import { openHub } from '../src/hub/open-hub.js'
import { Refusal } from '../src/refusal.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { sha256Hex } from '../src/trust/digest.js'
import { generateHubKeys, loadHubKeys } from '../src/trust/key-file.js'
import { toPublicJwk } from '../src/trust/keys.js'
import { createTestHub, ORIGIN, START, type TestHub } from './hub-fixture.js'

const COMMANDS = [
  initCommand,
  keygenCommand,
  importCommand,
  signCommand,
  pushCommand,
  statusCommand,
  admitCommand,
  standingCommand,
]
const demo = (name: string) => new URL(`../src/cli/demo/${name}`, import.meta.url)
const CSV = readFileSync(demo('th-dbd.csv'), 'utf8')
const MAPPING = readFileSync(demo('th-dbd.mapping.json'), 'utf8')
/** The spreadsheet row in which a certificate first stands. */
const rowOf = (certificate: string) =>
  CSV.split('\n').findIndex((line) => line.startsWith(`${certificate},`)) + 1
/** Certificates of the demo file that are in force on the tests' day: all but the expired V-2568-0107. */
const IN_FORCE = new Set(CSV.match(/^[RV]-\d{4}-\d{4}(?=,)/gm)).size - 1
const SILK = `url=${encodeURIComponent('https://somjai-silk.example')}`

const folders: string[] = []
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trustmark-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

type Send = NonNullable<HubClientOptions['fetch']>
const inProcess =
  (t: Pick<TestHub, 'app'>): Send =>
  (url, init) =>
    t.app.request(url, init)

interface Outcome {
  code: number
  out: string
  err: string
}

/** Runs a command line in-process against the hub, as an officer (or a nightly job) would. */
async function run(
  t: Pick<TestHub, 'app' | 'now'>,
  folder: string,
  args: string[],
  send: Send = inProcess(t),
  answer?: string,
  commands: readonly (() => Command)[] = COMMANDS,
): Promise<Outcome> {
  const seen = { out: '', err: '' }
  const sink = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        seen[name] += String(chunk)
        done()
      },
    })
  const stdin: PassThrough & { isTTY?: boolean } = new PassThrough()
  const stderr: Writable & { isTTY?: boolean } = sink('err')
  if (answer !== undefined) {
    stdin.isTTY = true
    stderr.isTTY = true
    stdin.write(`${answer}\n`)
  }
  const http = { fetch: send, sleep: async () => undefined }
  const surroundings = {
    cwd: folder,
    env: {},
    stdin,
    stdout: sink('out'),
    stderr,
    now: () => t.now() * 1000,
    http,
  }
  const code = await runCommandLine(commands, args, surroundings)
  return { code, ...seen }
}

/** The number of log entries of a kind by the agency. */
async function logged(t: TestHub, kind: string): Promise<number> {
  const text = await (await t.app.request('/v1/changes?limit=1000')).text()
  return text.split('\n').filter((line) => line.includes(`"kind":"${kind}","issuer":"th-dbd"`)).length
}

async function admitFrom(t: TestHub, folder: string): Promise<void> {
  const file = applicationFile.parse(JSON.parse(readFileSync(join(folder, 'application.json'), 'utf8')))
  const [result] = await t.push(await signAdmission(file, t.operator, ORIGIN, t.now()))
  expect(result).toMatchObject({ outcome: 'accepted' })
}

/** A hub with an admitted agency whose folder holds shops.csv and its mapping. */
async function prepare(csv = CSV): Promise<{ t: TestHub; folder: string }> {
  const t = await createTestHub()
  const folder = join(temporary(), 'dbd')
  const workspace = createWorkspace(folder, { member: 'th-dbd', hub: ORIGIN })
  await generateWorkspaceKeys(workspace)
  await writeApplication(workspace, ORIGIN, { now: t.now() })
  await admitFrom(t, folder)
  writeFileSync(join(folder, 'shops.csv'), csv)
  writeFileSync(join(folder, 'shops.mapping.json'), MAPPING)
  return { t, folder }
}

async function publishAll(t: TestHub, folder: string, csv?: string): Promise<Outcome> {
  if (csv !== undefined) writeFileSync(join(folder, 'shops.csv'), csv)
  await run(t, folder, ['import', 'shops.csv'])
  t.tick(10)
  return run(t, folder, ['push', '--sign', '--yes'])
}

const without = (certificate: string) =>
  CSV.split('\n')
    .filter((line) => !line.startsWith(certificate))
    .join('\n')

describe('an agency with a spreadsheet', () => {
  let t: TestHub
  let folder: string
  beforeAll(async () => {
    t = await createTestHub()
    folder = join(temporary(), 'dbd')
  })

  it('makes its folder, its keys and its application', async () => {
    const init = await run(t, temporary(), ['init', folder, '--member', 'th-dbd', '--hub', ORIGIN])
    expect(init).toMatchObject({ code: 0, err: '' })
    const keygen = await run(t, folder, ['keygen', '--json'])
    expect(keygen.code).toBe(0)
    const { keys, application } = JSON.parse(keygen.out)
    expect(keys.map(({ role }: { role: string }) => role)).toEqual(['issue', 'auth', 'enc', 'recovery'])
    expect(application).toBe(join(folder, 'application.json'))
    expect(readFileSync(application, 'utf8')).not.toContain('"d"')
  })

  it('keeps private keys to its own account', () => {
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(join(folder, 'keys')))
      expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600)
  })

  it('can not push before it is admitted', async () => {
    writeFileSync(join(folder, 'shops.csv'), CSV)
    writeFileSync(join(folder, 'shops.mapping.json'), MAPPING)
    const push = await run(t, folder, ['push', '--yes'])
    expect(push.code).toBe(1)
    expect(push.err).toMatch(/not admitted .*application\.json/)
  })

  it('imports: every rejected row with its reason', async () => {
    await admitFrom(t, folder)
    const imported = await run(t, folder, ['import', 'shops.csv'])
    expect(imported.code).toBe(1)
    expect(imported.out).toContain(`ready to sign: ${IN_FORCE} records`)
    expect(imported.out).toMatch(
      new RegExp(
        `row ${rowOf('V-2568-0107')}, column "วันหมดอายุ": The certificate ended on 2026-09-09, before today`,
      ),
    )
    expect(imported.out).toContain('Given: "09/09/2569"')
    expect(imported.out).toContain('note: The first day (validFrom) is checked and not published')
  })

  it('signs, and shows the difference without sending anything', async () => {
    const sign = await run(t, folder, ['sign'])
    expect(sign).toMatchObject({ code: 0 })
    expect(sign.out).toContain(`${IN_FORCE} signed.`)
    expect((await run(t, folder, ['sign'])).out).toContain(
      `0 signed, ${IN_FORCE} signed before and still waiting.`,
    )
    const dry = await run(t, folder, ['push', '--dry-run'])
    expect(dry.out).toContain(`${IN_FORCE} new, 0 changed, 0 unchanged, 0 no longer in the file`)
    expect(await logged(t, 'record')).toBe(0)
  })

  it('pushes, ends with the register as of, and anyone can look the shop up', async () => {
    expect((await t.verdict(SILK)).verdict).toBe('not-found')
    const push = await run(t, folder, ['push', '--yes'])
    expect(push).toMatchObject({ code: 0 })
    expect(push.out).toContain(`${IN_FORCE} published`)
    expect(push.out).toMatch(new RegExp(`register as of 2026-11-22T.*: ${IN_FORCE} in force`))
    const verdict = await t.verdict(SILK)
    expect(verdict.verdict).toBe('certified')
    expect(verdict.asOf.members['th-dbd']).toMatchObject({ count: IN_FORCE, agrees: true })
    expect(verdict.records[0]?.validity.until).toBe('2027-03-14T17:00:00.000Z')
    expect(readFileSync(join(folder, 'outbox.ndjson'), 'utf8')).toBe('')
    expect(t.reported).toEqual([])
  })

  it('publishes nothing when everything is run again', async () => {
    const again = await publishAll(t, folder)
    expect(again.code).toBe(0)
    expect(again.out).toContain(`0 new, 0 changed, ${IN_FORCE} unchanged, 0 no longer in the file`)
    expect(await logged(t, 'record')).toBe(IN_FORCE)
    expect(await logged(t, 'register')).toBe(2)
  })

  it('publishes exactly the one line that was edited', async () => {
    const push = await publishAll(
      t,
      folder,
      CSV.replace(
        'hello@doi-mok-coffee.example,กาแฟคั่ว,ไทย อังกฤษ,TH VN,https://doi-mok-coffee.example,20/05',
        'new@doi-mok-coffee.example,กาแฟคั่ว,ไทย อังกฤษ,TH VN,https://doi-mok-coffee.example,20/05',
      ),
    )
    expect(push.out).toContain(`0 new, 1 changed, ${IN_FORCE - 1} unchanged`)
    expect(push.out).toContain('1 published')
    expect(await logged(t, 'record')).toBe(IN_FORCE + 1)
  })

  it('signs the register as of over the ids in force', async () => {
    const feed = (await (await t.app.request('/v1/changes?limit=1000')).text()).trim().split('\n')
    const entries = feed.map((line) => JSON.parse(line) as { kind: string; statement: string })
    const payload = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString())
    const ids = new Set(
      entries
        .filter(({ kind }) => kind === 'record')
        .map(({ statement }) => payload(statement).trustmark.id as string),
    )
    const digest = sha256Hex(
      [...ids]
        .sort()
        .map((id) => `${id}\n`)
        .join(''),
    )
    expect(payload(entries.findLast(({ kind }) => kind === 'register')!.statement).register).toMatchObject({
      count: IN_FORCE,
      digest,
    })
  })
})

describe('without a terminal', () => {
  it('push publishes nothing unless --yes says so', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    await run(t, folder, ['sign'])
    for (const args of [['push'], ['push', '--sign'], ['push', '--json']]) {
      const push = await run(t, folder, args)
      expect(push.code).toBe(2)
      expect(push.out + push.err).toMatch(/Add --yes, or --dry-run to compare only/)
    }
    expect(await logged(t, 'record')).toBe(0)
    expect(await logged(t, 'register')).toBe(0)
    expect(await run(t, folder, ['push', '--dry-run'])).toMatchObject({ code: 0 })
  })

  it('at one, push asks, and no stops it', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    await run(t, folder, ['sign'])
    expect(await run(t, folder, ['push'], inProcess(t), 'n')).toMatchObject({ code: 4 })
    expect(await logged(t, 'record')).toBe(0)
    expect(await run(t, folder, ['push'], inProcess(t), 'y')).toMatchObject({ code: 0 })
    expect(await logged(t, 'record')).toBe(IN_FORCE)
  })
})

describe('the difference', () => {
  it('names what is new or changed with its rows', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder, without('R-2569-0112'))
    writeFileSync(join(folder, 'shops.csv'), CSV.replace('กาแฟคั่ว', 'กาแฟ'))
    await run(t, folder, ['import', 'shops.csv'])
    const dry = await run(t, folder, ['push', '--dry-run'])
    expect(dry.out).toContain(`  new: th-dbd:R-2569-0112 (row ${rowOf('R-2569-0112')})`)
    expect(dry.out).toMatch(/ {2}changed: th-dbd:[RV]-\d{4}-\d{4} \(row \d+(, \d+)*\)/)
  })

  it('names the first twenty of many', async () => {
    const { t, folder } = await prepare(manyShops(25))
    await run(t, folder, ['import', 'shops.csv'])
    const [, names = ''] = /^ {2}new: (.*)$/m.exec((await run(t, folder, ['push', '--dry-run'])).out) ?? []
    expect(names.match(/th-dbd:/g)).toHaveLength(20)
    expect(names).toMatch(/ and 5 more$/)
  })
})

describe('what is no longer in the file', () => {
  it('is not revoked unless the officer says so, and then for ever', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    const push = await publishAll(t, folder, without('R-2569-0112'))
    expect(push.code).toBe(0)
    expect(push.out).toContain(
      '1 no longer in the file: nothing is revoked unless you say so (--revoke-missing)',
    )
    expect((await t.verdict('record=th-dbd:R-2569-0112')).verdict).toBe('identity-confirmed')

    expect(await run(t, folder, ['push', '--revoke-missing'])).toMatchObject({ code: 2 })
    const refused = await run(t, folder, ['push', '--revoke-missing'], inProcess(t), 'n')
    expect(refused).toMatchObject({ code: 4 })
    expect(await logged(t, 'status')).toBe(0)

    const revoked = await run(t, folder, ['push', '--revoke-missing'], inProcess(t), 'y')
    expect(revoked.out).toContain('1 revoked')
    expect((await t.verdict('record=th-dbd:R-2569-0112')).verdict).toBe('revoked')
    expect((await t.verdict(SILK)).asOf.members['th-dbd']).toMatchObject({
      count: IN_FORCE - 1,
      agrees: true,
    })

    const back = await publishAll(t, folder, CSV.replace('น้ำพริก', 'น้ำพริกเผา'))
    expect(back.out).toContain('revoked earlier, which is final: th-dbd:R-2569-0112')
    expect(back.out).toContain('0 published')
  })

  it('does not include a record whose row has a typing error', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    const typo = CSV.replace('01/09/2569,09/01/2569,08/01/2574', '01/09/2569,09/01/2569,38/01/2574')
    await publishAll(t, folder, typo)
    const push = await run(t, folder, ['push', '--revoke-missing', '--yes'])
    expect(push.out).toContain('0 no longer in the file')
    expect(push.out).toContain('in the file but rejected, so left as published: th-dbd:R-2569-0112')
    expect(await logged(t, 'status')).toBe(0)
  })

  it('is not guessed while a rejected row hides its certificate number', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    await publishAll(t, folder, CSV.replace('R-2569-0112,', '2.569E+10,'))
    const push = await run(t, folder, ['push', '--revoke-missing', '--yes'])
    expect(push.code).toBe(2)
    expect(push.err).toContain(`(row ${rowOf('R-2569-0112')})`)
    expect(await logged(t, 'status')).toBe(0)
  })
})

describe('refusals by the hub', () => {
  it('name the row, the rule and its source: a person does not get Gold', async () => {
    const { t, folder } = await prepare()
    const gold = CSV.replace(
      'V-2569-0110,DBD Verified ระดับดี (Silver)',
      'V-2569-0110,DBD Verified ระดับดีมาก (Gold)',
    )
    // The importer knows the rule too; an officer with an older definition would get it from the hub.
    const workspace = openWorkspace(folder)
    importFile(workspace, Buffer.from(gold), parseMapping(MAPPING), {
      file: 'shops.csv',
      now: t.now(),
      definitionSigned: false,
    })
    const push = await run(t, folder, ['push', '--sign', '--yes'])
    expect(push.code).toBe(1)
    expect(push.out).toContain(`${IN_FORCE - 1} published, 1 rejected`)
    expect(push.out).toMatch(
      new RegExp(
        `row ${rowOf('V-2569-0110')}: th-dbd:V-2569-0110: Only juristic persons.*rule juristic-only.*Source: .*requirement-not-met`,
      ),
    )
    const again = await run(t, folder, ['push', '--yes', '--json'])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.out)).toMatchObject({
      unsigned: ['th-dbd:V-2569-0110'],
      refusedBefore: [{ id: 'th-dbd:V-2569-0110', code: 'requirement-not-met' }],
      published: [],
      rejected: [],
    })
  })

  describe('are told again by a later push', () => {
    const asGold = CSV.replace(
      'V-2569-0110,DBD Verified ระดับดี (Silver)',
      'V-2569-0110,DBD Verified ระดับดีมาก (Gold)',
    )
    const importUnchecked = (t: TestHub, folder: string, csv: string) =>
      importFile(openWorkspace(folder), Buffer.from(csv), parseMapping(MAPPING), {
        file: 'shops.csv',
        now: t.now(),
        definitionSigned: false,
      })
    async function refuseOne(): Promise<{ t: TestHub; folder: string }> {
      const { t, folder } = await prepare()
      importUnchecked(t, folder, asGold)
      await run(t, folder, ['push', '--sign', '--yes'])
      return { t, folder }
    }

    it('with reason and row, also after a new import of the same row', async () => {
      const { t, folder } = await refuseOne()
      importUnchecked(t, folder, asGold)
      const again = await run(t, folder, ['push', '--dry-run'])
      expect(again.out).toMatch(
        new RegExp(
          `rejected by the hub before and unchanged since.*\n +row ${rowOf('V-2569-0110')}: .*juristic`,
        ),
      )
      expect(again.out).not.toContain('run "trustmark sign" first')
    })

    it('until the row changes', async () => {
      const { t, folder } = await refuseOne()
      importUnchecked(t, folder, CSV)
      const changed = await run(t, folder, ['push', '--dry-run'])
      expect(changed.out).toContain('not signed, so not sent: 1')
      expect(changed.out).not.toContain('rejected by the hub before')
    })

    it('until the member is admitted with another definition', async () => {
      const { t, folder } = await refuseOne()
      t.tick()
      await admitFrom(t, folder)
      expect((await run(t, folder, ['push', '--dry-run'])).out).toContain('not signed, so not sent: 1')
    })

    it('where other records decide, until one of those changes', async () => {
      const { t, folder } = await prepare()
      // Silver presupposes a Registered record of the same holder: without it the hub refuses.
      const kept = CSV.split('\n').filter((line, i) => i < 2 || /^(V-2569-0110|R-2566-0102)/.test(line))
      importUnchecked(t, folder, kept.join('\n'))
      expect((await run(t, folder, ['push', '--sign', '--yes'])).out).toContain('[presupposed-mark-missing]')
      expect((await run(t, folder, ['push', '--dry-run'])).out).toContain('[presupposed-mark-missing]')
      t.tick()
      await run(t, folder, ['status', 'R-2566-0102', 'suspended', '--reason', 'x'])
      const changed = await run(t, folder, ['push', '--dry-run'])
      expect(changed.out).toContain('not signed, so not sent: 1')
      expect(changed.out).not.toContain('[presupposed-mark-missing]')
    })

    it('and are forgotten when the record is accepted', async () => {
      const { t, folder } = await refuseOne()
      importUnchecked(t, folder, CSV)
      t.tick()
      expect((await run(t, folder, ['push', '--sign', '--yes'])).out).toContain('1 published')
      expect(JSON.parse(readFileSync(join(folder, 'rejected.json'), 'utf8')).rejected).toEqual({})
    })
  })

  it('of the importer come first, with the same rule', async () => {
    const { t, folder } = await prepare(
      CSV.replace('V-2569-0110,DBD Verified ระดับดี (Silver)', 'V-2569-0110,DBD Verified ระดับดีมาก (Gold)'),
    )
    const imported = await run(t, folder, ['import', 'shops.csv', '--json'])
    expect(JSON.parse(imported.out).rejected).toContainEqual(
      expect.objectContaining({ code: 'requirement-not-met', rows: [rowOf('V-2569-0110')] }),
    )
  })

  it('of a whole member stop the push before anything is sent', async () => {
    const { t, folder } = await prepare()
    const other = join(temporary(), 'other')
    await generateWorkspaceKeys(createWorkspace(other, { member: 'th-dbd', hub: ORIGIN }))
    cpSync(join(folder, 'shops.csv'), join(other, 'shops.csv'))
    cpSync(join(folder, 'shops.mapping.json'), join(other, 'shops.mapping.json'))
    const push = await publishAll(t, other)
    expect(push).toMatchObject({ code: 1 })
    expect(push.err).toMatch(/admitted with other keys/)
  })
})

describe('a status change', () => {
  it('is visible in the next look-up', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    const record = 'record=th-dbd:V-2569-0102'
    const suspended = await run(t, folder, [
      'status',
      'V-2569-0102',
      'suspended',
      '--reason',
      'อยู่ระหว่างตรวจสอบ',
    ])
    expect(suspended).toMatchObject({ code: 0 })
    expect((await t.verdict(record)).verdict).toBe('suspended')
    expect((await t.verdict(record)).asOf.members['th-dbd']).toMatchObject({
      count: IN_FORCE - 1,
      agrees: true,
    })
    const again = await run(t, folder, ['status', 'V-2569-0102', 'suspended', '--reason', 'x'])
    expect(again).toMatchObject({ code: 1 })
    expect(again.err).toContain('The record is suspended')
    expect(
      await run(t, folder, [
        'status',
        'th-dbd:V-2569-0102',
        'reinstated',
        '--reason',
        'Settled',
        '--lang',
        'en',
      ]),
    ).toMatchObject({ code: 0 })
    expect((await t.verdict(record)).verdict).toBe('certified')
    expect(await run(t, folder, ['status', 'V-2569-0102', 'revoked', '--reason', 'Ceased'])).toMatchObject({
      code: 2,
    })
    expect(
      await run(t, folder, ['status', 'V-2569-0102', 'revoked', '--reason', 'Ceased'], inProcess(t), 'n'),
    ).toMatchObject({ code: 4 })
    expect(
      await run(t, folder, ['status', 'V-2569-0102', 'revoked', '--reason', 'Ceased', '--yes']),
    ).toMatchObject({ code: 0 })
    expect((await t.verdict(record)).verdict).toBe('revoked')
    expect((await publishAll(t, folder)).out).toContain('0 published')
  })

  it('of an unknown record, or with an unknown word, is wrong use', async () => {
    const { t, folder } = await prepare()
    expect(await run(t, folder, ['status', 'V-9', 'suspended', '--reason', 'x'])).toMatchObject({ code: 2 })
    expect(await run(t, folder, ['status', 'V-9', 'deleted', '--reason', 'x'])).toMatchObject({ code: 2 })
    expect(await logged(t, 'status')).toBe(0)
  })
})

describe('a push that goes wrong on the way', () => {
  /** Fails on chosen requests; the hub has acted on them when `after` is set. */
  const broken = (t: TestHub, fails: (url: string, post: number) => boolean, after = false): Send => {
    let posts = 0
    return async (url, init) => {
      if (init.method === 'POST') posts += 1
      const failing = fails(url, posts)
      if (failing && !after) throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') })
      const response = await t.app.request(url, init)
      if (failing) throw new TypeError('terminated')
      return response
    }
  }

  it('resumes without loss and without anything twice', async () => {
    const { t, folder } = await prepare(manyShops(MAX_LINES + 100))
    await run(t, folder, ['import', 'shops.csv'])
    await run(t, folder, ['sign'])
    const cut = await run(
      t,
      folder,
      ['push', '--yes'],
      broken(t, (url, post) => url.endsWith('/v1/statements') && post > 1),
    )
    expect(cut.code).toBe(3)
    expect(cut.err).toContain(`${MAX_LINES} of ${MAX_LINES + 100} statements were acknowledged`)
    expect(readFileSync(join(folder, 'outbox.ndjson'), 'utf8').trim().split('\n')).toHaveLength(100)
    const resumed = await run(t, folder, ['push', '--yes'])
    expect(resumed.out).toContain(`100 new, 0 changed, ${MAX_LINES} unchanged`)
    expect(resumed.out).toContain('100 published')
    expect(await logged(t, 'record')).toBe(MAX_LINES + 100)
    const shop = await t.verdict(`url=${encodeURIComponent('https://shop-599.example')}`)
    expect(shop.asOf.members['th-dbd']).toMatchObject({ count: MAX_LINES + 100, agrees: true })
  })

  it('learns from the feed what was accepted although the answer was lost', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    await run(t, folder, ['sign'])
    const lost = await run(
      t,
      folder,
      ['push', '--yes'],
      broken(t, (url) => url.endsWith('/v1/statements'), true),
    )
    expect(lost.code).toBe(3)
    expect(await logged(t, 'record')).toBe(IN_FORCE)
    const resumed = await run(t, folder, ['push', '--yes'])
    expect(resumed.out).toContain('0 published')
    expect(await logged(t, 'record')).toBe(IN_FORCE)
  })

  it('tries again within one run when a request fails once, is answered 429 or loses its answer', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    let posts = 0
    const push = await run(t, folder, ['push', '--sign', '--yes'], async (url, init) => {
      if (init.method !== 'POST') return t.app.request(url, init)
      posts += 1
      if (posts === 1) throw new TypeError('fetch failed')
      if (posts === 2) return new Response('', { status: 429, headers: { 'Retry-After': '1' } })
      const response = await t.app.request(url, init)
      if (posts === 3) throw new TypeError('terminated')
      return response
    })
    expect(push.code).toBe(0)
    expect(push.out).toContain(`${IN_FORCE} published`)
    expect(await logged(t, 'record')).toBe(IN_FORCE)
  })

  it('asks after statements that the hub has received but not decided', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    const asked: string[] = []
    const push = await run(t, folder, ['push', '--sign', '--yes'], async (url, init) => {
      if (url.includes('/v1/statements/')) {
        asked.push(url)
        if (asked.length === 1) return new Response('{}', { status: 404 })
      }
      const response = await t.app.request(url, init)
      if (init.method !== 'POST') return response
      const { results } = (await response.json()) as { results: { line: number; sha256: string }[] }
      const pending = results.map(({ line, sha256 }) => ({
        line,
        outcome: 'pending',
        sha256,
        statement: `${ORIGIN}/v1/statements/${sha256}`,
      }))
      return Response.json({ results: pending }, { status: 202 })
    })
    expect(push).toMatchObject({ code: 0 })
    expect(push.out).toContain(`${IN_FORCE} published`)
    expect(asked).toHaveLength(IN_FORCE + 2)
  })

  it('gives up after a bounded number of attempts', async () => {
    let attempts = 0
    const waits: number[] = []
    const client = createHubClient(ORIGIN, {
      fetch: () => {
        attempts += 1
        throw new TypeError('fetch failed')
      },
      sleep: async (milliseconds) => {
        waits.push(milliseconds)
      },
    })
    await expect(client.get('/v1/members')).rejects.toMatchObject({ code: 'unreachable' })
    expect(attempts).toBe(MAX_ATTEMPTS)
    expect(waits).toEqual([1000, 2000, 4000, 8000])
  })
})

describe('another machine, another hub', () => {
  it('a new folder with the same keys catches up from the hub', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    const second = join(temporary(), 'second')
    for (const name of ['trustmark.json', 'definition.json', 'keys', 'shops.csv', 'shops.mapping.json']) {
      cpSync(join(folder, name), join(second, name), { recursive: true })
    }
    await run(t, second, ['import', 'shops.csv'])
    expect((await run(t, second, ['sign'])).out).toContain(`${IN_FORCE} signed.`)
    t.tick(5)
    // Small pages, so that the feed is followed over several of them.
    const push = await run(t, second, ['push', '--yes'], (url, init) =>
      t.app.request(url.replace('limit=1000', 'limit=7'), init),
    )
    expect(push.out).toContain(`0 new, 0 changed, ${IN_FORCE} unchanged`)
    expect(push.out).toContain('0 published')
    expect(await logged(t, 'record')).toBe(IN_FORCE)
  })

  it('what was signed before another machine published something newer is signed anew', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    await run(t, folder, ['sign'])
    const second = join(temporary(), 'second')
    cpSync(folder, second, { recursive: true })
    t.tick(5)
    await publishAll(t, second, CSV.replace('กาแฟคั่ว', 'กาแฟ'))
    t.tick(5)
    const push = await run(t, folder, ['push', '--yes'])
    expect(push).toMatchObject({ code: 0 })
    expect(push.out).toContain(`0 new, 1 changed, ${IN_FORCE - 1} unchanged`)
    expect(push.out).toContain('1 published')
  })

  it('refuses a hub that the folder is not for, or that calls itself otherwise', async () => {
    const { t, folder } = await prepare()
    const elsewhere = await run(t, folder, ['push', '--to', 'https://hub.example'])
    expect(elsewhere).toMatchObject({ code: 2 })
    expect(elsewhere.err).toContain(`This folder is for the hub ${ORIGIN}, not for https://hub.example`)
    const alias = join(temporary(), 'alias')
    createWorkspace(alias, { member: 'th-dbd', hub: 'http://localhost:8787' })
    await generateWorkspaceKeys({ folder: alias })
    const other = await run(t, alias, ['push', '--dry-run'])
    expect(other).toMatchObject({ code: 2 })
    expect(other.err).toContain(`calls itself ${ORIGIN}`)
    expect(
      await run(t, alias, ['push', '--yes'], () => new Response('<html>', { status: 200 })),
    ).toMatchObject({
      code: 2,
    })
    expect(await run(t, folder, ['push', '--to', 'http://hub.example'])).toMatchObject({ code: 2 })
  })

  it('notices a log that became shorter', async () => {
    const { t, folder } = await prepare()
    await publishAll(t, folder)
    const file = join(folder, 'published.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"cursor": \d+/, '"cursor": 999'))
    const push = await run(t, folder, ['push', '--yes'])
    expect(push).toMatchObject({ code: 1 })
    expect(push.err).toContain('A log never gets shorter')
  })
})

describe('signing', () => {
  it('puts a mark before those that presuppose it, whatever the order of the file', async () => {
    const { t, folder } = await prepare()
    const [title, header, ...rows] = CSV.trimEnd().split('\n')
    await publishAll(t, folder, [title, header, ...rows.reverse()].join('\n'))
    expect(await logged(t, 'record')).toBe(IN_FORCE)
  })

  it('holds back what is not valid yet, and forgets what the file no longer says', async () => {
    const { t, folder } = await prepare(CSV.replace('18/05/2569,17/05/2574', '18/05/2570,17/05/2575'))
    await run(t, folder, ['import', 'shops.csv'])
    const sign = await run(t, folder, ['sign'])
    expect(sign.out).toContain(
      `not valid yet, sign on their first day: th-dbd:R-2569-0109 (row ${rowOf('R-2569-0109')})`,
    )
    expect(sign.out).toContain(`${IN_FORCE - 1} signed.`)
    writeFileSync(join(folder, 'shops.csv'), without('R-2569-0112'))
    await run(t, folder, ['import', 'shops.csv'])
    expect(JSON.parse((await run(t, folder, ['sign', '--json'])).out)).toMatchObject({
      signed: ['th-dbd:R-2569-0109'],
      withdrawn: ['th-dbd:R-2569-0112'],
    })
  })

  it('push without sign says what is missing, and sends nothing unsigned', async () => {
    const { t, folder } = await prepare()
    await run(t, folder, ['import', 'shops.csv'])
    const push = await run(t, folder, ['push', '--yes'])
    expect(push.code).toBe(1)
    expect(push.out).toContain(`not signed, so not sent: ${IN_FORCE}; run "trustmark sign" first`)
    expect(await logged(t, 'record')).toBe(0)
  })

  it('works with a key that never enters the folder', async () => {
    const t = await createTestHub()
    const token = temporary()
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    writeFileSync(join(token, 'token.jwk.json'), JSON.stringify(jwk))
    writeFileSync(join(token, 'public.jwk.json'), JSON.stringify(await toPublicJwk(jwk)))
    writeFileSync(
      join(token, 'sign.mjs'),
      `import { createPrivateKey, sign } from 'node:crypto'
       import { readFileSync } from 'node:fs'
       const key = createPrivateKey({ key: JSON.parse(readFileSync(new URL('token.jwk.json', import.meta.url))), format: 'jwk' })
       process.stdout.write(sign('sha256', readFileSync(0), { key, dsaEncoding: process.argv[2] }).toString('base64url'))`,
    )
    const signer = (encoding: string) => `"${process.execPath}" "${join(token, 'sign.mjs')}" ${encoding}`
    const folder = join(temporary(), 'dbd')
    createWorkspace(folder, { member: 'th-dbd', hub: ORIGIN })
    const keygen = await run(t, folder, [
      'keygen',
      '--public',
      join(token, 'public.jwk.json'),
      '--signer',
      signer('ieee-p1363'),
    ])
    expect(keygen).toMatchObject({ code: 0 })
    await admitFrom(t, folder)
    const [title, header, first] = CSV.split('\n')
    writeFileSync(join(folder, 'shops.csv'), [title, header, first].join('\n'))
    writeFileSync(join(folder, 'shops.mapping.json'), MAPPING)
    await run(t, folder, ['import', 'shops.csv'])
    expect(await run(t, folder, ['sign'])).toMatchObject({ code: 2 })
    const der = await run(t, folder, ['sign', '--signer', signer('der')])
    expect(der).toMatchObject({ code: 2 })
    expect(der.err).toContain('not DER')
    expect(await run(t, folder, ['sign', '--signer', 'exit 3'])).toMatchObject({ code: 2 })
    expect(await run(t, folder, ['sign', '--signer', signer('ieee-p1363')])).toMatchObject({ code: 0 })
    const push = await run(t, folder, ['push', '--yes', '--signer', signer('ieee-p1363')])
    expect(push.out).toContain('1 published')
    for (const name of readdirSync(join(folder, 'keys')).filter((file) => file.startsWith('issue'))) {
      expect(readFileSync(join(folder, 'keys', name), 'utf8')).not.toContain('"d"')
    }
  })

  it('with a token refuses a private key where a public one is expected', async () => {
    const folder = temporary()
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    await expect(addPublicKey({ folder }, 'issue', await exportJWK(privateKey))).rejects.toThrow(
      /without "d"/,
    )
    const { publicKey } = await generateKeyPair('X25519', { extractable: true }).catch(() =>
      generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true }),
    )
    const received = await toPublicJwk(await exportJWK(publicKey), 'enc')
    expect(() => createExternalSigner('true', received)).toThrow(/can't sign/)
  })
})

describe('the folder', () => {
  it('is never overwritten', async () => {
    const t = await createTestHub()
    const folder = join(temporary(), 'dbd')
    expect(await run(t, temporary(), ['init', folder, '--member', 'th-dbd'])).toMatchObject({ code: 0 })
    expect(await run(t, temporary(), ['init', folder, '--member', 'th-dbd'])).toMatchObject({ code: 2 })
    expect(await run(t, temporary(), ['init', '--operator', folder])).toMatchObject({ code: 2 })
    expect(await run(t, folder, ['keygen'])).toMatchObject({ code: 0 })
    const before = readdirSync(join(folder, 'keys'))
    expect(await run(t, folder, ['keygen'])).toMatchObject({ code: 2 })
    expect(await run(t, folder, ['keygen', '--hub', ORIGIN])).toMatchObject({ code: 0 })
    expect(readdirSync(join(folder, 'keys'))).toEqual(before)
    expect(existsSync(join(folder, 'application.json'))).toBe(true)
    expect(await run(t, folder, ['keygen', '--role', 'enc'])).toMatchObject({ code: 0 })
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(5)
    expect(JSON.parse(readFileSync(join(folder, 'application.json'), 'utf8')).keys.enc).toHaveLength(2)
  })

  it('of the operator holds its private key and, apart, the public one for the hub', async () => {
    const t = await createTestHub()
    const folder = join(temporary(), 'operator')
    const init = await run(t, temporary(), ['init', '--operator', folder, '--json'])
    const { keyFile, publicFile } = JSON.parse(init.out)
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(publicFile, 'utf8')).not.toContain('"d"')
    expect(JSON.parse(readFileSync(publicFile, 'utf8')).keys).toHaveLength(1)
  })

  it('may leave the definition unsigned: its rules then only warn', async () => {
    const t = await createTestHub()
    const folder = join(temporary(), 'dbd')
    createWorkspace(folder, { member: 'th-dbd', hub: ORIGIN })
    await run(t, folder, ['keygen', '--leave-definition-unsigned'])
    await admitFrom(t, folder)
    writeFileSync(join(folder, 'shops.mapping.json'), MAPPING)
    const push = await publishAll(
      t,
      folder,
      CSV.replace('V-2569-0110,DBD Verified ระดับดี (Silver)', 'V-2569-0110,DBD Verified ระดับดีมาก (Gold)'),
    )
    expect(push).toMatchObject({ code: 0 })
    expect(push.out).toContain(`${IN_FORCE} published`)
  })

  it('warns when others can read a key', async () => {
    const { t, folder } = await prepare()
    const key = readdirSync(join(folder, 'keys')).find((name) => name.startsWith('issue'))!
    execFileSync('chmod', ['644', join(folder, 'keys', key)])
    expect((await run(t, folder, ['push', '--dry-run'])).err).toContain('chmod 600')
  })
})

describe('the command line', () => {
  it('prints a template and its mapping, which read each other', async () => {
    const { t, folder } = await prepare()
    const csv = await run(t, folder, ['import', '--template', '--lang', 'en'])
    const mapping = await run(t, folder, ['import', '--print-mapping', '--lang', 'en'])
    expect(csv.out).toMatch(/^\ufeffCertificate number,/)
    const [header = '', sample = ''] = csv.out.split(/\r?\n/)
    expect(parseMapping(mapping.out).columns.length).toBe(header.match(/("[^"]*"|[^,]+)/g)?.length)
    expect(sample).toMatch(/^SAMPLE-1,.*2026-11-22/)
    const both = JSON.parse((await run(t, folder, ['import', '--template', '--json'])).out)
    expect(both.template).toContain('เลขที่ใบรับรอง')
  })

  it('answers --json with exactly one object, also for errors', async () => {
    const { t, folder } = await prepare()
    for (const args of [
      ['import', 'shops.csv'],
      ['sign'],
      ['push', '--yes'],
      ['status', 'V-2569-0102', 'suspended', '--reason', 'x'],
      ['push', '--to', 'https://other.example'],
      ['import', 'none.csv'],
      ['sign', '--nonsense'],
    ]) {
      const { out, code } = await run(t, folder, [...args, '--json'])
      expect(out.trim().split('\n')).toHaveLength(1)
      const value = JSON.parse(out)
      expect('error' in value).toBe(code === 2)
    }
  })

  it('exits with 2 for whatever was typed wrong', async () => {
    const { t, folder } = await prepare()
    for (const args of [
      ['push', 'nonsense'],
      ['push', '--to', 'hub.example'],
      ['import', 'shops.csv', '--encoding', 'klingon'],
      ['import', 'shops.csv', '--lang', 'xx'],
      ['status', 'V-2569-0102', 'suspended', '--reason', 'x', '--lang', 'Thai'],
      ['status', 'no such id', 'suspended', '--reason', 'x'],
      ['status', 'V-2569-0102', 'suspended'],
      ['nonsense'],
    ])
      expect(await run(t, folder, args), args.join(' ')).toMatchObject({ code: 2 })
  })

  it('exits with 2 when the hub did not understand what was typed, with 1 when it refuses data', async () => {
    const t = await createTestHub()
    const answering = (code: 'bad-query' | 'record-revoked') => () =>
      new Command('ask').action(() => {
        throw new Refusal(code, 'No.')
      })
    const ask = async (code: 'bad-query' | 'record-revoked') =>
      (await run(t, temporary(), ['ask'], inProcess(t), undefined, [answering(code)])).code
    expect(await ask('bad-query')).toBe(2)
    expect(await ask('record-revoked')).toBe(1)
  })

  it('names the path that can not be written', async () => {
    const t = await createTestHub()
    const file = join(temporary(), 'file')
    writeFileSync(file, '')
    const init = await run(t, temporary(), ['init', join(file, 'dbd'), '--member', 'th-dbd'])
    expect(init.code).toBe(2)
    expect(init.err).toContain(`${join(file, 'dbd')} can't be written (ENOTDIR)`)
    const onto = await run(t, temporary(), ['init', file, '--member', 'th-dbd'])
    expect(onto.code).toBe(2)
    expect(onto.err).toContain(`${file} exists already`)
  })

  it('says that a workbook is one before it asks for a mapping', async () => {
    const { t, folder } = await prepare()
    writeFileSync(join(folder, 'shops.xlsx'), Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14]))
    rmSync(join(folder, 'shops.mapping.json'))
    const imported = await run(t, folder, ['import', 'shops.xlsx'])
    expect(imported.err).toMatch(/This is an Excel workbook.*CSV UTF-8/)
    expect(imported.err).not.toContain('mapping')
  })

  it('exits with 2 outside of a workspace and says how to make one', async () => {
    const t = await createTestHub()
    const sign = await run(t, temporary(), ['sign'])
    expect(sign.code).toBe(2)
    expect(sign.err).toContain('trustmark init')
    expect(sign.err).not.toContain('    at ')
    expect(await run(t, temporary(), ['init', '--member', 'xx-none'])).toMatchObject({ code: 2 })
  })

  it('runs as a program: help, keygen and an exit code', async () => {
    const binary = fileURLToPath(new URL('../bin/trustmark.js', import.meta.url))
    const start = (...args: string[]) => spawnSync(process.execPath, [binary, ...args], { encoding: 'utf8' })
    const help = start('--help')
    expect(help).toMatchObject({ status: 0, stderr: '' })
    for (const word of ['init', 'keygen', 'import', 'sign', 'push', 'status', 'standing', 'Exit codes:'])
      expect(help.stdout).toContain(word)
    const folder = join(temporary(), 'dbd')
    const init = ['init', folder, '--member', 'th-dbd', '--hub', ORIGIN]
    expect(await run(await createTestHub(), temporary(), init)).toMatchObject({ code: 0, err: '' })
    const keygen = start('keygen', '--json', '-C', folder)
    expect(keygen).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(keygen.stdout).keys).toHaveLength(4)
    expect(start('push', '-C', join(folder, 'nowhere'))).toMatchObject({ status: 2 })
  }, 120_000)
})

/** A hub whose operator's key lies in a folder of its own, as in life, with an agency that has applied. */
async function prepareOperator() {
  const operator = join(temporary(), 'operator')
  const { publicFile } = await createOperatorWorkspace(operator)
  const { keys: publicKeys } = JSON.parse(readFileSync(publicFile, 'utf8'))
  const keys = await loadHubKeys({ ...(await generateHubKeys()), operator: publicKeys }, ORIGIN)
  const stores = openStores(
    openSqlite(':memory:', fileURLToPath(new URL('../src/store/migrations', import.meta.url))),
  )
  let seconds = START
  const hub = await openHub({ origin: ORIGIN, demo: true, ...stores, keys, now: () => seconds * 1000 })
  const app = createApp({ hub, report: (error) => expect.unreachable(String(error)) })
  const t = { app, now: () => seconds }
  const dbd = join(temporary(), 'dbd')
  const workspace = createWorkspace(dbd, { member: 'th-dbd', hub: ORIGIN })
  await generateWorkspaceKeys(workspace)
  await writeApplication(workspace, ORIGIN, { now: seconds })
  writeFileSync(join(dbd, 'shops.csv'), CSV)
  writeFileSync(join(dbd, 'shops.mapping.json'), MAPPING)
  const sign = ['--operator', operator, '--to', ORIGIN]
  return {
    dbd,
    /** Runs an agency's command. */
    agency: (...args: string[]) => run(t, dbd, args),
    admit: (...args: string[]) => run(t, dbd, ['admit', ...args, ...sign]),
    standing: (args: string[], answer?: string) => {
      seconds += 1
      return run(t, dbd, ['standing', ...args, '--reason', 'Under review.', ...sign], undefined, answer)
    },
    size: async () => Number((await (await app.request('/log/checkpoint')).text()).split('\n')[1]),
    verdict: async (query: string) =>
      (await (await app.request(`/v1/verify?${query}`)).json()) as { verdict: string },
    member: async () => (await (await app.request('/v1/members/th-dbd')).json()) as { participation: string },
  }
}

describe('the operator', () => {
  it('admits once: the same application again sends nothing', async () => {
    const { dbd, admit, size } = await prepareOperator()
    expect(await admit('application.json')).toMatchObject({ code: 0 })
    expect(await size()).toBe(1)
    const again = await admit('application.json')
    expect(again).toMatchObject({ code: 0 })
    expect(again.out).toContain('admitted already, with just this definition and these keys (log index 0)')
    expect(JSON.parse((await admit('application.json', '--json')).out)).toMatchObject({
      outcome: 'unchanged',
      index: 0,
    })
    expect(await size()).toBe(1)
    expect(await admit('application.json', '--again')).toMatchObject({ code: 0 })
    expect(await size()).toBe(2)
    // A further key is something new to say, and so is a definition that is no longer signed.
    await generateWorkspaceKeys({ folder: dbd }, ['enc'])
    await writeApplication(openWorkspace(dbd), ORIGIN, { now: START })
    expect((await admit('application.json')).out).toContain('accepted')
    await writeApplication(openWorkspace(dbd), ORIGIN, { now: START, signDefinition: false })
    expect((await admit('application.json')).out).toContain('accepted')
    expect(await size()).toBe(4)
  })

  it('describes once, and takes a file that is no definition for wrong use', async () => {
    const { dbd, admit, size } = await prepareOperator()
    const ocpb = fileURLToPath(new URL('../members/th-ocpb/member.json', import.meta.url))
    expect(await admit(ocpb, '--describe')).toMatchObject({ code: 0 })
    expect((await admit(ocpb, '--describe')).out).toContain('described already')
    expect(await size()).toBe(1)
    expect(await admit(join(dbd, 'application.json'), '--describe')).toMatchObject({ code: 2 })
  })

  it('suspends a member and admits it again: the next look-up shows it', async () => {
    const { agency, admit, standing, verdict } = await prepareOperator()
    await admit('application.json')
    await agency('import', 'shops.csv')
    await agency('push', '--sign', '--yes')
    expect((await verdict(SILK)).verdict).toBe('certified')

    const suspended = await standing(['th-dbd', 'suspended', '--yes'])
    expect(suspended).toMatchObject({ code: 0 })
    expect(suspended.out).toContain('th-dbd is suspended (log index ')
    expect((await verdict(SILK)).verdict).toBe('issuer-suspended')
    const push = await agency('push', '--yes')
    expect(push).toMatchObject({ code: 1 })
    expect(push.err).toContain('th-dbd is "suspended"')
    expect(await standing(['th-dbd', 'suspended', '--yes'])).toMatchObject({ code: 1 })

    expect(await standing(['th-dbd', 'admitted'])).toMatchObject({ code: 0 })
    expect((await verdict(SILK)).verdict).toBe('certified')
    expect(await standing(['th-dbd', 'left', '--yes', '--lang', 'en'])).toMatchObject({ code: 0 })
    expect((await verdict(SILK)).verdict).toBe('issuer-left')
  })

  it('is asked before a member is suspended or leaves', async () => {
    const { admit, standing, member, size } = await prepareOperator()
    await admit('application.json')
    for (const change of ['suspended', 'left']) {
      const unasked = await standing(['th-dbd', change])
      expect(unasked).toMatchObject({ code: 2 })
      expect(unasked.err).toContain('Add --yes')
      const refused = await standing(['th-dbd', change], 'n')
      expect(refused).toMatchObject({ code: 4 })
      expect(refused.err).toContain(`It will be ${change}`)
    }
    expect(await size()).toBe(1)
    expect(await standing(['th-dbd', 'suspended'], 'y')).toMatchObject({ code: 0 })
    expect((await member()).participation).toBe('suspended')
  })

  it('is told of an unknown member or a nonsensical standing', async () => {
    const { standing, size } = await prepareOperator()
    for (const args of [
      ['th-dbd', 'left', '--yes'],
      ['no member', 'left', '--yes'],
      ['th-dbd', 'banned', '--yes'],
      ['th-dbd', 'left', '--yes', '--lang', 'Thai'],
    ])
      expect(await standing(args), args.join(' ')).toMatchObject({ code: 2 })
    expect(await size()).toBe(0)
  })
})

describe('from days to moments', () => {
  it('a day ends when the next begins, in every time zone', () => {
    expect(endOfDay('2027-03-14', 'Asia/Bangkok')).toBe(Date.UTC(2027, 2, 14, 17) / 1000)
    expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 23) / 1000)
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom(
          'Asia/Bangkok',
          'Asia/Tokyo',
          'Europe/Berlin',
          'America/New_York',
          'Pacific/Auckland',
          'UTC',
        ),
        (date, timeZone) => {
          const day = date.toISOString().slice(0, 10)
          const end = endOfDay(day, timeZone)
          expect(dayOf(end - 1, timeZone)).toBe(day)
          expect(dayOf(end, timeZone) > day).toBe(true)
        },
      ),
    )
  })
})

describe('batches', () => {
  it('keep the order and both limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (sizes) => {
        const statements = sizes.map((size, i) => ({ id: String(i), jws: 'x'.repeat(size) }))
        const batches = splitBatches(statements, 7, 60)
        expect(batches.flat()).toEqual(statements)
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(7)
          expect(batch.reduce((sum, { jws }) => sum + jws.length + 1, 0)).toBeLessThanOrEqual(60)
        }
      }),
    )
  })
})

describe('the logic without a terminal', () => {
  it('is callable by a program', async () => {
    const { t, folder } = await prepare()
    const workspace: Workspace & { hub: string } = chooseHub(openWorkspace(folder), undefined)
    importFile(workspace, Buffer.from(CSV), parseMapping(MAPPING), { file: 'th-dbd.csv', now: t.now() })
    await signDrafts(workspace, { now: t.now(), signer: await loadSigner(workspace) })
    const client = createHubClient(ORIGIN, { fetch: inProcess(t), sleep: async () => undefined })
    const steps: [number, number][] = []
    const summary = await pushOutbox(workspace, client, {
      now: t.now,
      onProgress: (done, total) => steps.push([done, total]),
    })
    expect(summary).toMatchObject({
      ended: 'pushed',
      rejected: [],
      pending: [],
      register: { count: IN_FORCE },
    })
    expect(summary.published).toHaveLength(IN_FORCE)
    expect(steps).toEqual([[IN_FORCE, IN_FORCE]])
    await expect(
      createHubClient('https://other.example', { fetch: inProcess(t) }).get(`${ORIGIN}/v1/members`),
    ).rejects.toBeInstanceOf(HubClientError)
  })
})

/** A register of so many Registered shops of one company. */
function manyShops(count: number): string {
  const [title, header, first] = CSV.split('\n')
  const rows = Array.from({ length: count }, (_, i) =>
    first!
      .replace('R-2567-0101', `R-2567-${10000 + i}`)
      .replace('https://somjai-silk.example', `https://shop-${i}.example`),
  )
  return [title, header, ...rows].join('\n')
}
