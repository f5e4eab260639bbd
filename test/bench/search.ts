/** What a search of the directory costs beside a cold look-up of one shop, in one process: the use cases alone, without HTTP. */
import { searchDirectory } from '../../src/hub/directory/search.js'
import { verify } from '../../src/hub/verify.js'
import { openNodeHub } from '../../src/node.js'
import type { DirectoryQuery } from '../../src/record/directory.js'
import { median, printFigure, round } from './figure.js'
import type { Filled } from './growth.js'
import { ORIGIN, shopUrl } from './shops.js'

const ROUNDS = 15
const PER_ROUND = 20

/** From what finds one shop to what matches every shop there is; the number makes each question another one. */
const QUESTIONS: Record<string, (number: number) => DirectoryQuery> = {
  one_shop: (number) => ({ q: `benchmark shop ${number.toString(36)}` }),
  everybody: () => ({}),
  country_and_language: () => ({ country: 'TH', language: 'en' }),
  word_of_all: () => ({ q: 'benchmark' }),
  part_of_all: () => ({ q: 'ร้านค้า' }),
  letter_of_all: () => ({ q: 'ท' }),
}

export async function measureSearch({ data, records }: Filled): Promise<void> {
  const { hub, close } = await openNodeHub({ origin: ORIGIN, demo: true, host: '127.0.0.1', port: 0, data })
  let asked = 0
  const time = async (ask: (number: number) => Promise<unknown>): Promise<number> => {
    const started = performance.now()
    // A prime step spreads the questions over the whole database.
    for (let i = 0; i < PER_ROUND; i += 1) await ask((asked++ * 7919) % records)
    return ((performance.now() - started) / PER_ROUND) * 1000
  }
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const found = (await searchDirectory(hub, question(1))).results.length
    if (found === 0) throw new Error(`nobody is found by ${name}`)
    const times = { search: [] as number[], lookup: [] as number[] }
    for (let i = 0; i <= ROUNDS; i += 1) {
      const search = await time((number) => searchDirectory(hub, question(number)))
      const lookup = await time((number) => verify(hub, { url: shopUrl(number) }))
      if (i === 0) continue
      times.search.push(search)
      times.lookup.push(lookup)
    }
    printFigure({
      figure: `search.${name}`,
      value: median(times.search.map((us, i) => us / (times.lookup[i] ?? Number.NaN))),
      unit: 'time of a cold look-up',
      detail: { records, found, us: round(median(times.search)), lookup_us: round(median(times.lookup)) },
    })
  }
  await close()
}
