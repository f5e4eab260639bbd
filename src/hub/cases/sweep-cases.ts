/**
 * What is due by the clock: deliveries, news, mails, deadlines that lapse, content that is erased. Run every half minute;
 * running it twice at once, or not at all for a day, harms nothing, for every step looks at what is true by then.
 */
import { lapse } from '../../dispute/transition.js'
import type { Hub } from '../hub.js'
import { appendHubEvent } from './append-hub-event.js'
import { attachmentKey } from './attachments.js'
import type { CaseRow } from './case-store.js'
import { deliverDue } from './deliver.js'
import { mailConsumers } from './mail-consumers.js'
import { forEachOf } from './retry-plan.js'
import { tellNews } from './tell-news.js'

/** Cases of one kind in one sweep, each some ten queries, of which a Worker has a thousand; more come up half a minute later. */
const MAX_CASES = 25
/** Whose silence has a consequence without anybody's decision; agencies that are late stay late, and are shown so. */
const LAPSING = ['consumer', 'merchant'] as const

/** Never throws: a job that fails is reported and hinders no other. */
export async function sweepCases(hub: Hub): Promise<void> {
  const jobs: Record<string, (hub: Hub) => Promise<void>> = {
    deadlines: lapseOverdue,
    erasure: eraseClosed,
    delivery: deliverDue,
    'webhook news': tellNews,
    mail: mailConsumers,
  }
  for (const [job, run] of Object.entries(jobs)) {
    // One after the other: an event of the first may be what the next has to tell.
    await run(hub).catch((error: unknown) => hub.report?.(error, { job }))
  }
}

async function lapseOverdue(hub: Hub): Promise<void> {
  await forEachOf(
    await hub.cases.store.overdue(hub.now(), MAX_CASES, LAPSING),
    async (row) => {
      if (row.due === null || lapse(row.status) === null) return
      await appendHubEvent(hub, row, { type: 'lapsed', due: row.due })
    },
    (error) => hub.report?.(error, { job: 'deadlines' }),
  )
}

async function eraseClosed(hub: Hub): Promise<void> {
  await forEachOf(
    await hub.cases.store.erasable(hub.now(), MAX_CASES),
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
