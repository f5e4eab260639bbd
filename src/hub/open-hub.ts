/** Opening a hub on its database: the first use fixes origin and log key, every later one must agree (DESIGN 4.4). */
import { formatCheckpoint } from '../log/checkpoint.js'
import { EMPTY_ROOT } from '../log/hash.js'
import { signNote } from '../log/note.js'
import { encodeBase64url } from '../trust/json.js'
import { createHub, type Hub, type Restored } from './hub.js'
import { readLogKeys } from './log-keys.js'

/** Thrown when a database belongs to another origin, log key or mode; the message says what to do. */
export class HubMismatch extends Error {
  override readonly name = 'HubMismatch'
}

/** Setting that holds the JSON of {@link Restored}. */
export const RESTORED_SETTING = 'restored'

/**
 * Opens the hub. An empty database gets its settings and the checkpoint of the empty log.
 * @throws HubMismatch when the database was first used under another origin or log key, or as a demo or a mirror
 */
export async function openHub(parts: Omit<Hub, 'memory' | 'restored'>): Promise<Hub> {
  const { store, origin, demo, keys } = parts
  const settings = { origin, vkey: keys.vkeys[0], demo: String(demo) }
  if (!(await store.head())) {
    const root = EMPTY_ROOT
    const note = await signNote(formatCheckpoint({ origin: keys.logOrigin, size: 0, root }), ...keys.log)
    // Another process may found it in the same moment; then its settings stand and are compared below.
    await store.found(settings, {
      size: 0,
      root: encodeBase64url(root),
      note,
      at: parts.now(),
      rosterSize: 0,
    })
  }
  const stored = await store.setting('origin')
  if (stored !== origin) {
    throw new HubMismatch(
      `This data belongs to ${stored}, not to ${origin}. Every signed record names its origin, so data can't move to another: ` +
        `set HUB_ORIGIN=${stored} (for a demo, its PORT), or start with an empty HUB_DATA folder.`,
    )
  }
  if ((await store.setting('demo')) !== settings.demo) {
    throw new HubMismatch(
      'A demo’s data can’t be served as a real hub’s, nor the reverse. Start with an empty HUB_DATA folder.',
    )
  }
  if ((await store.setting(MIRROR_SETTING)) !== undefined) {
    throw new HubMismatch(
      'This data is a mirror’s copy: a hub that goes on with it would fork the log. Serve it with "trustmark serve --mirror".',
    )
  }
  const trusted = await readLogKeys(store)
  if (!trusted.includes(keys.vkeys[0])) {
    throw new HubMismatch(
      'The log key is not the one this log was started with, nor one that the operator announced in it. Restore keys/log.jwk.json from the backup of this data folder.',
    )
  }
  const restored = await store.setting(RESTORED_SETTING)
  return createHub({ ...parts, ...(restored && { restored: JSON.parse(restored) as Restored }) })
}

/** Setting that marks a copy; a hub never opens one. */
export const MIRROR_SETTING = 'mirror'
