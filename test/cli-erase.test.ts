/** `trustmark erase`: a holder asks an agency to be forgotten; the hub forgets, and so does the agency's own folder. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { writeApplication } from '../src/cli/agency/application.js'
import { generateWorkspaceKeys, loadSigner } from '../src/cli/agency/keys.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { eraseCommand } from '../src/cli/commands/erase.js'
import { importCommand } from '../src/cli/commands/import.js'
import { pushCommand } from '../src/cli/commands/push.js'
import { signCommand } from '../src/cli/commands/sign.js'
import { statusCommand } from '../src/cli/commands/status.js'
import type { HubClientOptions } from '../src/cli/hub-client.js'
import { applicationFile, signAdmission } from '../src/cli/operator/sign-admission.js'
import { createWorkspace, openWorkspace } from '../src/cli/workspace.js'
import { RECORD_TYP, type RecordClaims } from '../src/record/record.js'
import { readPayload } from '../src/trust/jws.js'
import { createJti, type Signer, signJws } from '../src/trust/signer.js'
import { createTestHub, ORIGIN, signStanding, signStatus, type TestHub } from './hub-fixture.js'

const demo = (name: string) => readFileSync(new URL(`../src/cli/demo/${name}`, import.meta.url), 'utf8')
const CSV = demo('th-dbd.csv')
const COMMANDS = [importCommand, signCommand, pushCommand, statusCommand, eraseCommand]
/** Of a holder who has this one certificate: nothing about her is left beside it. */
const CERTIFICATE = 'R-2567-0111'
const ID = `th-dbd:${CERTIFICATE}`
const ROW = CSV.split('\n').findIndex((line) => line.startsWith(`${CERTIFICATE},`)) + 1

type Send = NonNullable<HubClientOptions['fetch']>
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

let t: TestHub
let folder: string
let signer: Signer
/** The holder's record as it was published, and every text of it that a file could hold. */
let claims: RecordClaims
let traces: string[]

async function run(
  args: string[],
  { answer, send, at = folder }: { answer?: string; send?: Send; at?: string } = {},
) {
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
  const code = await runCommandLine(COMMANDS, args, {
    cwd: at,
    env: {},
    stdin,
    stdout: sink('out'),
    stderr,
    now: () => t.now() * 1000,
    http: { fetch: send ?? ((url, init) => t.app.request(url, init)), sleep: async () => undefined },
  })
  return { code, ...seen }
}

/** An agency that has published its register. */
beforeEach(async () => {
  t = await createTestHub()
  folder = join(mkdtempSync(join(tmpdir(), 'trustmark-')), 'dbd')
  folders.push(join(folder, '..'))
  const workspace = createWorkspace(folder, { member: 'th-dbd', hub: ORIGIN })
  await generateWorkspaceKeys(workspace)
  await writeApplication(workspace, ORIGIN, { now: t.now() })
  const file = applicationFile.parse(JSON.parse(readFileSync(join(folder, 'application.json'), 'utf8')))
  await t.push(await signAdmission(file, t.operator, ORIGIN, t.now()))
  signer = await loadSigner(workspace)
  writeFileSync(join(folder, 'shops.csv'), CSV)
  writeFileSync(join(folder, 'shops.mapping.json'), demo('th-dbd.mapping.json'))
  await run(['import', 'shops.csv'])
  t.tick(10)
  expect((await run(['push', '--sign', '--yes'])).code).toBe(0)
  const { statement } = (await (await t.app.request(`/v1/records/${ID}`)).json()) as { statement?: string }
  const lines = (await (await t.app.request('/v1/changes?limit=1000')).text()).trim().split('\n')
  const jws = lines
    .map((line) => JSON.parse(line) as { kind: string; statement?: string })
    .find(
      (line) => line.kind === 'record' && readPayload<RecordClaims>(line.statement ?? '').trustmark.id === ID,
    )?.statement
  claims = readPayload<RecordClaims>(jws ?? statement ?? '')
  const { holder } = claims.trustmark
  traces = [
    ID,
    CERTIFICATE,
    ...Object.values(holder.name),
    ...holder.identifiers.map(({ value }) => value),
    jws ?? '',
  ]
  expect(traces.every((text) => text !== '')).toBe(true)
  t.tick(10)
})

/** Names of the folder's own files that hold any trace of the holder; the spreadsheet is the agency's, not ours. */
const holding = () =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('shops') && name !== 'keys')
    .filter((name) => traces.some((text) => readFileSync(join(folder, name), 'utf8').includes(text)))
const verdictOf = async (id = ID) => (await t.verdict(`record=${id}`)).verdict
const indicesOf = async (id = ID) => (await t.hub.store.history(id)).map(({ index }) => index)
const head = async () => (await t.hub.store.head())!.size
const published = () =>
  JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as {
    cursor: number
    erasedJtis?: string[]
    records: Record<string, { indices?: number[]; jtis?: string[] }>
  }
const count = async () => {
  const asOf = (await t.verdict('record=th-dbd:V-2569-0102')).asOf.members['th-dbd']
  return { count: asOf?.count, agrees: asOf?.agrees }
}
const sign = (over: object, id = ID) =>
  signJws(signer, RECORD_TYP, {
    ...claims,
    iat: t.now(),
    jti: createJti(),
    ...over,
    trustmark: { ...claims.trustmark, id },
  })

describe('erasing a record', () => {
  it('shows what will happen, asks, erases every entry and counts the register anew', async () => {
    await run(['status', CERTIFICATE, 'suspended', '--reason', 'x', '--lang', 'en'])
    await run(['status', CERTIFICATE, 'reinstated', '--reason', 'y', '--lang', 'en'])
    const indices = await indicesOf()
    expect(indices).toHaveLength(3)
    const before = Object.keys(published().records).length
    expect(holding()).toEqual(['drafts.json', 'published.json'])
    t.tick(10)
    const { code, out, err } = await run(['erase', CERTIFICATE], { answer: 'y' })
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('can NOT be undone') as string })
    expect(out).toContain(`${ID}: registered/registered, active; log entries ${indices.join(', ')}`)
    expect(out).toMatch(/erased at the hub and in this folder/)
    expect(out).toMatch(/Yours to do: remove the rows from shops\.csv.*backups/s)
    expect(await verdictOf()).toBe('not-found')
    expect(await indicesOf()).toEqual([])
    expect(Object.keys(published().records)).toHaveLength(before - 1)
    expect(holding()).toEqual([])
    expect(await count()).toEqual({ count: expect.any(Number), agrees: true })
  })

  it('does nothing when the answer is no, and asks nobody who is not there', async () => {
    const size = await head()
    expect(await run(['erase', CERTIFICATE], { answer: 'n' })).toMatchObject({ code: 4 })
    const alone = await run(['erase', CERTIFICATE])
    expect(alone).toMatchObject({ code: 2, err: expect.stringContaining('Add --yes') })
    expect(await head()).toBe(size)
    expect(existsSync(join(folder, 'erased.json'))).toBe(false)
  })

  it('refuses what is unknown, before it erases anything that is named with it', async () => {
    const size = await head()
    const { code, err } = await run(['erase', CERTIFICATE, 'R-0000-0000', '--yes'])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('th-dbd:R-0000-0000') })
    expect(await run(['erase', 'no such id', '--yes'])).toMatchObject({ code: 2 })
    expect(await head()).toBe(size)
  })

  it('shows what else is about the same holder, and leaves it', async () => {
    const { out } = await run(['erase', 'V-2569-0102', '--yes'])
    expect(out).toContain('Not named, and about the same holder: th-dbd:R-2566-0102')
    expect(await verdictOf('th-dbd:R-2566-0102')).toBe('identity-confirmed')
    expect((await run(['erase', CERTIFICATE, '--yes'])).out).not.toContain('same holder')
  })

  it('takes several at once, names each once and tells programs in JSON', async () => {
    const other = 'th-dbd:V-2569-0102'
    const [a, b] = [await indicesOf(), await indicesOf(other)]
    const { code, out } = await run(['erase', CERTIFICATE, ID, other, '--yes', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ended: 'erased',
      erased: [
        { record: ID, entries: a },
        { record: other, entries: b },
      ],
      rejected: [],
      pending: [],
    })
    expect([await verdictOf(), await verdictOf(other)]).toEqual(['not-found', 'not-found'])
  })

  it('removes what was signed and never sent, without asking the hub to erase anything', async () => {
    const csv = CSV.replaceAll(CERTIFICATE, 'R-2569-9999')
    writeFileSync(join(folder, 'shops.csv'), csv)
    await run(['import', 'shops.csv'])
    await run(['sign'])
    const size = await head()
    const { code, out } = await run(['erase', 'R-2569-9999', '--yes'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('the hub never had it') })
    expect(await head()).toBe(size)
    for (const name of ['drafts.json', 'outbox.ndjson'])
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('R-2569-9999')
  })

  it('works for a member that is suspended, whose register is not accepted then', async () => {
    await t.push(await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    const { code, out } = await run(['erase', CERTIFICATE, '--yes'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining('register as of') })
    expect(await verdictOf()).toBe('not-found')
  })

  it('reads again and tries once more when something was published meanwhile', async () => {
    let late: string | undefined = await sign({})
    const send: Send = async (url, init) => {
      if (init.method === 'POST' && late !== undefined) {
        const statement = late
        late = undefined
        expect(await t.push(statement)).toMatchObject([{ outcome: 'accepted' }])
      }
      return t.app.request(url, init)
    }
    const { code, out } = await run(['erase', CERTIFICATE, '--yes', '--json'], { send })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      erased: [{ record: ID, entries: [expect.any(Number), expect.any(Number)] }],
      rejected: [],
    })
    expect(await verdictOf()).toBe('not-found')
  })

  it('counts as done what another machine erased meanwhile', async () => {
    const second = join(folder, '..', 'second')
    copyFolder(folder, second)
    let raced = false
    const send: Send = async (url, init) => {
      if (init.method === 'POST' && !raced) {
        raced = true
        expect((await run(['erase', CERTIFICATE, '--yes'], { at: second })).code).toBe(0)
      }
      return t.app.request(url, init)
    }
    const { code, out } = await run(['erase', CERTIFICATE, '--yes'], { send })
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('another machine erased it meanwhile'),
    })
    expect(holding()).toEqual([])
  })

  it('goes on where it was when the line broke after the hub had it', async () => {
    const cut: Send = async (url, init) => {
      const response = await t.app.request(url, init)
      if (init.method === 'POST') throw new TypeError('fetch failed')
      return response
    }
    expect(await run(['erase', CERTIFICATE, '--yes'], { send: cut })).toMatchObject({ code: 3 })
    expect(await verdictOf()).toBe('not-found')
    // Tonight's job must not bring it back, and does not.
    t.tick(10)
    const night = await run(['push', '--sign', '--yes'])
    expect(night.code).toBe(0)
    expect(await verdictOf()).toBe('not-found')
    expect((await run(['erase', CERTIFICATE, '--yes'])).code).toBe(0)
    expect(holding()).toEqual([])
  })
})

function copyFolder(from: string, to: string): void {
  const { member } = openWorkspace(from)
  createWorkspace(to, { member, hub: ORIGIN })
  for (const name of readdirSync(join(from, 'keys')))
    writeFileSync(join(to, 'keys', name), readFileSync(join(from, 'keys', name)))
}

describe('after an erasure', () => {
  beforeEach(async () => {
    expect((await run(['erase', CERTIFICATE, '--yes'])).code).toBe(0)
    t.tick(10)
  })

  it('importing the same spreadsheet warns, and neither sign nor push publishes it again', async () => {
    const imported = await run(['import', 'shops.csv'])
    expect(imported.out).toMatch(new RegExp(`1 erased here at the holder's wish.*row ${ROW}`))
    const { out } = await run(['sign'])
    expect(out).toMatch(/erased at the holder's wish, so not published again/)
    const pushed = await run(['push', '--sign', '--yes', '--revoke-missing'])
    expect(pushed.code).toBe(0)
    expect(await verdictOf()).toBe('not-found')
    expect(await count()).toMatchObject({ agrees: true })
  })

  it('a holder who wants the mark back is published again, once that is said', async () => {
    await run(['import', 'shops.csv'])
    expect((await run(['erase', CERTIFICATE, '--allow-again'])).code).toBe(0)
    expect((await run(['push', '--sign', '--yes'])).code).toBe(0)
    expect(await verdictOf()).toBe('identity-confirmed')
    t.tick(10)
    expect((await run(['erase', CERTIFICATE, '--yes'])).code).toBe(0)
    expect(await verdictOf()).toBe('not-found')
  })

  it('status, push and sign go on for the other records', async () => {
    const { code, out } = await run(['status', 'V-2569-0102', 'suspended', '--reason', 'x', '--lang', 'en'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('in force') })
    expect((await run(['push', '--yes'])).code).toBe(0)
    expect(await run(['status', CERTIFICATE, 'revoked', '--reason', 'x', '--yes'])).toMatchObject({ code: 2 })
    expect(await count()).toMatchObject({ agrees: true })
  })

  it('a fresh folder with the same keys catches up across the erased entries', async () => {
    const other = join(folder, '..', 'fresh')
    copyFolder(folder, other)
    const { code, out } = await run(['push', '--yes', '--json'], { at: other })
    expect(code).toBe(0)
    const { register } = JSON.parse(out) as { register: { count: number } }
    expect(await count()).toEqual({ count: register.count, agrees: true })
    const read = (at: string) =>
      JSON.parse(readFileSync(join(at, 'published.json'), 'utf8')) as { records: object }
    await run(['push', '--yes'])
    expect(Object.keys(read(other).records).sort()).toEqual(Object.keys(read(folder).records).sort())
  })

  it('a fresh folder erases another record, whose jtis it has read by itself', async () => {
    const other = join(folder, '..', 'fresh-erases')
    copyFolder(folder, other)
    const id = 'th-dbd:R-2566-0102'
    const indices = await indicesOf(id)
    const { code, out } = await run(['erase', id, '--yes', '--json'], { at: other })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ erased: [{ record: id, entries: indices }], rejected: [] })
    expect(await verdictOf(id)).toBe('not-found')
    expect(await count()).toMatchObject({ agrees: true })
  })

  it('erasing again says that nothing is left', async () => {
    const { code, err } = await run(['erase', CERTIFICATE, '--yes'])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('erased already') })
  })

  it('the folder remembers it by a hash alone', async () => {
    const text = readFileSync(join(folder, 'erased.json'), 'utf8')
    expect(text).not.toContain(CERTIFICATE)
    expect(JSON.parse(text)).toEqual({ hub: ORIGIN, erased: [expect.stringMatching(/^[0-9a-f]{64}$/)] })
  })
})

describe('published.json', () => {
  it.each(['indices', 'jtis'] as const)('of an earlier version, without %s, is read anew', async (name) => {
    const file = published()
    for (const record of Object.values(file.records)) delete record[name]
    delete file.erasedJtis
    writeFileSync(join(folder, 'published.json'), JSON.stringify(file))
    const indices = await indicesOf()
    const { code, out } = await run(['erase', CERTIFICATE, '--yes', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ erased: [{ record: ID, entries: indices }] })
  })

  it('with another number of jtis than indices is read anew, and keeps the jtis of what was erased', async () => {
    const file = published()
    const { jtis = [] } = file.records[ID] ?? {}
    expect(jtis).toHaveLength(1)
    file.records[ID]!.jtis = []
    writeFileSync(join(folder, 'published.json'), JSON.stringify(file))
    t.tick(10)
    expect((await run(['erase', CERTIFICATE, '--yes'])).code).toBe(0)
    expect(published().erasedJtis).toEqual(jtis)
  })

  it('with indices that can’t be is read anew too', async () => {
    for (const bend of [(at: number[]) => [...at, 99_999], (at: number[]) => [at[0]! + 1], () => [5, 5]]) {
      const file = published()
      const entry = file.records[ID]!
      entry.indices = bend(entry.indices ?? [])
      writeFileSync(join(folder, 'published.json'), JSON.stringify(file))
      t.tick(10)
      expect((await run(['push', '--yes'])).code).toBe(0)
      expect(published().records[ID]?.indices).toEqual(await indicesOf())
    }
  })

  it('holds the indices of records and status changes alike', async () => {
    await t.push(await signStatus({ id: 'th-dbd', signer } as never, ID, 'suspended', t.now()))
    await run(['push', '--yes'])
    expect(published().records[ID]?.indices).toEqual(await indicesOf())
  })
})
