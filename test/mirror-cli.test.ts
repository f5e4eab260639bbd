/** The commands around a copy as an agency uses them: mirror, follow, serve, and what happens when the machine fails. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnchor } from '../src/anchor.js'
import { runCommandLine } from '../src/cli/command-line.js'
import { mirrorCommand } from '../src/cli/commands/mirror.js'
import { serveCommand } from '../src/cli/commands/serve.js'
import { verifyCommand } from '../src/cli/commands/verify.js'
import { findFreePort } from '../src/cli/demo/free-port.js'
import { seedDemo } from '../src/cli/demo/seed.js'
import { startDemoHub } from '../src/cli/demo/start-demo-hub.js'
import { createHubClient } from '../src/cli/hub-client.js'
import { openCopyFolder, openCopyToRead, readSynced } from '../src/cli/mirror/open-copy-folder.js'
import { type ServedCopy, serveCopy } from '../src/cli/mirror/serve-copy.js'
import { rootHash } from '../src/log/tree.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { type Listening, listen } from '../src/node/listen.js'
import type { RunningHub } from '../src/node.js'
import { readPayload } from '../src/trust/jws.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner, signJws } from '../src/trust/signer.js'
import { createTestHub, START, signStatus, type TestHub, type TestMember } from './hub-fixture.js'
import { clientOf, copyOf, shops, sync } from './mirror-fixture.js'

const folders: string[] = []
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'trustmark-mirror-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

type Send = (url: string, init: RequestInit) => Response | Promise<Response>

async function run(args: string[], now: () => number = Date.now, fetch?: Send) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([mirrorCommand, serveCommand, verifyCommand], args, {
    cwd: '.',
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now,
    http: { ...(fetch && { fetch }), sleep: async () => undefined },
  })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

/** Room for the first page of a thousand records and not for the next, in blocks of 512 bytes. */
const LITTLE_ROOM = 6700

const failing = (line: object): void => {
  throw new Error(JSON.stringify(line))
}

describe('a copy of the demo', () => {
  const [data, folder] = [temporary(), join(temporary(), 'copy')]
  let running: RunningHub
  let served: ServedCopy
  let here: string
  beforeAll(async () => {
    running = await startDemoHub({ data, port: await findFreePort() }, failing)
    const { origin } = running.config
    await seedDemo(
      createHubClient(origin),
      data,
      () => Math.floor(Date.now() / 1000),
      () => undefined,
    )
    const mirrored = await run(['mirror', '--from', origin, '--data', folder])
    expect(mirrored, mirrored.err).toMatchObject({ code: 0 })
    expect(mirrored.out).toMatch(/entries {2}\d+ \(\d+ new\), every one verified/)
    expect(mirrored.err).toContain('Verifying and copying entries')
    served = await serveCopy(folder, { port: 0, host: '127.0.0.1', now: Date.now, log: failing })
    here = `http://127.0.0.1:${served.port}`
  }, 60_000)
  afterAll(async () => {
    await served?.close()
    await running?.close()
  })

  it('answers byte for byte as the hub does, for every demo shop and about every member', async () => {
    const { origin } = running.config
    const { store } = running.hub
    const size = (await store.head())!.size
    const entries = await store.changes(-1, size, size)
    const paths = [
      '/v1/members',
      '/v1/principles',
      '/v1/changes',
      '/log/checkpoint',
      '/log/vkey',
      '/log/tile/0/000.p/7',
    ]
    for (const { id } of await store.members()) paths.push(`/v1/members/${id}`)
    for (const { kind, statement } of entries) {
      if (kind !== 'record') continue
      const { trustmark } = readPayload<{ trustmark: { id: string; presences: { url: string }[] } }>(
        statement!,
      )
      const id = encodeURIComponent(trustmark.id)
      paths.push(
        `/v1/verify?record=${id}&for=VN`,
        `/v1/records/${id}`,
        `/v1/records/${id}/history`,
        `/v1/records/${id}/proof`,
      )
      for (const { url } of trustmark.presences) paths.push(`/v1/verify?url=${encodeURIComponent(url)}`)
    }
    expect(paths.length).toBeGreaterThan(500)
    for (const path of paths) {
      const [theirs, ours] = await Promise.all([fetch(origin + path), fetch(here + path)])
      expect(await ours.text(), path).toBe(await theirs.text())
      expect([ours.status, ours.headers.get('ETag')], path).toEqual([
        theirs.status,
        theirs.headers.get('ETag'),
      ])
      expect(ours.headers.get('Mirror-Of')).toBe(origin)
      expect(ours.headers.get('Mirror-Synced')).toBe(new Date(readSynced(folder)!.at).toISOString())
    }
  }, 60_000)

  it('answers many look-ups at once as the hub does', async () => {
    const queries = [
      { url: 'https://somjai-silk.example' },
      { record: 'vn-ecomviet:SW-2026-0010' },
      { url: 'lin.ee/x' },
    ]
    const ask = async (origin: string) =>
      (
        await fetch(`${origin}/v1/verify`, {
          method: 'POST',
          body: JSON.stringify({ queries }),
          headers: { 'Content-Type': 'application/json' },
        })
      ).text()
    expect(await ask(here)).toBe(await ask(running.config.origin))
  })

  it.each([
    ['', 'A copy of 127.0.0.1:'],
    ['/th', 'สำเนาของ 127.0.0.1:'],
    ['/vi', 'Bản sao của 127.0.0.1:'],
    ['/ja', 'のコピーです（'],
  ])(
    'says on its pages under "%s" that it is one, as of when, and where the hub is',
    async (prefix, says) => {
      const { origin } = running.config
      const page = await (await fetch(`${here}${prefix}/verify?url=https://somjai-silk.example`)).text()
      const text = page.replace(/<bdi>|<\/bdi>/g, '')
      expect(text).toContain(says)
      expect(page).toContain(`datetime="${new Date(readSynced(folder)!.at).toISOString()}"`)
      expect(page).toContain(`href="${origin}${prefix}/verify?url=`)
      expect((await fetch(`${here}${prefix}/`)).status).toBe(200)
      const own = await (await fetch(`${origin}${prefix}/`)).text()
      expect(own.replace(/<bdi>|<\/bdi>/g, '')).not.toContain(says)
    },
  )

  it('takes nothing in and signs nothing, and names the hub’s address for it', async () => {
    const { origin } = running.config
    const refused = async (path: string, init: RequestInit, code: string, status: number) => {
      const answer = await fetch(here + path, init)
      const problem = (await answer.json()) as { code: string; detail: string }
      expect([answer.status, problem.code], path).toEqual([status, code])
      expect(answer.headers.get('Mirror-Of')).toBe(origin)
      return problem.detail
    }
    for (const [method, path] of [
      ['POST', '/v1/statements'],
      ['POST', '/v1/complaints'],
      ['PUT', '/v1/intake-limits'],
      ['DELETE', '/v1/webhook'],
    ] as const)
      expect(await refused(path, { method }, 'read-only-copy', 405)).toContain(`${origin}${path}`)
    for (const path of ['/v1/inbox', '/alliance/.well-known/openid-federation', '/v1/queue'])
      expect(await refused(path, {}, 'read-only-copy', 405)).toContain(`${origin}${path}`)
    const jwt = { headers: { Accept: 'application/jwt' } }
    await refused('/v1/verify?record=th-dbd:V-2569-0106', jwt, 'not-signed-here', 406)
    await refused('/nowhere', {}, 'not-found', 404)
  })

  it('is never put into a hub’s own folder', async () => {
    const { code, err } = await run(['mirror', '--from', running.config.origin, '--data', data])
    expect({ code, err }).toMatchObject({ code: 2 })
    expect(err).toContain('is a hub’s data folder')
  })
})

describe('trustmark mirror', () => {
  let t: TestHub
  let dbd: TestMember
  beforeAll(async () => {
    t = await createTestHub()
    dbd = await t.admit('th-dbd')
    await t.push(...(await shops(t, dbd, ['A-0', 'A-1', 'A-2'])))
  })
  const send = (): Send => (url, init) => t.app.request(url, init)
  const mirror = (folder: string, ...more: string[]) =>
    run(['mirror', '--data', folder, ...more], () => t.now() * 1000, send())

  it('goes on where it was, and prints one object with --json', async () => {
    const folder = temporary()
    expect(JSON.parse((await mirror(folder, '--json')).out)).toMatchObject({
      from: 0,
      size: 4,
      members: 1,
      records: 3,
    })
    await t.push(...(await shops(t, dbd, ['A-3'])))
    const { out } = await mirror(folder, '--json')
    expect(JSON.parse(out)).toMatchObject({
      hub: t.hub.origin,
      from: 4,
      size: 5,
      records: 4,
      findings: { count: 0 },
    })
    expect(JSON.parse(out).bytes).toBeGreaterThan(10_000)
  })

  it('lets two processes not write one folder', async () => {
    const folder = temporary()
    const opened = await openCopyFolder(folder, { client: clientOf(t), now: () => t.now() * 1000 })
    const second = await mirror(folder)
    expect(second.code).toBe(2)
    expect(second.err).toContain('one writer')
    await opened.close()
    expect((await mirror(folder)).code).toBe(0)
  })

  it('keeps to the keys it pinned, and takes those it was given', async () => {
    const folder = temporary()
    await mirror(folder)
    const other = await createTestHub()
    const { code, err } = await run(
      ['mirror', '--data', folder],
      () => t.now() * 1000,
      (url, init) => other.app.request(url, init),
    )
    expect(code).toBe(1)
    expect(err).toContain('checkpoint-invalid')
    const anchor = join(folder, 'anchor.json')
    expect((await mirror(temporary(), '--anchor', anchor)).code).toBe(0)
    const fresh = temporary()
    const lying = await run(
      ['mirror', '--data', fresh, '--anchor', anchor],
      () => t.now() * 1000,
      (url, init) => other.app.request(url, init),
    )
    expect(lying).toMatchObject({ code: 1 })
    expect(lying.err).toContain('not signed by the alliance whose keys you gave')
  })

  it('believes of the log’s past only what the alliance’s own keys signed', async () => {
    const path = '/alliance/.well-known/openid-federation'
    const real = await (await t.app.request(path)).text()
    const anchor = await readAnchor(real, t.hub.origin, t.now())
    const own = await generateKey('federation')
    const claims = readPayload<{ jwks: { keys: object[] }; metadata: { trustmark_alliance: object } }>(real)
    claims.jwks.keys.push(own.publicJwk)
    const { origin: name, vkey } = anchor.log
    const lost = { at: new Date(t.now() * 1000).toISOString(), size: 1, previous: { origin: name, vkey } }
    Object.assign(claims.metadata.trustmark_alliance, { restored: lost })
    const forged = await signJws(await createSigner(own.privateJwk), 'entity-statement+jwt', claims)
    const client = clientOf(t, (asked) => (asked === path ? new Response(forged) : undefined))
    const options = { client, anchor, now: () => t.now() * 1000 }
    await expect(openCopyFolder(temporary(), options)).rejects.toThrow(/not signed by the alliance/)
  })

  it('names what is wrong with its index, and exits with 1', async () => {
    const folder = temporary()
    const lying: Send = async (url, init) => {
      const answer = await t.app.request(url, init)
      if (!url.includes('/log/tile')) return answer
      const hashes = new Uint8Array(await answer.arrayBuffer())
      hashes[33] = hashes[33]! ^ 1
      return new Response(hashes)
    }
    const args = ['mirror', '--data', folder]
    const { code, err } = await run(args, () => t.now() * 1000, lying)
    expect(code).toBe(1)
    expect(err).toContain('tiles-differ at log entry 1')
    const json = await run([...args, '--json'], () => t.now() * 1000, lying)
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'tiles-differ', index: 1 } })
  })

  it('pointed at a mirror it names the hub to name instead, as verify does', async () => {
    const copy = await copyOf(t)
    await sync(copy, t)
    const app = createMirrorApp({ copy, synced: () => 0, report: (error) => failing({ error }) })
    const here = 'http://127.0.0.1:9998'
    const told = `${here} is a mirror of ${t.hub.origin}. Name ${t.hub.origin} instead.`
    for (const args of [
      ['mirror', '--from', here, '--data', temporary()],
      ['verify', 'https://a-1.example', '--hub', here],
    ]) {
      const { code, err } = await run(
        args,
        () => t.now() * 1000,
        (url, init) => app.request(url, init),
      )
      expect([code, err], args[0]).toEqual([2, `trustmark: ${told}\n`])
    }
  })

  it('serves no copy that was never brought up to date', async () => {
    const folder = temporary()
    expect((await run(['serve', '--mirror', folder])).err).toContain('no copy')
    const opened = await openCopyFolder(folder, { client: clientOf(t), now: () => t.now() * 1000 })
    await opened.close()
    const { code, err } = await run(['serve', '--mirror', folder, '--port', '0'])
    expect({ code, err }).toMatchObject({ code: 2 })
  })
})

describe('on a machine of its own', () => {
  const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
  let t: TestHub
  let dbd: TestMember
  let server: Listening
  const names = Array.from({ length: 1300 }, (_, i) => `S-${i}`)
  beforeAll(async () => {
    const build = fileURLToPath(new URL('../bin/trustmark.js', import.meta.url))
    expect(spawnSync(process.execPath, [build, '--version'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
    })
    const port = await findFreePort()
    t = await createTestHub(':memory:', `http://127.0.0.1:${port}`)
    t.tick(Math.floor(Date.now() / 1000) - START)
    dbd = await t.admit('th-dbd')
    for (let at = 0; at < names.length; at += 1000)
      await t.push(...(await shops(t, dbd, names.slice(at, at + 1000))))
    server = await listen(t.app, port, '127.0.0.1')
  }, 60_000)
  afterAll(() => server?.close())

  const trustmark = (args: readonly string[], limit = ''): ChildProcess =>
    spawn('sh', ['-c', `${limit} exec "$0" "$@"`, process.execPath, program, ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const start = (folder: string, more: string[] = [], limit = ''): ChildProcess =>
    trustmark(['mirror', '--from', t.hub.origin, '--data', folder, ...more], limit)
  async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
    const seen = { out: '', err: '' }
    child.stdout?.on('data', (chunk) => {
      seen.out += chunk
    })
    child.stderr?.on('data', (chunk) => {
      seen.err += chunk
    })
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, ...seen }
  }
  /** Whatever it holds, it holds whole: its tree is the hub's at that size, and it answers for what is in it. */
  async function expectSound(folder: string): Promise<number> {
    const { copy, close } = await openCopyToRead(folder, { now: Date.now })
    const { size } = (await copy.store.head())!
    expect(await rootHash(size, copy.store)).toEqual(await rootHash(size, t.hub.store))
    expect(await copy.store.withheld(1)).toEqual([])
    if (size > 1) {
      const last = await copy.store.recordsById([`th-dbd:S-${size - 2}`])
      expect(last).toMatchObject([{ index: size - 1 }])
    }
    await close()
    return size
  }

  it('killed at any moment, the copy is sound, and the next run goes on', async () => {
    const folder = join(temporary(), 'copy')
    const sizes: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const child = start(folder)
      const over = ended(child)
      await new Promise((resolve) => setTimeout(resolve, 400 + Math.random() * 900))
      child.kill('SIGKILL')
      await over
      const opened = await expectSound(folder).catch((error: Error) => {
        // Killed before there was a copy.
        if (!error.message.includes('There is no copy')) throw error
        return 0
      })
      sizes.push(opened)
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    const last = await ended(start(folder))
    expect(last).toMatchObject({ code: 0 })
    expect(JSON.parse(last.out)).toMatchObject({ from: sizes.at(-1), size: names.length + 1 })
    expect(await expectSound(folder)).toBe(names.length + 1)
  }, 60_000)

  /** What a served copy says of a shop while files may not grow: its verdict, or the code of its problem. */
  async function servedWithLittleRoom(folder: string): Promise<string | undefined> {
    const port = await findFreePort()
    const serving = trustmark(
      ['serve', '--mirror', folder, '--port', String(port)],
      `ulimit -f ${LITTLE_ROOM};`,
    )
    const over = ended(serving)
    let said: string | undefined
    await expect
      .poll(
        async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/v1/verify?record=th-dbd:S-1`).catch(
            () => undefined,
          )
          const body = (await answer?.json()) as { verdict?: string; code?: string } | undefined
          said = body?.verdict ?? body?.code
          return said
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBeDefined()
    serving.kill('SIGTERM')
    expect(await over).toMatchObject({ code: 0 })
    return said
  }

  it('on a full disk it says so, the copy is sound, and with more room it goes on', async () => {
    const folder = join(temporary(), 'copy')
    // Blocks of 512 bytes: neither database nor write-ahead log may grow to what all entries take.
    const full = await ended(start(folder, [], `ulimit -f ${LITTLE_ROOM};`))
    expect(full.code).toBe(2)
    expect(JSON.parse(full.out)).toMatchObject({ error: { code: expect.stringMatching(/^disk-/) } })
    // A part of the log could call a revoked mark genuine: until the first sync is done there is no answer.
    expect(await servedWithLittleRoom(folder)).toBe('not-ready')
    const size = await expectSound(folder)
    expect(size).toBeGreaterThan(0)
    expect(size).toBeLessThan(names.length)
    // Once it is whole it answers with no room left at all.
    await ended(start(folder))
    expect(await servedWithLittleRoom(folder)).toBe('identity-confirmed')
    expect(await ended(start(folder))).toMatchObject({ code: 0 })
    expect(await expectSound(folder)).toBe(names.length + 1)
  }, 60_000)

  it('follows the hub until it is stopped, while another process answers from the copy', async () => {
    const folder = join(temporary(), 'copy')
    await ended(start(folder))
    const child = start(folder, ['--follow'])
    const over = ended(child)
    const served = await serveCopy(folder, { port: 0, host: '127.0.0.1', now: Date.now, log: failing })
    const verdict = async () =>
      (
        (await (await fetch(`http://127.0.0.1:${served.port}/v1/verify?record=th-dbd:S-1`)).json()) as {
          verdict: string
        }
      ).verdict
    expect(await verdict()).toBe('identity-confirmed')
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:S-1', 'revoked', t.now(), t.hub.origin))
    await expect.poll(verdict, { timeout: 20_000, interval: 100 }).toBe('revoked')
    child.kill('SIGTERM')
    const { code, out } = await over
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ size: names.length + 2 })
    await served.close()
    expect(JSON.parse(readFileSync(join(folder, 'synced.json'), 'utf8'))).toMatchObject({
      size: names.length + 2,
    })
  }, 60_000)
})
