/** Lines of a snapshot and of the feed in log order, each held against the leaf that the signed tree has at its index. */
import { equalBytes } from '../../log/encoding.js'
import { LogError } from '../../log/error.js'
import { sha256Hex } from '../../trust/digest.js'
import { hashEntry } from '../grow-tree.js'
import { REPLAY_PAGE } from '../replay.js'
import { CACHED_CHECKPOINT, type Sleep } from './choose-target.js'
import type { Leaves } from './leaves.js'
import { MirrorError } from './mirror-error.js'
import type { LogSource, SourceLine } from './source.js'

/** A copy so many entries behind takes the snapshot: its parts are compressed and serve everybody; the feed is asked in pages. */
export const SNAPSHOT_FROM = 20_000

/**
 * Reads the entries of a stretch in pages of at most {@link REPLAY_PAGE}.
 * @throws MirrorError `entry-differs`, `snapshot-truncated`, `withheld` for a line that is passed over
 */
export async function* readPages(
  source: LogSource,
  from: number,
  leaves: Leaves,
  sleep: Sleep,
): AsyncGenerator<SourceLine[]> {
  let page: SourceLine[] = []
  let at = from
  const take = (line: SourceLine): void => {
    checkLine(line, at, leaves)
    page.push(line)
    at += 1
  }
  if (from === 0 || leaves.to - from > SNAPSHOT_FROM) {
    for await (const line of readSnapshot(source, from, leaves.to)) {
      take(line)
      if (page.length < REPLAY_PAGE) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  }
  while (at < leaves.to) {
    page = []
    for (const line of await readFeed(source, at, leaves.to, sleep)) take(line)
    yield page
  }
}

/** What a snapshot has of the stretch; it may end before, for the log grows while snapshots are cached. */
async function* readSnapshot(source: LogSource, from: number, to: number): AsyncGenerator<SourceLine> {
  const { size, parts } = await source.snapshot()
  const end = Math.min(size, to)
  let at = from
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    if (part.to <= at) continue
    if (at >= end || part.from > at) break
    for await (const line of source.part(part)) {
      if (line.index < at) continue
      yield line
      at += 1
      if (at >= Math.min(part.to, end)) break
    }
    if (at < Math.min(part.to, end)) break
  }
  if (at < end) throw truncated(at, `The hub's snapshot promises ${size} entries and ends before entry ${at}`)
}

async function readFeed(source: LogSource, at: number, to: number, sleep: Sleep): Promise<SourceLine[]> {
  for (let attempt = 1; ; attempt += 1) {
    const lines = await source.changes(at - 1, REPLAY_PAGE)
    if (lines.length > 0) return lines.slice(0, to - at)
    if (attempt > 1) throw truncated(at, `The hub signed ${to} entries, but its feed ends before entry ${at}`)
    // The feed may come from a cache that is older than the checkpoint.
    await sleep(CACHED_CHECKPOINT)
  }
}

function truncated(index: number, found: string): MirrorError {
  return new MirrorError(
    'snapshot-truncated',
    `${found}. Everything before it was verified and stays in the copy. Run it again; if it ends there again, tell the operator.`,
    index,
  )
}

/**
 * Holds a line against the signed tree.
 * @throws MirrorError `entry-differs`, `withheld`
 */
export function checkLine(line: SourceLine, index: number, leaves: Leaves): void {
  if (line.index > index) {
    throw new MirrorError(
      'withheld',
      `The hub shows entry ${line.index} where entry ${index} must stand: entry ${index} is kept back. The copy keeps what it has; tell the operator.`,
      index,
    )
  }
  if (line.index === index && isLeaf(line, leaves.at(index))) return
  throw new MirrorError(
    'entry-differs',
    `What the hub shows as log entry ${index} is not what the log's signed tree holds there: it was altered at the hub or on the way. The copy keeps what it has. Run it again over another network; if it stays so, tell the operator and the member ${line.issuer.slice(0, 100)}.`,
    index,
  )
}

/** Whether the line, and the statement on it, are what was logged. */
function isLeaf(line: SourceLine, leaf: Uint8Array): boolean {
  try {
    if (!equalBytes(hashEntry(line), leaf)) return false
  } catch (error) {
    // A line that has no log entry's form was never one.
    if (error instanceof LogError) return false
    throw error
  }
  return line.statement === undefined || sha256Hex(line.statement) === line.sha256
}
