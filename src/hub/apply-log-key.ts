/** Accepting what the operator says of the log's keys: one is announced once, and retired once it was (DESIGN 4.5). */
import { LogError } from '../log/error.js'
import { formatLogOrigin, parseLogOrigin } from '../log/log-origin.js'
import { ED25519, parseVerifierKey, type VerifierKey } from '../log/note-key.js'
import { Refusal } from '../refusal.js'
import { type LogKeyClaims, MAX_LOG_KEYS } from '../trust/statements.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'

/**
 * The log's first key was never announced, so a copy may not know it: it counts as one of those in use, and whether a key is
 * the last one is judged at the hub only.
 */
export function applyLogKey(state: BatchState, { logKey }: LogKeyClaims, index: number): Accepted {
  const { vkey, change } = logKey
  const name = readLogName(state.origin, vkey)
  const known = state.logKeys().find((row) => row.vkey === vkey)
  if (known?.retired) throw bad('A retired key never comes back. Announce another.', vkey)
  if (change === 'announced') {
    if (known) throw bad('This key is announced already.', vkey)
    assertRoom(state, name, vkey)
    state.putLogKey({ vkey, index, retired: false })
  } else {
    state.timely(() => {
      if (state.logKeysInUse().every((live) => live === vkey))
        throw bad(
          'It is the last key in use, and a log without one can go on no more. Announce another first.',
          vkey,
        )
    })
    // Nothing is known here of a key that was never announced; its retirement is.
    state.putLogKey({ vkey, index: known?.index ?? index, retired: true })
  }
  return { subject: null, country: null }
}

/** Whoever pins the log keeps at most so many, and could read none of them any more. */
function assertRoom(state: BatchState, name: string, vkey: string): void {
  const inUse = state.logKeys().filter((row) => !row.retired && row.vkey.startsWith(`${name}+`))
  if (inUse.length + 1 < MAX_LOG_KEYS) return
  throw bad(`${MAX_LOG_KEYS} keys of the log are in use already. Retire some first.`, vkey)
}

/** A key under another name could sign for another log, and no verifier would look for it here. */
function readLogName(origin: string, vkey: string): string {
  const { name, type } = parse(vkey)
  const own = formatLogOrigin(origin)
  // A log that was started anew still tells the keys that it had under its earlier name.
  if (parseLogOrigin(name)?.first !== own) throw bad(`The key must be named ${own}, as the log is.`, vkey)
  // A witness's key signs other bytes than the note's text: announced as the log's, no verifier could be made of it.
  if (type !== ED25519)
    throw bad(`The log signs with keys of type ${ED25519} only; this is one of type ${type}.`, vkey)
  return name
}

function parse(vkey: string): VerifierKey {
  try {
    return parseVerifierKey(vkey)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw bad(`This is no verifier line of an Ed25519 key: ${error.message}.`, vkey)
  }
}

function bad(detail: string, vkey: string): Refusal {
  return new Refusal('bad-log-key', { detail, value: vkey.slice(0, 200), at: 'logKey.vkey' })
}
