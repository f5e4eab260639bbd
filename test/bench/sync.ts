/** Copies: how fast the feed and the snapshot come, how fast a mirror verifies them, and how large it gets. */
import { rmSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createHubClient } from '../../src/cli/hub-client.js'
import { createHttpSource } from '../../src/cli/mirror/http-source.js'
import { openCopyFolder, sizeOnDisk } from '../../src/cli/mirror/open-copy-folder.js'
import { syncCopy } from '../../src/hub/mirror/sync-copy.js'
import type { Child } from './child.js'
import { median, printFigure, round } from './figure.js'
import type { Served } from './lookup.js'
import { ORIGIN, type Publisher } from './shops.js'

const ROUNDS = 5
const PAGE = 1000
const MB = 1e6

/** @param folder where copies are made, one after the other; it is removed */
export async function measureSync(
  hub: Served,
  bytes: Served,
  verifier: Child,
  publisher: Publisher,
  folder: string,
): Promise<void> {
  const at = (path: string) => `http://127.0.0.1:${hub.port}${path}`
  const pages = await readFeed(at)
  await measureDelta(at, bytes, pages)
  await measureSnapshot(at)
  await measureMirror(hub, verifier, publisher, pages, folder)
}

async function readFeed(at: (path: string) => string): Promise<Uint8Array[]> {
  const pages: Uint8Array[] = []
  for (let after = -1; ; ) {
    const cursor = after >= 0 ? `&after=${after}` : ''
    const response = await fetch(at(`/v1/changes?limit=${PAGE}${cursor}`))
    if (!response.ok) throw new Error(`the feed answered ${response.status}`)
    pages.push(new Uint8Array(await response.arrayBuffer()))
    const [next, size] = [
      Number(response.headers.get('Next-After')),
      Number(response.headers.get('Checkpoint-Size')),
    ]
    if (!(next > after)) throw new Error(`Next-After is ${next} after ${after}`)
    if (next + 1 >= size) return pages
    after = next
  }
}

async function measureDelta(
  at: (path: string) => string,
  bytes: Served,
  pages: readonly Uint8Array[],
): Promise<void> {
  await bytes.child.ask({ pages })
  const total = pages.reduce((sum, page) => sum + page.length, 0)
  const rounds: { feed: number; plain: number }[] = []
  for (let i = 0; i <= ROUNDS; i += 1) {
    const started = performance.now()
    await readFeed(at)
    const between = performance.now()
    for (const [page] of pages.entries())
      await (await fetch(`http://127.0.0.1:${bytes.port}/${page}`)).arrayBuffer()
    const ended = performance.now()
    if (i > 0) rounds.push({ feed: between - started, plain: ended - between })
  }
  const rate = (ms: number) => round(total / MB / (ms / 1000))
  printFigure({
    figure: 'sync.delta_mb_per_second',
    value: rate(median(rounds.map(({ feed }) => feed))),
    unit: 'MB/s of NDJSON, one page after the other',
    detail: {
      entriesPerPage: PAGE,
      mb: round(total / MB),
      plainMbPerSecond: rate(median(rounds.map(({ plain }) => plain))),
      ratioToPlain: round(median(rounds.map(({ feed, plain }) => plain / feed))),
      ratios: rounds.map(({ feed, plain }) => round(plain / feed)),
    },
  })
}

async function measureSnapshot(at: (path: string) => string): Promise<void> {
  const times: number[] = []
  let [packed, plain] = [0, 0]
  for (let i = 0; i <= 3; i += 1) {
    ;[packed, plain] = [0, 0]
    let ms = 0
    const { parts } = (await (await fetch(at('/v1/snapshot'))).json()) as { parts: { url: string }[] }
    for (const { url } of parts) {
      const started = performance.now()
      const part = new Uint8Array(await (await fetch(at(url))).arrayBuffer())
      ms += performance.now() - started
      packed += part.length
      plain += gunzipSync(part).length
    }
    if (i > 0) times.push(ms)
  }
  printFigure({
    figure: 'sync.snapshot_mb_per_second',
    value: plain / MB / (median(times) / 1000),
    unit: 'MB/s of NDJSON, packed on the way',
    detail: {
      mb: round(plain / MB),
      packedMb: round(packed / MB),
      packedMbPerSecond: round(packed / MB / (median(times) / 1000)),
    },
  })
}

async function measureMirror(
  hub: Served,
  verifier: Child,
  { member }: Publisher,
  pages: readonly Uint8Array[],
  folder: string,
): Promise<void> {
  const client = createHubClient(ORIGIN, {
    fetch: (url, init) => fetch(url.replace(ORIGIN, `http://127.0.0.1:${hub.port}`), init),
  })
  const statements = pages
    .flatMap((page) => new TextDecoder().decode(page).trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as { kind: string; statement: string })
    .flatMap(({ kind, statement }) => (kind === 'record' ? statement : []))
  const rounds: { mirror: number; raw: number }[] = []
  let [size, disk] = [0, 0]
  for (let i = 0; i < 3; i += 1) {
    const { copy, close } = await openCopyFolder(folder, { client, now: Date.now })
    const started = performance.now()
    const synced = await syncCopy(copy, createHttpSource(client))
    const ms = performance.now() - started
    await close()
    size = synced.size
    disk = sizeOnDisk(folder)
    rmSync(folder, { recursive: true })
    const raw = await verifier.ask<{ ms: number }>({ statements, jwk: member.keys.issue[0] })
    rounds.push({ mirror: (size / ms) * 1000, raw: (statements.length / raw.ms) * 1000 })
  }
  printFigure({
    figure: 'mirror.per_second',
    value: median(rounds.map(({ mirror }) => mirror)),
    unit: 'statements/s fetched, verified and stored',
    detail: {
      entries: size,
      rawVerifyPerSecond: round(median(rounds.map(({ raw }) => raw))),
      ratioToRaw: round(median(rounds.map(({ mirror, raw }) => mirror / raw))),
      ratios: rounds.map(({ mirror, raw }) => round(mirror / raw)),
    },
  })
  printFigure({
    figure: 'mirror.bytes_per_entry',
    value: disk / size,
    unit: 'bytes on disk',
    detail: { entries: size, mb: round(disk / MB), statementBytes: statements[0]?.length },
  })
}
