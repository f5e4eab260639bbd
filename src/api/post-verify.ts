/** `POST /v1/verify`: many look-ups at once, or a trust mark JWT found in the wild. */
import type { Context } from 'hono'
import * as z from 'zod'
import { checkFound } from '../hub/check-found.js'
import type { Reader } from '../hub/hub.js'
import { type Breathe, verifyMany } from '../hub/verify-many.js'
import { type Verdict, verdictQuery } from '../record/verdict.js'
import { formatProblem, type Problem, Refusal } from '../refusal.js'
import { MAX_STATEMENT_BYTES } from '../trust/statements.js'
import { answer, CACHE, TYPES } from './http.js'
import { readJson } from './read-body.js'

/** Most queries in one request: as many as statements in one push. */
export const MAX_QUERIES = 1000
/** How long others wait for their turn (ms): embedded SQLite answers at once, so nobody else would be served until the last query. */
const LONGEST_STRETCH = 10
/** Largest body in bytes: 1,000 long links. */
const MAX_VERIFY_BYTES = 2 * 1024 * 1024

export const verifyRequest = z.union([
  z.strictObject({ queries: z.array(verdictQuery).min(1).max(MAX_QUERIES) }),
  z.strictObject({ trustMark: z.string().max(MAX_STATEMENT_BYTES) }),
])

/** A query that can't be looked up answers with its own problem and does not block the others. */
export async function postVerify(c: Context, hub: Reader): Promise<Response> {
  const parsed = verifyRequest.safeParse(await readJson(c, MAX_VERIFY_BYTES))
  if (!parsed.success) {
    throw new Refusal(
      'bad-request',
      `The body must be {"queries": [{"url": …}, …]} with at most ${MAX_QUERIES} queries, or {"trustMark": "<JWT>"}.`,
    )
  }
  const body =
    'queries' in parsed.data
      ? await verifyAll(hub, parsed.data.queries)
      : await verifyFoundMark(hub, parsed.data.trustMark)
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.never })
}

async function verifyAll(
  hub: Reader,
  queries: z.infer<typeof verdictQuery>[],
): Promise<{ results: (Verdict | { problem: Problem })[] }> {
  const answers = await verifyMany(hub, queries, createBreath())
  const results = answers.map((one) =>
    one instanceof Refusal ? { problem: formatProblem(one, hub.origin) } : one,
  )
  return { results }
}

/** Pauses once so much time was spent: a query may cost a hundred times as much as the one before. */
function createBreath(): Breathe {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < LONGEST_STRETCH) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    since = performance.now()
  }
}

async function verifyFoundMark(hub: Reader, trustMark: string): Promise<object> {
  const { found, rendered } = await checkFound(hub, trustMark)
  return { trustMark: found, ...(rendered && { verdict: rendered.verdict }) }
}
