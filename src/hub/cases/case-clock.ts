/** The clock of a case on the calendars of the members that the roster knows. */
import { type WorkCalendars, workCalendar } from '../../dispute/calendar.js'
import type { CaseStatus } from '../../dispute/case-state.js'
import type { Moment } from '../../dispute/closing.js'
import { caseDay, clockOf, erasureOf, isClockOver, isVeryLate, moveClock } from '../../dispute/deadlines.js'
import type { Roster } from '../roster.js'
import type { CaseRow } from './case-store.js'
import { encryptionKids } from './parties.js'

/** Calendars of all that have a part in a case, before and after a step of it. */
export function calendarsOf(roster: Roster, ...statuses: readonly CaseStatus[]): WorkCalendars {
  const ids = new Set(statuses.flatMap(({ lead, partner, assigned }) => [lead, partner, assigned]))
  const members = [...ids].flatMap((id) => (id === null ? [] : (roster.find(id) ?? [])))
  return new Map(members.map(({ id, definition }) => [id, workCalendar(definition)]))
}

/** What the state machine must know of the moment. @param now epoch ms */
export function momentOf(roster: Roster, { status, since, meta }: CaseRow, now: number): Moment {
  const calendars = calendarsOf(roster, status)
  return {
    day: caseDay(status, now, calendars),
    leadGone: status.lead !== null && encryptionKids(roster, status.lead).length === 0,
    isReport: meta.kind === 'mark_misuse',
    veryLate: isVeryLate(status, { at: since }, calendars, now),
    over: isClockOver(status, { at: since }, calendars, now),
  }
}

/** Owner, due day and erasure after a step. @param before null when the step opened the case */
export function clockAfter(
  roster: Roster,
  before: CaseRow | null,
  status: CaseStatus,
  now: number,
): Pick<CaseRow, 'owner' | 'since' | 'due' | 'dueAt' | 'erasesAt'> {
  const calendars = calendarsOf(roster, status, ...(before ? [before.status] : []))
  const { owner, since, due, dueAt } = moveClock(before, status, now, calendars)
  return { owner, since, due, dueAt, erasesAt: erasureOf(status, calendars)?.erasesAt ?? null }
}

/** The clock that starts when a parked case is released: until then nobody was late with it. */
export function releaseClock(
  roster: Roster,
  { status }: CaseRow,
  now: number,
): Pick<CaseRow, 'since' | 'due' | 'dueAt'> {
  const { due, dueAt } = clockOf(status, { at: now }, calendarsOf(roster, status))
  return { since: now, due, dueAt }
}
