/** Reading the log as a feed: gap-free, filtered where asked, never beyond the last checkpoint. */
import { Refusal } from '../refusal.js'
import { type Reader, readHead } from './hub.js'
import type { ChangeFilter, Head, LoggedStatement } from './store.js'

/**
 * Entries that one query of a filtered page looks through: whatever is asked for, and however rare it is, a query takes some
 * 10 ms at most, and embedded SQLite keeps everybody else waiting no longer than that.
 */
export const LOOK_ENTRIES = 10_000
/** The same for the current state, where each entry is held against the views: some ten times the work. */
const LOOK_CURRENT = 1000
/**
 * Queries of one page: with these a page looks through 250,000 entries (25,000 for the current state), in a quarter of a second. A Worker has a thousand for a
 * request, of which a long poll asks one a second besides.
 */
export const MAX_LOOKS = 25

export interface ChangesPage {
  /** No entry is beyond it. */
  head: Head
  entries: LoggedStatement[]
  /** Index up to which everything was looked at; -1 for nothing yet. What is wanted and not here comes after it. */
  looked: number
}

/**
 * The wanted entries after an index.
 * @param after exclusive; -1 for the start
 * @returns at most `limit`, in log order; none, too, where the wanted ones are far ahead: `looked` says where to go on
 * @throws Refusal `bad-cursor` for an index that does not exist yet
 */
export async function readChanges(
  reader: Reader,
  { after, limit, filter }: { after: number; limit: number; filter?: ChangeFilter },
): Promise<ChangesPage> {
  const head = await readHead(reader)
  if (after >= head.size) {
    throw new Refusal('bad-cursor', {
      detail: `The log has ${head.size} entries, so the last index is ${head.size - 1}. A higher one comes from another log.`,
      value: after,
      at: 'after',
    })
  }
  const span = filter?.current ? LOOK_CURRENT : LOOK_ENTRIES
  const entries: LoggedStatement[] = []
  let looked = after
  for (let look = 0; look < MAX_LOOKS && entries.length < limit && looked + 1 < head.size; look += 1) {
    // Between queries others are let in.
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, 0))
    const end = filter ? Math.min(looked + 1 + span, head.size) : head.size
    const rest = limit - entries.length
    const found = await reader.store.changes(looked, end, rest, filter)
    const last = found.length === rest ? found.at(-1)?.index : undefined
    looked = last ?? end - 1
    entries.push(...found)
  }
  return { head, entries, looked }
}
