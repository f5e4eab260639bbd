/** After an erasure: neither the files nor this process's memory keep what was erased. */
import type { Reader } from './hub.js'

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
    await hub.store.scrub()
    hub.memory.unscrubbed = false
  } catch (error) {
    hub.report?.(error, { job: 'scrub' })
  }
}
