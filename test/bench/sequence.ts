/** Entries sequenced per second by the size of a request: signature, rules, views, tiles, checkpoint and commit, without HTTP. */
import { publish } from '../../src/hub/publish.js'
import { openNodeHub } from '../../src/node.js'
import { median, percentile, printFigure, round } from './figure.js'
import { ORIGIN, type Publisher, signShops } from './shops.js'

const RUNS = [
  { batch: 1, batches: 200 },
  { batch: 10, batches: 100 },
  { batch: 100, batches: 30 },
  { batch: 1000, batches: 6 },
]

/** Publishes into an empty data folder, one request at a time. */
export async function measureSequencing(data: string, publisher: Publisher): Promise<void> {
  const { hub, close } = await openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  const push = async (statements: readonly string[]): Promise<number> => {
    const started = performance.now()
    const results = await publish(
      hub,
      statements.map((text, i) => ({ line: i + 1, text })),
    )
    const took = performance.now() - started
    const refused = results.find(({ outcome }) => outcome !== 'accepted')
    if (refused) throw new Error(`a statement was not accepted: ${JSON.stringify(refused)}`)
    return took
  }
  await push([publisher.member.admission])
  const rates: Record<string, object> = {}
  let next = 0
  let value = Number.NaN
  for (const { batch, batches } of RUNS) {
    const statements = await signShops(publisher, next, batch * batches)
    next += statements.length
    const times: number[] = []
    for (let i = 0; i < batches; i += 1) times.push(await push(statements.slice(i * batch, (i + 1) * batch)))
    // The median of whole requests: a checkpoint of the database in between is in p99.
    value = (batch / median(times)) * 1000
    rates[batch] = {
      perSecond: round(value),
      ms: { p50: round(median(times)), p99: round(percentile(times, 99)) },
    }
  }
  await close()
  printFigure({
    figure: 'sequence.per_second',
    value,
    unit: 'statements/s in requests of 1,000, one at a time',
    detail: { byRequestSize: rates },
  })
}
