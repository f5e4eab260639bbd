/** Which checkpoint a copy goes to next, and whether it goes on from what the copy holds (C2SP tlog-mirror). */
import { parseCheckpoint } from '../../log/checkpoint.js'
import { equalBytes } from '../../log/encoding.js'
import { parseNote } from '../../log/note.js'
import { rootHash } from '../../log/tree.js'
import { decodeBase64url } from '../../trust/json.js'
import { type Reader, readHead } from '../hub.js'
import type { Head } from '../store.js'
import { fetchLeaves, firstDifference, growRoots, readOwnLeaves } from './leaves.js'
import { openTarget, type Target } from './log-trust.js'
import { MirrorError } from './mirror-error.js'
import type { LogSource } from './source.js'

/** Waits (ms). */
export type Sleep = (milliseconds: number) => Promise<void>

/** How long after a checkpoint that is too old another is asked for (ms): one may be cached for 5 s on the way. */
export const CACHED_CHECKPOINT = 6000

/** The newest checkpoint that the copy has seen: it may be ahead of the entries, where a sync was stopped. */
export interface Seen {
  size: number
  root: Uint8Array
}

export function readSeen(head: Head): Seen {
  if (head.note === '') return { size: head.size, root: decodeBase64url(head.root, 'A stored root') }
  return parseCheckpoint(parseNote(head.note).text)
}

/**
 * The source's newest checkpoint, verified, at least as new as what the copy has seen.
 * @throws MirrorError `checkpoint-invalid`, `log-restarted`, `forked`, `rolled-back`
 */
export async function chooseTarget(copy: Reader, source: LogSource, sleep: Sleep): Promise<Target> {
  for (let attempt = 1; ; attempt += 1) {
    const target = await openTarget(copy, source, await source.checkpoint())
    const head = await readHead(copy)
    const seen = readSeen(head)
    if (target.size <= head.size && !equalBytes(target.root, await rootHash(target.size, copy.store)))
      throw await describeFork(copy, source, target)
    if (target.size === seen.size && !equalBytes(target.root, seen.root))
      throw await describeFork(copy, source, target)
    if (target.size >= seen.size) return target
    if (attempt > 1) {
      throw new MirrorError(
        'rolled-back',
        `The hub shows a log of ${target.size} entries, but it has signed one of ${seen.size} before. Either an old checkpoint is played again on the way, or the hub took entries back. The copy keeps what it has; ask the operator, and show both checkpoints.`,
        target.size,
      )
    }
    await sleep(CACHED_CHECKPOINT)
  }
}

/** Names the first entry that differs, where the source's own tiles prove one. */
export async function describeFork(copy: Reader, source: LogSource, target: Target): Promise<MirrorError> {
  return forked(target, await findFork(copy, source, target))
}

export function forked(target: Target, index: number | undefined): MirrorError {
  const where = index === undefined ? '' : ` They differ from entry ${index} on.`
  return new MirrorError(
    'forked',
    `The hub signed two histories under one name: its checkpoint of ${target.size} entries contradicts what this copy verified before.${where} ` +
      'This proves that the log was tampered with. The copy keeps what it has: keep it, with this checkpoint, as evidence, and tell the other members.\n' +
      target.note.trimEnd(),
    index,
  )
}

/** @returns undefined where the source does not show the tree that it signed */
export async function findFork(copy: Reader, source: LogSource, target: Target): Promise<number | undefined> {
  try {
    const theirs = await fetchLeaves(source, 0, target.size)
    const [root] = await growRoots(copy.store, 0, theirs, [target.size])
    if (!root || !equalBytes(root, target.root)) return undefined
    const { size } = await readHead(copy)
    return firstDifference(theirs, await readOwnLeaves(copy.store, 0, Math.min(size, target.size)))
  } catch {
    // What was signed is finding enough; that it can't be looked into any more changes nothing.
    return undefined
  }
}
