/** How a look-up's cost grows with the number of records: the use case alone, in one process, nothing rendered before. */
import { verify } from '../../src/hub/verify.js'
import { openNodeHub } from '../../src/node.js'
import { median, printFigure, round } from './figure.js'
import { ORIGIN, shopUrl } from './shops.js'

const ROUNDS = 21
const PER_ROUND = 400

export interface Filled {
  data: string
  records: number
}

/** Asks both databases in turn about shops that were not asked about before. */
export async function measureGrowth(small: Filled, large: Filled): Promise<void> {
  const open = ({ data }: Filled) =>
    openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  const [a, b] = [await open(small), await open(large)]
  const times = { small: [] as number[], large: [] as number[] }
  let asked = 0
  const time = async (hub: typeof a.hub, records: number): Promise<number> => {
    const started = performance.now()
    // A prime step spreads the questions over the whole database.
    for (let i = 0; i < PER_ROUND; i += 1) await verify(hub, { url: shopUrl(((asked + i) * 7919) % records) })
    return ((performance.now() - started) / PER_ROUND) * 1000
  }
  for (let i = 0; i <= ROUNDS; i += 1) {
    const [first, second] = [await time(a.hub, small.records), await time(b.hub, large.records)]
    asked += PER_ROUND
    if (i === 0) continue
    times.small.push(first)
    times.large.push(second)
  }
  await Promise.all([a.close(), b.close()])
  printFigure({
    figure: 'lookup.growth',
    value: median(times.large.map((us, i) => us / (times.small[i] ?? Number.NaN))),
    unit: `time at ${large.records} records / time at ${small.records}`,
    detail: {
      [`us_at_${small.records}`]: round(median(times.small)),
      [`us_at_${large.records}`]: round(median(times.large)),
    },
  })
}
