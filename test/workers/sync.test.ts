/** The serving side of copies inside workerd, on D1: feed, long poll, snapshot, tiles and proofs. */
import { applyD1Migrations, createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, expect, it } from 'vitest'
import definition from '../../members/th-dbd/member.json?raw'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { parseCheckpoint } from '../../src/log/checkpoint.js'
import { decodeBase64 } from '../../src/log/encoding.js'
import { decodeEntryBundle } from '../../src/log/entry-bundle.js'
import { hashLeaf } from '../../src/log/hash.js'
import { tilePath } from '../../src/log/tile.js'
import { verifyConsistency, verifyInclusion } from '../../src/log/verify-proof.js'
import { readPayload } from '../../src/trust/jws.js'
import { createSigner } from '../../src/trust/signer.js'
import worker from '../../src/worker.js'
import { json, readJson } from '../case-play.js'
import { createMember, ORIGIN, recordClaims, signErasure, signRecord, type TestMember } from '../signing.js'

const RECORDS = 300
const now = () => Math.floor(Date.now() / 1000)
let dbd: TestMember

async function request(path: string, init?: RequestInit): Promise<Response> {
  const context = createExecutionContext()
  const response = await worker.fetch(new Request(`${ORIGIN}${path}`, init), env, context)
  await waitOnExecutionContext(context)
  return response
}

async function publish(...statements: string[]): Promise<void> {
  const { results } = await readJson<{ results: { outcome: string }[] }>(
    await request('/v1/statements', json({ statements })),
  )
  expect(results.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
}

const shop = (certificate: string) =>
  signRecord(
    dbd,
    recordClaims(dbd, now() - 5, { certificate, url: `https://${certificate.toLowerCase()}.example` }),
  )

/** A database that takes its time to write. */
const slow = new Proxy(env.DB, {
  get(db, name) {
    if (name !== 'batch') return (...parts: [string]) => db[name as 'prepare'](...parts)
    return async (queries: D1PreparedStatement[]) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return db.batch(queries)
    }
  },
})

/** As the runtime does it: what is under `waitUntil` ends, and nothing else is waited for. */
async function sendAndLeave(statement: string): Promise<Response> {
  const context = createExecutionContext()
  const sent = new Request(`${ORIGIN}/v1/statements`, {
    ...json({ statements: [statement] }, { Prefer: 'respond-async' }),
  })
  const response = await worker.fetch(sent, { ...env, DB: slow }, context)
  await waitOnExecutionContext(context)
  return response
}

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const operator = await createSigner(JSON.parse(env.OPERATOR_KEY))
  dbd = await createMember(JSON.parse(definition) as MemberDefinition, ORIGIN, operator, now() - 10)
  await publish(dbd.admission)
  await publish(...(await Promise.all(Array.from({ length: RECORDS }, (_, i) => shop(`S-${i}`)))))
})

interface Manifest {
  size: number
  checkpoint: string
  edition: string
  parts: { url: string }[]
}
const manifestOf = async () => readJson<Manifest>(await request('/v1/snapshot'))
const unpack = (response: Response) =>
  new Response(response.body!.pipeThrough(new DecompressionStream('gzip'))).text()
/** The runtime warns of `text()` where the content type is not one of text. */
const read = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer())
async function feed(query = ''): Promise<string> {
  let text = ''
  let path: string | undefined = `/v1/changes?limit=200${query}`
  while (path) {
    const response: Response = await request(path)
    text += await read(response)
    path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1]
  }
  return text
}

it('tiles, bundles and proofs lead from the entries to the checkpoint', async () => {
  const { size, root } = parseCheckpoint(
    `${(await (await request('/log/checkpoint')).text()).split('\n\n')[0]}\n`,
  )
  expect(size).toBe(RECORDS + 1)
  const get = async (path: string) => new Uint8Array(await (await request(`/log/${path}`)).arrayBuffer())
  const width = size - 256
  const entries = decodeEntryBundle(await get(tilePath('entries', 1, width)), width)
  const leafHash = hashLeaf(entries[3]!)
  expect((await get(tilePath(0, 1, width))).subarray(3 * 32, 4 * 32)).toEqual(leafHash)
  expect(await get(tilePath(1, 0, 1))).toHaveLength(32)
  expect((await request('/log/tile/0/001')).status).toBe(404)
  const inclusion = await readJson<{ hashes: string[] }>(await request('/log/proof/inclusion?index=259'))
  verifyInclusion({ index: 259, size, leafHash, root, proof: inclusion.hashes.map(decodeBase64) })
  const { hashes } = await readJson<{ hashes: string[] }>(await request('/log/proof/consistency?from=256'))
  const fromRoot = await get(tilePath(1, 0, 1))
  verifyConsistency({ from: 256, to: size, fromRoot, toRoot: root, proof: hashes.map(decodeBase64) })
})

it('the feed is filtered as asked, and waits for what comes', async () => {
  const all = (await feed()).trim().split('\n')
  expect(all).toHaveLength(RECORDS + 1)
  expect(await feed('&member=alliance')).toBe(`${all[0]}\n`)
  expect(await feed('&country=TH&kind=record&state=current')).toBe(`${all.slice(1).join('\n')}\n`)
  expect(await feed('&country=JP')).toBe('')
  const waiting = request(`/v1/changes?after=${RECORDS}&wait=20`)
  await publish(await shop('NEW'))
  const response = await waiting
  expect((await read(response)).trim().split('\n')).toHaveLength(1)
  expect(response.headers.get('Next-After')).toBe(String(RECORDS + 1))
  expect(response.headers.get('Cache-Control')).toBe('no-store')
})

it('the snapshot is the feed, packed; an erasure replaces it', async () => {
  const before = await manifestOf()
  const [part] = before.parts
  expect(await unpack(await request(part!.url))).toBe(await feed())
  const { statement } = JSON.parse((await feed()).split('\n')[1]!) as { statement: string }
  const { jti } = readPayload<{ jti: string }>(statement)
  await publish(await signErasure(dbd, [1], now(), ORIGIN, [jti]))
  expect((await request(part!.url)).status).toBe(410)
  const after = await manifestOf()
  expect(after.edition).not.toBe(before.edition)
  const text = await unpack(await request(after.parts[0]!.url))
  expect(text).toBe(await feed())
  expect(JSON.parse(text.split('\n')[1]!)).toMatchObject({ index: 1, erased: true, erasedBy: before.size })
  // One who leaves midway leaves nothing running.
  await (await request(after.parts[0]!.url)).body!.cancel()
})

it('what is answered before it is sequenced is in the log without waiting for the cron tick', async () => {
  const { size } = await manifestOf()
  const response = await sendAndLeave(await shop('ASYNC-1'))
  expect([response.status, response.headers.get('Retry-After')]).toEqual([202, '1'])
  expect(await manifestOf()).toMatchObject({ size: size + 1 })
})
