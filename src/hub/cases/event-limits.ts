/**
 * How much one party may say in a case. A case is read whole by whoever works on it, so without a bound one party could
 * lock the others out. What moves or ends a case is never held up: a party is out of words, never of decisions.
 */
import type { CaseEventPost } from '../../dispute/case-event.js'
import type { CaseStatus } from '../../dispute/case-state.js'
import { Refusal } from '../../refusal.js'
import type { CaseRow, ChainRow } from './case-store.js'
import type { AppliedEvent } from './next-write.js'
import { DAY } from './retry-plan.js'

/** Messages of one party in 24 hours: a conversation by the hour. Whoever has more to say puts it into one. */
export const MESSAGES_PER_DAY = 20
/** Events of one type of one party in one case that leave it where it is: several times what the longest case needs. */
export const EVENTS_PER_PARTY = 100
/** Bytes of all that one party said in a case (JWS and JSON of its messages): a hundred messages of two pages each. */
export const PARTY_BYTES = 3 * 1024 * 1024
/**
 * The same of all parties, former ones included: four that used up all of theirs. With it a case is 12 MiB, 0.3 MiB of
 * envelope (2 JWEs: 131,072 characters of ciphertext, 41 recipients of 350, AAD of 8,192), 0.3 MiB of one last event
 * (65,536 characters beside a message), and 0.3 kB around each event: well below the 16 MiB that `trustmark` reads.
 */
export const CASE_BYTES = 12 * 1024 * 1024

/**
 * @param row the case before the event
 * @param applied the event with the status that it leaves
 * @throws Refusal `too-many-requests`
 */
export function assertRoom(
  row: Pick<CaseRow, 'status'>,
  applied: Pick<AppliedEvent, 'actor' | 'member' | 'event' | 'status' | 'at'>,
  post: Pick<CaseEventPost, 'event' | 'message'>,
  earlier: readonly ChainRow[],
): void {
  const { actor, member, event, at } = applied
  // An agency is the same party whatever its role; the others have no member id.
  const own = earlier.filter((row) => (member === null ? row.actor === actor : row.member === member))
  const adds = post.event.length + (post.message ? JSON.stringify(post.message).length : 0)
  if (moves(row.status, applied.status)) {
    // Why she opens a case again must come with it, and can come once.
    if (post.message && event.type !== 'reopened' && bytesOf(earlier) + adds > CASE_BYTES)
      throw full('The messages of this case have used up its room. Send the event without a message.')
    return
  }
  const alike = own.filter(({ type }) => type === event.type)
  const today = alike.filter((row) => row.at > at - DAY)
  const [oldest] = today
  if (event.type === 'message' && oldest && today.length >= MESSAGES_PER_DAY) {
    throw new Refusal('too-many-requests', {
      detail: `A party can send ${MESSAGES_PER_DAY} messages to a case in 24 hours. Put what is left to say into one, and send it then; decisions are taken at any time.`,
      retryAfter: Math.ceil((oldest.at + DAY - at) / 1000),
    })
  }
  if (alike.length >= EVENTS_PER_PARTY)
    throw full(
      `A party can send ${EVENTS_PER_PARTY} events of the type ${event.type} to a case. Go on by telephone or mail; events that move or end the case are taken as before.`,
    )
  if (bytesOf(own) + adds > PARTY_BYTES || bytesOf(earlier) + adds > CASE_BYTES)
    throw full(
      'The messages of this case have used up the room for them. Go on by telephone or mail; events that move or end the case are taken as before.',
    )
}

/** Another state, or the same entered anew. Two parties have to take turns for it, so nobody can do it without end. */
function moves(before: CaseStatus, after: CaseStatus): boolean {
  return before.clock.turn !== after.clock.turn
}

function bytesOf(rows: readonly ChainRow[]): number {
  return rows.reduce((sum, { jws, messageBytes }) => sum + (jws?.length ?? 0) + messageBytes, 0)
}

/** Waiting does not help; but a program that goes by Retry-After stops asking. */
function full(detail: string): Refusal {
  return new Refusal('too-many-requests', { detail, retryAfter: DAY / 1000 })
}
