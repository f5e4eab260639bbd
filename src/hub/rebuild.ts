/** Rebuilding: every view is made anew from the log's entries and statements, and must give the root that was signed. */
import { LogDamage, withheldAt } from './check-log.js'
import type { Reader } from './hub.js'
import { REPLAY_PAGE, type ReplayedEntry, replay } from './replay.js'
import type { Head } from './store.js'

/** Where the entries come from. */
export interface RebuildSource {
  head: Head
  /** Entries after an index (exclusive), in order, at most `limit`. */
  entries(after: number, limit: number): Promise<readonly ReplayedEntry[]>
  /** The first entries that have neither a statement nor an erasure that names them. */
  withheld(limit: number): Promise<number[]>
}

/**
 * Replays a whole log into a fresh store, as {@link replay} does.
 * @param copy founded, with an empty log
 * @throws ReplayError at an entry that no hub could have logged
 * @throws LogDamage for a statement that is withheld, a log that ends early, or another root than the one signed
 */
export async function rebuild(
  copy: Reader,
  { head, entries, withheld }: RebuildSource,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const [lost] = await withheld(1)
  if (lost !== undefined) throw withheldAt(lost)
  for (let done = 0; done < head.size; ) {
    const page = await entries(done - 1, Math.min(REPLAY_PAGE, head.size - done))
    if (page.length === 0) throw new LogDamage('entry-missing', `Log entry ${done} is missing.`, done)
    await replay(copy, page, head.note)
    done += page.length
    onProgress(done, head.size)
  }
  // An erasure that was noted without a statement of the member is none: replayed, it explains nothing.
  const [unexplained] = await copy.store.withheld(1)
  if (unexplained !== undefined) throw withheldAt(unexplained)
  const rebuilt = await copy.store.head()
  if (rebuilt?.root !== head.root) {
    throw new LogDamage('root-differs', `The entries do not give the root of the checkpoint (${head.size}).`)
  }
}
