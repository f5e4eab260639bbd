/** Rebuilding: every view anew from log and statements, as `trustmark rebuild` does it. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { rebuildDatabase } from '../../src/node/rebuild-database.js'
import { packageRoot } from '../../src/node.js'
import { median, printFigure, round } from './figure.js'

const ROUNDS = 3

/** @param data folder of a hub that is not running */
export async function measureRebuild(data: string, records: number): Promise<void> {
  const times: number[] = []
  const into = join(data, 'rebuilt.sqlite')
  let size = 0
  for (let i = 0; i < ROUNDS; i += 1) {
    const started = performance.now()
    const migrations = join(packageRoot(), 'src/store/migrations')
    const rebuilt = await rebuildDatabase({ data, migrations, into, now: Date.now() })
    times.push(performance.now() - started)
    size = rebuilt.size
    rmSync(into)
  }
  printFigure({
    figure: 'rebuild.seconds',
    value: median(times) / 1000,
    unit: `s for ${records} records`,
    detail: {
      entries: size,
      perSecond: round((size / median(times)) * 1000),
      seconds: times.map((ms) => round(ms / 1000)),
    },
  })
}
