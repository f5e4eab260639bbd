/** The hub on Node as it runs: whose address counts behind a proxy, long polls that end, files over a real connection. */
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { findFreePort } from '../src/cli/demo/free-port.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { type NodeConfig, type RunningHub, startNodeHub } from '../src/node.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner } from '../src/trust/signer.js'
import { asAgency, asConsumer, fileCase, json, readJson, type Stage } from './case-play.js'
import { createMember } from './hub-fixture.js'
import type { TestMember } from './signing.js'

let data: string
let running: RunningHub | undefined
let reported: object[]

async function start(
  over: Partial<NodeConfig> = {},
  waits?: Parameters<typeof startNodeHub>[2],
): Promise<Stage> {
  data = mkdtempSync(join(tmpdir(), 'hub-node-'))
  reported = []
  const port = await findFreePort()
  const operatorKey = await generateKey('operator')
  mkdirSync(join(data, 'keys'))
  writeFileSync(join(data, 'keys', 'operator.jwks.json'), JSON.stringify({ keys: [operatorKey.publicJwk] }))
  const origin = `http://127.0.0.1:${port}`
  const config = { origin, demo: true, port, host: '127.0.0.1', data, ...over }
  running = await startNodeHub(config, (line) => reported.push(line), waits)
  const now = () => Math.floor(Date.now() / 1000)
  const operator = await createSigner(operatorKey.privateJwk)
  const members: Record<string, TestMember> = {}
  for (const id of ['jp-ccj', 'th-ocpb']) members[id] = await createMember(id, origin, operator, now())
  const stage = {
    origin,
    now,
    operator,
    members,
    request: (path: string, init?: RequestInit) => fetch(origin + path, init),
  }
  const push = { statements: Object.values(members).map(({ admission }) => admission) }
  await readJson(await stage.request('/v1/statements', json(push)))
  return stage
}
afterEach(async () => {
  await running?.close()
  running = undefined
  rmSync(data, { recursive: true })
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the caller’s address', () => {
  async function guess(stage: Stage, forwarded: string): Promise<number> {
    const headers = { Authorization: `Bearer ${'0'.repeat(43)}`, 'X-Forwarded-For': forwarded }
    return (await stage.request('/v1/cases/JP-7Q4K9-MXW2C', { headers })).status
  }

  it('is what the proxy saw, not what the caller wrote before it', async () => {
    const stage = await start({ trustProxy: true })
    for (let i = 0; i < 60; i += 1) expect(await guess(stage, `10.0.0.${i}, 203.0.113.1`)).toBe(404)
    expect(await guess(stage, '10.9.9.9, 203.0.113.1')).toBe(429)
    expect(await guess(stage, '203.0.113.1, 203.0.113.2')).toBe(404)
  })

  it('is that of the connection when there is no proxy to be trusted', async () => {
    const stage = await start()
    for (let i = 0; i < 60; i += 1) expect(await guess(stage, `203.0.113.${i}`)).toBe(404)
    expect(await guess(stage, '203.0.113.200')).toBe(429)
  })
})

describe('a database of an earlier version', () => {
  it('gets its directory filled while the hub runs', async () => {
    const stage = await start()
    const { config } = running!
    await running!.close()
    const database = new BetterSqlite3(join(data, 'hub.sqlite'))
    database.exec("delete from settings where name = 'directory'")
    database.close()
    running = await startNodeHub(config, (line) => reported.push(line))
    await expect.poll(async () => (await stage.request('/v1/search')).status).toBe(200)
    expect(reported).toEqual([])
  })
})

describe('a long poll', () => {
  it('ends with the hub, which does not wait for it', async () => {
    const stage = await start()
    const waiting = asAgency(stage, 'jp-ccj').inbox('?wait=55')
    await pause(300)
    const began = performance.now()
    await running!.close()
    running = undefined
    expect(performance.now() - began).toBeLessThan(2000)
    expect(await waiting).toEqual({ items: [], next: 0 })
  })

  it('asks the database no more once its caller has left', async () => {
    const lookInterval = 50
    const stage = await start({}, { lookInterval })
    const { store } = running!.hub.cases
    const { inbox } = store
    let looks = 0
    store.inbox = (...question) => {
      looks += 1
      return inbox(...question)
    }
    const headers = { Authorization: await asAgency(stage, 'jp-ccj').authorization() }
    // Not with fetch, which would connect anew at once and keep the hub from closing.
    const leaving = get(`${stage.origin}/v1/inbox?wait=55`, { headers, agent: false })
    const answer = once(leaving, 'response')
    await expect.poll(() => looks, { interval: 10 }).toBeGreaterThan(2)
    leaving.destroy()
    await expect(answer).rejects.toThrow()
    await pause(6 * lookInterval)
    const before = looks
    await pause(10 * lookInterval)
    expect(looks).toBe(before)
    expect(reported).toEqual([])
  })
})

describe('a file', () => {
  it('of the largest size lies in the data folder, and comes back the same', async () => {
    const stage = await start()
    const bytes = new Uint8Array(10 * 1024 * 1024).map((_, i) => i % 251)
    const file = await sealAttachment(bytes, { name: 'a.pdf', type: 'application/pdf' })
    const filed = await fileCase(stage, {
      attachments: [file.notice],
      complaint: { attachments: [file.key] },
    })
    const her = asConsumer(stage, filed)
    const path = `/v1/cases/${filed.ref}/attachments/${file.notice.id}`
    const put = { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: file.sealed }
    expect((await her.request(path, put)).status).toBe(200)
    expect(readdirSync(join(data, 'attachments'))).toHaveLength(1)
    const answer = new Uint8Array(await (await her.request(path)).arrayBuffer())
    expect(Buffer.compare(answer, file.sealed)).toBe(0)
  })

  it('whose upload breaks off leaves nothing behind, and can be sent again', async () => {
    const stage = await start()
    const file = await sealAttachment(new Uint8Array(500_000), { name: 'a.pdf', type: 'application/pdf' })
    const filed = await fileCase(stage, {
      attachments: [file.notice],
      complaint: { attachments: [file.key] },
    })
    const her = asConsumer(stage, filed)
    const path = `/v1/cases/${filed.ref}/attachments/${file.notice.id}`
    const socket = connect(Number(new URL(stage.origin).port), '127.0.0.1')
    socket.write(
      `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${await her.authorization()}\r\nContent-Type: application/octet-stream\r\nContent-Length: ${file.sealed.length}\r\n\r\n`,
    )
    socket.write(file.sealed.subarray(0, 100_000))
    await pause(300)
    socket.destroy()
    await pause(300)
    expect(readdirSync(join(data, 'attachments'))).toEqual([])
    expect((await her.view(filed.ref)).attachments).toMatchObject([{ stored: false }])
    const put = { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: file.sealed }
    expect((await her.request(path, put)).status).toBe(200)
    expect(reported).toEqual([])
  })
})
