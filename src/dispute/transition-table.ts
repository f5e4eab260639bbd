/**
 * The whole life of a case as one table: per event who may send it, in which states, and where the case goes. The first
 * row that fits applies; what fits no row is refused. Reading it from top to bottom tells the story of a case.
 */
import type { Actor, CaseEvent, CaseEventType } from './case-event.js'
import type { CaseState, CaseStatus } from './case-state.js'
import { isRateable, isReopenable, type Moment } from './closing.js'
import type { RouteFlag } from './route-question.js'
import type { DeclineReason, Outcome } from './taxonomy.js'

/** Every event but the one that opens a case. */
export type MovingEventType = Exclude<CaseEventType, 'created'>
export type MovingEvents = { [T in MovingEventType]: Extract<CaseEvent, { type: T }> }

/** One way in which an event moves a case. */
export interface Transition<T extends MovingEventType> {
  by: readonly Actor[]
  from: readonly CaseState[]
  /** `same`: nothing moves, and the clock runs on. `return`: back to where the question came from, and its clock resumes. */
  to: CaseState | 'same' | 'return'
  /** What must hold of the case, whatever the event says. */
  when?: (status: CaseStatus, moment: Moment, actor: Actor) => boolean
  /** What must hold of the event itself. */
  about?: (event: MovingEvents[T], status: CaseStatus, moment: Moment) => boolean
  /** What changes beside the state. */
  sets?: (event: MovingEvents[T], status: CaseStatus, moment: Moment) => Partial<CaseStatus>
}
type Table = { readonly [T in MovingEventType]: readonly Transition<T>[] }

/** A lead has the complaint in hand and it is not the consumer's turn. */
const WORKED_ON = [
  'in_triage',
  'accepted',
  'shared',
  'with_partner',
  'partner_declined',
  'merchant_notified',
  'merchant_silent',
  'negotiation',
] as const satisfies readonly CaseState[]
/** A lead has the complaint in hand. */
const LED = [...WORKED_ON, 'needs_info', 'offer'] as const satisfies readonly CaseState[]
const LEADERLESS = ['unrouted', 'awaiting_consumer_key'] as const satisfies readonly CaseState[]
export const OPEN_STATES: readonly CaseState[] = [...LEADERLESS, 'received', ...LED]
/** The partner has the complaint and can ask about it. */
const WITH_PARTNER = [
  'shared',
  'with_partner',
  'merchant_notified',
  'negotiation',
] as const satisfies readonly CaseState[]
/** States in which the lead itself has something to do: whoever is very late there can be passed over. */
const LEADS_TURN: readonly CaseState[] = [
  'in_triage',
  'accepted',
  'partner_declined',
  'merchant_silent',
  'negotiation',
]

/** An agency that gets a case starts from the beginning: nothing is shared, nobody has written to the merchant for it. */
const AFRESH = {
  shared: false,
  notices: 0,
  undeliverable: false,
  assigned: null,
} as const satisfies Partial<CaseStatus>

const DECLINED: Partial<Record<DeclineReason, Outcome>> = { duplicate: 'duplicate', abusive: 'abusive' }

const hasLead = ({ lead }: CaseStatus) => lead !== null
const hasParty = ({ lead, partner, cc }: CaseStatus) => lead !== null || partner !== null || cc.length > 0
const isParty = ({ member }: { member: string }, { lead, partner, cc }: CaseStatus) =>
  member === lead || member === partner || cc.includes(member)
/** The partner; the lead where there is none, where it declined, or where it is twice overdue. */
const reachesMerchant = (status: CaseStatus, moment: Moment, actor: Actor) =>
  actor === status.reaches || (actor === 'lead' && isPartnerStuck(status, moment))
const isPartnerStuck = ({ state }: CaseStatus, { veryLate }: Moment) =>
  veryLate === true && (state === 'shared' || state === 'with_partner')
const isPartnersTurn = (status: CaseStatus, _moment: Moment, actor: Actor) =>
  actor !== 'partner' || (status.shared && status.reaches === 'partner')
const reacherOf = (partner: string | null) => (partner === null ? 'lead' : 'partner')
const needsTranslation = (flags: readonly RouteFlag[]) => flags.includes('translation_required')

export const TRANSITIONS: Table = {
  // ---- delivery: the hub records what arrived and what did not ----
  delivered: [
    {
      by: ['hub'],
      from: ['received'],
      to: 'in_triage',
      about: ({ member }, { lead }) => member === lead,
      sets: () => ({ undeliverable: false }),
    },
    { by: ['hub'], from: [...OPEN_STATES, 'closed'], to: 'same', when: hasParty, about: isParty },
  ],
  undeliverable: [
    // Entering the same state anew starts a clock: now the secretariat's.
    {
      by: ['hub'],
      from: ['received'],
      to: 'received',
      when: ({ undeliverable }) => !undeliverable,
      about: ({ member }, { lead }) => member === lead,
      sets: () => ({ undeliverable: true }),
    },
    // A partner that can not be reached has declined by its silence.
    {
      by: ['hub'],
      from: ['shared'],
      to: 'partner_declined',
      about: ({ member }, { partner }) => member === partner,
      sets: () => ({ shared: false, reaches: 'lead' }),
    },
    { by: ['hub'], from: OPEN_STATES, to: 'same', when: hasParty, about: isParty },
  ],

  // ---- nobody leads, or nobody any more ----
  assigned: [
    { by: ['secretariat'], from: LEADERLESS, to: 'awaiting_consumer_key', sets: assign },
    {
      by: ['secretariat'],
      from: ['received'],
      to: 'awaiting_consumer_key',
      when: ({ undeliverable }, { leadGone }) => undeliverable || leadGone === true,
      about: ({ to }, { lead }) => to !== lead,
      sets: assign,
    },
    {
      by: ['secretariat'],
      from: LED,
      to: 'awaiting_consumer_key',
      when: (_status, { leadGone }) => leadGone === true,
      about: ({ to }, { lead }) => to !== lead,
      sets: assign,
    },
  ],
  rerouted: [
    { by: ['consumer'], from: ['awaiting_consumer_key'], to: 'received', sets: reroute },
    {
      by: ['consumer'],
      from: ['received'],
      to: 'received',
      when: ({ undeliverable }, { leadGone }) => undeliverable || leadGone === true,
      about: ({ lead }, status) => lead !== status.lead,
      sets: reroute,
    },
    {
      by: ['consumer'],
      from: LED,
      to: 'received',
      when: ({ state }, { leadGone, veryLate }) =>
        leadGone === true || (veryLate === true && LEADS_TURN.includes(state)),
      about: ({ lead }, status) => lead !== status.lead,
      sets: reroute,
    },
  ],

  // ---- triage ----
  accepted: [{ by: ['lead'], from: ['in_triage'], to: 'accepted' }],
  declined: [
    {
      by: ['lead'],
      from: ['in_triage', 'accepted'],
      to: 'closed',
      sets: ({ reason }) => ({ outcome: DECLINED[reason] ?? 'out_of_scope' }),
    },
  ],
  transferred: [
    {
      by: ['lead'],
      from: LED,
      to: 'received',
      about: ({ to }, { lead }) => to !== lead,
      sets: ({ to }, { partner, cc, revision }) => ({
        ...AFRESH,
        lead: to,
        partner: partner === to ? null : partner,
        reaches: reacherOf(partner === to ? null : partner),
        cc: cc.filter((member) => member !== to),
        revision: revision + 1,
      }),
    },
  ],
  rewrapped: [
    {
      by: ['lead'],
      from: [...LED, 'closed'],
      to: 'same',
      when: hasLead,
      // A new secret comes with new keys, an officer's key with none.
      about: ({ reason, consumer }) => (reason === 'new_consumer_secret') === (consumer !== undefined),
      sets: (_event, { revision }) => ({ revision: revision + 1 }),
    },
  ],

  // ---- questions to the consumer stop every other clock ----
  info_requested: [
    { by: ['lead'], from: WORKED_ON, to: 'needs_info' },
    { by: ['partner'], from: WITH_PARTNER, to: 'needs_info', when: isPartnersTurn },
  ],
  info_given: [{ by: ['consumer'], from: ['needs_info'], to: 'return' }],

  // ---- the partner ----
  shared: [
    // Once more after it declined: a second review, as the consumer centres of the EU do.
    {
      by: ['lead'],
      from: ['accepted', 'partner_declined'],
      to: 'shared',
      when: ({ partner }) => partner !== null,
      sets: () => ({ shared: true, reaches: 'partner' }),
    },
  ],
  partner_accepted: [{ by: ['partner'], from: ['shared'], to: 'with_partner' }],
  partner_declined: [
    {
      by: ['partner'],
      from: ['shared', 'with_partner'],
      to: 'partner_declined',
      sets: () => ({ shared: false, reaches: 'lead' }),
    },
  ],

  // ---- the merchant, through whoever reaches it ----
  merchant_notified: [
    { by: ['partner'], from: ['with_partner'], to: 'merchant_notified', sets: () => ({ notices: 1 }) },
    {
      by: ['lead'],
      from: ['accepted', 'partner_declined', 'shared', 'with_partner'],
      to: 'merchant_notified',
      when: reachesMerchant,
      sets: () => ({ notices: 1, reaches: 'lead' }),
    },
    // The second notice: the same clock, with a longer end.
    {
      by: ['lead', 'partner'],
      from: ['merchant_notified'],
      to: 'same',
      when: (status, moment, actor) => status.notices === 1 && reachesMerchant(status, moment, actor),
      sets: () => ({ notices: 2 }),
    },
  ],
  merchant_responded: [
    // A late answer counts too.
    {
      by: ['lead', 'partner'],
      from: ['merchant_notified', 'merchant_silent'],
      to: 'negotiation',
      when: reachesMerchant,
    },
    { by: ['lead', 'partner'], from: ['negotiation'], to: 'same', when: reachesMerchant },
  ],
  merchant_silent: [
    { by: ['lead', 'partner'], from: ['merchant_notified'], to: 'merchant_silent', when: reachesMerchant },
  ],

  // ---- an offer, and the consumer's word on it ----
  offer_made: [{ by: ['lead'], from: ['negotiation'], to: 'offer' }],
  offer_answered: [
    {
      by: ['consumer'],
      from: ['offer'],
      to: 'closed',
      about: ({ accept }) => accept,
      sets: () => ({ outcome: 'resolved' }),
    },
    { by: ['consumer'], from: ['offer'], to: 'negotiation', about: ({ accept }) => !accept },
  ],

  // ---- the end ----
  closed: [
    // Not while the consumer is asked or holds an offer: that is her time.
    { by: ['lead'], from: WORKED_ON, to: 'closed', sets: ({ outcome }) => ({ outcome }) },
    // Where no agency can be found the secretariat names a body outside; it reads nothing and judges nothing.
    {
      by: ['secretariat'],
      from: ['unrouted', 'received'],
      to: 'closed',
      when: ({ state, undeliverable }) => state === 'unrouted' || undeliverable,
      about: ({ outcome }) => outcome === 'referred',
      // Reopened, it is the secretariat's again: no agency ever had it.
      sets: ({ outcome }) => ({ outcome, lead: null, partner: null, reaches: 'lead' }),
    },
  ],
  withdrawn: [{ by: ['consumer'], from: OPEN_STATES, to: 'closed', sets: () => ({ outcome: 'withdrawn' }) }],
  lapsed: [
    {
      by: ['hub'],
      from: ['awaiting_consumer_key', 'needs_info'],
      to: 'closed',
      about: isOver,
      sets: () => ({ outcome: 'closed_no_reply' }),
    },
    // Her silence after an offer is taken for yes, and labelled as taken.
    {
      by: ['hub'],
      from: ['offer'],
      to: 'closed',
      about: isOver,
      sets: () => ({ outcome: 'resolved', assumed: true }),
    },
    // First the second notice falls due, then silence is a fact.
    {
      by: ['hub'],
      from: ['merchant_notified'],
      to: 'same',
      when: ({ notices }) => notices < 2,
      about: isOver,
      sets: () => ({ notices: 2 }),
    },
    { by: ['hub'], from: ['merchant_notified'], to: 'merchant_silent', about: isOver },
  ],
  outcome_rated: [
    {
      by: ['consumer'],
      from: ['closed'],
      to: 'same',
      when: isRateable,
      // "Not resolved" overrules a success, but not an outcome that says why it is none.
      sets: ({ rating }, { outcome }) => ({
        rating,
        assumed: false,
        outcome:
          rating === 'not_resolved' && outcome !== 'resolved' && outcome !== 'partly_resolved'
            ? outcome
            : rating,
      }),
    },
  ],
  reopened: [
    { by: ['consumer'], from: ['closed'], to: 'in_triage', when: canReopen('lead'), sets: reopen },
    {
      by: ['consumer'],
      from: ['closed'],
      to: 'awaiting_consumer_key',
      when: canReopen('assigned'),
      sets: reopen,
    },
    { by: ['consumer'], from: ['closed'], to: 'unrouted', when: isReopenable, sets: reopen },
  ],
  payload_erased: [{ by: ['hub'], from: ['closed'], to: 'archived' }],

  // ---- words, encrypted to the others ----
  message: [
    {
      by: ['consumer', 'lead'],
      from: [...OPEN_STATES, 'closed'],
      to: 'same',
      when: hasLead,
    },
    { by: ['partner'], from: OPEN_STATES, to: 'same', when: ({ shared }) => shared },
  ],
}

function assign({ to }: MovingEvents['assigned'], { cc }: CaseStatus): Partial<CaseStatus> {
  return {
    ...AFRESH,
    lead: null,
    partner: null,
    reaches: 'lead',
    assigned: to,
    cc: cc.filter((member) => member !== to),
  }
}

function reroute(
  { lead, partner }: MovingEvents['rerouted'],
  { cc, revision, translation }: CaseStatus,
  { flags }: Moment,
): Partial<CaseStatus> {
  return {
    ...AFRESH,
    lead,
    partner,
    reaches: reacherOf(partner),
    cc: cc.filter((member) => member !== lead && member !== partner),
    revision: revision + 1,
    translation: flags ? needsTranslation(flags) : translation,
  }
}

function reopen(_event: MovingEvents['reopened'], { partner, assigned }: CaseStatus): Partial<CaseStatus> {
  return {
    ...AFRESH,
    assigned,
    reaches: reacherOf(partner),
    outcome: null,
    assumed: false,
    rating: null,
    closedOn: null,
    reopened: true,
  }
}

function canReopen(who: 'lead' | 'assigned') {
  return (status: CaseStatus, moment: Moment) => status[who] !== null && isReopenable(status, moment)
}

/** Late from the next day; the day of the case may be one ahead of that of the clock's owner. */
function isOver({ due }: MovingEvents['lapsed'], _status: CaseStatus, { day }: Moment): boolean {
  return due <= day
}
