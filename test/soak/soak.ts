/** The soak test: clients publish through all hubs for a while, hubs die meanwhile, and the log is audited at the end. */
import type { TestMember } from '../signing.js'
import { auditLog } from './audit.js'
import { createLedger, type Ledger, publishUntil, watchUntil } from './clients.js'
import type { Field } from './field.js'

/** Between two disturbances (ms), from the end of one to the next. */
const CALM = { least: 500, most: 2500 }
/** Between two ticks of the scheduler (ms). */
const TICK = 2000

export interface Soaked {
  ledger: Ledger
  entries: number
  /** ms until the last statement was decided. */
  took: number
  disturbances: number
}

/** @param options.ms how long clients start new requests */
export async function soak(
  field: Field,
  {
    member,
    ms,
    clients,
    calm = CALM,
  }: { member: TestMember; ms: number; clients: number; calm?: typeof CALM },
): Promise<Soaked> {
  const [first] = field.hubs
  if (!first) throw new Error('there is no hub')
  const admitted = await first('/v1/statements', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: member.admission,
  })
  const answer = await admitted.text()
  if (!answer.includes('"accepted"')) throw new Error(`the member was not admitted: ${answer}`)
  const vkey = (await (await first('/log/vkey')).text()).trim()
  const ledger = createLedger()
  const started = Date.now()
  const until = started + ms
  const scene = { field, ledger, member, vkey, until }
  let disturbances = 0
  const disturb = async (): Promise<void> => {
    for (;;) {
      const calmFor = calm.least + Math.random() * (calm.most - calm.least)
      await pause(Math.min(calmFor, Math.max(0, until - Date.now())))
      if (Date.now() >= until) return
      await field.disturb()
      disturbances += 1
    }
  }
  const ticking = setInterval(() => void field.tick().catch(() => undefined), TICK)
  try {
    await Promise.all([
      ...Array.from({ length: clients }, (_, i) => publishUntil(scene, `C${i}`)),
      watchUntil(scene),
      disturb(),
    ])
  } finally {
    clearInterval(ticking)
  }
  const took = Date.now() - started
  const entries = await auditLog((path) => first(`/log/${path}`), vkey, ledger, 1)
  return { ledger, entries, took, disturbances }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
