/**
 * The whole life of a case as one table: per event who may send it, in which states, and where the case goes. The first
 * row that fits applies; what fits no row is refused. Reading it from top to bottom tells the story of a case.
 */
import type { Actor, CaseEvent, CaseEventType } from './case-event.js'
import type { CaseState, CaseStatus } from './case-state.js'
import { isRateable, isReopenable, type Moment } from './closing.js'
import type { RouteFlag } from './route-question.js'
import { LEADERLESS, LEADS_TURN, LED, OPEN_STATES, WITH_PARTNER, WORKED_ON } from './state-groups.js'
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

/** An agency that gets a case starts from the beginning: nothing is shared, nobody has written to the merchant for it. */
const AFRESH = {
  shared: false,
  notices: 0,
  undeliverable: false,
  assigned: null,
  performed: false,
  extension: null,
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
  veryLate === true && (state === 'shared' || state === 'with_partner' || state === 'second_notice_due')
const isLeadsTurn = ({ state, reaches }: CaseStatus) =>
  LEADS_TURN.includes(state) || (state === 'second_notice_due' && reaches === 'lead')
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
      // Whoever is very late where it is its turn can be passed over.
      when: (status, { leadGone, veryLate }) =>
        leadGone === true || (veryLate === true && isLeadsTurn(status)),
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
    // The second notice, for which the merchant has a clock of its own. Not earlier: that would shorten its first.
    {
      by: ['partner'],
      from: ['second_notice_due'],
      to: 'merchant_notified',
      when: reachesMerchant,
      sets: () => ({ notices: 2 }),
    },
    {
      by: ['lead'],
      from: ['second_notice_due'],
      to: 'merchant_notified',
      when: reachesMerchant,
      sets: () => ({ notices: 2, reaches: 'lead' }),
    },
  ],
  merchant_responded: [
    // A late answer counts too.
    {
      by: ['lead', 'partner'],
      from: ['merchant_notified', 'second_notice_due', 'merchant_silent'],
      to: 'negotiation',
      when: reachesMerchant,
    },
    { by: ['lead', 'partner'], from: ['negotiation'], to: 'same', when: reachesMerchant },
  ],
  merchant_silent: [
    // What the hub records by itself when its next sweep comes: never before the merchant's time is up.
    {
      by: ['lead', 'partner'],
      from: ['merchant_notified'],
      to: 'merchant_silent',
      when: (status, moment, actor) =>
        status.notices === 2 && Boolean(moment.over) && reachesMerchant(status, moment, actor),
    },
  ],

  // ---- an offer, and the consumer's word on it ----
  // Once, and in time: an extension afterwards would only hide that the lead was late.
  extended: [
    {
      by: ['lead'],
      from: ['negotiation'],
      to: 'same',
      when: ({ extension }, { over }) => extension === null && over !== true,
      sets: ({ days }) => ({ extension: days }),
    },
  ],
  offer_made: [
    {
      by: ['lead'],
      from: ['negotiation'],
      to: 'offer',
      sets: ({ performed }, { extension }) => ({ performed, extension: extension === null ? null : 0 }),
    },
  ],
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
    {
      by: ['lead'],
      from: WORKED_ON,
      to: 'closed',
      about: ({ outcome }) => outcome !== 'merchant_silent',
      sets: ({ outcome }) => ({ outcome }),
    },
    // Silence counts against a mark, so it ends a case only where the clocks have shown it.
    {
      by: ['lead'],
      from: ['merchant_silent'],
      to: 'closed',
      about: ({ outcome }) => outcome === 'merchant_silent',
      sets: ({ outcome }) => ({ outcome }),
    },
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
    // Her silence is taken for yes, and labelled as taken, only where the merchant has done what it offered.
    {
      by: ['hub'],
      from: ['offer'],
      to: 'closed',
      about: isOver,
      sets: (_event, { performed }) =>
        performed ? { outcome: 'resolved', assumed: true } : { outcome: 'closed_no_reply' },
    },
    // First a second notice falls due; who must send it can be late with it, which is not the merchant's silence.
    {
      by: ['hub'],
      from: ['merchant_notified'],
      to: 'second_notice_due',
      when: ({ notices }) => notices < 2,
      about: isOver,
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
