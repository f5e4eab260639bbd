/** `GET /v1/changes`: the log as a feed of NDJSON lines, gap-free and never beyond the last checkpoint. */
import type { Context } from 'hono'
import { type Reader, readHead } from '../hub/hub.js'
import type { LoggedStatement } from '../hub/store.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, readInteger, TYPES } from './http.js'

/** Most lines of one page: some 3 MB with full records. */
export const MAX_PAGE = 1000
/** Lines of a page when the caller does not say. */
const DEFAULT_PAGE = 256

/**
 * `after` is exclusive and omitted for the start. A page that ends at the head carries no `Link: rel=next`: ask
 * again with the last index seen.
 * @throws Refusal `bad-cursor` for an index that does not exist yet
 */
export async function getChanges(c: Context, hub: Reader): Promise<Response> {
  const head = await readHead(hub)
  const limit = readInteger(c, 'limit', { min: 1, max: MAX_PAGE, fallback: DEFAULT_PAGE })
  const after = readInteger(c, 'after', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: -1 })
  if (after >= head.size) {
    throw new Refusal('bad-cursor', {
      detail: `The log has ${head.size} entries, so the last index is ${head.size - 1}. A higher one comes from another log.`,
      value: after,
      at: 'after',
    })
  }
  const entries = await hub.store.changes(after, head.size, limit)
  const last = entries.at(-1)?.index ?? after
  const next = last + 1 < head.size ? `${hub.origin}/v1/changes?after=${last}&limit=${limit}` : undefined
  // A full page never changes, except that a statement may be erased from it later.
  const cache = next ? CACHE.listing : CACHE.checkpoint
  return answer(c, {
    body: entries.map((entry) => `${JSON.stringify(formatChange(entry))}\n`).join(''),
    type: TYPES.ndjson,
    cache,
    headers: { 'Checkpoint-Size': String(head.size), ...(next && { Link: `<${next}>; rel="next"` }) },
  })
}

/** A feed line. What was erased is said to be, with the erasure that names it; anything else that is missing was lost. */
export function formatChange({ statement, erasedBy, ...entry }: LoggedStatement): object {
  const { index, kind, issuer, at, sha256 } = entry
  const rest =
    statement !== null ? { statement } : erasedBy !== null ? { erased: true, erasedBy } : { withheld: true }
  return { index, kind, issuer, at, sha256, ...rest }
}
