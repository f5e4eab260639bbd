/** Accepting what the operator says of the log's keys: one is announced once, and retired once it was (DESIGN 4.5). */
import { LogError } from '../log/error.js'
import { formatLogOrigin } from '../log/log-origin.js'
import { parseVerifierKey } from '../log/note-key.js'
import { Refusal } from '../refusal.js'
import type { LogKeyClaims } from '../trust/statements.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'

export function applyLogKey(state: BatchState, { logKey }: LogKeyClaims, index: number): Accepted {
  const { vkey, change } = logKey
  assertName(state.origin, vkey)
  const known = state.logKeys().find((row) => row.vkey === vkey)
  if (known?.retired) throw bad('A retired key never comes back. Announce another.', vkey)
  if (change === 'announced') {
    if (known) throw bad('This key is announced already.', vkey)
    state.putLogKey({ vkey, index, retired: false })
  } else {
    // The log's first key was never announced, so nothing is known of it here; its retirement is.
    state.putLogKey({ vkey, index: known?.index ?? index, retired: true })
  }
  return { subject: null, country: null }
}

/** A key under another name could sign for another log, and no verifier would look for it here. */
function assertName(origin: string, vkey: string): void {
  const name = formatLogOrigin(origin)
  try {
    const given = parseVerifierKey(vkey).name
    // A log that was started anew still tells the keys that it had under its earlier name.
    if (given === name || /^-[1-9][0-9]*$/.test(given.startsWith(name) ? given.slice(name.length) : ''))
      return
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw bad(`This is no verifier line of an Ed25519 key: ${error.message}.`, vkey)
  }
  throw bad(`The key must be named ${name}, as the log is.`, vkey)
}

function bad(detail: string, vkey: string): Refusal {
  return new Refusal('bad-log-key', { detail, value: vkey.slice(0, 200), at: 'logKey.vkey' })
}
