/** Proofs from a large log: how long an inclusion and a consistency proof take, without HTTP, nothing read before. */
import { readHead } from '../../src/hub/hub.js'
import { proveConsistency, proveInclusion } from '../../src/hub/prove-tree.js'
import { openNodeHub } from '../../src/node.js'
import { appendBatch } from './append.js'
import { median, percentile, printFigure, round } from './figure.js'
import { BATCH, ORIGIN } from './shops.js'

const PROOFS = 2000
/** Not measured. */
const WARM_UP = 200
/** A prime: spreads the questions over the whole log. */
const STRIDE = 7919

/** Fills the log of an empty data folder with dummy entries and asks for proofs. */
export async function measureProofs(data: string, size: number): Promise<void> {
  const { hub, close } = await openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  const dummies = Array.from({ length: BATCH }, (_, i) => `dummy ${i}`)
  while ((await readHead(hub)).size < size) await appendBatch(hub, dummies)
  const measure = async (prove: (index: number) => Promise<unknown>) => {
    const times: number[] = []
    const before = process.cpuUsage()
    for (let i = 0; i < PROOFS + WARM_UP; i += 1) {
      const started = performance.now()
      await prove((i * STRIDE) % size)
      if (i >= WARM_UP) times.push(performance.now() - started)
    }
    const { user, system } = process.cpuUsage(before)
    return { times, cpu: (user + system) / 1000 / (PROOFS + WARM_UP) }
  }
  const inclusion = await measure((index) => proveInclusion(hub, index))
  const consistency = await measure((index) => proveConsistency(hub, index + 1))
  await close()
  const condense = ({ times, cpu }: typeof inclusion) => ({
    p50: round(median(times)),
    p99: round(percentile(times, 99)),
    // Processor time of one, which other programs disturb less.
    cpu: round(cpu),
  })
  printFigure({
    figure: 'proof.inclusion_p99_ms',
    value: percentile(inclusion.times, 99),
    unit: 'ms',
    detail: { entries: size, ms: condense(inclusion), consistencyMs: condense(consistency) },
  })
}
