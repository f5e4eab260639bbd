/** Groups of the states of a case: who has the complaint in hand, and whose turn it can be (facts: states). */
import type { CaseState } from './case-state.js'

/** A lead has the complaint in hand and it is not the consumer's turn. */
export const WORKED_ON = [
  'in_triage',
  'accepted',
  'shared',
  'with_partner',
  'partner_declined',
  'merchant_notified',
  'second_notice_due',
  'merchant_silent',
  'negotiation',
] as const satisfies readonly CaseState[]
/** A lead has the complaint in hand. */
export const LED = [...WORKED_ON, 'needs_info', 'offer'] as const satisfies readonly CaseState[]
export const LEADERLESS = ['unrouted', 'awaiting_consumer_key'] as const satisfies readonly CaseState[]
export const OPEN_STATES: readonly CaseState[] = [...LEADERLESS, 'received', ...LED]
/** The partner has the complaint and can ask about it. */
export const WITH_PARTNER = [
  'shared',
  'with_partner',
  'merchant_notified',
  'second_notice_due',
  'negotiation',
] as const satisfies readonly CaseState[]
/** States in which the lead itself has something to do, as in `second_notice_due` where it reaches the merchant. */
export const LEADS_TURN: readonly CaseState[] = [
  'in_triage',
  'accepted',
  'partner_declined',
  'merchant_silent',
  'negotiation',
]
