/** Which keys may sign this log's checkpoints: its first, and those that the operator announced in the log itself. */
import { keysInUse, keysRetired, type LogKeyChange, nameOfKey } from '../log/key-set.js'
import { parseNote } from '../log/note.js'
import { identifyKey, isSameKey } from '../log/note-key.js'
import type { HubStore } from './store.js'

type KeyStore = Pick<HubStore, 'setting' | 'logKeys'>

/** The verifier lines of every key in use, oldest first; a retired one is none. */
export async function readLogKeys(store: KeyStore): Promise<string[]> {
  return (await readKeySet(store)).trusted
}

/** The keys in use, and those that sign nothing any more; each oldest first. */
export async function readKeySet(store: KeyStore): Promise<{ trusted: string[]; retired: string[] }> {
  const [first, changes] = await Promise.all([store.setting('vkey'), readKeyChanges(store)])
  if (first === undefined) return { trusted: [], retired: [] }
  const name = nameOfKey(first)
  return { trusted: keysInUse(first, changes, name), retired: keysRetired(changes, name) }
}

/** What the operator said of the log's keys. The log's first key was never announced; that it was retired is said of it too. */
export async function readKeyChanges(store: Pick<HubStore, 'logKeys'>): Promise<LogKeyChange[]> {
  return (await store.logKeys()).flatMap(({ vkey, retired }): LogKeyChange[] => [
    { vkey, change: 'announced' },
    ...(retired ? [{ vkey, change: 'retired' } as const] : []),
  ])
}

/**
 * The keys in use, those first that signed the newest checkpoint: what somebody who comes now needs first. Hub and copy
 * answer alike, for the checkpoint is the same.
 */
export async function readSigningKeys(store: KeyStore & Pick<HubStore, 'head'>): Promise<string[]> {
  const [trusted, head] = await Promise.all([readLogKeys(store), store.head()])
  // A copy that has read nothing yet has a head that nobody signed.
  const signatures = head?.note ? parseNote(head.note).signatures : []
  const signed = (vkey: string): boolean => {
    const key = identifyKey(vkey)
    return signatures.some((line) => isSameKey(line, key))
  }
  return [...trusted.filter(signed), ...trusted.filter((vkey) => !signed(vkey))]
}
