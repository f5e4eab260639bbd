/** Sending statements in batches and hearing of each what became of it. Sending again is always safe (DESIGN 5). */
import * as z from 'zod'
import { sha256Hex } from '../../trust/digest.js'
import { expectStatus, type HubClient, problemDetails, readAnswer } from '../hub-client.js'

/** Statements per request: half of what a hub takes, so that progress shows and a broken line costs little. */
export const MAX_LINES = 500
/** Bytes per request: what a hub takes at most. */
export const MAX_BYTES = 4 * 1024 * 1024
/** How often a statement that waits for its place is asked after: with the wait below, for some half a minute. */
const MAX_POLLS = 15
/** Wait between those (ms). */
const POLL_WAIT = 2000

/** A statement to send; `id` is the record it is about. */
export interface Outgoing {
  id: string
  jws: string
}

/** What became of a statement. `pending`: the hub has it and will decide, but has not within our patience. */
export type Decided = Outgoing &
  (
    | { outcome: 'accepted' | 'duplicate'; index: number }
    | { outcome: 'rejected'; problem: { code: string; detail: string; source?: string } }
    | { outcome: 'pending' }
  )

const problem = problemDetails.transform(({ code = 'unknown', title = '', detail, source }) => ({
  code,
  detail: detail ?? title,
  ...(typeof source === 'string' && { source }),
}))
const lineResult = z.discriminatedUnion('outcome', [
  z.object({ line: z.int(), outcome: z.literal('accepted'), index: z.int() }),
  z.object({ line: z.int(), outcome: z.literal('duplicate'), index: z.int() }),
  z.object({ line: z.int(), outcome: z.literal('rejected'), problem }),
  z.object({ line: z.int(), outcome: z.literal('pending'), statement: z.string() }),
])
const answer = z.object({ results: z.array(lineResult) })
const later = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), index: z.int() }),
  z.object({ outcome: z.literal('rejected'), problem }),
])

/**
 * Sends statements in their order; each batch is answered for before the next is sent.
 * @param onDecided told after each batch, so that a caller knows what was acknowledged if a later one fails
 * @throws HubClientError when the hub can't be reached any more, or refuses a request whole
 */
export async function sendStatements(
  client: HubClient,
  statements: readonly Outgoing[],
  onDecided: (decided: readonly Decided[]) => void = () => undefined,
): Promise<Decided[]> {
  const all: Decided[] = []
  for (const batch of splitBatches(statements)) {
    const decided = await sendBatch(client, batch)
    for (const one of decided) if ('index' in one) client.acknowledged.set(sha256Hex(one.jws), one.index)
    all.push(...decided)
    onDecided(decided)
  }
  return all
}

/** Splits at both limits; all statements are ASCII, so characters are bytes. */
export function splitBatches<T extends { jws: string }>(
  statements: readonly T[],
  maxLines = MAX_LINES,
  maxBytes = MAX_BYTES,
): T[][] {
  const batches: T[][] = []
  let bytes = 0
  for (const statement of statements) {
    const size = statement.jws.length + 1
    const last = batches.at(-1)
    if (last && last.length < maxLines && bytes + size <= maxBytes) {
      last.push(statement)
      bytes += size
    } else {
      batches.push([statement])
      bytes = size
    }
  }
  return batches
}

async function sendBatch(client: HubClient, batch: readonly Outgoing[]): Promise<Decided[]> {
  const body = batch.map(({ jws }) => `${jws}\n`).join('')
  const response = await client.post('/v1/statements', body, 'application/x-ndjson')
  const { results } = readAnswer(expectStatus(response, 200, 202), answer, 'an answer to statements')
  const byLine = new Map(results.map((result) => [result.line, result]))
  const decided: Decided[] = []
  for (const [i, statement] of batch.entries()) {
    const result = byLine.get(i + 1)
    // A line that the answer leaves out is not acknowledged; it is kept and sent again next time.
    if (!result) decided.push({ ...statement, outcome: 'pending' })
    else if (result.outcome === 'pending')
      decided.push({ ...statement, ...(await poll(client, result.statement)) })
    else if (result.outcome === 'rejected')
      decided.push({ ...statement, outcome: 'rejected', problem: result.problem })
    else decided.push({ ...statement, outcome: result.outcome, index: result.index })
  }
  return decided
}

/** Asks what became of a statement; 404 means that it still waits. */
async function poll(
  client: HubClient,
  address: string,
): Promise<z.infer<typeof later> | { outcome: 'pending' }> {
  for (let attempt = 0; attempt < MAX_POLLS; attempt += 1) {
    const response = await client.get(address)
    if (response.status !== 404)
      return readAnswer(expectStatus(response, 200), later, 'what became of a statement')
    await client.sleep(POLL_WAIT)
  }
  return { outcome: 'pending' }
}
