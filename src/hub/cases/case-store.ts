/** What the hub needs of its database for disputes; `store/` implements it on SQLite and on D1. Nothing here is in the log. */
import type { Actor, CaseEventType } from '../../dispute/case-event.js'
import type { CaseStatus, ClockOwner } from '../../dispute/case-state.js'
import type { AttachmentNotice, ConsumerKeys, GeneralJwe, SealedComplaint } from '../../dispute/envelope.js'
import type { CaseMeta } from '../../dispute/route-question.js'

/** A case as it stands. Times are epoch ms. */
export interface CaseRow {
  ref: string
  /** SHA-256 of the filing's JCS text: the same filing again is answered, another one refused. */
  filing: string
  /** The newest quote: that of the filing, or of the last re-routing. */
  quote: string
  /** That of the filing: readers hold `created` against it, also after a re-routing. */
  filedQuote: string
  meta: CaseMeta
  filedAt: number
  status: CaseStatus
  /** Who must act; `due` is an ISO date in the owner's zone, `dueAt` the moment at which that day is over. */
  owner: ClockOwner | null
  since: number
  due: string | null
  dueAt: number | null
  parked: boolean
  /** The newest event. */
  head: { seq: number; sha256: string; at: number }
  /** Hash of the newest envelope. */
  envelopeSha256: string
  /** Null once erased. */
  consumer: ConsumerKeys | null
  /** When the content is erased; null while open, and once it is done. */
  erasesAt: number | null
  /** Whether it came by the rule for what nothing matches: counted in public. */
  unmatched: boolean
}

export interface EventRow {
  seq: number
  at: number
  type: CaseEventType
  actor: Actor
  /** Member id of the signer; null for consumer, hub and secretariat. */
  member: string | null
  /** Null once archived. */
  jws: string | null
  sha256: string
  /** The encrypted message; null when it has none, or once erased. */
  message: GeneralJwe | null
}

/** An event with its message's size in its place. */
export interface ChainRow extends Omit<EventRow, 'message'> {
  /** JSON text of the encrypted message; 0 for none. */
  messageBytes: number
}

export type DeliveryState = 'pending' | 'receipted' | 'dead'

export interface DeliveryRow {
  ref: string
  member: string
  role: 'lead' | 'partner' | 'cc'
  state: DeliveryState
  /** How often the member was told. */
  attempts: number
  /** When to tell it again; null when nothing is to be told. */
  nextAt: number | null
  /** When the case became deliverable to it. */
  since: number
  /** Why the last attempt failed, without content. */
  failure: string | null
  receipt: string | null
  receiptedAt: number | null
}

export interface StoredAttachment extends AttachmentNotice {
  stored: boolean
}

export interface InboxRow {
  /** Rising over all members. */
  cursor: number
  ref: string
  member: string
  role: 'lead' | 'partner' | 'cc'
  seq: number
}

/** A line of an inbox with what is shown of its case. */
export interface InboxLine extends InboxRow {
  row: Pick<CaseRow, 'meta' | 'status' | 'owner' | 'due' | 'parked'>
  event: Pick<EventRow, 'type' | 'at'>
  delivery: DeliveryState | null
}

/** Everything one step of a case writes, at once or not at all. */
export interface CaseWrite {
  /** The case as it stands afterwards. */
  row: CaseRow
  /** New events, of consecutive `seq`, the last being `row.head`. */
  events: EventRow[]
  /** Replaces the sealed complaint. */
  envelope?: SealedComplaint
  /** Newly announced files. */
  attachments?: readonly AttachmentNotice[]
  /** Put as they are, by case and member. */
  deliveries?: readonly DeliveryRow[]
  inbox?: readonly Omit<InboxRow, 'cursor' | 'ref'>[]
  /** Forgets the consumer's address. */
  forgetAddress?: boolean
}

/** A consumer's address, closed by the address box. */
export interface NotifyRow {
  address: string
  lang: string
}

export interface WebhookRow {
  member: string
  url: string
  /** Standard Webhooks secret, `whsec_…`. */
  secret: string
}

/** A consumer who lost her secret asks for new keys; the lead decides after it knows who she is. */
export interface RecoveryRow {
  /** Eight digits that she reads to the lead. */
  code: string
  consumer: ConsumerKeys
  at: number
}

export interface CaseStore {
  /** @returns false when the reference exists: nothing was written */
  file(write: CaseWrite & { envelope: SealedComplaint; address?: NotifyRow }): Promise<boolean>
  /** Appends to a case whose newest event has `previousSeq`. @returns false when the case had moved on */
  append(previousSeq: number, write: CaseWrite): Promise<boolean>
  find(ref: string): Promise<CaseRow | undefined>
  /** In order. Up to some megabytes: only for who reads the case, see {@link CaseStore.chain}. */
  events(ref: string): Promise<EventRow[]>
  /** In order, without messages: for whatever only needs to know what happened. */
  chain(ref: string): Promise<ChainRow[]>
  /** Null once erased. */
  envelope(ref: string): Promise<SealedComplaint | null>
  attachments(ref: string): Promise<StoredAttachment[]>
  markStored(ref: string, attachment: string): Promise<void>
  deliveries(ref: string): Promise<DeliveryRow[]>
  /**
   * Writes a delivery anew, unless it was receipted meanwhile or began again: one round of delivery has one `since`. So
   * a sweep that was slow takes no receipt back.
   */
  putDelivery(delivery: DeliveryRow): Promise<void>

  /** Lines of a member's inbox after a cursor (exclusive), in order, with their cases; those of parked cases among them only when asked for. */
  inbox(member: string, after: number, limit: number, parked: boolean): Promise<InboxLine[]>
  /**
   * Makes a parked case deliverable: its deliveries begin, and its lines come up in the inboxes as new ones. While it is
   * parked its clock stands still; `clock` starts it.
   * @returns false when there is no such parked case
   */
  release(ref: string, at: number, clock?: Pick<CaseRow, 'since' | 'due' | 'dueAt'>): Promise<boolean>
  /** Open cases that are parked or unrouted, for the secretariat, oldest first. */
  queue(limit: number): Promise<CaseRow[]>

  /** Pending deliveries of cases that are not parked, with `nextAt` at or before `now`, oldest first. */
  dueDeliveries(now: number, limit: number): Promise<DeliveryRow[]>
  /**
   * Open cases that are not parked, with `dueAt` at or before `now`, oldest first, whose owner's silence has a consequence:
   * consumer or merchant. Agencies that are late stay late, and are shown so.
   */
  lapsing(now: number, limit: number): Promise<CaseRow[]>
  /** Closed cases whose `erasesAt` is at or before `now`. */
  erasable(now: number, limit: number): Promise<CaseRow[]>
  /**
   * Erases everything of a case but its coarse figures: envelope, messages, event texts, quote, keys, receipts,
   * attachment rows, inbox lines, address and recovery requests go; times are cut to the month (UTC). Appends the
   * write's event as the only one with a text. The caller removes the bytes of its attachments first.
   * @returns false when the case had moved on
   */
  erase(previousSeq: number, write: CaseWrite): Promise<boolean>

  address(ref: string): Promise<NotifyRow | undefined>
  webhook(member: string): Promise<WebhookRow | undefined>
  putWebhook(row: WebhookRow): Promise<void>
  /** @param url only this one, if it is still the member's: it may have registered another meanwhile */
  removeWebhook(member: string, url?: string): Promise<void>

  /**
   * Keeps a request and drops those of the case from before `since` (epoch ms), no newer one. Keeps nothing, and does not
   * say so, where there is no such case, or none any more.
   */
  putRecovery(ref: string, request: RecoveryRow, since: number): Promise<void>
  /** One of `since` or later. */
  recovery(ref: string, code: string, since: number): Promise<RecoveryRow | undefined>
  /** The requests of a case of `since` or later, the newest first. */
  recoveries(ref: string, since: number): Promise<RecoveryRow[]>

  /** Remembers a client assertion until it expires. @returns false when it was spent before */
  spendAssertion(issuer: string, jti: string, expiresAt: number, now: number): Promise<boolean>
  /** Counts one more in each bucket of an hour and forgets older hours. @returns the counts */
  countIntake(hour: number, buckets: readonly string[]): Promise<Map<string, number>>
  /** The counts of an hour as they stand, without counting; buckets that were never counted are left out. */
  intakeCounts(hour: number, buckets: readonly string[]): Promise<Map<string, number>>
  /** The operator's own limits per bucket kind, while they last. */
  intakeLimits(now: number): Promise<Map<string, { limit: number; until: number }>>
  putIntakeLimit(bucket: string, limit: number, until: number): Promise<void>
  /** The day's salt: the one kept, or `fresh` when the day has none; those of other days are forgotten. */
  dailySalt(day: string, fresh: string): Promise<string>
  figures(): Promise<{ unmatchedOpen: number; unmatchedEver: number; parked: number }>
}
