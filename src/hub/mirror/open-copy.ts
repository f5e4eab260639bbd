/** Opening a copy of a hub's log: it answers like the hub, holds none of its keys, and no hub ever opens it (DESIGN 5). */
import { EMPTY_ROOT } from '../../log/hash.js'
import { keysInUse, type LogKeyChange } from '../../log/key-set.js'
import { encodeBase64url } from '../../trust/json.js'
import type { PublicJwk } from '../../trust/keys.js'
import { LISTED_FROM_THE_START } from '../directory/fill.js'
import { createMemory, type Reader, type Restored } from '../hub.js'
import { readKeyChanges } from '../log-keys.js'
import { HubMismatch, MIRROR_SETTING, RESTORED_SETTING } from '../open-hub.js'

/** What a copy believes before it has read anything: pinned once, never taken from the hub again. */
export interface CopyAnchor {
  /** The hub's origin. */
  origin: string
  logOrigin: string
  /** Signed-note verifier lines of the log, the current one first. */
  vkeys: readonly [string, ...string[]]
  /** Keys that are known to be retired: nobody brings them back by keeping that back. */
  retired?: readonly string[] | undefined
  operator: readonly PublicJwk[]
  demo: boolean
  /** What the alliance says of a log that was started anew; kept when the copy is founded. */
  restored?: Restored | undefined
}

export interface CopyParts extends Pick<Reader, 'store' | 'now' | 'report'> {
  anchor: CopyAnchor
}

/**
 * Founds or reopens a copy.
 * @throws HubMismatch when the database belongs to a hub, or to a copy of another log
 */
export async function openCopy({ store, anchor, now, report }: CopyParts): Promise<Reader> {
  const { origin, logOrigin, vkeys, retired, operator, demo, restored } = anchor
  if (!(await store.head())) {
    const settings = {
      origin,
      vkey: vkeys[0],
      demo: String(demo),
      [MIRROR_SETTING]: logOrigin,
      ...LISTED_FROM_THE_START,
      ...(restored && { [RESTORED_SETTING]: JSON.stringify(restored) }),
    }
    // A log without entries that nobody signed: what was signed comes with the first sync.
    await store.found(settings, {
      size: 0,
      root: encodeBase64url(EMPTY_ROOT),
      note: '',
      at: 0,
      rosterSize: 0,
    })
  }
  const [storedOrigin, storedLog, storedDemo, storedRestored] = await Promise.all(
    ['origin', MIRROR_SETTING, 'demo', RESTORED_SETTING].map((name) => store.setting(name)),
  )
  if (storedLog === undefined)
    throw new HubMismatch('This is a hub’s own data, not a copy. Keep copies in folders of their own.')
  if (storedOrigin !== origin || storedLog !== logOrigin || storedDemo !== String(demo)) {
    throw new HubMismatch(
      `This is a copy of the log ${storedLog} of ${storedOrigin}, not of ${logOrigin}. Name the hub that it was made from, or another folder.`,
    )
  }
  const copy: Reader = {
    origin,
    demo,
    store,
    keys: { logOrigin, vkeys, operator, ...(retired && { retired }) },
    ...(storedRestored && { restored: JSON.parse(storedRestored) as Restored }),
    now,
    ...(report && { report }),
    memory: createMemory(),
  }
  await refreshLogKeys(copy)
  return copy
}

/**
 * The log's verifier lines as the copy knows them: pinned ones, and those that the operator announced in what was verified.
 * @returns none when every key was retired
 */
export async function readTrustedKeys(copy: Pick<Reader, 'store' | 'keys'>): Promise<string[]> {
  const { store, keys } = copy
  const [first, changes] = await Promise.all([store.setting('vkey'), readKnownChanges(copy)])
  return keysInUse([...(first === undefined ? [] : [first]), ...keys.vkeys], changes, keys.logOrigin)
}

/** What the copy knows the operator to have said of the log's keys: from the entries that it has, and what its anchor knew. */
export async function readKnownChanges({
  store,
  keys,
}: Pick<Reader, 'store' | 'keys'>): Promise<LogKeyChange[]> {
  const pinned = (keys.retired ?? []).map((vkey): LogKeyChange => ({ vkey, change: 'retired' }))
  return [...(await readKeyChanges(store)), ...pinned]
}

/** Takes up what the log says of its keys, after a sync by this process or another. */
export async function refreshLogKeys(copy: Reader): Promise<void> {
  const [first, ...others] = await readTrustedKeys(copy)
  if (first) copy.keys = { ...copy.keys, vkeys: [first, ...others] }
}
