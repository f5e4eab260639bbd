/** Entry bundles: up to 256 length-prefixed entries, per C2SP tlog-tiles section "Log entries". */
import { MAX_ENTRY_BYTES } from './entry.js'
import { LogError } from './error.js'
import { TILE_WIDTH } from './tile.js'

/** Each entry stands behind its length in bytes, a big-endian uint16. */
const LENGTH_BYTES = 2

/**
 * The bundle of these entries, which lie beneath one level 0 tile.
 *
 * @param entries 1 to 256 entries of at most 65,535 bytes, in log order
 * @throws LogError `bundle-malformed`, `entry-too-large`
 */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  assertBundleWidth(entries.length)
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0))
  const view = new DataView(bundle.buffer)
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new LogError(
        'entry-too-large',
        `an entry has at most ${MAX_ENTRY_BYTES} bytes, this one ${entry.length}`,
      )
    }
    view.setUint16(at, entry.length)
    bundle.set(entry, at + LENGTH_BYTES)
    at += LENGTH_BYTES + entry.length
  }
  return bundle
}

/**
 * The entries of a bundle, as views on its bytes.
 *
 * @param width how many entries the tree size promises, 1 to 256
 * @throws LogError `bundle-malformed` when the bundle holds fewer or more, or ends within one
 */
export function decodeEntryBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  assertBundleWidth(width)
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < width) {
    const start = at + LENGTH_BYTES
    const end = start <= bundle.length ? start + view.getUint16(at) : Number.POSITIVE_INFINITY
    if (end > bundle.length) {
      throw new LogError('bundle-malformed', `the bundle ends within entry ${entries.length} of ${width}`)
    }
    entries.push(bundle.subarray(start, end))
    at = end
  }
  if (at !== bundle.length) {
    throw new LogError(
      'bundle-malformed',
      `${bundle.length - at} bytes follow the ${width} entries of the bundle`,
    )
  }
  return entries
}

function assertBundleWidth(width: number): void {
  if (!Number.isSafeInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new LogError('bundle-malformed', `a bundle has 1 to ${TILE_WIDTH} entries, not ${width}`)
  }
}
