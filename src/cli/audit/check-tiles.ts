/** The log as tile readers see it: hash tiles of all levels and entry bundles (C2SP tlog-tiles) agree with the entries. */

import type { AuditCheckName } from '../../hub/audit/report.js'
import { chooseNumbers } from '../../hub/audit/sample.js'
import { readTile } from '../../hub/read-tile.js'
import { equalBytes } from '../../log/encoding.js'
import { HASH_LENGTH } from '../../log/hash.js'
import { TILE_WIDTH, tilePath } from '../../log/tile.js'
import { type Audit, runCheck, sizeOf } from './audit.js'

/** Tiles of one level, or bundles, compared: of a log of 256,000 entries all; of a larger one so many are chosen at random. */
const WHOLE_TILES = 1000
/** Largest answer: a full bundle of the largest entries. */
const MAX_BYTES = TILE_WIDTH * (65_535 + 2)

interface Part {
  level: number | 'entries'
  index: number
  width: number
}

/** Every tile of a log of this size, level by level, the partial ones at its right edge last. */
function countTiles(size: number, level: number | 'entries'): number {
  return Math.ceil(Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level)) / TILE_WIDTH)
}

function partAt(size: number, level: Part['level'], index: number): Part {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) }
}

export async function checkTiles(audit: Audit): Promise<void> {
  const size = await sizeOf(audit.copy)
  const levels: number[] = []
  for (let level = 0; countTiles(size, level) > 0; level += 1) levels.push(level)
  await compareParts(audit, 'tiles', size, levels)
  await compareParts(audit, 'bundles', size, ['entries'])
}

async function compareParts(
  audit: Audit,
  check: AuditCheckName,
  size: number,
  levels: readonly Part['level'][],
): Promise<void> {
  const counts = levels.map((level) => countTiles(size, level))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = audit.sample ?? WHOLE_TILES
  const all = levels.flatMap((level, i) =>
    chooseWithLast(counts[i] ?? 0, most, audit.random).map((index) => partAt(size, level, index)),
  )
  const parts = all.filter(({ width }) => width > 0)
  audit.report.sampled(check, 'compared', parts.length, total)
  const progress = audit.progress(check, parts.length)
  await runCheck(audit, check, async () => {
    for (const [i, part] of parts.entries()) {
      await comparePart(audit, check, part)
      progress.update(i + 1)
    }
  })
  progress.stop()
}

/** The right edge is where a log lies first. */
function chooseWithLast(count: number, most: number, random: Audit['random']): number[] {
  return count === 0 ? [] : [...chooseNumbers(count - 1, most - 1, random), count - 1]
}

async function comparePart(audit: Audit, check: AuditCheckName, part: Part): Promise<void> {
  const { level, index, width } = part
  const tile = tilePath(level, index, width)
  const path = `/log/${tile}`
  const expected = await readTile(audit.copy, tile)
  let { status, bytes } = await audit.client.getBytes(path, MAX_BYTES)
  if (status === 404 && width < TILE_WIDTH) {
    // The log may have grown over it: then the full tile begins with it (tlog-tiles, "Partial tiles").
    const full = await audit.client.getBytes(`/log/${tilePath(level, index)}`, MAX_BYTES)
    ;({ status } = full)
    bytes = full.bytes.slice(0, expected.length)
  }
  if (status === 200 && equalBytes(bytes, expected)) return
  const first = firstDifference(bytes, expected)
  const place =
    level === 'entries' ? entryOf(expected, first) : Math.floor(first / HASH_LENGTH) * TILE_WIDTH ** level
  const at = index * TILE_WIDTH ** (level === 'entries' ? 1 : level + 1) + place
  audit.report.found({
    check,
    code: level === 'entries' ? 'entry-differs' : 'tiles-differ',
    index: at,
    asked: path,
    detail:
      status === 200
        ? `What the hub shows at ${path} is not what its log's entries give; it is wrong from entry ${at} on.`
        : `The hub answers ${status} to ${path}, which a log of this size has.`,
  })
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

/** Which entry of a bundle a byte belongs to. */
function entryOf(bundle: Uint8Array, byte: number): number {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  let [entry, at] = [0, 0]
  while (at + 2 <= bundle.length) {
    at += 2 + view.getUint16(at)
    if (byte < at) break
    entry += 1
  }
  return entry
}
