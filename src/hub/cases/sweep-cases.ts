/**
 * What is due by the clock: deliveries, news, mails, deadlines that lapse, content that is erased. Run every half minute;
 * running it twice at once, or not at all for a day, harms nothing, for every step looks at what is true by then.
 */
import { lapse } from '../../dispute/transition.js'
import type { Hub } from '../hub.js'
import { appendHubEvent } from './append-hub-event.js'
import { attachmentKey } from './attachments.js'
import type { CaseRow } from './case-store.js'
import { checkMembers } from './check-members.js'
import { deliverDue } from './deliver.js'
import { mailConsumers } from './mail-consumers.js'
import { forEachOf } from './retry-plan.js'
import { affordable, SWEEP_SHARES, type SweepBudget, spend } from './sweep-budget.js'
import { tellNews } from './tell-news.js'

/** Deadlines that lapse in one sweep, and cases that are erased; more come up half a minute later. */
const MAX_LAPSING = 20
const MAX_ERASABLE = 10
/** Queries at most: roster, deliveries, and what an event of the hub's writes. */
const LAPSE_COST = 10
/** The same, and what is deleted from each table. */
const ERASE_COST = 18

/** Never throws: a job that fails is reported and hinders no other. */
export async function sweepCases(hub: Hub): Promise<void> {
  const jobs: Record<keyof typeof SWEEP_SHARES, (hub: Hub, budget: SweepBudget) => Promise<unknown>> = {
    deadlines: lapseOverdue,
    erasure: eraseClosed,
    delivery: deliverDue,
    'webhook news': tellNews,
    mail: mailConsumers,
    members: checkMembers,
  }
  const budget: SweepBudget = { left: 0 }
  for (const [job, share] of Object.entries(SWEEP_SHARES) as [keyof typeof SWEEP_SHARES, number][]) {
    budget.left += share
    // One after the other: an event of the first may be what the next has to tell.
    await jobs[job](hub, budget).catch((error: unknown) => hub.report?.(error, { job }))
  }
}

async function lapseOverdue(hub: Hub, budget: SweepBudget): Promise<void> {
  spend(budget, 1)
  const rows = await hub.cases.store.lapsing(hub.now(), affordable(budget, LAPSE_COST, MAX_LAPSING))
  spend(budget, LAPSE_COST * rows.length)
  await forEachOf(
    rows,
    async (row) => {
      if (row.due === null || lapse(row.status) === null) return
      await appendHubEvent(hub, row, { type: 'lapsed', due: row.due })
    },
    (error) => hub.report?.(error, { job: 'deadlines' }),
  )
}

async function eraseClosed(hub: Hub, budget: SweepBudget): Promise<void> {
  spend(budget, 1)
  const rows = await hub.cases.store.erasable(hub.now(), affordable(budget, ERASE_COST, MAX_ERASABLE))
  spend(budget, ERASE_COST * rows.length)
  await forEachOf(
    rows,
    (row) => eraseCase(hub, row),
    (error) => hub.report?.(error, { job: 'erasure' }),
  )
}

/** Bytes first: were the rows gone before a crash, nobody would know any more which files to remove. */
async function eraseCase(hub: Hub, row: CaseRow): Promise<void> {
  const files = await hub.cases.store.attachments(row.ref)
  await hub.cases.attachments.remove(files.map(({ id }) => attachmentKey(row.ref, id)))
  await appendHubEvent(hub, row, { type: 'payload_erased' })
}
