/** Reads a whole log over HTTP and checks all of it, written from the C2SP texts tlog-tiles and tlog-checkpoint alone. */
import { checkConsistency, checkInclusion, emptyRoot, hashChildren, hashLeaf, treeHash } from './merkle.js'
import { type Checkpoint, openCheckpoint, readBase64 } from './signed-note.js'

/** Asks for a path beneath the log's prefix, as in `get('checkpoint')`. */
export type Get = (path: string) => Promise<Response>

export interface ReadLog extends Checkpoint {
  /** The bytes of every entry. */
  entries: Buffer[]
  leaves: Buffer[]
}

/** Index 1234067 is `x001/x234/067`; a partial tile adds its width. */
export function tilePath(level: number | 'entries', index: number, width = 256): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const path = padded.replace(/(\d{3})(?=\d)/g, 'x$1/')
  return `tile/${level}/${path}${width < 256 ? `.p/${width}` : ''}`
}

/** Every tile of a level in a tree of this size, as [index, width]; the partial one last. */
export function tilesOf(level: number, size: number): [index: number, width: number][] {
  const hashes = Math.floor(size / 256 ** level)
  const full = Math.floor(hashes / 256)
  const tiles = Array.from({ length: full }, (_, index): [number, number] => [index, 256])
  return hashes % 256 > 0 ? [...tiles, [full, hashes % 256]] : tiles
}

async function read(get: Get, path: string, type: string): Promise<Buffer> {
  const response = await get(path)
  if (response.status !== 200) throw new Error(`${path}: status ${response.status}`)
  const got = response.headers.get('Content-Type')
  if (got?.toLowerCase() !== type) throw new Error(`${path}: ${got}, expected ${type}`)
  return Buffer.from(await response.arrayBuffer())
}

export async function readCheckpoint(get: Get, vkey: string): Promise<Checkpoint> {
  return openCheckpoint(await read(get, 'checkpoint', 'text/plain; charset=utf-8'), vkey)
}

/** The hashes of one tile. @throws Error when it has another width */
export async function readTile(get: Get, level: number, index: number, width: number): Promise<Buffer[]> {
  const path = tilePath(level, index, width)
  const bytes = await read(get, path, 'application/octet-stream')
  if (bytes.length !== width * 32) throw new Error(`${path}: ${bytes.length} bytes`)
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
}

/** The entries of one bundle: each behind its length, a big-endian uint16. */
export async function readBundle(get: Get, index: number, width: number): Promise<Buffer[]> {
  const path = tilePath('entries', index, width)
  const bytes = await read(get, path, 'application/octet-stream')
  const entries: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) throw new Error(`${path} ends within an entry`)
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw new Error(`${path}: ${entries.length} entries`)
  return entries
}

/**
 * Reads checkpoint, entries and tiles of every level: entries hash to level 0, full tiles to the level above, and the
 * partial tiles at the right edge to the signed root, which is also that of the leaves alone.
 * @throws Error naming the first path that is wrong
 */
export async function readLog(get: Get, vkey: string): Promise<ReadLog> {
  const checkpoint = await readCheckpoint(get, vkey)
  const { size, root } = checkpoint
  const entries: Buffer[] = []
  for (const [index, width] of tilesOf(0, size)) entries.push(...(await readBundle(get, index, width)))
  const leaves = entries.map(hashLeaf)
  /** Perfect subtrees from left to right, the largest first. */
  const edge: Buffer[] = []
  let below = leaves
  for (let level = 0; size >= 256 ** level; level += 1) {
    const above: Buffer[] = []
    for (const [index, width] of tilesOf(level, size)) {
      const tile = await readTile(get, level, index, width)
      const wrong = tile.findIndex((hash, i) => !below[index * 256 + i]?.equals(hash))
      if (wrong >= 0)
        throw new Error(`${tilePath(level, index, width)}: hash ${wrong} is not of what lies beneath`)
      if (width === 256) above.push(treeHash(tile))
      else edge.unshift(...perfectSubtrees(tile))
    }
    below = above
  }
  const [last = emptyRoot(), ...lefts] = edge.reverse()
  const ofTiles = lefts.reduce((right, left) => hashChildren(left, right), last)
  if (!ofTiles.equals(root) || !treeHash(leaves).equals(root))
    throw new Error(`the tree of ${size} has another root`)
  return { ...checkpoint, entries, leaves }
}

function perfectSubtrees(hashes: readonly Buffer[]): Buffer[] {
  const subtrees: Buffer[] = []
  let at = 0
  for (let width = 128; width >= 1; width /= 2) {
    if (!(hashes.length & width)) continue
    subtrees.push(treeHash(hashes.slice(at, at + width)))
    at += width
  }
  return subtrees
}

/** Asks the hub for a proof, which is no part of C2SP: `{hashes}` in RFC 6962 order. */
async function readHashes(get: Get, path: string): Promise<Buffer[]> {
  const { hashes } = JSON.parse((await read(get, path, 'application/json')).toString()) as {
    hashes: string[]
  }
  return hashes.map(readBase64)
}

/** That an entry stands in the log, by the hub's own proof. @throws Error */
export async function checkEntry(
  get: Get,
  { size, root }: Checkpoint,
  index: number,
  leaf: Buffer,
): Promise<void> {
  const path = await readHashes(get, `proof/inclusion?index=${index}&size=${size}`)
  checkInclusion(index, size, leaf, path, root)
}

/** That the later tree begins with the earlier one, by the hub's own proof. @throws Error */
export async function checkGrowth(get: Get, earlier: Checkpoint, later: Checkpoint): Promise<void> {
  const path = await readHashes(get, `proof/consistency?from=${earlier.size}&to=${later.size}`)
  checkConsistency(earlier, later, path)
}
