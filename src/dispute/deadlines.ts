/**
 * Whose turn it is in a case and until when. Due days are stored as dates: the day of an event is day zero, a clock is
 * late from the day after its last, and the calendar is that of the clock's owner.
 */
import { dayOf, endOfDay } from '../alliance/days.js'
import {
  addDays,
  addWorkingDays,
  countDays,
  countWorkingDays,
  SECRETARIAT_CALENDAR,
  type WorkCalendar,
  type WorkCalendars,
  workingDayFrom,
} from './calendar.js'
import type { CaseState, CaseStatus, Clock, ClockOwner } from './case-state.js'

interface Period {
  days: number
  unit: 'working' | 'calendar'
  /** Whose practice it is. No deadline of the alliance's own was found: its members must agree on theirs. */
  source: string
}

/** How long each has. */
export const PERIODS = {
  delivery: { days: 1, unit: 'working', source: 'an agency that is open has its mail by the next day' },
  secretariat: { days: 2, unit: 'working', source: 'our own: two people, and nobody else is acting' },
  triage: { days: 5, unit: 'working', source: 'CCJ answers within 4 to 5 business days' },
  leadsNext: { days: 5, unit: 'working', source: 'as long as triage' },
  partnerDecides: { days: 10, unit: 'working', source: 'accept or decline with reason; ECC-Net has 14 days' },
  partnerConveys: { days: 5, unit: 'working', source: 'as long as triage: it has read the case by then' },
  merchant: { days: 10, unit: 'working', source: 'consumidor.gov.br 10 days, China 12315 10 working days' },
  secondNotice: { days: 5, unit: 'working', source: 'as long as the first notice has' },
  merchantAgain: { days: 5, unit: 'working', source: 'after a second notice, as BBB' },
  negotiation: {
    days: 10,
    unit: 'calendar',
    source: 'our own, for the stage of direct negotiation of ISO 32122',
  },
  consumer: { days: 20, unit: 'calendar', source: 'consumidor.gov.br: 20 days to rate' },
} as const satisfies Record<string, Period>

/** Added to clocks between agencies that share no language (rule R60): the time of a translation. */
export const TRANSLATION_DAYS = 5
/** After the close the content is kept so long, for a reopening and for whoever asks what became of it; then erased. */
export const ERASE_AFTER_DAYS = 90
/** A clock is very late after so many times its period (facts: missed deadlines). */
const VERY_LATE = 2

interface ClockRule {
  owner: ClockOwner | 'reacher'
  period: Period
  /** Whose calendar counts: the owner's; for the merchant that of whoever reaches it, for the consumer the lead's. */
  calendar: 'lead' | 'partner' | 'reacher' | 'secretariat'
  /** Runs between lead and partner: longer where they share no language. */
  shared?: boolean
}

const CLOCKS: Record<Exclude<CaseState, 'closed' | 'archived'>, ClockRule> = {
  unrouted: { owner: 'secretariat', period: PERIODS.secretariat, calendar: 'secretariat' },
  awaiting_consumer_key: { owner: 'consumer', period: PERIODS.consumer, calendar: 'lead' },
  received: { owner: 'hub', period: PERIODS.delivery, calendar: 'lead' },
  in_triage: { owner: 'lead', period: PERIODS.triage, calendar: 'lead' },
  needs_info: { owner: 'consumer', period: PERIODS.consumer, calendar: 'lead' },
  accepted: { owner: 'lead', period: PERIODS.leadsNext, calendar: 'lead' },
  shared: { owner: 'partner', period: PERIODS.partnerDecides, calendar: 'partner', shared: true },
  with_partner: { owner: 'partner', period: PERIODS.partnerConveys, calendar: 'partner', shared: true },
  partner_declined: { owner: 'lead', period: PERIODS.leadsNext, calendar: 'lead' },
  merchant_notified: { owner: 'merchant', period: PERIODS.merchant, calendar: 'reacher', shared: true },
  second_notice_due: { owner: 'reacher', period: PERIODS.secondNotice, calendar: 'reacher', shared: true },
  merchant_silent: { owner: 'lead', period: PERIODS.leadsNext, calendar: 'lead' },
  negotiation: { owner: 'lead', period: PERIODS.negotiation, calendar: 'lead' },
  offer: { owner: 'consumer', period: PERIODS.consumer, calendar: 'lead' },
}

/** A clock with the moment (epoch ms) at which its last day is over; null when it has none. */
export type RunningClock = Clock & { dueAt: number | null }

/** When the clock started, epoch ms. */
export interface Since {
  at: number
}

/**
 * Whose clock runs since a moment and until when. A closed case is the hub's, which erases it on the due day; an
 * archived one has none.
 * @param calendars of lead, partner and the assigned member; a missing one counts as the secretariat's
 */
export function clockOf(status: CaseStatus, since: Since, calendars: WorkCalendars): RunningClock {
  if (status.state === 'closed' || status.state === 'archived') {
    const erasure = erasureOf(status, calendars)
    return { owner: 'hub', due: erasure?.erasesOn ?? null, dueAt: erasure?.erasesAt ?? null }
  }
  const { rule, calendar } = ruleOf(status, status.state, calendars)
  const due = dueDay(status, rule, calendar, since, 1)
  return { owner: rule.owner, due, dueAt: endOfDay(due, calendar.timeZone) * 1000 }
}

/**
 * The clock after an event: the one that ran goes on when the event started none.
 * @param before what stood before the event, or null when it opened the case
 * @param now epoch ms
 */
export function moveClock(
  before: { status: CaseStatus; since: number } | null,
  status: CaseStatus,
  now: number,
  calendars: WorkCalendars,
): RunningClock & { since: number } {
  const since = before && before.status.clock.turn === status.clock.turn ? before.since : now
  return { ...clockOf(status, { at: since }, calendars), since }
}

/** Whether an agency has needed more than twice its time: then it can be passed over. Never true of others' clocks. */
export function isVeryLate(status: CaseStatus, since: Since, calendars: WorkCalendars, now: number): boolean {
  if (status.state === 'closed' || status.state === 'archived') return false
  const { rule, calendar } = ruleOf(status, status.state, calendars)
  if (rule.owner !== 'lead' && rule.owner !== 'partner') return false
  return now >= endOfDay(dueDay(status, rule, calendar, since, VERY_LATE), calendar.timeZone) * 1000
}

/** Whether the running clock has run out, whosever it is. */
export function isClockOver(
  status: CaseStatus,
  since: Since,
  calendars: WorkCalendars,
  now: number,
): boolean {
  const { dueAt } = clockOf(status, since, calendars)
  return dueAt !== null && now >= dueAt
}

/** When the content of a closed case is erased: the day, and its first moment in the lead's zone (epoch ms). */
export function erasureOf(
  { state, closedOn, lead }: CaseStatus,
  calendars: WorkCalendars,
): { erasesOn: string; erasesAt: number } | null {
  if (state !== 'closed' || closedOn === null) return null
  const last = addDays(closedOn, ERASE_AFTER_DAYS - 1)
  return {
    erasesOn: addDays(last, 1),
    erasesAt: endOfDay(last, calendarOf(lead, calendars).timeZone) * 1000,
  }
}

/** The day of an event of the case: in the lead's zone, in UTC where nobody leads. It goes into `applyEvent`. */
export function caseDay(status: Pick<CaseStatus, 'lead'>, now: number, calendars: WorkCalendars): string {
  return dayOf(now / 1000, calendarOf(status.lead, calendars).timeZone)
}

function calendarOf(member: string | null, calendars: WorkCalendars): WorkCalendar {
  return (member === null ? undefined : calendars.get(member)) ?? SECRETARIAT_CALENDAR
}

function ruleOf(
  status: CaseStatus,
  state: keyof typeof CLOCKS,
  calendars: WorkCalendars,
): { rule: ClockRule & { owner: ClockOwner }; calendar: WorkCalendar } {
  const { lead, partner, assigned, reaches } = status
  // Nobody takes the delivery: the secretariat calls the agency.
  const rule = state === 'received' && status.undeliverable ? CLOCKS.unrouted : CLOCKS[state]
  const member = {
    lead: lead ?? assigned,
    partner,
    reacher: reaches === 'partner' ? partner : lead,
    secretariat: null,
  }[rule.calendar]
  const period = state === 'merchant_notified' && status.notices === 2 ? PERIODS.merchantAgain : rule.period
  const translated = rule.shared && status.translation && reaches === 'partner'
  const days =
    period.days +
    (translated ? TRANSLATION_DAYS : 0) +
    (state === 'negotiation' ? (status.extension ?? 0) : 0)
  const owner = rule.owner === 'reacher' ? reaches : rule.owner
  return { rule: { ...rule, owner, period: { ...period, days } }, calendar: calendarOf(member, calendars) }
}

function dueDay(
  status: CaseStatus,
  { period, owner }: Pick<ClockRule, 'period' | 'owner'>,
  calendar: WorkCalendar,
  since: Since,
  times: number,
): string {
  const start = dayOf(since.at / 1000, calendar.timeZone)
  const count = period.unit === 'working' ? countWorkingDays : countDays
  // The spans of a stopped clock belong to the state that was stopped, not to the question itself.
  const ran =
    owner === 'consumer'
      ? 0
      : status.clock.ran.reduce((days, { from, until }) => days + count(from, until, calendar), 0)
  // Whoever was late already when the question was asked still has a day to read the answer.
  const days = Math.max(1, period.days * times - ran)
  if (period.unit === 'working') return addWorkingDays(start, days, calendar)
  return workingDayFrom(addDays(start, days), calendar)
}
