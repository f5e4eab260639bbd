/** The digest of a register as of (DESIGN 5): one hash over the ids in force, which whoever holds all records can make again. */
import { sha256Hex } from './digest.js'

/**
 * @param ids in any order
 * @returns SHA-256 (lower hex) of the ids sorted by code point, each followed by a line feed
 */
export function digestIds(ids: readonly string[]): string {
  // Ids are ASCII, so sorting by UTF-16 units is sorting by code points.
  return sha256Hex(
    [...ids]
      .sort()
      .map((id) => `${id}\n`)
      .join(''),
  )
}
