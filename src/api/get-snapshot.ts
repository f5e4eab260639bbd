/** `GET /v1/snapshot` and its parts: the whole log as packed NDJSON, for a copy that starts from nothing. */
import type { Context } from 'hono'
import type { Reader } from '../hub/hub.js'
import { assertPart, planSnapshot, readPart, type SnapshotPartName } from '../hub/snapshot.js'
import type { LoggedStatement } from '../hub/store.js'
import { Refusal } from '../refusal.js'
import { readState } from './change-filter.js'
import { formatChanges } from './get-changes.js'
import { gzipPages } from './gzip-pages.js'
import { answer, CACHE, TYPES } from './http.js'

/**
 * Which parts there are, and the checkpoint that they end at. With `state=current` the parts hold only what makes up the state
 * as it is now; the tree can then be checked by proofs only.
 * @throws Refusal `not-ready`, `bad-query`
 */
export async function getSnapshot(c: Context, hub: Reader): Promise<Response> {
  const query = readState(c) ? '?state=current' : ''
  const { head, edition, parts } = await planSnapshot(hub)
  const body = {
    size: head.size,
    at: new Date(head.at).toISOString(),
    checkpoint: head.note,
    edition,
    parts: parts.map(({ from, to }) => ({
      // A path: on a copy it leads back to the copy.
      url: `/v1/snapshot/${edition}/${from}-${to}.ndjson.gz${query}`,
      from,
      to,
    })),
    ...(hub.demo && { demo: true }),
  }
  return answer(c, {
    body: JSON.stringify(body),
    type: TYPES.json,
    // What was erased goes out of caches as fast as a look-up changes.
    cache: CACHE.lookup,
    headers: { 'Checkpoint-Size': String(head.size) },
  })
}

/**
 * One part: feed lines, gzipped. A part that fails midway breaks off: neither the transfer nor the gzip member ends.
 * @throws Refusal `snapshot-gone` (410), `not-found`, `bad-query`
 */
export async function getSnapshotPart(c: Context, hub: Reader): Promise<Response> {
  const current = readState(c)
  const part = readPartName(c)
  await assertPart(hub, part)
  const { edition, from, to } = part
  const body = () => {
    const report = (error: unknown) => hub.report?.(error, { job: 'snapshot' })
    return gzipPages(encodePages(readPart(hub, part, current), report))
  }
  // The current state changes with the log, the whole one only with an erasure; and a log that was started anew may reach the
  // same size and edition with other entries. Weak, for each runtime packs the same lines into other bytes.
  if (current) return answer(c, { body, type: TYPES.gzip, cache: CACHE.checkpoint })
  return answer(c, {
    body,
    type: TYPES.gzip,
    cache: CACHE.lookup,
    etag: `W/"${hub.keys.logOrigin}-${edition}-${from}-${to}"`,
  })
}

function readPartName(c: Context): SnapshotPartName {
  const { edition = '', part = '' } = c.req.param()
  const [, from, to] = /^(0|[1-9][0-9]{0,14})-([1-9][0-9]{0,14})\.ndjson\.gz$/.exec(part) ?? []
  if (from === undefined || to === undefined) {
    throw new Refusal('not-found', {
      detail: 'A part is named <from>-<to>.ndjson.gz, as /v1/snapshot lists it.',
      value: part.slice(0, 60),
    })
  }
  return { edition, from: Number(from), to: Number(to) }
}

/** Nobody else hears of a failure: the answer has begun by then. */
async function* encodePages(
  pages: AsyncIterable<LoggedStatement[]>,
  report: (error: unknown) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder()
  try {
    for await (const page of pages) yield utf8.encode(formatChanges(page))
  } catch (error) {
    if (!(error instanceof Refusal)) report(error)
    throw error
  }
}
