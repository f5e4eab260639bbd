/** What the log itself costs: hashing, tiles, a signed checkpoint and the commit, with nothing verified or decided. */
import type { Hub } from '../../src/hub/hub.js'
import { readHead } from '../../src/hub/hub.js'
import { appendEntries } from '../../src/hub/sequence.js'
import type { SequencedBatch } from '../../src/hub/store.js'
import { openNodeHub } from '../../src/node.js'
import { sha256Hex } from '../../src/trust/digest.js'
import { createJti } from '../../src/trust/signer.js'
import { median, percentile, printFigure, round } from './figure.js'
import { BATCH, ORIGIN } from './shops.js'

const BATCHES = 24
/** How many batches of each size are appended, so that each takes a second or so. */
const RUNS = [
  { batch: 1, batches: 300 },
  { batch: 10, batches: 200 },
  { batch: 100, batches: 60 },
  { batch: 1000, batches: BATCHES },
]

/** Appends batches of these statements to the log of an empty data folder. */
export async function measureAppend(data: string, statements: readonly string[]): Promise<void> {
  const { hub, close } = await openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  const rates: Record<string, object> = {}
  let times: number[] = []
  for (const { batch, batches } of RUNS) {
    times = []
    for (let i = 0; i <= batches; i += 1) {
      const took = await appendBatch(hub, statements.slice(0, batch))
      if (i > 0) times.push(took)
    }
    rates[batch] = {
      perSecond: round((batch / median(times)) * 1000),
      batchMs: { p50: round(median(times)), p99: round(percentile(times, 99)) },
    }
  }
  await close()
  printFigure({
    figure: 'log.append_us',
    value: (median(times) / BATCH) * 1000,
    unit: 'us per entry',
    detail: {
      batch: BATCH,
      batches: BATCHES,
      batchMs: { p50: round(median(times)), p99: round(percentile(times, 99)) },
      statementBytes: statements[0]?.length,
    },
  })
  printFigure({
    figure: 'log.append_per_second',
    value: (BATCH / median(times)) * 1000,
    unit: 'entries/s in batches of 1,000',
    detail: { byBatchSize: rates },
  })
}

/** Appends one batch behind the head and commits it. @returns milliseconds, without making up the entries */
export async function appendBatch(hub: Hub, statements: readonly string[]): Promise<number> {
  const previous = await readHead(hub)
  const entries = statements.map((jws, n) => ({
    index: previous.size + n,
    at: previous.at,
    issuer: 'th-dbd',
    kind: 'record',
    sha256: sha256Hex(`${previous.size} ${n}`),
    jti: createJti(),
    subject: `th-dbd:E-${previous.size + n}`,
    country: 'TH',
    jws,
  }))
  const started = performance.now()
  await append(hub, previous, entries)
  return performance.now() - started
}

async function append(
  hub: Hub,
  previous: SequencedBatch['previous'],
  entries: SequencedBatch['entries'],
): Promise<void> {
  const { next, tiles } = await appendEntries(hub, previous, entries, previous.at)
  const nothing = {
    members: [],
    standings: [],
    issued: [],
    changed: [],
    registers: [],
    refused: [],
    erased: { entries: [], records: [] },
    logKeys: [],
  }
  if (!(await hub.store.commit({ previous, next, entries, tiles, ...nothing })))
    throw new Error('the head moved while appending')
}
