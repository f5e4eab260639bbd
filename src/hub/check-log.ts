/**
 * Whether a stored log is whole: its entries give the root that its checkpoint signs, its tiles hold their hashes, and every
 * statement is the one that was logged. What a backup must pass before anybody goes on with it.
 */
import { openCheckpoint } from '../log/checkpoint.js'
import { equalBytes } from '../log/encoding.js'
import { LogError } from '../log/error.js'
import { HASH_LENGTH } from '../log/hash.js'
import { createNoteVerifier, parseVerifierKey } from '../log/note-key.js'
import { TILE_WIDTH, type TileId } from '../log/tile.js'
import { type TileHash, walkTree } from '../log/tree-walk.js'
import { sha256Hex } from '../trust/digest.js'
import { readErasure } from '../trust/erasure.js'
import { encodeBase64url } from '../trust/json.js'
import { hashEntry } from './grow-tree.js'
import { readLogKeys } from './log-keys.js'
import type { Head, HubStore } from './store.js'

/** Entries read at once. */
const PAGE = 1000

/**
 * - `no-log`: nothing was ever started here
 * - `key-retired`: no key of this log is in use
 * - `checkpoint-invalid`: the newest checkpoint is not signed by a key of this log, or is not of what stands beside it
 * - `entry-missing`: the entries have a gap or end before the checkpoint says
 * - `statement-altered`: a statement is not the one whose hash was logged
 * - `withheld`: a statement is missing, and no erasure in the log names it
 * - `tiles-differ`, `root-differs`: the entries do not give the hashes that are stored
 */
export type DamageCode =
  | 'no-log'
  | 'key-retired'
  | 'checkpoint-invalid'
  | 'entry-missing'
  | 'statement-altered'
  | 'withheld'
  | 'tiles-differ'
  | 'root-differs'

/** A stored log that is not whole. */
export class LogDamage extends Error {
  override readonly name = 'LogDamage'
  readonly code: DamageCode
  /** Log index where it shows, if it shows at one. */
  readonly index: number | undefined

  constructor(code: DamageCode, message: string, index?: number) {
    super(message)
    this.code = code
    this.index = index
  }
}

type LogStore = Pick<HubStore, 'head' | 'changes' | 'readTiles' | 'setting' | 'logKeys'>

/** A log's name and the keys that may sign for it now, as its database has them. @throws LogDamage `no-log`, `key-retired` */
export async function readLogName(
  store: Pick<HubStore, 'setting' | 'logKeys'>,
): Promise<{ origin: string; vkeys: [string, ...string[]] }> {
  const vkey = await store.setting('vkey')
  if (!vkey) throw new LogDamage('no-log', 'It holds no log: no hub was ever started on it.')
  const origin = parseVerifierKey(vkey).name
  const [first, ...others] = await readLogKeys(store)
  if (first === undefined) {
    throw new LogDamage('key-retired', `The operator retired every key of ${origin}: nothing signs for it.`)
  }
  return { origin, vkeys: [first, ...others] }
}

/**
 * Checks the newest checkpoint against the log's own keys, then every entry, statement and tile.
 * @param onProgress told how many entries are done
 * @returns the head
 * @throws LogDamage at the first thing that does not hold
 */
export async function checkLog(
  store: LogStore,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Head> {
  const { origin, vkeys } = await readLogName(store)
  const head = await store.head()
  if (!head) throw new LogDamage('no-log', 'It holds no checkpoint: no hub was ever started on it.')
  await checkNote(head, origin, vkeys)
  const tree = walkTree()
  const erased: Erased = new Map()
  for (let after = -1; after + 1 < head.size; ) {
    const page = await store.changes(after, head.size, PAGE)
    const hashes: TileHash[] = []
    for (const entry of page) {
      after += 1
      if (entry.index !== after) break
      checkStatement(entry, erased)
      hashes.push(...tree.append(hashEntry(entry)))
    }
    if (tree.size !== after + 1 || page.length === 0) {
      throw new LogDamage('entry-missing', `Log entry ${tree.size} is missing.`, tree.size)
    }
    await checkTiles(store, hashes)
    onProgress(tree.size, head.size)
  }
  for (const [index] of erased.values()) if (index !== undefined) throw withheldAt(index)
  if (encodeBase64url(tree.root()) !== head.root) {
    throw new LogDamage('root-differs', `The entries do not give the root of the checkpoint (${head.size}).`)
  }
  return head
}

async function checkNote(head: Head, origin: string, vkeys: readonly string[]): Promise<void> {
  try {
    const verifiers = await Promise.all(vkeys.map(createNoteVerifier))
    const { size, root } = await openCheckpoint(head.note, { origin, verifiers })
    if (size === head.size && encodeBase64url(root) === head.root) return
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw new LogDamage('checkpoint-invalid', `Its newest checkpoint does not hold: ${error.message}.`)
  }
  throw new LogDamage('checkpoint-invalid', 'Its newest checkpoint signs another size or root than stored.')
}

/** Missing statements by the entry that is said to have erased them: the log has it later than those. */
type Erased = Map<number, number[]>

/**
 * The store's word that something was erased is nobody's: it counts only with an erasure in the log that names it. Whether the
 * member may erase it is judged by replaying.
 */
function checkStatement(entry: Awaited<ReturnType<LogStore['changes']>>[number], erased: Erased): void {
  const { index, kind, sha256, statement, erasedBy } = entry
  if (statement === null) {
    if (erasedBy === null || erasedBy <= index) throw withheldAt(index)
    erased.set(erasedBy, [...(erased.get(erasedBy) ?? []), index])
  } else if (sha256Hex(statement) !== sha256) {
    throw new LogDamage(
      'statement-altered',
      `The statement of log entry ${index} is not the one whose hash was logged.`,
      index,
    )
  }
  const missing = erased.get(index)
  if (!missing) return
  const named = new Set(kind === 'erasure' && statement !== null ? readErasure(statement)?.indices : [])
  const unnamed = missing.find((at) => !named.has(at))
  if (unnamed !== undefined) throw withheldAt(unnamed)
  erased.delete(index)
}

export function withheldAt(index: number): LogDamage {
  return new LogDamage(
    'withheld',
    `The statement of log entry ${index} is missing, and no erasure in the log names it.`,
    index,
  )
}

/** Compares computed hashes with the tiles that hold them. */
async function checkTiles(store: LogStore, hashes: readonly TileHash[]): Promise<void> {
  const byTile = new Map<string, { id: TileId; hashes: TileHash[] }>()
  for (const hash of hashes) {
    const id = { level: hash.level, index: Math.floor(hash.at / TILE_WIDTH) }
    const key = `${id.level}/${id.index}`
    const tile = byTile.get(key) ?? { id, hashes: [] }
    tile.hashes.push(hash)
    byTile.set(key, tile)
  }
  const tiles = [...byTile.values()]
  const stored = await store.readTiles(tiles.map(({ id }) => id))
  for (const [i, tile] of tiles.entries()) {
    const bytes = stored[i] ?? new Uint8Array()
    const wrong = tile.hashes.find(({ at, hash }) => {
      const start = (at % TILE_WIDTH) * HASH_LENGTH
      return !equalBytes(bytes.subarray(start, start + HASH_LENGTH), hash)
    })
    if (!wrong) continue
    const { level, index } = tile.id
    const entry = wrong.at * TILE_WIDTH ** level
    throw new LogDamage(
      'tiles-differ',
      `Tile ${level}/${index} does not hold the hashes of its entries.`,
      entry,
    )
  }
}
