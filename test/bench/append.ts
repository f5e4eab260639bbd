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

/** Appends batches of these statements to the log of an empty data folder. */
export async function measureAppend(data: string, statements: readonly string[]): Promise<void> {
  const { hub, close } = await openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  const times: number[] = []
  for (let i = 0; i <= BATCHES; i += 1) {
    const previous = await readHead(hub)
    const entries = statements.slice(0, BATCH).map((jws, n) => ({
      index: previous.size + n,
      at: previous.at,
      issuer: 'th-dbd',
      kind: 'record',
      sha256: sha256Hex(`${i} ${n}`),
      jti: createJti(),
      subject: `th-dbd:E-${i}-${n}`,
      country: 'TH',
      jws,
    }))
    const started = performance.now()
    await append(hub, previous, entries)
    if (i > 0) times.push(performance.now() - started)
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
