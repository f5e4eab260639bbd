/** Opening a hub on its database: the first use fixes origin and log key, every later one must agree (DESIGN 4.4). */
import { formatCheckpoint } from '../log/checkpoint.js'
import { EMPTY_ROOT } from '../log/hash.js'
import { formatNote, parseNote, signNote } from '../log/note.js'
import { isSameKey } from '../log/note-key.js'
import { decodeBase64url, encodeBase64url } from '../trust/json.js'
import { LISTED_FROM_THE_START } from './directory/fill.js'
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
  const settings = { origin, vkey: keys.vkeys[0], demo: String(demo), ...LISTED_FROM_THE_START }
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
    throw copyRefused('This data')
  }
  await assertTrustedKey(parts)
  await signHeadAnew(parts)
  const restored = await store.setting(RESTORED_SETTING)
  return createHub({ ...parts, ...(restored && { restored: JSON.parse(restored) as Restored }) })
}

/** Setting that marks a copy; a hub never opens one. */
export const MIRROR_SETTING = 'mirror'

/** That a copy is never opened as a hub. @param what is one: the data, or the folder that holds it */
export function copyRefused(what: string): HubMismatch {
  return new HubMismatch(
    `${what} is a mirror’s copy: a hub that goes on with it would fork the log. Serve it with "trustmark serve --mirror".`,
  )
}

/** What a hub that signed with a key nobody answers for would say, every verifier would refuse: so it does not start. */
async function assertTrustedKey({ store, keys }: Pick<Hub, 'store' | 'keys'>): Promise<void> {
  const trusted = await readLogKeys(store)
  const [current, next] = keys.vkeys
  if (trusted.includes(current)) return
  if (next !== undefined && trusted.includes(next))
    throw new HubMismatch(
      'The operator retired the log key of this hub; the next one is announced. Make that one current with "trustmark rotate log-key finish", and start again.',
    )
  throw new HubMismatch(
    `The hub's log key ${nameAndId(current)} is not one that the log trusts: the operator retired it, or never announced it. Trusted is ${trusted.map(nameAndId).join(' or ')}. ` +
      'Put the current log.jwk.json, with that key, in place in keys/, not one that was retired: a backup from before a rotation holds the retired one.',
  )
}

/** Of a verifier line, what people compare: the log's name and the key's ID. */
function nameAndId(vkey: string): string {
  return vkey.split('+', 2).join('+')
}

/** How often a head that moves meanwhile is read again: each loss means that another process appended, with its keys. */
const MAX_LOST_HEADS = 10

/**
 * Adds the signatures that the newest checkpoint lacks, when the hub's keys changed and no entry came since. Other processes may
 * append or do the same meanwhile: lines are only added, each key signs one text in one way, and the note is replaced only
 * while it is the one that was read, so whoever loses reads again and no line is lost.
 * @throws HubMismatch when the head is not this log's
 */
export async function signHeadAnew({ store, keys }: Pick<Hub, 'store' | 'keys'>): Promise<void> {
  for (let lost = 0; lost < MAX_LOST_HEADS; lost++) {
    const head = await store.head()
    if (!head) return
    const { text, signatures } = parseNote(head.note)
    const missing = keys.log.filter((signer) => !signatures.some((line) => isSameKey(line, signer)))
    if (missing.length === 0) return
    const root = decodeBase64url(head.root, 'The stored root')
    // Signed is only what this hub would say itself, never just whatever stands in the database.
    if (text !== formatCheckpoint({ origin: keys.logOrigin, size: head.size, root }))
      throw new HubMismatch(
        `The newest checkpoint is not one of ${keys.logOrigin}. Restore the database and the keys from one backup.`,
      )
    const added = parseNote(await signNote(text, ...missing)).signatures
    if (await store.resignHead(head, formatNote({ text, signatures: [...signatures, ...added] }))) return
  }
}
