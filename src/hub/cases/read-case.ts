/** Reading a case: each sees what its part allows, and nobody learns of cases in which it has none (facts 7). */
import type { CaseView } from '../../dispute/case-view.js'
import type { ConsumerKeys, GeneralJwe } from '../../dispute/envelope.js'
import { kidsOf } from '../../dispute/sealed/general-jwe.js'
import { allowedEvents } from '../../dispute/transition.js'
import type { Hub } from '../hub.js'
import { type Roster, readRoster } from '../roster.js'
import { momentOf } from './case-clock.js'
import type { CaseRow, DeliveryRow } from './case-store.js'
import { actorOf, type CaseRole, encryptionKids, findCase, type LiveCase, memberRole } from './parties.js'
import type { Asker } from './ports.js'

/**
 * The case as the asker may see it.
 * @throws Refusal `case-unknown`, `payload-erased`; see {@link findCase}
 */
export async function readCase(hub: Hub, ref: string, asker: Asker): Promise<CaseView> {
  const { row, role } = await findCase(hub, ref, asker)
  const { store } = hub.cases
  const { status } = row
  const mayRead = readsContent(row, role)
  const [roster, events, envelope, attachments, deliveries] = await Promise.all([
    readRoster(hub),
    store.events(ref),
    mayRead ? store.envelope(ref) : null,
    mayRead ? store.attachments(ref) : [],
    store.deliveries(ref),
  ])
  const kids = mayRead ? ownKids(roster, row, asker) : []
  const isOpen = status.state !== 'closed'
  const now = hub.now()
  return {
    case: ref,
    role,
    phase: isOpen ? 'open' : 'closed',
    state: status.state,
    outcome: status.outcome,
    assumed: status.assumed,
    rating: status.rating,
    meta: row.meta,
    quote: row.quote,
    filedQuote: row.filedQuote,
    filedAt: toTime(row.filedAt),
    revision: status.revision,
    lead: status.lead,
    partner: status.partner,
    cc: [...status.cc],
    shared: status.shared,
    owner: isOpen ? row.owner : null,
    since: toTime(row.since),
    due: isOpen ? row.due : null,
    late: isLate(row, now),
    parked: row.parked,
    deliveries: deliveries.filter((delivery) => showsDelivery(row, role, delivery)).map(viewDelivery),
    events: events.map(({ seq, at, type, actor, jws, message }) => ({
      seq,
      at: toTime(at),
      type,
      actor,
      event: jws,
      message: message && isFor(message, kids) ? message : null,
    })),
    head: row.head.sha256,
    actions: actionsOf(roster, row, role, now),
    attachments,
    consumer: viewConsumer(row.consumer, role),
    envelope,
    envelopeSha256: row.envelopeSha256,
    erasesOn: status.state === 'closed' ? row.due : null,
    ...(hub.demo && { demo: true as const }),
  }
}

/** The partner reads from the day on which the lead shares the case; who is kept informed never does. */
export function readsContent({ status }: CaseRow, role: CaseRole): boolean {
  return role === 'consumer' || role === 'lead' || (role === 'partner' && status.shared)
}

/** Keys of the asker to which a message may be encrypted. */
function ownKids(roster: Roster, { consumer }: LiveCase, asker: Asker): string[] {
  if (asker.kind === 'consumer') return [consumer.enc.kid]
  return asker.kind === 'member' ? encryptionKids(roster, asker.id) : []
}

function isFor(message: GeneralJwe, kids: readonly string[]): boolean {
  return kidsOf(message).some((kid) => kids.includes(kid))
}

/** Whether the day on which somebody was to act is over. */
export function isLate({ status, dueAt }: Pick<CaseRow, 'status' | 'dueAt'>, now: number): boolean {
  return status.state !== 'closed' && status.state !== 'archived' && dueAt !== null && now >= dueAt
}

/** Consumer, lead and secretariat see how far it got with each; the others their own. Former parties' are gone. */
function showsDelivery({ status }: CaseRow, role: CaseRole, { member }: DeliveryRow): boolean {
  const its = memberRole(status, member)
  return its !== undefined && (role === 'partner' || role === 'cc' ? its === role : true)
}

function viewDelivery(delivery: DeliveryRow): CaseView['deliveries'][number] {
  const { member, role, state, attempts, receiptedAt } = delivery
  return { member, role, state, attempts, receiptedAt: receiptedAt === null ? null : toTime(receiptedAt) }
}

function actionsOf(roster: Roster, row: CaseRow, role: CaseRole, now: number): CaseView['actions'] {
  const actor = actorOf(role)
  // Agencies act once somebody has found that a parked case is none of a flood.
  if (row.parked && (role === 'lead' || role === 'partner')) return []
  return allowedEvents(row.status, momentOf(roster, row, now)).flatMap((allowed) =>
    allowed.actor === actor ? [allowed.type] : [],
  )
}

function viewConsumer({ sign, enc, sealed }: ConsumerKeys, role: CaseRole): CaseView['consumer'] {
  return { sign, enc, ...(role === 'consumer' && { sealed }) }
}

function toTime(at: number): string {
  return new Date(at).toISOString()
}
