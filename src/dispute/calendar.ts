/**
 * Working days on a member's own calendar: its time zone, weekly days off, public holidays and closures. Days are
 * ISO dates; the day of an event is day zero, and a period ends with its last day, inclusive.
 */
import type { MemberDefinition } from '../alliance/definition.js'
import { PUBLIC_HOLIDAYS } from './holidays/public-holidays.js'

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

const MS_PER_DAY = 86_400_000
/** A calendar that has no working day within a year is wrong: then every day counts, so that no clock stands still. */
const MAX_DAYS_OFF = 366

const publicHolidays = new Map(
  Object.entries(PUBLIC_HOLIDAYS).map(([country, days]) => [country, new Set<string>(days)]),
)

/**
 * A member's calendar. Its own list of holidays wins; where it has stated none, those of its country apply, and in a
 * country without a list only the weekly days off.
 */
export function workCalendar(member: Pick<MemberDefinition, 'country' | 'calendar'>): WorkCalendar {
  const { timeZone, weekend, holidays, closures } = member.calendar
  return {
    timeZone,
    weekend,
    holidays: holidays ? new Set(holidays) : (publicHolidays.get(member.country) ?? new Set()),
    closures: closures ?? [],
  }
}

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

/** How many days lie between, the first not counted. */
export function countDays(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)
}

export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  if (calendar.weekend.includes(weekday) || calendar.holidays.has(day)) return false
  const monthDay = day.slice(5)
  return !calendar.closures.some(({ from, until }) =>
    from <= until ? from <= monthDay && monthDay <= until : from <= monthDay || monthDay <= until,
  )
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
