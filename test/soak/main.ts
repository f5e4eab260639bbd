/** The soak test as a program: see run.mjs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { packageRoot } from '../../src/node.js'
import { generateKey } from '../../src/trust/keys.js'
import { createSigner } from '../../src/trust/signer.js'
import { median, percentile, printFigure, round } from '../bench/figure.js'
import { createMember, ORIGIN } from '../signing.js'
import { bundleWorker } from './bundle.mjs'
import { openD1Field } from './d1-field.js'
import { openNodeField } from './node-field.js'
import { soak } from './soak.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    processes: { type: 'string' },
    clients: { type: 'string', default: '6' },
    d1: { type: 'boolean', default: false },
  },
})
const hubs = Number(values.processes ?? (values.d1 ? 4 : 2))
const root = packageRoot()
const definition = JSON.parse(
  readFileSync(join(root, 'members/th-dbd/member.json'), 'utf8'),
) as MemberDefinition
const operator = await generateKey('operator')
const signer = await createSigner(operator.privateJwk)
const member = await createMember(definition, ORIGIN, signer, Math.floor(Date.now() / 1000) - 120)
const field = values.d1
  ? await openD1Field(await bundleWorker(), join(root, 'src/store/migrations'), hubs, operator.publicJwk)
  : await openNodeField(join(root, 'dist/soak/hub-process.js'), hubs, operator.publicJwk)
try {
  const { ledger, entries, took, disturbances } = await soak(field, {
    member,
    ms: Number(values.minutes) * 60_000,
    clients: Number(values.clients),
    // Loading a runtime takes longer than starting a process.
    ...(values.d1 && { calm: { least: 5000, most: 15_000 } }),
  })
  printFigure({
    figure: values.d1 ? 'soak.d1' : 'soak.node',
    value: (ledger.indices.size / took) * 1000,
    unit: 'acknowledged statements/s',
    detail: {
      hubs,
      clients: Number(values.clients),
      seconds: round(took / 1000),
      entries,
      acknowledged: ledger.indices.size,
      disturbances,
      checkpoints: ledger.checkpoints.size,
      ...ledger.counts,
      ms: { p50: round(median(ledger.latencies)), p99: round(percentile(ledger.latencies, 99)) },
      faults: ledger.faults.length,
    },
  })
  for (const fault of ledger.faults.slice(0, 20)) console.error(fault)
  process.exitCode = ledger.faults.length > 0 ? 1 : 0
} finally {
  await field.close()
}
