/** Tiles: which exist for a tree size, and their paths, per C2SP tlog-tiles section "Merkle Tree". */
import { parseDecimal } from './encoding.js'
import { LogError, quote } from './error.js'

/** Hashes in a full tile. */
export const TILE_WIDTH = 256
/** Tree levels that one tile spans: 256 = 2^8. */
export const TILE_HEIGHT = 8
/** Highest tile level with a path, by the specification. */
const MAX_TILE_LEVEL = 63
/** Path elements of three digits that the largest safe integer needs; the pattern below allows as many. */
const MAX_PATH_GROUPS = 6

/** Names a tile by its level (0 holds leaf hashes) and its place in the level. */
export interface TileId {
  level: number
  index: number
}

/** A tile and its hashes, one after the other, 32 bytes each. */
export interface Tile extends TileId {
  bytes: Uint8Array
}

/** What a tile path names: a hash tile, or the bundle of the entries beneath a level 0 tile. */
export interface TilePath {
  level: number | 'entries'
  index: number
  /** Hashes or entries, 1 to 256; below 256 the tile is partial. */
  width: number
}

/**
 * Where tiles come from.
 *
 * Answers in the order asked, each id once per call. Bytes may hold more hashes than the tree size in question
 * implies, for stored tiles grow in place; an absent tile is an empty array, which its user refuses.
 */
export interface TileReader {
  readTiles(ids: readonly TileId[]): Promise<readonly Uint8Array[]>
}

/** Number of hashes in the partial tile at the right end of a level; 0 where every tile is full. */
export function partialWidth(size: number, level: number): number {
  return hashCount(size, level) % TILE_WIDTH
}

/**
 * Whether a log of this size holds so many hashes of a tile.
 *
 * True as well for the partial tiles of smaller sizes: they stay servable, cut from the tile that grew over them.
 */
export function tileExists(size: number, level: number, index: number, width: number): boolean {
  return width >= 1 && width <= TILE_WIDTH && index * TILE_WIDTH + width <= hashCount(size, level)
}

/**
 * The path beneath the log's prefix, such as `tile/0/x001/x234/067` or `tile/entries/000.p/12`.
 *
 * @param width 1 to 256; a full tile has no suffix
 * @throws LogError `tile-path-invalid`
 */
export function tilePath(level: number | 'entries', index: number, width: number = TILE_WIDTH): string {
  const named = level === 'entries' || isBetween(level, 0, MAX_TILE_LEVEL)
  if (!named || !isBetween(index, 0, Number.MAX_SAFE_INTEGER) || !isBetween(width, 1, TILE_WIDTH)) {
    throw new LogError(
      'tile-path-invalid',
      `no tile has level ${level}, index ${index} and width ${width}; levels end at ${MAX_TILE_LEVEL}`,
    )
  }
  const groups =
    String(index)
      .padStart(MAX_PATH_GROUPS * 3, '0')
      .match(/[0-9]{3}/g) ?? []
  const firstUsed = groups.findIndex((group) => group !== '000')
  const last = groups.pop()
  const parents = firstUsed < 0 ? [] : groups.slice(firstUsed).map((group) => `x${group}/`)
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${parents.join('')}${last}${suffix}`
}

/**
 * Reads a path as {@link tilePath} writes it, and no other spelling, so that each tile has one URL to cache.
 *
 * @throws LogError `tile-path-invalid`
 */
export function parseTilePath(path: string): TilePath {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(
    path,
  )
  const [, levelText = '', groups = '', widthText] = match ?? []
  const level = levelText === 'entries' ? levelText : parseDecimal(levelText)
  const index = Number(groups.replace(/[x/]/g, ''))
  const width = widthText === undefined ? TILE_WIDTH : parseDecimal(widthText)
  if (level === undefined || width === undefined || tilePath(level, index, width) !== path) {
    throw new LogError('tile-path-invalid', `${quote(path)} is not tile/<level>/<x…/index>[.p/<width>]`)
  }
  return { level, index, width }
}

// Divides instead of shifting: JavaScript shifts keep 32 bits, and dividing by a power of two is exact.
function hashCount(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max
}
