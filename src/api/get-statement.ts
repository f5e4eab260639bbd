/** `GET /v1/statements/{sha256}` and `/proof`: what became of a statement that was sent, and that it was logged. */
import type { Context } from 'hono'
import type { Hub, Reader } from '../hub/hub.js'
import { proveStatement } from '../hub/prove-statement.js'
import { sequence } from '../hub/sequence.js'
import type { Outcome } from '../hub/store.js'
import { Refusal } from '../refusal.js'
import { ASK_AGAIN, answer, CACHE, refuse, TYPES } from './http.js'

/** Answers `accepted` with the log index, `rejected` with the problem, or 202 while it waits; 404 for one never received. */
export async function getStatement(c: Context, hub: Hub): Promise<Response> {
  const sha256 = c.req.param('sha256') ?? ''
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Refusal('bad-query', {
      detail: 'A statement is named by the SHA-256 of its bytes in lower-case hex.',
      at: 'sha256',
    })
  await sequence(hub)
  const outcome = await readOutcome(hub, sha256)
  if (outcome === 'waiting') {
    return answer(c, {
      body: JSON.stringify({ sha256, outcome: 'pending' }),
      type: TYPES.json,
      cache: CACHE.never,
      status: 202,
      headers: { 'Retry-After': ASK_AGAIN },
    })
  }
  if (!outcome) {
    const unknown = new Refusal(
      'not-found',
      'No statement with this hash was received, or its refusal is older than a day. Send it again, which is safe.',
    )
    // It may be accepted in the next moment, so this no must not be remembered.
    return refuse(hub, unknown, { 'Cache-Control': CACHE.never })
  }
  const body =
    'index' in outcome
      ? { sha256, outcome: 'accepted', index: outcome.index }
      : { sha256, outcome: 'rejected', problem: outcome.problem }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.never })
}

/** Another process may decide it between the two questions: what waits no more is asked for once again. */
async function readOutcome({ store }: Hub, sha256: string): Promise<Outcome | 'waiting' | undefined> {
  const decided = async () => (await store.outcomes([sha256])).get(sha256)
  return (await decided()) ?? ((await store.isWaiting([sha256])) ? 'waiting' : decided())
}

/** The statement's C2SP tlog-proof (`.tlog-proof`). */
export async function getStatementProof(c: Context, hub: Reader): Promise<Response> {
  const sha256 = c.req.param('sha256') ?? ''
  return answer(c, {
    body: await proveStatement(hub, sha256),
    type: TYPES.text,
    cache: CACHE.lookup,
    headers: { 'Content-Disposition': `inline; filename="${sha256}.tlog-proof"` },
  })
}
