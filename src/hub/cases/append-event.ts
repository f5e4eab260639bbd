/** Appending an event of a party to its case: verified, applied, and written with all that follows from it, at once. */
import type { CaseEventPost } from '../../dispute/case-event.js'
import type { EventAccepted } from '../../dispute/case-view.js'
import { applyEvent } from '../../dispute/transition.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { readRoster } from '../roster.js'
import { notBefore } from './append-hub-event.js'
import { momentOf } from './case-clock.js'
import { checkEventAttachments, checkEventMessage } from './check-content.js'
import { checkRewrap, readFreshQuote } from './check-rewrap.js'
import { assertRoom } from './event-limits.js'
import { composeWrite } from './next-write.js'
import { actorOf, assertCanTake, assertNotParked, findCase } from './parties.js'
import type { Asker } from './ports.js'
import { movedOn, verifyEvent } from './verify-event.js'

/**
 * Appends what a party signed. The hub's own events go through appendHubEvent.
 * @throws Refusal `case-unknown`, `payload-erased`, `not-a-party`, `case-moved-on` for whoever comes second,
 *   `event-not-allowed`, `bad-envelope`, `body-too-large`, `too-many-requests`, and those of verifyEvent
 */
export async function appendCaseEvent(
  hub: Hub,
  ref: string,
  asker: Asker,
  post: CaseEventPost,
): Promise<EventAccepted> {
  const { row, role } = await findCase(hub, ref, asker)
  const actor = actorOf(role)
  if (!actor) {
    throw new Refusal('not-a-party', {
      detail: 'Who is kept informed of a case takes no part in it. Write to the agency that leads.',
      value: role,
    })
  }
  const { store } = hub.cases
  const [roster, earlier, known, deliveries] = await Promise.all([
    readRoster(hub),
    store.chain(ref),
    store.attachments(ref),
    store.deliveries(ref),
  ])
  const verified = await verifyEvent(hub, row, asker, post.event, earlier)
  const { event, seq, attachments = [] } = verified.claims.case
  assertNotParked(row, role, event.type)
  const now = notBefore(row, hub.now())
  const fresh = event.type === 'rerouted' ? await readFreshQuote(hub, row, event) : undefined
  const moment = { ...momentOf(roster, row, now), ...(fresh && { flags: fresh.quote.flags }) }
  const status = applyEvent(row.status, actor, event, moment)
  if (event.type === 'assigned') assertCanTake(roster, event.to)
  const changes = await checkRewrap(hub, roster, row, event, post, fresh)
  checkEventMessage(roster, row, status, changes.consumer ?? row.consumer, verified, post)
  checkEventAttachments(hub, earlier, known, verified.claims)
  const member = asker.kind === 'member' ? asker.id : null
  assertRoom(row, { actor, member, event, status, at: now }, post, earlier)
  const write = composeWrite(
    roster,
    row,
    {
      actor,
      member,
      event,
      jws: post.event,
      message: post.message,
      status,
      at: now,
    },
    deliveries,
    { ...changes, attachments },
  )
  if (!(await store.append(row.head.seq, write)))
    throw movedOn({ ref, head: { ...row.head, seq: row.head.seq + 1 } }, seq)
  return {
    case: ref,
    seq,
    sha256: write.row.head.sha256,
    state: status.state,
    missing: attachments.map(({ id }) => id),
  }
}
