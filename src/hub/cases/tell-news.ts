/**
 * Agencies with a webhook are told of everything that comes into their inbox after a case has reached them: an answer of
 * the consumer, a message, a decision of the other agency. New cases are told by their delivery, see deliver.ts.
 */
import type { Hub } from '../hub.js'
import type { InboxLine } from './case-store.js'
import type { NewsRow } from './notice-store.js'
import { forEachOf, retryDelay } from './retry-plan.js'
import { affordable, type SweepBudget, spend } from './sweep-budget.js'
import { sendNews } from './webhook-message.js'

/** How long a claim holds (ms): longer than all messages of one page take when every one runs into its timeout. */
const CLAIM = 15 * 60_000
/** Members of one sweep; the alliance has some forty, few of them with news in the same half minute. */
const MAX_MEMBERS = 40
/** Queries at most of telling one member: its inbox, how far it got, and a webhook that is gone. */
const TELL_COST = 3
/** Lines of an inbox looked at in one sweep. */
const MAX_LINES = 50
/** Days of failures: after them the agency reads its inbox, if at all, and the webhook starts again with what is new. */
const MAX_ATTEMPTS = 8

export async function tellNews(hub: Hub, budget: SweepBudget): Promise<void> {
  spend(budget, 2)
  const limit = affordable(budget, TELL_COST, MAX_MEMBERS)
  const claimed = await hub.cases.notices.claimNews(hub.now(), hub.now() + CLAIM, limit)
  spend(budget, TELL_COST * claimed.length)
  await forEachOf(
    claimed,
    (row) => tellMember(hub, row),
    (error) => hub.report?.(error, { job: 'webhook news' }),
  )
}

async function tellMember(hub: Hub, row: NewsRow): Promise<void> {
  const lines = await hub.cases.store.inbox(row.member, row.told, MAX_LINES, true)
  let told = row.told
  // Only the newest line of a case is told, or an agency that was away would be called once for each.
  const newest = new Map(lines.map((line) => [line.ref, line.cursor]))
  for (const line of lines) {
    const failure =
      isNews(line) && newest.get(line.ref) === line.cursor
        ? await sendNews(hub, row, { case: line.ref, subject: `event ${line.seq}`, at: line.event.at })
        : null
    if (failure !== null) {
      const attempts = row.attempts + 1
      const givenUp = attempts >= MAX_ATTEMPTS
      return hub.cases.notices.settleNews(
        row.member,
        givenUp ? line.cursor : told,
        givenUp ? 0 : attempts,
        hub.now() + retryDelay(attempts),
      )
    }
    told = line.cursor
  }
  await hub.cases.notices.settleNews(row.member, told, 0, hub.now())
}

/** Kept back, or told by the delivery of its case. */
function isNews({ row, delivery, event }: InboxLine): boolean {
  return !row.parked && delivery !== 'pending' && event.type !== 'created'
}
