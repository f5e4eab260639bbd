/**
 * Working days on a member's own calendar: its time zone, weekly days off, public holidays and closures. Days are
 * ISO dates; the day of an event is day zero, and a period ends with its last day, inclusive.
 */
import type { MemberDefinition } from '../alliance/definition.js'
import { addDays } from './days.js'
import { PUBLIC_HOLIDAYS } from './holidays/public-holidays.js'

export { addDays, countDays } from './days.js'

/** A calendar ready to count on. */
export interface WorkCalendar {
  timeZone: string
  /** ISO weekdays, 1 for Monday. */
  weekend: readonly number[]
  /** ISO dates. */
  holidays: ReadonlySet<string>
  /** Closed every year from and until (MM-DD, inclusive; may run over the year's end). */
  closures: readonly { from: string; until: string }[]
}

/** Calendars by member id. */
export type WorkCalendars = ReadonlyMap<string, WorkCalendar>

/** The secretariat's: two people who work at many places, so that no country's holidays are theirs. */
export const SECRETARIAT_CALENDAR: WorkCalendar = {
  timeZone: 'UTC',
  weekend: [6, 7],
  holidays: new Set(),
  closures: [],
}

/** A calendar that has no working day within a year is wrong: then every day counts, so that no clock stands still. */
const MAX_DAYS_OFF = 366

/** Made on demand: pages that only count days do not carry the lists. */
const publicHolidays = new Map<string, ReadonlySet<string>>()

function holidaysOf(country: string): ReadonlySet<string> {
  const known = publicHolidays.get(country) ?? new Set(PUBLIC_HOLIDAYS[country])
  publicHolidays.set(country, known)
  return known
}

/**
 * A member's calendar. Its own list of holidays wins; where it has stated none, those of its country apply, and in a
 * country without a list only the weekly days off.
 */
export function workCalendar(member: Pick<MemberDefinition, 'country' | 'calendar'>): WorkCalendar {
  const { timeZone, weekend, holidays, closures } = member.calendar
  return {
    timeZone,
    weekend,
    holidays: holidays ? new Set(holidays) : holidaysOf(member.country),
    closures: closures ?? [],
  }
}

export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  if (calendar.weekend.includes(weekday) || calendar.holidays.has(day)) return false
  const monthDay = day.slice(5)
  return !calendar.closures.some(({ from, until }) =>
    from <= until ? from <= monthDay && monthDay <= until : from <= monthDay || monthDay <= until,
  )
}

/** A member's calendar without the public holidays of its country, of which pages have no list: never later than its own. */
export function statedCalendar({
  timeZone,
  weekend,
  holidays,
  closures,
}: MemberDefinition['calendar']): WorkCalendar {
  return { timeZone, weekend, holidays: new Set(holidays), closures: closures ?? [] }
}

/** The day itself when the member works on it, else the next on which it does. */
export function workingDayFrom(day: string, calendar: WorkCalendar): string {
  for (let tried = 0, next = day; tried < MAX_DAYS_OFF; tried++, next = addDays(next, 1))
    if (isWorkingDay(next, calendar)) return next
  return day
}

/** The so-many-eth working day after a day, which is day zero. */
export function addWorkingDays(day: string, days: number, calendar: WorkCalendar): string {
  let reached = day
  for (let left = days; left > 0; left--) reached = workingDayFrom(addDays(reached, 1), calendar)
  return reached
}

/** How many working days lie after the first day, up to and with the last. */
export function countWorkingDays(from: string, until: string, calendar: WorkCalendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
    if (isWorkingDay(day, calendar)) count++
  return count
}
