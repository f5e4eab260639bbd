/** `GET /v1/changes`: the log as a feed of NDJSON lines, gap-free and never beyond the last checkpoint. */
import type { Context } from 'hono'
import type { Reader } from '../hub/hub.js'
import { type ChangesPage, readChanges } from '../hub/read-changes.js'
import type { LoggedStatement } from '../hub/store.js'
import { type AskedFilter, readFilter } from './change-filter.js'
import { answer, CACHE, readInteger, TYPES } from './http.js'
import { type LongPoll, readWait, waitForNews } from './long-poll.js'

/** Most lines of one page: some 3 MB with full records. */
export const MAX_PAGE = 1000
/** Lines of a page when the caller does not say. */
const DEFAULT_PAGE = 256

/**
 * `after` is exclusive and omitted for the start; `Next-After` is what to send next time, also when nothing was found. A page
 * that reaches the head carries no `Link: rel=next`. With `wait` (s) such a page, when empty, is answered only when something
 * comes, or the time is over.
 * @throws Refusal `bad-cursor` for an index that does not exist yet, `bad-query`
 */
export async function getChanges(c: Context, parts: LongPoll & { hub: Reader }): Promise<Response> {
  const { hub } = parts
  const limit = readInteger(c, 'limit', { min: 1, max: MAX_PAGE, fallback: DEFAULT_PAGE })
  const after = readInteger(c, 'after', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: -1 })
  const wait = readWait(c, parts)
  const { filter, parameters } = await readFilter(c, hub)
  const { head, entries, looked } = await waitForNews<ChangesPage>(c, parts, {
    wait,
    look: (last) => readChanges(hub, { after: last?.looked ?? after, limit, ...(filter && { filter }) }),
    isNews: (page) => page.entries.length > 0 || !isAtHead(page),
  })
  // A path: on a copy it leads back to the copy (RFC 8288 section 3.1).
  const next = isAtHead({ head, looked })
    ? undefined
    : `/v1/changes?${formatQuery({ parameters }, { after: looked, limit, wait })}`
  return answer(c, {
    body: formatChanges(entries),
    type: TYPES.ndjson,
    // A full page never changes, except that a statement may be erased from it later; what waits is for one caller.
    cache: wait > 0 ? CACHE.never : next ? CACHE.lookup : CACHE.checkpoint,
    headers: {
      'Checkpoint-Size': String(head.size),
      ...(looked >= 0 && { 'Next-After': String(looked) }),
      ...(next && { Link: `<${next}>; rel="next"` }),
    },
  })
}

function isAtHead({ head, looked }: Pick<ChangesPage, 'head' | 'looked'>): boolean {
  return looked + 1 === head.size
}

function formatQuery(
  { parameters }: Pick<AskedFilter, 'parameters'>,
  { after, limit, wait }: { after: number; limit: number; wait: number },
): string {
  const all = [['after', String(after)], ['limit', String(limit)], ...parameters]
  if (wait > 0) all.push(['wait', String(wait)])
  // A comma may stand in a query as it is (RFC 3986 section 3.4), and reads better.
  return new URLSearchParams(all).toString().replaceAll('%2C', ',')
}

/** Feed lines, each ended by a line feed. */
export function formatChanges(entries: readonly LoggedStatement[]): string {
  return entries.map((entry) => `${JSON.stringify(formatChange(entry))}\n`).join('')
}

/** A feed line. What was erased is said to be, with the erasure that names it; anything else that is missing was lost. */
export function formatChange({ statement, erasedBy, ...entry }: LoggedStatement): object {
  const { index, kind, issuer, at, sha256 } = entry
  const rest =
    statement !== null ? { statement } : erasedBy !== null ? { erased: true, erasedBy } : { withheld: true }
  return { index, kind, issuer, at, sha256, ...rest }
}
