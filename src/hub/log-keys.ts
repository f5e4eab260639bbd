/** Which keys may sign this log's checkpoints: its first, and those that the operator announced in the log itself. */
import type { HubStore } from './store.js'

/** The verifier lines of every key in use, oldest first; a retired one is none. */
export async function readLogKeys(store: Pick<HubStore, 'setting' | 'logKeys'>): Promise<string[]> {
  const [first, announced] = await Promise.all([store.setting('vkey'), store.logKeys()])
  const retired = new Set(announced.filter((row) => row.retired).map(({ vkey }) => vkey))
  const known = [...(first ? [first] : []), ...announced.map(({ vkey }) => vkey)]
  return [...new Set(known)].filter((vkey) => !retired.has(vkey))
}
