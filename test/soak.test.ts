/** Publishing at once from everywhere, in short; `npm run soak` does the same for minutes, and on D1. */
import { afterAll, expect, it } from 'vitest'
import { sha256Hex } from '../src/trust/digest.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner } from '../src/trust/signer.js'
import { dummyStatement, growTo, logOf } from './conformance/grown-log.js'
import { createMember, createTestHub, ORIGIN } from './hub-fixture.js'
import { auditLog } from './soak/audit.js'
import { bundleSoak, bundleWorker } from './soak/bundle.mjs'
import { createLedger, type Ledger } from './soak/clients.js'
import { openD1Field } from './soak/d1-field.js'
import type { Field } from './soak/field.js'
import { openNodeField } from './soak/node-field.js'
import { soak } from './soak/soak.js'

const fields: Field[] = []
afterAll(async () => {
  for (const field of fields) await field.close()
})

async function createOperator() {
  const { publicJwk, privateJwk } = await generateKey('operator')
  const at = Math.floor(Date.now() / 1000) - 120
  return { publicJwk, member: await createMember('th-dbd', ORIGIN, await createSigner(privateJwk), at) }
}

it('two hub processes on one file lose nothing of what they acknowledge, though they are killed again and again', async () => {
  const { publicJwk, member } = await createOperator()
  const { hub } = await bundleSoak()
  const field = await openNodeField(hub, 2, publicJwk)
  fields.push(field)
  const { ledger, entries, disturbances } = await soak(field, {
    member,
    ms: 3000,
    clients: 3,
    calm: { least: 300, most: 900 },
  })
  expect(ledger.faults).toEqual([])
  expect(entries).toBe(ledger.indices.size + 1)
  expect(disturbances).toBeGreaterThan(0)
  expect(ledger.counts.accepted).toBeGreaterThan(10)
  expect(ledger.checkpoints.size).toBeGreaterThan(1)
}, 60_000)

it('isolates of Workers on one D1 database agree on one log', async () => {
  const { publicJwk, member } = await createOperator()
  const migrations = new URL('../src/store/migrations', import.meta.url).pathname
  const field = await openD1Field(await bundleWorker(), migrations, 3, publicJwk)
  fields.push(field)
  const { ledger, entries } = await soak(field, {
    member,
    ms: 2500,
    clients: 4,
    // Loading the runtime anew takes longer than all of this; `npm run soak -- --d1` does it.
    calm: { least: 60_000, most: 60_000 },
  })
  expect(ledger.faults).toEqual([])
  expect(entries).toBe(ledger.indices.size + 1)
  expect(ledger.counts.accepted).toBeGreaterThan(10)
}, 60_000)

it.each<[string, string, (ledger: Ledger) => void]>([
  ['a statement lost', 'stands at undefined', ({ indices }) => indices.set('ab'.repeat(32), 3)],
  ['a statement elsewhere', 'stands at 4', ({ indices }) => indices.set(sha256Hex(dummyStatement(4)), 5)],
  ['an entry nobody sent', '9 acknowledged', ({ indices }) => indices.delete(sha256Hex(dummyStatement(9)))],
  [
    'a forked checkpoint',
    'another tree',
    ({ checkpoints }) => checkpoints.set(6, { origin: '', size: 6, root: Buffer.alloc(32) }),
  ],
  [
    'a log that was rolled back',
    'the log ends at 10',
    ({ checkpoints }) => checkpoints.set(11, { origin: '', size: 11, root: Buffer.alloc(32) }),
  ],
])('the audit at its end would see %s', async (_name, fault, alter) => {
  const test = await createTestHub()
  await growTo(test, 10)
  const get = logOf(test)
  const vkey = (await (await get('vkey')).text()).trim()
  const ledger = createLedger()
  for (let index = 0; index < 10; index += 1) ledger.indices.set(sha256Hex(dummyStatement(index)), index)
  await auditLog(get, vkey, ledger, 0)
  expect(ledger.faults).toEqual([])
  alter(ledger)
  // What the hub itself can't prove any more ends the audit as well.
  await auditLog(get, vkey, ledger, 0).catch(() => undefined)
  expect(ledger.faults.join('\n')).toContain(fault)
})
