/** The states of a case, who must act in each, and what a case is between two events (facts: states and clocks). */
import type { Actor, CaseEventType } from './case-event.js'
import type { Outcome, Rating } from './taxonomy.js'

export const CASE_STATES = [
  /** Filed where no agency matched: the secretariat looks for one. */
  'unrouted',
  /** The secretariat named an agency; the consumer must encrypt to it. */
  'awaiting_consumer_key',
  'received',
  'in_triage',
  'needs_info',
  'accepted',
  'shared',
  'with_partner',
  'partner_declined',
  'merchant_notified',
  /** It did not answer in time: whoever reaches it must write to it once more. */
  'second_notice_due',
  'merchant_silent',
  'negotiation',
  'offer',
  'closed',
  'archived',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Who must do something next. `merchant` acts through whoever reaches it. */
export const CLOCK_OWNERS = ['hub', 'secretariat', 'lead', 'partner', 'merchant', 'consumer'] as const
export type ClockOwner = (typeof CLOCK_OWNERS)[number]

/** A case as its events leave it. */
export interface CaseStatus {
  state: CaseState
  /** Where `needs_info` goes back to, and who asked. */
  returnTo: CaseState | null
  lead: string | null
  partner: string | null
  cc: readonly string[]
  /** Whether the lead let the partner read the complaint. */
  shared: boolean
  /** Grows with each re-wrapping. */
  revision: number
  outcome: Outcome | null
  /** The outcome is the clock's word, not the consumer's. */
  assumed: boolean
  rating: Rating | null
  /** She may reopen once. */
  reopened: boolean
  /** ISO date on which it closed, in the lead's zone; null while open. */
  closedOn: string | null
  /** Member that the secretariat named; the consumer has yet to encrypt to it. */
  assigned: string | null
  /** The lead could not be reached: the secretariat calls it, and the consumer may turn to another. */
  undeliverable: boolean
  /** Who reaches the merchant: the partner, or the lead where there is none, or none any more. */
  reaches: 'lead' | 'partner'
  /** How often the merchant was written to: only its silence after the second notice counts as one. */
  notices: 0 | 1 | 2
  /** Lead and partner share no language: clocks that run between them are longer (rule R60). */
  translation: boolean
  /** The merchant has done already what it offers. */
  performed: boolean
  /** Calendar days by which this negotiation is longer; null while that was not done, and can be. */
  extension: number | null
  clock: CaseClock
}

/** When the clock of a state started, and how long it had run before it was stopped by a question to the consumer. */
export interface CaseClock {
  /** Grows whenever a clock starts: two statuses of the same turn share their clock. */
  turn: number
  /** ISO date in the lead's zone on which it started; null for the first, which {@link CaseStatus} alone can not know. */
  since: string | null
  /** Spans before the stops, from (day zero) and until (inclusive). While `needs_info` they are those of `returnTo`. */
  ran: readonly { from: string; until: string }[]
}

/** Who waits for whom, until when. */
export interface Clock {
  owner: ClockOwner
  /** The last day, ISO date, inclusive: late from the day after. Null for an archived case. */
  due: string | null
}

/** An event that a party may send now. */
export interface AllowedEvent {
  actor: Actor
  type: CaseEventType
}
