/** Look-ups over HTTP, against a bare Hono route that answers a text of the same size to the same requests. */
import type { Child } from './child.js'
import { load } from './client.js'
import { median, percentile, printFigure, round } from './figure.js'
import { lookupPath } from './shops.js'

const CONNECTIONS = 16
const ROUNDS = 7
/** Shops that half of the mixed requests are about: a front page's links, asked again and again. */
const POPULAR = 500

export interface Served {
  port: number
  child: Child
}

interface Round {
  hub: number
  bare: number
  cpu: number
  bareCpu: number
  latencies: number[]
  bareLatencies: number[]
}

/** @param records how many shops are published, numbered from 0 */
export async function measureLookups(hub: Served, bare: Served, records: number): Promise<void> {
  const body = await (await fetch(`http://127.0.0.1:${hub.port}${lookupPath(0)}`)).text()
  if (!body.startsWith('{"verdict":"identity-confirmed"'))
    throw new Error(`unexpected verdict: ${body.slice(0, 300)}`)
  await bare.child.ask({ body })

  const hot = await alternate(hub, bare, () => Array.from({ length: 12_000 }, () => lookupPath(0)))
  const detail = { records, responseBytes: Buffer.byteLength(body), connections: CONNECTIONS }
  report('lookup', hot, { ...detail, shops: 1 })
  const all = hot.flatMap((r) => r.latencies)
  const bareAll = hot.flatMap((r) => r.bareLatencies)
  printFigure({
    figure: 'lookup.p99_ms',
    value: percentile(all, 99),
    unit: 'ms',
    detail: {
      p50: round(percentile(all, 50)),
      bare: { p50: round(percentile(bareAll, 50)), p99: round(percentile(bareAll, 99)) },
      load: 'saturated',
    },
  })

  let fresh = 0
  const next = () => lookupPath((fresh++ * 7919) % records)
  const mixed = await alternate(hub, bare, () =>
    Array.from({ length: 6000 }, (_, i) => (i % 2 ? next() : lookupPath((i * 31) % POPULAR))),
  )
  report('lookup.mixed', mixed, {
    ...detail,
    shops: `half of the requests about ${POPULAR} shops, half each about another one`,
  })
  const cold = await alternate(hub, bare, () => Array.from({ length: 4000 }, next))
  report('lookup.cold', cold, { ...detail, shops: 'every request about another one' })
}

/** Hub and bare route in turn, so that both meet the same moods of the machine; the first round warms up. */
export async function alternate(hub: Served, bare: Served, requests: () => string[]): Promise<Round[]> {
  const rounds: Round[] = []
  for (let i = 0; i <= ROUNDS; i += 1) {
    const paths = requests()
    const ours = await measure(hub, paths)
    const theirs = await measure(bare, paths)
    if (i > 0) {
      rounds.push({
        hub: ours.perSecond,
        bare: theirs.perSecond,
        cpu: ours.cpu,
        bareCpu: theirs.cpu,
        latencies: ours.latencies,
        bareLatencies: theirs.latencies,
      })
    }
  }
  return rounds
}

async function measure(
  { port, child }: Served,
  paths: string[],
): Promise<{ perSecond: number; latencies: number[]; cpu: number }> {
  const before = await child.cpu()
  const result = await load(port, paths, CONNECTIONS)
  return { ...result, cpu: ((await child.cpu()) - before) / paths.length }
}

/** Prints the median of the ratios of all rounds, as `lookup.ratio` or `lookup.mixed_ratio`. */
export function report(name: string, rounds: readonly Round[], detail: object): void {
  const of = (pick: (round: Round) => number) => round(median(rounds.map(pick)))
  printFigure({
    figure: name.includes('.') ? `${name}_ratio` : `${name}.ratio`,
    value: median(rounds.map((r) => r.hub / r.bare)),
    unit: 'of a bare route',
    detail: {
      ...detail,
      perSecond: of((r) => r.hub),
      barePerSecond: of((r) => r.bare),
      cpuUs: of((r) => r.cpu),
      bareCpuUs: of((r) => r.bareCpu),
      cpuRatio: of((r) => r.bareCpu / r.cpu),
      // Above some 0.9 the server itself was the limit, not the client.
      bareBusy: of((r) => (r.bareCpu * r.bare) / 1e6),
      ratios: rounds.map((r) => round(r.hub / r.bare)),
    },
  })
}
