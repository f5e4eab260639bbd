/** What the secretariat looks through: parked cases, cases that nobody leads, agencies that could not be reached or can be given nothing. */
import type { SecretariatQueue } from '../../dispute/case-view.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { readRoster } from '../roster.js'
import { releaseClock } from './case-clock.js'
import { checkMembers } from './check-members.js'

/** Oldest first; what lies beyond comes up as these are dealt with. */
const MAX_QUEUE = 200

/** Metadata only: nobody at the hub can read a complaint. */
export async function listQueue(hub: Hub): Promise<SecretariatQueue> {
  const [waiting, dead, faults] = await Promise.all([
    hub.cases.store.queue(MAX_QUEUE),
    hub.cases.notices.deadDeliveries(MAX_QUEUE),
    checkMembers(hub),
  ])
  return {
    cases: waiting.map(({ ref, filedAt, parked, unmatched, status, meta, due }) => ({
      case: ref,
      filedAt: new Date(filedAt).toISOString(),
      parked,
      unmatched,
      state: status.state,
      lead: status.lead,
      partner: status.partner,
      due,
      meta,
    })),
    undelivered: dead.map(({ ref, member, role, attempts, since, failure }) => ({
      case: ref,
      member,
      role,
      attempts,
      since: new Date(since).toISOString(),
      failure,
    })),
    members: [...faults],
  }
}

/**
 * Lets a parked case go on: its delivery and its clock begin now.
 * @throws Refusal `case-unknown`
 */
export async function releaseCase(hub: Hub, ref: string): Promise<void> {
  const row = await hub.cases.store.find(ref)
  const now = hub.now()
  const released =
    row !== undefined &&
    (await hub.cases.store.release(ref, now, releaseClock(await readRoster(hub), row, now)))
  if (released) return
  throw new Refusal('case-unknown', {
    detail: 'No parked case has this reference. It may have been released, or withdrawn, meanwhile.',
    value: ref,
  })
}
