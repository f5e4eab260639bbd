/** Which keys sign a log's checkpoints: its first, and those that the alliance's operator announced and did not retire (DESIGN 4.5). */

/** One thing that the operator said of a key of the log. */
export interface LogKeyChange {
  change: 'announced' | 'retired'
  /** A signed-note verifier line. */
  vkey: string
}

/**
 * The keys that may sign now, oldest first. The order of what was said does not matter: a key that was retired stays so.
 * @param first known without an announcement: the log's first key, or those that were pinned; absent where none is known
 * @param changes what the operator said, in log order; already verified
 * @param logOrigin the log's name: one that was started anew still tells the keys of its earlier name, which sign nothing in it
 */
export function keysInUse(
  first: string | readonly string[] | undefined,
  changes: readonly LogKeyChange[],
  logOrigin: string,
): string[] {
  const retired = keysRetired(changes, logOrigin)
  return keysEver(first, changes, logOrigin).filter((vkey) => !retired.includes(vkey))
}

/** Every key that signed or may sign, oldest first: what an old checkpoint is checked with by whoever knows when it was made. */
export function keysEver(
  first: string | readonly string[] | undefined,
  changes: readonly LogKeyChange[],
  logOrigin: string,
): string[] {
  const announced = changes.filter(({ change }) => change === 'announced').map(({ vkey }) => vkey)
  return ofLog([...(first === undefined ? [] : [first].flat()), ...announced], logOrigin)
}

/** The keys that sign nothing any more, in the order in which they were retired. */
export function keysRetired(changes: readonly LogKeyChange[], logOrigin: string): string[] {
  return ofLog(
    changes.filter(({ change }) => change === 'retired').map(({ vkey }) => vkey),
    logOrigin,
  )
}

function ofLog(vkeys: readonly string[], logOrigin: string): string[] {
  return [...new Set(vkeys)].filter((vkey) => nameOfKey(vkey) === logOrigin)
}

/** The name in a verifier line, which is the log's origin. */
export function nameOfKey(vkey: string): string {
  return vkey.slice(0, vkey.indexOf('+'))
}
