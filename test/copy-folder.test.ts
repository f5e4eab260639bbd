/** A mirror's folder is never made a hub's: what "trustmark serve" and "trustmark demo" do when they are pointed at one. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/cli/command-line.js'
import { demoCommand } from '../src/cli/commands/demo.js'
import { mirrorCommand } from '../src/cli/commands/mirror.js'
import { serveCommand } from '../src/cli/commands/serve.js'
import { findFreePort } from '../src/cli/demo/free-port.js'
import { openNodeHub } from '../src/node.js'
import { createTestHub, type TestHub } from './hub-fixture.js'

const REFUSAL = 'a hub that goes on with it would fork the log. Serve it with "trustmark serve --mirror"'

const root = mkdtempSync(join(tmpdir(), 'trustmark-copy-'))
const made = join(root, 'made')
let t: TestHub

async function run(args: string[], env: Record<string, string | undefined> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([mirrorCommand, serveCommand, demoCommand], args, {
    cwd: '.',
    env,
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: () => t.now() * 1000,
    http: { fetch: async (url, init) => t.app.request(url, init), sleep: async () => undefined },
  })
  return { code, err: String(stderr.read() ?? '') }
}

/** A copy of its own for each test. */
function copyFolder(): string {
  const folder = mkdtempSync(join(root, 'copy-'))
  cpSync(made, folder, { recursive: true })
  return folder
}
const contentsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

beforeAll(async () => {
  t = await createTestHub()
  await t.admit('th-dbd')
  expect(await run(['mirror', '--from', t.hub.origin, '--data', made])).toMatchObject({ code: 0 })
})
afterAll(() => rmSync(root, { recursive: true }))

describe('a mirror’s folder', () => {
  it('is refused as a hub’s by trustmark serve, which creates nothing in it', async () => {
    const folder = copyFolder()
    const before = contentsOf(folder)
    for (const env of [{ HUB_ORIGIN: 'https://hub.example' }, { PORT: String(await findFreePort()) }]) {
      const { code, err } = await run(['serve'], { ...env, HUB_DATA: folder })
      expect({ code, err }).toMatchObject({ code: 2 })
      expect(err).toContain(REFUSAL)
      expect(err).toContain(folder)
      expect(err).not.toContain('operator')
      expect(contentsOf(folder)).toEqual(before)
    }
  })

  it('is refused although an operator’s key was put there, and stays a copy', async () => {
    const folder = copyFolder()
    mkdirSync(join(folder, 'keys'))
    const operator = { keys: t.hub.keys.operator }
    writeFileSync(join(folder, 'keys', 'operator.jwks.json'), JSON.stringify(operator))
    const before = contentsOf(folder)
    const config = { origin: t.hub.origin, demo: true, port: 0, host: '127.0.0.1', data: folder }
    await expect(openNodeHub(config)).rejects.toThrow(REFUSAL)
    expect(contentsOf(folder)).toEqual(before)
    expect(await run(['mirror', '--data', folder])).toMatchObject({ code: 0 })
  })

  it('is refused by trustmark demo, which creates nothing in it', async () => {
    const folder = copyFolder()
    const before = contentsOf(folder)
    const { code, err } = await run(['demo', '--data', folder], { PORT: String(await findFreePort()) })
    expect({ code, err }).toMatchObject({ code: 2 })
    expect(err).toContain(REFUSAL)
    expect(contentsOf(folder)).toEqual(before)
  })
})
