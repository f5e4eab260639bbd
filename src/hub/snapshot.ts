/**
 * The whole log up to one checkpoint, in parts that are made while they are read. Nothing is stored, so nothing that is erased
 * can stay behind in a file: an erasure starts the next edition, and parts of the one before are gone.
 */
import { Refusal } from '../refusal.js'
import { assertWhole, type Reader, readHead } from './hub.js'
import type { Head, LoggedStatement } from './store.js'

/**
 * Entries of one part: at some 2 kB a line it is 20 MB, or 8 MB packed: seconds of a Worker's time, and little to fetch again
 * where the line breaks. Its 20 pages, each with a look whether the edition still stands, are 40 queries of a Worker's thousand.
 */
export const SNAPSHOT_PART = 10_000
/** Entries read and packed at once: 8 MB where every statement is as long as allowed, of a Worker's 128 MB. */
export const SNAPSHOT_PAGE = 500

/** What names an edition: how far the log had come at its last erasure. */
const EDITION = /^(?:0|[1-9][0-9]{0,14})$/

export interface SnapshotPlan {
  head: Head
  edition: string
  /** Entries `from` to `to`, the latter not included; together the whole log. */
  parts: { from: number; to: number }[]
}

export interface SnapshotPartName {
  edition: string
  from: number
  to: number
}

/** @throws Refusal `not-ready` from a copy in the middle of being brought up to its checkpoint */
export async function planSnapshot(reader: Reader): Promise<SnapshotPlan> {
  const head = await readHead(reader)
  assertWhole(head)
  const parts = Array.from({ length: Math.ceil(head.size / SNAPSHOT_PART) }, (_, i) => ({
    from: i * SNAPSHOT_PART,
    to: Math.min((i + 1) * SNAPSHOT_PART, head.size),
  }))
  return { head, edition: await readEdition(reader), parts }
}

/**
 * Sees to it that the part can be read.
 * @throws Refusal `snapshot-gone` for an older edition, `not-found` for a part that no manifest names
 */
export async function assertPart(reader: Reader, part: SnapshotPartName): Promise<void> {
  const { edition, from, to } = part
  const [head, current] = await Promise.all([readHead(reader), readEdition(reader)])
  if (EDITION.test(edition) && Number(edition) < Number(current)) throw goneAfter(current)
  const named = from % SNAPSHOT_PART === 0 && to > from && to <= from + SNAPSHOT_PART
  if (edition !== current || !named || to > head.size) {
    throw new Refusal('not-found', {
      detail: 'No snapshot has this part. Its parts are listed at /v1/snapshot.',
      value: `${edition.slice(0, 20)}/${from}-${to}`,
    })
  }
}

/**
 * The part's entries, page by page.
 * @param current only those that make up the state as it is now
 * @throws Refusal `snapshot-gone` where something is erased meanwhile: what was read so far must not pass for a part
 */
export async function* readPart(
  reader: Reader,
  { edition, from, to }: SnapshotPartName,
  current: boolean,
): AsyncGenerator<LoggedStatement[]> {
  for (let start = from; start < to; start += SNAPSHOT_PAGE) {
    const end = Math.min(start + SNAPSHOT_PAGE, to)
    const page = await reader.store.changes(start - 1, end, end - start, current ? { current } : undefined)
    if (!current && page.length !== end - start)
      throw new Error(`entries ${start} to ${end} are not all there`)
    const now = await readEdition(reader)
    if (now !== edition) throw goneAfter(now)
    yield page
  }
}

async function readEdition({ store }: Reader): Promise<string> {
  return String(((await store.lastErasure()) ?? -1) + 1)
}

function goneAfter(current: string): Refusal {
  return new Refusal('snapshot-gone', {
    detail: 'Something was erased since. Fetch /v1/snapshot anew; what you verified so far stands.',
    value: current,
  })
}
