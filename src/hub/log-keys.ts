/** Which keys may sign this log's checkpoints: its first, and those that the operator announced in the log itself. */
import type { HubStore } from './store.js'

/**
 * The verifier lines of every key in use, oldest first; a retired one is none. A log that was started anew still tells the
 * keys of its earlier name, and those sign nothing in it.
 */
export async function readLogKeys(store: Pick<HubStore, 'setting' | 'logKeys'>): Promise<string[]> {
  const [first, announced] = await Promise.all([store.setting('vkey'), store.logKeys()])
  const retired = new Set(announced.filter((row) => row.retired).map(({ vkey }) => vkey))
  const known = [...(first ? [first] : []), ...announced.map(({ vkey }) => vkey)]
  return [...new Set(known)].filter(
    (vkey) => !retired.has(vkey) && (!first || nameOf(vkey) === nameOf(first)),
  )
}

/** The name in a verifier line, which is the log's origin. */
function nameOf(vkey: string): string {
  return vkey.slice(0, vkey.indexOf('+'))
}
