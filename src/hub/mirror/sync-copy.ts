/**
 * Bringing a copy up to date, and believing nobody (DESIGN 5; C2SP tlog-mirror): first the signed checkpoint, then every leaf
 * hash below it against the signed root, then each line against its leaf, then each statement by the rules of the log. So
 * whatever is wrong has an index, and what was wrong is never written.
 */
import { equalBytes } from '../../log/encoding.js'
import { parseNote } from '../../log/note.js'
import { TILE_WIDTH } from '../../log/tile.js'
import type { Finding } from '../batch-state.js'
import { ROSTER_KINDS } from '../grow-tree.js'
import { type Reader, readHead } from '../hub.js'
import { ReplayError, replay } from '../replay.js'
import type { Head } from '../store.js'
import { createAbsentStatements, ErasedLater, withheld } from './absent-statements.js'
import {
  CACHED_CHECKPOINT,
  chooseTarget,
  describeFork,
  findFork,
  forked,
  readSeen,
  type Sleep,
} from './choose-target.js'
import { fetchLeaves, firstDifference, growRoots, type Leaves, readOwnLeaves } from './leaves.js'
import { assertSigned, countSignatures, type Target } from './log-trust.js'
import { MirrorError } from './mirror-error.js'
import { refreshLogKeys } from './open-copy.js'
import { checkLine, readPages } from './read-lines.js'
import type { LogSource, SourceLine } from './source.js'

export interface SyncOptions {
  /** Entries taken by this call, and how many it will be; the latter grows with a log that moves on. */
  onProgress?(done: number, total: number): void
  /** Stops between two pages; what was taken stays. */
  signal?: AbortSignal
  sleep?: Sleep
}

export interface Synced {
  /** Size before. */
  from: number
  size: number
  /** Rules of content that logged statements break: the hub should not have taken them, and the copy shows them all the same. */
  findings: Finding[]
}

/** Checkpoints gone to in one call, of a log that moves on meanwhile. */
const MAX_ROUNDS = 5

/**
 * Copies what is new, and verifies all of it. Stopped at any moment, the copy answers as of the entries it has, and the next
 * call goes on there.
 * @throws MirrorError for a log that is not what it claims to be; what was verified before stays
 */
export async function syncCopy(
  copy: Reader,
  source: LogSource,
  { onProgress, signal, sleep = wait }: SyncOptions = {},
): Promise<Synced> {
  const { size: from } = await readHead(copy)
  const findings: Finding[] = []
  try {
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const target = await chooseTarget(copy, source, sleep)
      const head = await readHead(copy)
      if (target.size === head.size) {
        await assertSigned(copy, target, [])
        await takeSignatures(copy, head, target)
        break
      }
      const leaves = await readLeaves(copy, source, head, target)
      const absent = createAbsentStatements(copy, source, head.size, target.size, (line) =>
        checkLine(line, line.index, leaves),
      )
      try {
        for await (const page of readPages(source, head.size, leaves, sleep)) {
          signal?.throwIfAborted()
          await assertSigned(copy, target, page)
          for (const run of splitRuns(page)) {
            for (const line of run) if (line.statement === undefined) await absent.explain(line)
            findings.push(...(await replayPage(copy, run, target.note)))
          }
          const done = (page.at(-1)?.index ?? 0) + 1
          onProgress?.(done - from, target.size - from)
        }
      } catch (error) {
        if (!(error instanceof ErasedLater)) throw error
        // The hub moved on: the next checkpoint has the erasure, or it was never logged.
        if (round === MAX_ROUNDS) throw withheld(error.index)
        if (round > 1) await sleep(CACHED_CHECKPOINT)
      }
    }
  } finally {
    await refreshLogKeys(copy)
  }
  const [missing] = await copy.store.withheld(1)
  if (missing !== undefined) throw withheld(missing)
  return { from, size: (await readHead(copy)).size, findings }
}

/** A key that was added since signs the newest checkpoint too: answers then carry both lines, as the hub's do. */
async function takeSignatures(copy: Reader, head: Head, { note }: Target): Promise<void> {
  if (head.note === '' || note === head.note) return
  if (parseNote(note).text !== parseNote(head.note).text) return
  // Lines that were stripped on the way are no news, and those that nobody answers for count for nothing.
  if ((await countSignatures(copy, note)) >= (await countSignatures(copy, head.note)))
    await copy.store.resignHead(head, note)
}

/** Stretches that were signed under one roster: what the next one holds is judged when its keys are known. */
function splitRuns(page: readonly SourceLine[]): SourceLine[][] {
  const runs: SourceLine[][] = [[]]
  for (const [i, line] of page.entries()) {
    runs.at(-1)?.push(line)
    if (ROSTER_KINDS.includes(line.kind) && i < page.length - 1) runs.push([])
  }
  return runs
}

async function replayPage(copy: Reader, page: readonly SourceLine[], note: string): Promise<Finding[]> {
  const entries = page.map(({ index, at, issuer, kind, sha256, statement = null }) => ({
    index,
    at,
    issuer,
    kind,
    sha256,
    statement,
  }))
  try {
    return await replay(copy, entries, note)
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    throw new MirrorError(
      'entry-invalid',
      `${error.message} An honest hub refuses such an entry. The copy keeps what came before it; tell the operator and the other members.`,
      error.index,
      { cause: error },
    )
  }
}

/**
 * Every leaf hash that is new, from the beginning of its tile on, proven by the checkpoint's root.
 * @throws MirrorError `forked`, `tiles-differ`
 */
async function readLeaves(copy: Reader, source: LogSource, head: Head, target: Target): Promise<Leaves> {
  const start = head.size - (head.size % TILE_WIDTH)
  const leaves = await fetchLeaves(source, start, target.size)
  const seen = readSeen(head)
  const between = seen.size > head.size && seen.size < target.size
  const sizes = between ? [seen.size, target.size] : [target.size]
  const roots = await growRoots(copy.store, head.size, leaves, sizes)
  const root = roots.at(-1)
  if (!root || !equalBytes(root, target.root)) throw await explainTiles(copy, source, leaves, head, target)
  const [seenRoot] = roots
  if (between && seenRoot && !equalBytes(seenRoot, seen.root)) throw await describeFork(copy, source, target)
  const own = await readOwnLeaves(copy.store, start, head.size)
  const different = firstDifference(leaves, own)
  // The root was computed over the copy's own leaves, so what is wrong is the tile alone.
  if (different !== undefined) throw tilesDiffer(different)
  return leaves
}

async function explainTiles(
  copy: Reader,
  source: LogSource,
  leaves: Leaves,
  head: Head,
  target: Target,
): Promise<MirrorError> {
  // Only the tree that was signed can contradict the copy; tiles that give no signed root prove nothing.
  const fork = await findFork(copy, source, target)
  if (fork !== undefined) return forked(target, fork)
  const own = await readOwnLeaves(copy.store, leaves.from, head.size)
  const known = firstDifference(leaves, own)
  return tilesDiffer(known ?? (await findInFeed(source, leaves, head.size)))
}

/** The first index at which tiles and feed do not agree. */
async function findInFeed(source: LogSource, leaves: Leaves, from: number): Promise<number | undefined> {
  try {
    const pages = readPages(source, from, leaves, async () => undefined)
    while (!(await pages.next()).done);
    return undefined
  } catch (error) {
    return error instanceof MirrorError ? error.index : undefined
  }
}

function tilesDiffer(index: number | undefined): MirrorError {
  const where = index === undefined ? '' : ` They are wrong at entry ${index}.`
  return new MirrorError(
    'tiles-differ',
    `The hub's tiles do not give the root that it signed.${where} They were altered, swapped or are broken, at the hub or on the way; nothing was taken from them. Run it again over another network; if it stays so, tell the operator.`,
    index,
  )
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
