/** `trustmark rotate log-key`: each step on its own machine, in order, repeated, too early, and with restarts between. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../src/app.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { rotateCommand } from '../src/cli/commands/rotate.js'
import { verifyCommand } from '../src/cli/commands/verify.js'
import { pinAnchor, readAnchorFile } from '../src/cli/look-up/anchor-file.js'
import { createOperatorWorkspace } from '../src/cli/operator/operator-workspace.js'
import type { HubPort } from '../src/follow-log-keys.js'
import type { Hub } from '../src/hub/hub.js'
import { parseNote } from '../src/log/note.js'
import { openNodeHub } from '../src/node.js'
import { generateLogKey, hubKeyFile, loadHubKeys } from '../src/trust/key-file.js'
import { type Anchor, listLogKeys, readAnchor } from '../src/verify.js'
import { ORIGIN, START } from './hub-fixture.js'
import { portOf } from './hub-port.js'

let folder: string
let data: string
let running: { hub: Hub; app: ReturnType<typeof createApp>; close(): Promise<void> } | undefined
let anchorFile: string

async function start(): Promise<void> {
  const config = { origin: ORIGIN, demo: false, port: 8787, host: '127.0.0.1', data }
  const { hub, close } = await openNodeHub(config)
  const app = createApp({
    hub,
    addressOf: () => 'test',
    report: (error) => {
      throw error
    },
  })
  running = { hub, app, close }
}

async function stop(): Promise<void> {
  await running?.close()
  running = undefined
}

async function restart(): Promise<void> {
  await stop()
  await start()
}

/** Runs a command line with `--json`; somebody sits there who answers only if `answer` is given. */
async function run(
  args: string[],
  answer?: string,
): Promise<{ code: number; json: Record<string, unknown> & { error?: { code: string; detail: string } } }> {
  let out = ''
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      out += chunk
      done()
    },
  })
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined })
  if (answer !== undefined) stdin.end(`${answer}\n`)
  const code = await runCommandLine(
    [rotateCommand, verifyCommand],
    answer === undefined ? [...args, '--json'] : args,
    {
      cwd: folder,
      env: { HUB_DATA: data },
      stdin,
      stdout,
      stderr: Object.assign(silent, { isTTY: true }),
      now: Date.now,
      http: {
        fetch: (url, init) => {
          if (!running) throw new TypeError('the hub is stopped')
          return running.app.request(url, init)
        },
        sleep: async () => undefined,
      },
    },
  )
  return { code, json: answer === undefined ? JSON.parse(out || '{}') : { text: out } }
}

const rotate = (step: string, ...args: string[]) => run(['rotate', 'log-key', step, ...args])
const asOperator = (step: string, vkey: string, ...args: string[]) =>
  rotate(step, vkey, '--operator', join(folder, 'operator'), '--to', ORIGIN, ...args)
const keyFile = (name: string): string => join(data, 'keys', name)
const text = async (path: string): Promise<string> => (await running?.app.request(path))?.text() ?? ''
const port = (): HubPort => portOf(running!.app)
const anchorNow = async (): Promise<Anchor> =>
  readAnchor(await text('/alliance/.well-known/openid-federation'), ORIGIN, Date.now() / 1000)
const signatures = async (): Promise<number> => parseNote(await text('/log/checkpoint')).signatures.length
/** Steps 1 and 2. @returns the next key's verifier line */
async function begun(): Promise<string> {
  const { json } = await rotate('begin')
  await restart()
  return String(json.vkey)
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START * 1000 })
  folder = mkdtempSync(join(tmpdir(), 'trustmark-rotate-'))
  data = join(folder, 'data')
  anchorFile = join(folder, 'anchor.json')
  const { publicFile } = await createOperatorWorkspace(join(folder, 'operator'))
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys/operator.jwks.json'), readFileSync(publicFile))
  await start()
})
afterEach(async () => {
  await stop()
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

describe('trustmark rotate log-key', () => {
  it('replaces the key of a hub, each step repeatable', async () => {
    const old = running?.hub.keys.vkeys[0] ?? ''
    await pinAnchor(anchorFile, await anchorNow(), port())

    const begin = await rotate('begin')
    expect(begin).toMatchObject({ code: 0, json: { made: true, file: keyFile('log-next.jwk.json') } })
    const young = String(begin.json.vkey)
    expect(statSync(keyFile('log-next.jwk.json')).mode & 0o777).toBe(0o600)
    expect(await rotate('begin')).toMatchObject({ code: 0, json: { made: false, vkey: young } })
    await restart()
    expect(await signatures()).toBe(2)

    expect(await asOperator('announce', young)).toMatchObject({
      code: 0,
      json: { outcome: 'accepted', index: 0 },
    })
    expect(await asOperator('announce', young)).toMatchObject({
      code: 0,
      json: { outcome: 'duplicate', index: 0 },
    })
    await restart()

    // the hub may run meanwhile; it goes on with both keys until it is started again
    const finish = await rotate('finish')
    expect(finish).toMatchObject({ code: 0, json: { current: { vkey: young }, retired: { vkey: old } } })
    const kept = (finish.json as { retired: { file: string } }).retired.file
    expect(statSync(kept).mode & 0o777).toBe(0o600)
    expect(existsSync(keyFile('log-next.jwk.json'))).toBe(false)
    expect(await rotate('finish')).toMatchObject({
      code: 2,
      json: { error: { detail: expect.stringContaining('start the hub again') } },
    })
    await restart()
    expect(running?.hub.keys.vkeys).toEqual([young])

    expect(await asOperator('retire', old, '--yes')).toMatchObject({
      code: 0,
      json: { outcome: 'accepted', index: 1 },
    })
    expect(await asOperator('retire', old)).toMatchObject({
      code: 0,
      json: { outcome: 'duplicate', index: 1 },
    })
    await restart()
    expect(await signatures()).toBe(1)

    // whoever pinned before is told, and pins anew without removing the file
    const looked = await run(['verify', 'https://nobody.example', '--hub', ORIGIN, '--anchor', anchorFile])
    expect(looked.json).toMatchObject({
      trusted: true,
      logKeys: [
        { change: 'announced', index: 0 },
        { change: 'retired', index: 1 },
      ],
    })
    expect(listLogKeys(readAnchorFile(anchorFile, ORIGIN))).toEqual([old])
    await run([
      'verify',
      'https://nobody.example',
      '--hub',
      ORIGIN,
      '--anchor',
      anchorFile,
      '--pin',
      anchorFile,
    ])
    expect(listLogKeys(readAnchorFile(anchorFile, ORIGIN))).toEqual([young])
  })

  it('goes through a second time, and keeps each old key beside', async () => {
    const kept: string[] = []
    for (let turn = 0; turn < 2; turn++) {
      const young = await begun()
      await asOperator('announce', young)
      const { json } = await rotate('finish')
      const { retired } = json as { retired: { file: string; vkey: string } }
      kept.push(retired.file)
      await restart()
      expect(await asOperator('retire', retired.vkey, '--yes')).toMatchObject({ code: 0 })
    }
    expect(new Set(kept).size).toBe(2)
    expect(kept.every((file) => existsSync(file))).toBe(true)
  })

  it('finishes after being killed between copying and replacing', async () => {
    const young = await begun()
    await asOperator('announce', young)
    const before = readFileSync(keyFile('log.jwk.json'), 'utf8')
    const keyId = (running?.hub.keys.vkeys[0] ?? '').split('+')[1]
    writeFileSync(keyFile(`log.jwk.json.retired-${keyId}`), '{"half')
    expect(await rotate('finish')).toMatchObject({ code: 0 })
    expect(readFileSync(keyFile(`log.jwk.json.retired-${keyId}`), 'utf8')).toBe(before)
    await restart()
    expect(running?.hub.keys.vkeys).toEqual([young])
  })
})

describe('trustmark rotate log-key for a hub on Workers', () => {
  it('takes the next key into the secret’s file, and makes it current once it is announced', async () => {
    const old = running?.hub.keys.vkeys[0] ?? ''
    const secret = join(folder, 'hub-keys.json')
    const stored = (name: string) => JSON.parse(readFileSync(keyFile(name), 'utf8'))
    const keys = { federation: stored('federation.jwk.json'), log: stored('log.jwk.json') }
    writeFileSync(secret, JSON.stringify({ ...keys, operator: stored('operator.jwks.json').keys }))
    const where = ['--keys', secret, '--hub', ORIGIN]

    expect(await rotate('finish', ...where)).toMatchObject({ code: 2 })
    const begin = await rotate('begin', ...where)
    expect(begin).toMatchObject({ code: 0, json: { made: true, file: secret } })
    const young = String(begin.json.vkey)
    expect(await rotate('begin', ...where)).toMatchObject({ json: { made: false, vkey: young } })
    expect(statSync(secret).mode & 0o777).toBe(0o600)
    expect(
      (await loadHubKeys(hubKeyFile.parse(JSON.parse(readFileSync(secret, 'utf8'))), ORIGIN)).vkeys,
    ).toEqual([old, young])
    expect(await rotate('finish', ...where)).toMatchObject({
      code: 1,
      json: { error: { code: 'unknown-log-key' } },
    })

    // what setting the secret does there, the files do here
    writeFileSync(
      keyFile('log-next.jwk.json'),
      JSON.stringify(JSON.parse(readFileSync(secret, 'utf8')).logNext),
    )
    await restart()
    await asOperator('announce', young)
    expect(await rotate('finish', ...where)).toMatchObject({
      code: 0,
      json: { current: { vkey: young }, retired: { vkey: old } },
    })
    expect(
      (await loadHubKeys(hubKeyFile.parse(JSON.parse(readFileSync(secret, 'utf8'))), ORIGIN)).vkeys,
    ).toEqual([young])
  })

  it('asks for file and hub together', async () => {
    expect(await rotate('begin', '--keys', 'hub-keys.json')).toMatchObject({ code: 2 })
    expect(await rotate('begin', '--hub', ORIGIN)).toMatchObject({ code: 2 })
  })
})

describe('a step too early is refused with what to do first', () => {
  it('finish without begin, and before the announcement', async () => {
    expect(await rotate('finish')).toMatchObject({
      code: 2,
      json: { error: { detail: expect.stringContaining('rotate log-key begin') } },
    })
    const before = readFileSync(keyFile('log.jwk.json'), 'utf8')
    const young = await begun()
    expect(await rotate('finish')).toMatchObject({
      code: 1,
      json: {
        error: {
          code: 'unknown-log-key',
          detail: expect.stringContaining(`rotate log-key announce ${young}`),
        },
      },
    })
    expect(readFileSync(keyFile('log.jwk.json'), 'utf8')).toBe(before)
  })

  it('begin where no hub has its data', async () => {
    data = join(folder, 'nothing')
    expect((await rotate('begin')).code).not.toBe(0)
    expect(existsSync(data)).toBe(false)
  })

  it('announce before the hub signs with the key', async () => {
    const { json } = await rotate('begin')
    const refused = await asOperator('announce', String(json.vkey))
    expect(refused).toMatchObject({
      code: 1,
      json: { error: { code: 'bad-log-key', detail: expect.stringContaining('Start the hub again') } },
    })
    await restart()
    expect(await asOperator('announce', String(json.vkey))).toMatchObject({ code: 0 })
  })

  it('announce of what is no key of this log, of the log’s own key, and of one that was retired', async () => {
    const old = running?.hub.keys.vkeys[0] ?? ''
    expect(await asOperator('announce', 'nonsense')).toMatchObject({ code: 2 })
    expect(await asOperator('announce', `${old.slice(0, -4)}AAA=`)).toMatchObject({ code: 2 })
    expect(await asOperator('announce', old)).toMatchObject({
      code: 1,
      json: { error: { code: 'bad-log-key' } },
    })
    const young = await begun()
    await asOperator('announce', young)
    expect(await asOperator('retire', young, '--yes')).toMatchObject({ code: 0 })
    expect(await asOperator('announce', young)).toMatchObject({
      code: 1,
      json: { error: { detail: expect.stringContaining('never comes back') } },
    })
    expect(await rotate('finish')).toMatchObject({ code: 1, json: { error: { code: 'unknown-log-key' } } })
  })

  it('retire of the key that signs, alone or beside the next one, and of one that was never announced', async () => {
    const old = running?.hub.keys.vkeys[0] ?? ''
    const told = { code: 1, json: { error: { detail: expect.stringContaining('rotate log-key finish') } } }
    expect(await asOperator('retire', old, '--yes')).toMatchObject(told)
    const young = await begun()
    expect(await asOperator('retire', young, '--yes')).toMatchObject({
      code: 1,
      json: { error: { detail: expect.stringContaining('never announced') } },
    })
    await asOperator('announce', young)
    expect(await asOperator('retire', old, '--yes')).toMatchObject(told)
  })

  it('by whoever is not the operator', async () => {
    const young = await begun()
    await createOperatorWorkspace(join(folder, 'stranger'))
    expect(
      await rotate('announce', young, '--operator', join(folder, 'stranger'), '--to', ORIGIN),
    ).toMatchObject({
      code: 2,
      json: { error: { detail: expect.stringContaining('does not know the operator key') } },
    })
  })

  it('retire without anybody to ask, or after a no', async () => {
    const old = running?.hub.keys.vkeys[0] ?? ''
    const young = await begun()
    await asOperator('announce', young)
    await rotate('finish')
    await restart()
    expect(await asOperator('retire', old)).toMatchObject({ code: 2 })
    const args = ['rotate', 'log-key', 'retire', old, '--operator', join(folder, 'operator'), '--to', ORIGIN]
    expect((await run(args, 'n')).code).toBe(4)
    expect((await run(args, 'y')).code).toBe(0)
  })
})

describe('pinned keys', () => {
  it('stay what they are when the hub names log keys that the operator did not announce', async () => {
    const anchor = await anchorNow()
    await pinAnchor(anchorFile, anchor, port())
    await stop()
    writeFileSync(keyFile('log-next.jwk.json'), JSON.stringify(await generateLogKey()))
    await start()
    const other = running?.hub.keys.vkeys[1] ?? ''
    const unannounced = { ...anchor, log: { ...anchor.log, vkeys: [anchor.log.vkey, other] } }
    await expect(pinAnchor(anchorFile, unannounced, port())).rejects.toThrow('ask it by telephone')
    expect(listLogKeys(readAnchorFile(anchorFile, ORIGIN))).toEqual([anchor.log.vkey])
  })

  it('move on with the operator’s word, whichever of two anchors is the older', async () => {
    const before = await anchorNow()
    const young = await begun()
    await asOperator('announce', young)
    const after = await anchorNow()
    expect(listLogKeys(after)).toEqual([before.log.vkey, young])
    for (const [held, given] of [
      [before, after],
      [after, before],
    ] as const) {
      writeFileSync(anchorFile, JSON.stringify(held))
      await pinAnchor(anchorFile, given, port())
      expect(listLogKeys(readAnchorFile(anchorFile, ORIGIN))).toEqual([before.log.vkey, young])
    }
  })

  it('keep what was retired, by the operator’s word and not by the hub’s', async () => {
    const before = await anchorNow()
    const young = await begun()
    await asOperator('announce', young)
    const between = await anchorNow()
    expect(await asOperator('retire', young, '--yes')).toMatchObject({ code: 0 })
    const after = await anchorNow()
    expect(after.log).toMatchObject({ vkeys: [before.log.vkey], retired: [young] })
    for (const [held, given] of [
      [before, after],
      [between, after],
      [after, between],
      [after, before],
    ] as const) {
      writeFileSync(anchorFile, JSON.stringify(held))
      await pinAnchor(anchorFile, given, port())
      expect(readAnchorFile(anchorFile, ORIGIN).log).toEqual(after.log)
    }
    const slandered = { ...after, log: { ...after.log, retired: [young, `${young.slice(0, -4)}AAA=`] } }
    await expect(pinAnchor(anchorFile, slandered, port())).rejects.toThrow('ask it by telephone')
    expect(readAnchorFile(anchorFile, ORIGIN).log).toEqual(after.log)
  })

  it('of a file from before there were several keys are the same keys', async () => {
    const anchor = await anchorNow()
    const { origin, vkey } = anchor.log
    writeFileSync(anchorFile, JSON.stringify({ ...anchor, log: { origin, vkey } }))
    await pinAnchor(anchorFile, anchor, {
      feed: () => Promise.reject(new Error('nothing is to be asked')),
    })
    expect(readAnchorFile(anchorFile, ORIGIN).log).toEqual({ origin, vkey })
  })

  it('are not replaced by those of a log that was started anew', async () => {
    const anchor = await anchorNow()
    await pinAnchor(anchorFile, anchor, port())
    const anew = { ...anchor, log: { origin: `${anchor.log.origin}-2`, vkey: anchor.log.vkey } }
    await expect(pinAnchor(anchorFile, anew, port())).rejects.toThrow('restored a backup')
  })
})
