/** A hub with its data in a real folder, filled with a story in which everything happens that a log can hold. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { Hono } from 'hono'
import { createApp } from '../src/app.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { backupCommand } from '../src/cli/commands/backup.js'
import { rebuildCommand } from '../src/cli/commands/rebuild.js'
import { restoreCommand } from '../src/cli/commands/restore.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import type { Hub } from '../src/hub/hub.js'
import { openNodeHub } from '../src/node.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner, type Signer } from '../src/trust/signer.js'
import { asConsumer, fileCase, readJson, type Stage } from './case-play.js'
import { createMember, type LineResult } from './hub-fixture.js'
import {
  ORIGIN,
  readmit,
  recordClaims,
  signErasure,
  signLogKey,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
  type TestMember,
} from './signing.js'

export const migrations = new URL('../src/store/migrations', import.meta.url).pathname

export interface DataHub extends Stage {
  members: Record<string, TestMember>
  /** The data folder. */
  data: string
  /** The statement that the story erases. */
  erased: string
  hub: Hub
  app: Hono
  tick(seconds?: number): void
  push(...statements: string[]): Promise<LineResult[]>
  admit(id: string): Promise<TestMember>
  shop(name: string, over?: object): Promise<string>
  indicesOf(record: string): Promise<number[]>
  close(): Promise<void>
  reopen(): Promise<void>
}

/** Members sign as of an hour ago, a second each, so that the hub's clock is never behind them. */
export async function createDataHub(folder: string): Promise<DataHub> {
  const data = join(folder, 'data')
  const operatorKey = await generateKey('operator')
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys', 'operator.jwks.json'), JSON.stringify({ keys: [operatorKey.publicJwk] }))
  const operator = await createSigner(operatorKey.privateJwk)
  return openDataHub(data, operator, {}, Math.floor(Date.now() / 1000) - 3600)
}

/** A hub on a data folder that is there. */
export async function openDataHub(
  data: string,
  operator: Signer,
  members: Record<string, TestMember>,
  start: number,
): Promise<DataHub> {
  let seconds = start
  const report = (error: unknown) => {
    throw error
  }
  const open = async () => {
    const { hub, close } = await openNodeHub({
      origin: ORIGIN,
      demo: true,
      port: 8787,
      host: '127.0.0.1',
      data,
    })
    return { hub, close, app: createApp({ hub, report, addressOf: () => '203.0.113.1' }) }
  }
  let opened = await open()
  const self: DataHub = {
    data,
    erased: '',
    origin: ORIGIN,
    operator,
    members,
    get hub() {
      return opened.hub
    },
    get app() {
      return opened.app
    },
    now: () => seconds,
    tick: (by = 1) => {
      seconds += by
    },
    request: async (path, init) => opened.app.request(path, init),
    async push(...statements) {
      const body = JSON.stringify({ statements })
      const headers = { 'Content-Type': 'application/json' }
      const response = await opened.app.request('/v1/statements', { method: 'POST', headers, body })
      return (await readJson<{ results: LineResult[] }>(response)).results
    },
    async admit(id) {
      const member: TestMember = {
        ...(await createMember(id, ORIGIN, operator, seconds)),
        async jtisOf(indices) {
          const known = new Map((await opened.hub.store.filed(indices)).map(({ index, jti }) => [index, jti]))
          return indices.map((index) => known.get(index) ?? null)
        },
      }
      members[id] = member
      await pushAll(self, member.admission)
      return member
    },
    shop: (name, over = {}) => {
      const by = members['th-dbd']!
      const url = `https://${name.toLowerCase()}.example`
      return signRecord(by, recordClaims(by, seconds, { certificate: name, url, ...over }))
    },
    indicesOf: async (record) => (await opened.hub.store.history(record)).map(({ index }) => index),
    close: () => opened.close(),
    reopen: async () => {
      opened = await open()
    },
  }
  return self
}

/** @throws Error unless every statement is accepted */
export async function pushAll(t: DataHub, ...statements: string[]): Promise<void> {
  for (const result of await t.push(...statements))
    if (result.outcome !== 'accepted') throw new Error(JSON.stringify(result))
  t.tick()
}

/** A log in which everything happened, a waiting statement, and a case with a sealed file. */
export async function fill(t: DataHub): Promise<void> {
  for (const id of ['th-dbd', 'jp-ccj', 'th-ocpb', 'vn-ecomviet']) await t.admit(id)
  const dbd = t.members['th-dbd']!
  const id = (name: string) => `th-dbd:${name}`
  await pushAll(t, await t.shop('A-1'), await t.shop('A-2'), await t.shop('A-3'), await t.shop('A-4'))
  t.erased = await t.shop('E-1', { holder: { name: { en: 'Forgotten Holder Ltd.' } } })
  await pushAll(t, t.erased)
  await pushAll(t, await signRegister(dbd, ['A-1', 'A-2', 'A-3', 'A-4', 'E-1'].map(id), t.now()))
  await pushAll(t, await signStatus(dbd, id('A-2'), 'suspended', t.now()))
  await pushAll(t, await signStatus(dbd, id('A-3'), 'revoked', t.now()))
  await pushAll(t, await signStatus(dbd, id('E-1'), 'suspended', t.now()))
  await pushAll(t, await t.shop('A-4', { url: 'https://a-four.example' }))
  await pushAll(t, await signErasure(dbd, await t.indicesOf(id('E-1')), t.now()))
  await pushAll(t, await signStanding(t.operator, 'vn-ecomviet', 'suspended', t.now()))
  await pushAll(t, await signRegister(dbd, ['A-1', 'A-4'].map(id), t.now()))
  const readmitted = await readmit(t.members['jp-ccj']!, ORIGIN, t.operator, t.now())
  await pushAll(t, readmitted.admission)
  t.members['jp-ccj'] = readmitted
  await fileWithAttachment(t)
}

/** @returns the case's reference */
export async function fileWithAttachment(t: DataHub): Promise<string> {
  const file = await sealAttachment(new Uint8Array(20_000).fill(7), {
    name: 'a.pdf',
    type: 'application/pdf',
  })
  const filed = await fileCase(
    { ...t, now: () => Math.floor(Date.now() / 1000) },
    {
      attachments: [file.notice],
      complaint: { attachments: [file.key] },
    },
  )
  const her = asConsumer({ ...t, now: () => Math.floor(Date.now() / 1000) }, filed)
  await readJson(
    await her.request(`/v1/cases/${filed.ref}/attachments/${file.notice.id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file.sealed,
    }),
  )
  return filed.ref
}

/** Everything that a hub says in public, byte by byte; only what carries the time of asking is left out. */
export async function answersOf({ app }: Pick<DataHub, 'app'>): Promise<Record<string, string>> {
  const names = ['A-1', 'A-2', 'A-3', 'A-4', 'E-1', 'nobody']
  const paths = [
    ...names.flatMap((name) => [
      `/v1/verify?record=th-dbd:${name}`,
      `/v1/verify?url=https://${name.toLowerCase()}.example&for=VN`,
      `/v1/records/th-dbd:${name}`,
      `/v1/records/th-dbd:${name}/history`,
      `/v1/records/th-dbd:${name}/proof`,
    ]),
    '/v1/verify?url=https://a-four.example',
    '/v1/search',
    '/v1/search?q=somjai&kind=identity&limit=1',
    '/v1/verify?identifier=0105548060561',
    '/v1/members',
    '/v1/members/th-dbd',
    '/v1/members/jp-ccj',
    '/v1/changes',
    '/v1/changes?country=TH',
    '/v1/changes?state=current',
    '/log/checkpoint',
    '/log/vkey',
    '/v1/principles',
  ]
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await app.request(path)
      return [path, `${response.status} ${await response.text()}`] as const
    }),
  )
  return Object.fromEntries(answers)
}

/** Runs one command line; `hubs` answers for addresses. */
export async function run(
  args: readonly string[],
  hubs: Record<string, Pick<Hono, 'request'>> = {},
): Promise<{ code: number; out: string; err: string; json: () => Record<string, unknown> }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([backupCommand, restoreCommand, rebuildCommand], args, {
    cwd: tmpdir(),
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: Date.now,
    http: {
      fetch: async (url, init) => {
        const hub = hubs[new URL(url).origin]
        if (!hub) throw new TypeError(`nobody is at ${url}`)
        return hub.request(url, init)
      },
      sleep: async () => undefined,
    },
  })
  const out = String(stdout.read() ?? '')
  return { code, out, err: String(stderr.read() ?? ''), json: () => JSON.parse(out) }
}

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'hub-data-'))
}

export { signErasure, signLogKey, signRegister, signStatus }
