/** What one event writes: the case as it stands afterwards, who is told, and to whom it must be delivered now. */
import type { Actor, CaseEvent } from '../../dispute/case-event.js'
import type { CaseStatus } from '../../dispute/case-state.js'
import type { GeneralJwe } from '../../dispute/envelope.js'
import { sha256Hex } from '../../trust/digest.js'
import type { Roster } from '../roster.js'
import { clockAfter } from './case-clock.js'
import type { CaseRow, CaseWrite, DeliveryRow, InboxRow } from './case-store.js'

/** An event that was verified and applied. */
export interface AppliedEvent {
  actor: Actor
  /** The member that signed it. */
  member: string | null
  event: CaseEvent
  jws: string
  message?: GeneralJwe | undefined
  /** The status it leaves. */
  status: CaseStatus
  /** Epoch ms. */
  at: number
}

/** What an event changes beside the status. */
export type CaseChanges = Pick<CaseWrite, 'envelope' | 'attachments' | 'deliveries' | 'forgetAddress'> &
  Partial<Pick<CaseRow, 'quote' | 'meta' | 'consumer' | 'envelopeSha256'>>

export function composeWrite(
  roster: Roster,
  row: CaseRow,
  applied: AppliedEvent,
  known: readonly DeliveryRow[],
  { envelope, attachments, deliveries = [], forgetAddress, ...changed }: CaseChanges = {},
): CaseWrite {
  const { actor, member, event, jws, message, status, at } = applied
  const seq = row.head.seq + 1
  const sha256 = sha256Hex(jws)
  const own = new Set(deliveries.map((delivery) => delivery.member))
  return {
    row: {
      ...row,
      ...changed,
      status,
      ...clockAfter(roster, row, status, at),
      // While a case is parked nobody can be late with it.
      ...(row.parked && isOpen(status) && { due: null, dueAt: null }),
      head: { seq, sha256, at },
    },
    events: [{ seq, at, type: event.type, actor, member, jws, sha256, message: message ?? null }],
    ...(envelope && { envelope }),
    ...(attachments && { attachments }),
    deliveries: [
      ...deliveriesAfter(row, status, known, at).filter((delivery) => !own.has(delivery.member)),
      ...deliveries,
    ],
    inbox: linesOf(row.status, applied).map((line) => ({ ...line, seq })),
    ...(forgetAddress && { forgetAddress }),
  }
}

function isOpen({ state }: CaseStatus): boolean {
  return state !== 'closed' && state !== 'archived'
}

/** An inbox line for every member with a part in it but the one that acted. */
function linesOf(
  before: CaseStatus,
  { member, event, status }: AppliedEvent,
): Omit<InboxRow, 'cursor' | 'ref' | 'seq'>[] {
  const silent = event.type === 'delivered' ? event.member : member
  const lines: Omit<InboxRow, 'cursor' | 'ref' | 'seq'>[] = []
  if (status.lead !== null) lines.push({ member: status.lead, role: 'lead' })
  // Until the lead shares it, the case is none of the partner's business.
  if (status.partner !== null && (status.shared || before.shared))
    lines.push({ member: status.partner, role: 'partner' })
  // Who is kept informed learns how the case moves, not of each word in it.
  if (status.state !== before.state)
    lines.push(...status.cc.map((id) => ({ member: id, role: 'cc' as const })))
  return lines.filter((line) => line.member !== silent)
}

/** A delivery that begins: to a new lead, or to the partner with which the case is shared now. */
export function newDelivery(
  ref: string,
  member: string,
  role: 'lead' | 'partner',
  now: number,
  nextAt: number | null = now,
): DeliveryRow {
  return {
    ref,
    member,
    role,
    state: 'pending',
    attempts: 0,
    nextAt,
    since: now,
    failure: null,
    receipt: null,
    receiptedAt: null,
  }
}

function deliveriesAfter(
  { ref, status: before }: CaseRow,
  after: CaseStatus,
  known: readonly DeliveryRow[],
  now: number,
): DeliveryRow[] {
  const owed: { member: string; role: 'lead' | 'partner'; begins: boolean }[] = []
  if (isOpen(after) && after.lead !== null)
    owed.push({ member: after.lead, role: 'lead', begins: after.lead !== before.lead })
  if (isOpen(after) && after.shared && after.partner !== null)
    owed.push({ member: after.partner, role: 'partner', begins: !before.shared })
  const begun = owed
    .filter(({ member, begins }) => begins || !known.some((delivery) => delivery.member === member))
    .map(({ member, role }) => newDelivery(ref, member, role, now))
  const given = known
    .filter(({ member, state, nextAt }) => state === 'pending' && nextAt !== null && !isOwed(member))
    .map((delivery) => ({ ...delivery, nextAt: null }))
  return [...begun, ...given]

  function isOwed(member: string): boolean {
    return owed.some((delivery) => delivery.member === member)
  }
}
