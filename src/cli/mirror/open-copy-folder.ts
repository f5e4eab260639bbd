/** A copy in a folder: its database, the alliance's keys pinned beside it, and when it was last brought up to date. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { verifyWithOneOf } from '../../anchor.js'
import type { Reader, Restored } from '../../hub/hub.js'
import { openCopy } from '../../hub/mirror/open-copy.js'
import { ConfigError, packageRoot } from '../../node.js'
import { restored } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { createHubStore } from '../../store/hub-store.js'
import { openSqlite } from '../../store/sqlite.js'
import { ENTITY_STATEMENT_TYP } from '../../trust/entity-statement.js'
import { type DecodedJws, decodeJws } from '../../trust/jws.js'
import { type Anchor, listLogKeys, readAnchor } from '../../verify.js'
import { expectStatus, type HubClient, MAX_ANSWER_BYTES } from '../hub-client.js'
import { pinAnchor, readAnchorFile } from '../look-up/anchor-file.js'
import { askHub, assertNoCopy } from '../look-up/ask-hub.js'
import { readJson, writeJson } from '../workspace.js'
import { lockFolder } from './lock-folder.js'

/** What a copy's folder holds, beside its lock. */
export const FILES = { database: 'copy.sqlite', anchor: 'anchor.json', synced: 'synced.json' } as const

const syncedFile = z.object({ at: z.int().min(0), size: z.int().min(0) })

/** When a copy was last found up to date (epoch ms), and its size then. */
export type SyncedState = z.infer<typeof syncedFile>

export interface OpenedCopy {
  copy: Reader
  anchor: Anchor
  /** Absolute path. */
  folder: string
  close(): Promise<void>
}

export interface CopyFolderOptions {
  client: HubClient
  /** Keys got by another way; must agree with those pinned in the folder. */
  anchor?: Anchor | undefined
  /** Epoch ms. */
  now: () => number
  report?: Reader['report']
}

/**
 * Founds or reopens a copy that is about to be written; the alliance's keys are pinned at the first use. The folder is locked
 * until it is closed.
 * @throws ConfigError for a folder that is in use, or holds a hub or other keys, and for a mirror in the hub's place; HubMismatch for another hub's copy;
 *   Refusal, HubClientError when the keys can't be read from the hub
 */
export async function openCopyFolder(folder: string, options: CopyFolderOptions): Promise<OpenedCopy> {
  const path = resolve(folder)
  const { client, now } = options
  refuseHubFolder(path)
  mkdirSync(path, { recursive: true })
  const unlock = lockFolder(path)
  try {
    const file = join(path, FILES.anchor)
    const get = async (address: string): Promise<string> => {
      const response = await client.get(address)
      assertNoCopy(client.origin, response)
      return expectStatus(response, 200).text
    }
    const isPinned = existsSync(file)
    const shown = isPinned ? undefined : await readConfiguration(get, client.origin, options.anchor, now())
    const anchor = options.anchor ?? shown?.anchor ?? readAnchorFile(file, client.origin)
    if (!isPinned || options.anchor) await pinAnchor(file, anchor, askHub(client))
    const opened = await openDatabase(path, anchor, options, shown?.restored)
    return {
      ...opened,
      async close() {
        await opened.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Opens a copy that was made before, for reading; somebody else may write it meanwhile.
 * @throws ConfigError when there is none; HubMismatch
 */
export async function openCopyToRead(
  folder: string,
  options: Pick<CopyFolderOptions, 'now' | 'report'>,
): Promise<OpenedCopy> {
  const path = resolve(folder)
  if (!existsSync(join(path, FILES.database)) || !existsSync(join(path, FILES.anchor))) {
    throw new ConfigError(
      `There is no copy in ${path}. Make one with "trustmark mirror --from <hub> --data ${folder}".`,
    )
  }
  const file = join(path, FILES.anchor)
  const { origin } = readJson(file, z.looseObject({ origin: z.string() }))
  return openDatabase(path, readAnchorFile(file, origin), options)
}

/** Notes that the copy was up to date just now. */
export function writeSynced(folder: string, state: SyncedState): void {
  writeJson(join(folder, FILES.synced), state)
}

/** @returns undefined for a copy that never was up to date */
export function readSynced(folder: string): SyncedState | undefined {
  const file = join(folder, FILES.synced)
  return existsSync(file) ? readJson(file, syncedFile) : undefined
}

/** Bytes of everything in the folder. */
export function sizeOnDisk(folder: string): number {
  return readdirSync(folder).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}

async function openDatabase(
  folder: string,
  anchor: Anchor,
  { now, report }: Pick<CopyFolderOptions, 'now' | 'report'>,
  restoredAs?: Restored,
): Promise<OpenedCopy> {
  const database = openSqlite(join(folder, FILES.database), join(packageRoot(), 'src/store/migrations'))
  try {
    const copy = await openCopy({
      store: createHubStore(database),
      anchor: {
        origin: anchor.origin,
        logOrigin: anchor.log.origin,
        vkeys: listLogKeys(anchor),
        retired: anchor.log.retired,
        operator: anchor.operator,
        demo: anchor.demo,
        restored: restoredAs,
      },
      now,
      ...(report && { report }),
    })
    return { copy, anchor, folder, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A hub's own folder beside a copy would be backed up and served as one. */
function refuseHubFolder(folder: string): void {
  if (!existsSync(join(folder, 'hub.sqlite'))) return
  throw new ConfigError(`${folder} is a hub’s data folder. Name another one for the copy with --data.`)
}

/**
 * The alliance's configuration: its keys, and what it says of a log that was started anew.
 * @param given keys got by another way: one of them must have signed it, or anybody could say that the log lost something
 */
async function readConfiguration(
  get: (address: string) => Promise<string>,
  origin: string,
  given: Anchor | undefined,
  now: number,
): Promise<{ anchor: Anchor; restored?: Restored | undefined }> {
  const text = await get('/alliance/.well-known/openid-federation')
  const anchor = await readAnchor(text, origin, now / 1000)
  const decoded = decodeJws(text, { [ENTITY_STATEMENT_TYP]: { maxBytes: MAX_ANSWER_BYTES } })
  if (given) await verifyByGiven(decoded, given)
  const claims = z
    .looseObject({
      metadata: z.looseObject({ trustmark_alliance: z.looseObject({ restored: restored.optional() }) }),
    })
    .safeParse(decoded.payload)
  return { anchor, restored: claims.success ? claims.data.metadata.trustmark_alliance.restored : undefined }
}

/** @throws Refusal `unknown-key`, and for a signature that is false */
async function verifyByGiven(decoded: DecodedJws, { federation }: Anchor): Promise<void> {
  if (federation.some(({ kid }) => kid === decoded.header.kid)) return verifyWithOneOf(decoded, federation)
  throw new Refusal(
    'unknown-key',
    'Do not trust this hub: its configuration is not signed by the alliance whose keys you gave. Ask it by another way, such as the telephone.',
  )
}
