/** An agency's inbox: everything that happened in its cases, in order, paged by a cursor that only grows (DESIGN 5). */
import type { InboxItem, InboxPage } from '../../dispute/case-view.js'
import type { Hub } from '../hub.js'
import type { InboxLine } from './case-store.js'
import { memberRole } from './parties.js'

/** Lines read at once at least: of a former party's many, none may be left, and each read costs a query. */
const MIN_READ = 100

/**
 * Lines after a cursor, exclusive; an empty page means that nothing is new.
 * @param after 0 for the start
 * @param parked also cases that are kept back as suspected spam
 */
export async function listInbox(
  hub: Hub,
  member: string,
  { after, limit, parked }: { after: number; limit: number; parked: boolean },
): Promise<InboxPage> {
  const size = Math.max(limit, MIN_READ)
  // A page in which no line is left is followed by the next one: an empty page must mean the end.
  for (let cursor = after; ; ) {
    const lines = await hub.cases.store.inbox(member, cursor, size, parked)
    const items = lines.flatMap((line) => itemOf(member, line) ?? [])
    const last = items[limit - 1]
    if (last && items.length > limit) return { items: items.slice(0, limit), next: last.cursor }
    const next = lines.at(-1)?.cursor ?? cursor
    if (items.length > 0 || lines.length < size) return { items, next }
    cursor = next
  }
}

/** Null for a case in which the member has no part any more: it may not even learn how it went on. */
function itemOf(member: string, { cursor, ref, seq, row, event, delivery }: InboxLine): InboxItem | null {
  const { status } = row
  const role = memberRole(status, member)
  if (!role) return null
  const isOpen = status.state !== 'closed' && status.state !== 'archived'
  return {
    cursor,
    case: ref,
    role,
    type: event.type,
    seq,
    at: new Date(event.at).toISOString(),
    state: status.state,
    owner: isOpen ? row.owner : null,
    due: isOpen ? row.due : null,
    meta: row.meta,
    parked: row.parked,
    receiptDue:
      isOpen &&
      !row.parked &&
      (role === 'lead' || (role === 'partner' && status.shared)) &&
      delivery !== null &&
      delivery !== 'receipted',
  }
}
