/** After an erasure: neither the files nor this process's memory keep what was erased. */
import type { Reader } from './hub.js'

/** Told once for each erasure. */
const LEFT_OVER =
  'something was erased, and the database is too large to be written anew in passing: single erased values may stand in unused parts of its pages. In a quiet hour stop the hub, run "trustmark rebuild --replace", and delete the old file that it keeps (docs/operating.md, "Erased content in a large database"); on Workers make the directory anew (docs/workers.md).'

/**
 * Scrubs the database's files; when somebody reads them just now, the next call makes up for it. Never throws: the erasure is
 * committed, and must not be taken for a failure.
 */
export async function scrub(hub: Reader): Promise<void> {
  // Answers of before are not given out any more, for their size has passed; they must not be kept either.
  hub.memory.verdicts = { byName: new Map(), bytes: 0 }
  hub.memory.unscrubbed = true
  await scrubAgain(hub)
}

/** What a {@link scrub} left over; nothing to do most of the time. */
export async function scrubAgain(hub: Reader): Promise<void> {
  if (!hub.memory.unscrubbed) return
  try {
    const isClean = await hub.store.scrub()
    hub.memory.unscrubbed = false
    // Doing it again would leave the same: it takes somebody who may stop the hub.
    if (!isClean) hub.report?.(new Error(LEFT_OVER), { job: 'scrub' })
  } catch (error) {
    hub.report?.(error, { job: 'scrub' })
  }
}
