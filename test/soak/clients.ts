/** Clients of the soak test: they publish, hang up, send again, follow 202s, and write down every word they were given. */
import { sha256Hex } from '../../src/trust/digest.js'
import { type Checkpoint, openCheckpoint } from '../conformance/c2sp/signed-note.js'
import { ORIGIN, recordClaims, signRecord, signStatus, type TestMember } from '../signing.js'
import type { Field } from './field.js'

/** Most records in one request. */
const MOST = 12
/** How long a statement may stay without an answer once nothing is disturbed any more (ms). */
const LAST_WAIT = 60_000
/** One request of so many is cut off by its client, sent to two hubs at once, or does not want to wait. */
const RARELY = 0.08

/** All that the clients were told, and what contradicts itself in it. */
export interface Ledger {
  /** SHA-256 of each acknowledged statement to its index. */
  indices: Map<string, number>
  /** Every checkpoint seen, by size. */
  checkpoints: Map<number, Checkpoint>
  faults: string[]
  /** From sending to the acknowledgement (ms), attempts that failed included. */
  latencies: number[]
  counts: {
    requests: number
    broken: number
    failed: number
    accepted: number
    duplicate: number
    followed: number
    tried: number
  }
}

export function createLedger(): Ledger {
  const counts = { requests: 0, broken: 0, failed: 0, accepted: 0, duplicate: 0, followed: 0, tried: 0 }
  return { indices: new Map(), checkpoints: new Map(), faults: [], latencies: [], counts }
}

interface Scene {
  field: Field
  ledger: Ledger
  member: TestMember
  vkey: string
  /** Epoch ms. */
  until: number
}

type Result =
  | { outcome: 'accepted' | 'duplicate'; index: number; sha256: string }
  | { outcome: 'pending'; sha256: string; statement: string }
  | { outcome: 'rejected'; sha256?: string; problem: { code: string; detail?: string } }

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Publishes records, and suspends some of them, until the time is over; then until all is answered. */
export async function publishUntil(scene: Scene, name: string): Promise<void> {
  // Dated back, so that a suspension a moment later has a later date, and none lies in the future.
  const iat = Math.floor(Date.now() / 1000) - 60
  for (let round = 0; Date.now() < scene.until; round += 1) {
    const certificates = Array.from(
      { length: 1 + Math.floor(Math.random() * MOST) },
      (_, i) => `${name}-${round}-${i}`,
    )
    await deliver(
      scene,
      await Promise.all(certificates.map((certificate) => signShop(scene.member, certificate, iat))),
    )
    if (Math.random() < 0.3) {
      const id = `${scene.member.id}:${pick(certificates)}`
      await deliver(scene, [await signStatus(scene.member, id, 'suspended', iat + 1)])
    }
  }
}

function signShop(member: TestMember, certificate: string, iat: number): Promise<string> {
  const url = `https://shop-${certificate.toLowerCase()}.example`
  return signRecord(member, recordClaims(member, iat, { certificate, url, origin: ORIGIN }))
}

async function deliver(scene: Scene, statements: readonly string[]): Promise<void> {
  const { ledger, until } = scene
  const started = Date.now()
  const waiting = new Map(statements.map((jws) => [sha256Hex(jws), jws]))
  while (waiting.size > 0) {
    if (Date.now() > until + LAST_WAIT) {
      ledger.faults.push(`${[...waiting.keys()][0]} was never decided`)
      return
    }
    const bodies = Math.random() < RARELY ? 2 : 1
    const answers = await Promise.all(
      Array.from({ length: bodies }, () => send(scene, [...waiting.values()])),
    )
    for (const result of answers.flat()) {
      const index = await readResult(scene, result)
      if (index === undefined || result.sha256 === undefined) continue
      acknowledge(ledger, result.sha256, index)
      if (waiting.delete(result.sha256)) ledger.latencies.push(Date.now() - started)
      if (Math.random() < RARELY) await assertVisible(scene, index)
    }
  }
}

/** One attempt, at any hub. Nothing when it broke, for then nobody knows what became of the statements. */
async function send({ field, ledger }: Scene, statements: readonly string[]): Promise<Result[]> {
  ledger.counts.requests += 1
  const hangUp =
    Math.random() < RARELY ? { signal: AbortSignal.timeout(Math.ceil(5 + Math.random() * 60)) } : {}
  const prefer: Record<string, string> = Math.random() < RARELY ? { Prefer: 'respond-async' } : {}
  try {
    const response = await pick(field.hubs)('/v1/statements', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', ...prefer },
      body: statements.join('\n'),
      ...hangUp,
    })
    const text = await response.text()
    if (response.ok) return (JSON.parse(text) as { results: Result[] }).results
    ledger.counts.failed += 1
    if (response.status < 500) ledger.faults.push(`status ${response.status}: ${text}`)
  } catch {
    ledger.counts.broken += 1
  }
  await pause(20 + Math.random() * 100)
  return []
}

/** The index that a result stands for in the end, or undefined when it has to be sent again. */
async function readResult(scene: Scene, result: Result): Promise<number | undefined> {
  const { ledger } = scene
  if (result.outcome === 'pending') return follow(scene, result)
  if (result.outcome === 'rejected') {
    // What the hub says when it is itself at fault: sending again is safe.
    if (result.problem.code === 'internal-error') ledger.counts.tried += 1
    else ledger.faults.push(`refused: ${JSON.stringify(result.problem)}`)
    return undefined
  }
  ledger.counts[result.outcome] += 1
  return result.index
}

/** Asks at the address of a 202 until it tells what became of the statement. */
async function follow(
  { field, ledger, until }: Scene,
  { sha256, statement }: Extract<Result, { outcome: 'pending' }>,
): Promise<number | undefined> {
  if (statement !== `${ORIGIN}/v1/statements/${sha256}`)
    ledger.faults.push(`202 with the address ${statement}`)
  while (Date.now() < until + LAST_WAIT) {
    const response = await pick(field.hubs)(new URL(statement).pathname).catch(() => undefined)
    const told = response?.ok
      ? ((await response.json().catch(() => undefined)) as Result | undefined)
      : undefined
    if (told && told.outcome !== 'pending') {
      ledger.counts.followed += 1
      return told.outcome === 'rejected' ? undefined : told.index
    }
    await pause(100)
  }
  ledger.faults.push(`the address of a 202 never told what became of ${sha256}`)
  return undefined
}

function acknowledge({ indices, faults }: Ledger, sha256: string, index: number): void {
  const known = indices.get(sha256)
  if (known !== undefined && known !== index)
    faults.push(`${sha256} was acknowledged at ${known} and at ${index}`)
  indices.set(sha256, index)
}

/** What one hub acknowledged, every hub's checkpoint covers. */
async function assertVisible(scene: Scene, index: number): Promise<void> {
  const size = await look(scene)
  if (size !== undefined && size <= index)
    scene.ledger.faults.push(
      `entry ${index} was acknowledged, and a checkpoint of ${size} was served after it`,
    )
}

/** Looks at checkpoints until the time is over, at every hub in turn. */
export async function watchUntil(scene: Scene): Promise<void> {
  while (Date.now() < scene.until) {
    await look(scene)
    await pause(50)
  }
}

async function look({ field, ledger, vkey }: Scene): Promise<number | undefined> {
  const response = await pick(field.hubs)('/log/checkpoint').catch(() => undefined)
  const note = response?.ok ? await response.arrayBuffer().catch(() => undefined) : undefined
  if (!note) return undefined
  const checkpoint = openCheckpoint(new Uint8Array(note), vkey)
  const known = ledger.checkpoints.get(checkpoint.size)
  if (known && !known.root.equals(checkpoint.root))
    ledger.faults.push(`two trees of ${checkpoint.size} entries are signed`)
  ledger.checkpoints.set(checkpoint.size, checkpoint)
  return checkpoint.size
}
