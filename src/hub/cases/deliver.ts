/**
 * Deliveries that are due: the agency's webhook is called by the retry plan, and an agency that has signed no receipt after
 * two working days of its own is given up, whether it has a webhook or not. Then the secretariat calls it (facts 7).
 */
import { dayOf, endOfDay } from '../../alliance/days.js'
import { addWorkingDays, workCalendar } from '../../dispute/calendar.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { type Roster, readRoster } from '../roster.js'
import { appendHubEvent } from './append-hub-event.js'
import type { DeliveryRow } from './case-store.js'
import { DAY, forEachOf, retryDelay } from './retry-plan.js'
import { type SweepBudget, spend } from './sweep-budget.js'
import { sendNews } from './webhook-message.js'

/** Working days of the agency's calendar within which it must have signed a receipt; the day it could is day zero. */
export const DEAD_AFTER_WORKING_DAYS = 2
/** Deliveries of one sweep: seven times the hub's limit of filings in an hour. */
const MAX_DELIVERIES = 60
/** Queries at most of telling an agency, and of giving it up. */
const TELL_COST = 4
const GIVE_UP_COST = 12
/** How long no other sweep tells the same agency of the same case (ms): longer than a webhook's timeout. */
const CLAIM = 60_000

export async function deliverDue(hub: Hub, budget: SweepBudget): Promise<void> {
  spend(budget, 3)
  const roster = await readRoster(hub)
  await forEachOf(
    await hub.cases.store.dueDeliveries(hub.now(), MAX_DELIVERIES),
    (delivery) => deliver(hub, roster, delivery, budget),
    (error) => hub.report?.(error, { job: 'delivery' }),
  )
}

/** When a delivery is given up (epoch ms). */
export function deadAt(roster: Roster, { member, since }: Pick<DeliveryRow, 'member' | 'since'>): number {
  const found = roster.find(member)
  // An agency that left can't be reached any better by waiting.
  if (!found) return since
  const calendar = workCalendar(found.definition)
  const start = dayOf(since / 1000, calendar.timeZone)
  return endOfDay(addWorkingDays(start, DEAD_AFTER_WORKING_DAYS, calendar), calendar.timeZone) * 1000
}

async function deliver(hub: Hub, roster: Roster, delivery: DeliveryRow, budget: SweepBudget): Promise<void> {
  const { store } = hub.cases
  const end = deadAt(roster, delivery)
  const isOver = hub.now() >= end
  // What is left is not touched, so it is due in the next sweep again.
  if (!spend(budget, isOver ? GIVE_UP_COST : TELL_COST)) return
  if (isOver) return giveUp(hub, delivery)
  const webhook = await store.webhook(delivery.member)
  if (!webhook) return store.putDelivery({ ...delivery, nextAt: end })
  await store.putDelivery({ ...delivery, nextAt: hub.now() + CLAIM })
  const failure = await sendNews(hub, webhook, {
    case: delivery.ref,
    subject: `delivery ${delivery.since}`,
    at: delivery.since,
  })
  const attempts = delivery.attempts + 1
  // An agency that was told and has signed nothing yet is reminded daily.
  const wait = failure === null ? DAY : retryDelay(attempts)
  await store.putDelivery({ ...delivery, attempts, failure, nextAt: Math.min(hub.now() + wait, end) })
}

/** Marks the delivery dead within the case's own chain, so that consumer and agencies see it too. */
async function giveUp(hub: Hub, delivery: DeliveryRow): Promise<void> {
  const { store } = hub.cases
  const dead: DeliveryRow = { ...delivery, state: 'dead', nextAt: null }
  // In this order: whatever another sweep, or a receipt, writes after the case was read makes the append below fail.
  const row = await store.find(delivery.ref)
  const current = (await store.deliveries(delivery.ref)).find(({ member }) => member === delivery.member)
  if (!row || current?.state !== 'pending' || current.since !== delivery.since) return
  try {
    const { member } = delivery
    // When the case has moved on, the next sweep finds what is true then: a receipt, or the same delivery.
    await appendHubEvent(hub, row, { type: 'undeliverable', member }, { deliveries: [dead] })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'event-not-allowed') throw error
    // It has no part in the case any more, or the case is over: nothing is owed to it.
    await store.putDelivery({ ...delivery, nextAt: null })
  }
}
