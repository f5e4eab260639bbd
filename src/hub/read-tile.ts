/** Reading a tile or entry bundle of the log by its path (C2SP tlog-tiles). */
import { formatEntry } from '../log/entry.js'
import { encodeEntryBundle } from '../log/entry-bundle.js'
import { LogError } from '../log/error.js'
import { HASH_LENGTH } from '../log/hash.js'
import { parseTilePath, TILE_WIDTH, type TilePath, tileExists } from '../log/tile.js'
import { Refusal } from '../refusal.js'
import { type Reader, readHead } from './hub.js'

/**
 * The bytes of a tile, full or partial, as of any size up to the last checkpoint.
 * @param path beneath the log's prefix, such as `tile/0/x001/234.p/5`
 * @throws Refusal `bad-query` for any other spelling, `not-found` for a tile that the log has not grown to yet
 */
export async function readTile(reader: Reader, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const tile = parsePath(path)
  const { level, index, width } = tile
  const { size } = await readHead(reader)
  if (!tileExists(size, level === 'entries' ? 0 : level, index, width)) {
    throw new Refusal('not-found', {
      detail: `The log has ${size} entries, which do not fill this tile so far.`,
      value: path.slice(0, 80),
    })
  }
  return level === 'entries' ? readBundle(reader, tile) : readHashes(reader, { level, index, width })
}

function parsePath(path: string): TilePath {
  try {
    return parseTilePath(path)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw new Refusal('bad-query', {
      detail:
        'A tile is named tile/<level>/<index>, with the index in groups of three digits: tile/0/x001/234.',
      value: path.slice(0, 80),
    })
  }
}

async function readHashes(
  { store }: Reader,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const [bytes] = await store.readTiles([{ level, index }])
  const length = width * HASH_LENGTH
  // Whoever keeps the answer keeps it for a year, so better none than a part.
  if (!bytes || bytes.length < length) throw new Error(`tile ${level}/${index} is not whole in the database`)
  return bytes.slice(0, length)
}

async function readBundle(
  { store }: Reader,
  { index, width }: Pick<TilePath, 'index' | 'width'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = index * TILE_WIDTH
  const entries = await store.changes(start - 1, start + width, width)
  if (entries.length !== width)
    throw new Error(`entries ${start} to ${start + width} are not all in the database`)
  const utf8 = new TextEncoder()
  const texts = entries.map(({ at, issuer, kind, sha256 }) => formatEntry({ at, issuer, kind, sha256, v: 1 }))
  return new Uint8Array(encodeEntryBundle(texts.map((text) => utf8.encode(text))))
}
