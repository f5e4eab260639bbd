/** A hub, or another mirror, as what a copy is made from: nothing but HTTP, and nothing of it is believed (see LogSource). */
import * as z from 'zod'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import type { LogSource, Snapshot, SnapshotPart, SourceLine } from '../../hub/mirror/source.js'
import { HASH_LENGTH } from '../../log/hash.js'
import { partialWidth, TILE_WIDTH, type TileId, tilePath } from '../../log/tile.js'
import { expectStatus, type HubBytes, type HubClient, readAnswer } from '../hub-client.js'
import { createFeed, readLine } from './http-feed.js'
import { readNdjson } from './read-ndjson.js'

/** Tiles fetched at once: hides the network's delay, and is no more than a browser opens to one host. */
const TILES_AT_ONCE = 6
/** Most bytes of a compressed part of a snapshot; hubs make parts of a few MB. */
const MAX_PART_BYTES = 128 * 1024 * 1024
const manifest = z.looseObject({
  size: z.int().min(0),
  checkpoint: z.string(),
  parts: z.array(z.object({ url: z.string(), from: z.int().min(0), to: z.int().min(0) })),
})

/** @throws HubClientError, from every call, for what can't be reached or is no hub's answer */
export function createHttpSource(client: HubClient): LogSource {
  const snapshot = async (): Promise<Snapshot> => {
    const response = expectStatus(await client.get('/v1/snapshot'), 200)
    return readAnswer(response, manifest, 'the manifest of a snapshot')
  }
  return {
    checkpoint: async () => expectStatus(await client.get('/log/checkpoint'), 200).text,
    async tiles(ids, size) {
      const read: Uint8Array[] = []
      for (let at = 0; at < ids.length; at += TILES_AT_ONCE)
        read.push(
          ...(await Promise.all(ids.slice(at, at + TILES_AT_ONCE).map((id) => getTile(client, id, size)))),
        )
      return read
    },
    ...createFeed(client),
    snapshot,
    part: (part) => readPart(client, part, snapshot),
  }
}

async function getTile(client: HubClient, { level, index }: TileId, size: number): Promise<Uint8Array> {
  const isLast = index === Math.floor(size / TILE_WIDTH ** (level + 1))
  const width = isLast ? partialWidth(size, level) : TILE_WIDTH
  const get = (of: number): Promise<HubBytes> =>
    client.getBytes(`/log/${tilePath(level, index, of)}`, TILE_WIDTH * HASH_LENGTH)
  const response = await get(width)
  // A log may drop a partial tile once the full one is there (tlog-tiles, "Partial tiles").
  const answer = response.status === 404 && width < TILE_WIDTH ? await get(TILE_WIDTH) : response
  if (answer.status !== 200) return new Uint8Array()
  return answer === response ? answer.bytes : answer.bytes.subarray(0, width * HASH_LENGTH)
}

async function* readPart(
  client: HubClient,
  { url, from, to }: SnapshotPart,
  snapshot: () => Promise<Snapshot>,
): AsyncGenerator<SourceLine> {
  let at = from
  let parts: readonly SnapshotPart[] = [{ url, from, to }]
  let renewed = false
  while (at < to) {
    const part = parts.find((one) => one.from <= at && one.to > at)
    const response = part && (await client.getBytes(part.url, MAX_PART_BYTES))
    if (response?.status === 410 && !renewed) {
      // Something was erased since the manifest was made; the snapshot was made anew without it.
      ;({ parts } = await snapshot())
      renewed = true
      continue
    }
    if (!part || !response) return
    if (response.status !== 200) expectBytes(response)
    const before = at
    for await (const line of readLines(response.bytes, part.from)) {
      if (line.index < at) continue
      yield line
      at += 1
      if (at >= to) return
    }
    // What a part lacks its reader misses; asking for it again would give the same.
    if (at === before || at < part.to) return
  }
}

function expectBytes({ bytes, ...rest }: HubBytes): void {
  expectStatus({ ...rest, text: new TextDecoder().decode(bytes) }, 200)
}

async function* readLines(bytes: Uint8Array<ArrayBuffer>, from: number): AsyncGenerator<SourceLine> {
  let index = from
  const lines = readNdjson(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))
  for (;;) {
    const next = await lines.next().catch((error: unknown) => {
      throw new MirrorError(
        'snapshot-truncated',
        `A part of the hub's snapshot breaks off, or is damaged, before entry ${index} (${error instanceof Error ? error.message : String(error)}). What came before it was verified and stays. Run it again; if it breaks off there again, tell the operator.`,
        index,
        { cause: error },
      )
    })
    if (next.done) return
    const line = readLine(next.value, index)
    // Lines that are shown again and again would never end: nobody asks for what came before.
    if (line.index < index) throw outOfOrder(index)
    yield line
    index = line.index + 1
  }
}

function outOfOrder(index: number): MirrorError {
  return new MirrorError(
    'entry-differs',
    `A part of the hub's snapshot is out of order before entry ${index}. What came before it was verified and stays; run it again, and tell the operator if it stays so.`,
    index,
  )
}
