/** Officers and a consumer around a real hub in memory: agencies with folders of their own, acting through the command line. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { createHubApi } from '../src/browser/kit/hub-api.js'
import { writeApplication } from '../src/cli/agency/application.js'
import { generateWorkspaceKeys } from '../src/cli/agency/keys.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { caseCommand } from '../src/cli/commands/case.js'
import { inboxCommand } from '../src/cli/commands/inbox.js'
import { queueCommand } from '../src/cli/commands/queue.js'
import { webhookCommand } from '../src/cli/commands/webhook.js'
import { type DemoComplaint, type DemoConsumer, fileComplaint } from '../src/cli/demo/demo-consumer.js'
import type { HubClientOptions } from '../src/cli/hub-client.js'
import { signAdmission } from '../src/cli/operator/sign-admission.js'
import { createWorkspace, openWorkspace } from '../src/cli/workspace.js'
import { createTestHub, ORIGIN, recordClaims, signRecord, type TestHub } from './hub-fixture.js'

export const SHOP = 'https://somjai-silk.example'
const COMMANDS = [inboxCommand, caseCommand, webhookCommand, queueCommand]
type Send = NonNullable<HubClientOptions['fetch']>

export interface Outcome {
  code: number
  out: string
  err: string
}

export interface Desks {
  t: TestHub
  /** Folders of the agencies by member id. */
  folders: Record<'jp-ccj' | 'th-ocpb', string>
  send: Send
  /** Runs a command line in a folder; `send` may lie, `answer` is typed at a terminal. */
  run(folder: string, args: readonly string[], own?: { send?: Send; answer?: string }): Promise<Outcome>
  /** The same, with `--json` and the code 0 expected. */
  // biome-ignore lint/suspicious/noExplicitAny: every command has a shape of its own, which its test spells out
  json(folder: string, ...args: string[]): Promise<Record<string, any>>
  file(over?: Partial<DemoComplaint> & { payload?: Partial<DemoComplaint['payload']> }): Promise<DemoConsumer>
  close(): void
}

/** An agency's folder, admitted with the keys that lie in it; again after it made further keys. */
export async function admitFolder(t: TestHub, folder: string): Promise<void> {
  const { application } = await writeApplication(openWorkspace(folder), ORIGIN, { now: t.now() })
  const [result] = await t.push(await signAdmission(application, t.operator, ORIGIN, t.now()))
  if (result?.outcome !== 'accepted') throw new Error(JSON.stringify(result))
}

export async function createDesks(): Promise<Desks> {
  const t = await createTestHub()
  const root = mkdtempSync(join(tmpdir(), 'trustmark-desks-'))
  const dbd = await t.admit('th-dbd')
  await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), { url: SHOP })))
  const folders = { 'jp-ccj': join(root, 'ccj'), 'th-ocpb': join(root, 'ocpb') }
  for (const [member, folder] of Object.entries(folders)) {
    await generateWorkspaceKeys(createWorkspace(folder, { member, hub: ORIGIN }))
    await admitFolder(t, folder)
  }
  const send: Send = (url, init) => t.app.request(url, init)
  const quick = { fetch: send, sleep: async () => undefined }
  const api = createHubApi(ORIGIN, { fetch: send })
  const run: Desks['run'] = async (folder, args, own = {}) => {
    // Assertions are single-use, not single-second; the story's clock moves on all the same.
    t.tick(1)
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
    if (own.answer !== undefined) {
      stdin.isTTY = true
      stderr.isTTY = true
      stdin.write(`${own.answer}\n`)
    }
    const code = await runCommandLine(COMMANDS, args, {
      cwd: folder,
      env: {},
      stdin,
      stdout: sink('out'),
      stderr,
      now: () => t.now() * 1000,
      http: { ...quick, fetch: own.send ?? send },
    })
    return { code, ...seen }
  }
  return {
    t,
    folders,
    send,
    run,
    async json(folder, ...args) {
      const { code, out, err } = await run(folder, ['--json', ...args])
      if (code !== 0) throw new Error(`trustmark ${args.join(' ')}: ${code} ${out}${err}`)
      return JSON.parse(out)
    },
    file: (over = {}) => {
      const complaint = sampleComplaint()
      const whole = { ...complaint, ...over, payload: { ...complaint.payload, ...over.payload } }
      return fileComplaint(api, whole, t.now)
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

export const STORY = '荷物が届きません。\n二度書きましたが返事がありません。'

function sampleComplaint(): DemoComplaint {
  const paid = { amount: '1290', currency: 'THB' }
  return {
    question: {
      kind: 'complaint',
      relation: 'B2C',
      consumerCountry: 'JP',
      purchaseUrl: SHOP,
      claimType: 'non_delivery',
      amountBand: 0,
      currency: 'THB',
      lang: 'ja',
      contactedMerchant: true,
      otherProceedings: false,
      minor: false,
    },
    payload: {
      shop: { name: 'Somjai Silk', url: SHOP },
      transaction: { orderNo: 'A-4711', date: '2026-10-01', paid, paymentMethod: 'card' },
      contacted: { date: '2026-10-20', channel: 'email', result: 'no_answer' },
      remedy: { sought: ['refund'], amount: paid },
      story: { lang: 'ja', text: STORY, made: 'original' },
      conveyIdentity: true,
    },
    identity: { name: '山田花子', email: 'hanako@consumer.example', phone: '+81 90 0000 0000' },
  }
}
