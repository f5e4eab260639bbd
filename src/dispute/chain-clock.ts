/**
 * Times of a case as a reader can check them: the hub alone says when an event came in, and alone lets deadlines lapse, so
 * both are held against what was signed and against the calendars of the agencies (DESIGN 4.9).
 */
import { Refusal } from '../refusal.js'
import { CLOCK_LEEWAY } from '../trust/statement.js'
import { addDays, countDays, type WorkCalendar, type WorkCalendars } from './calendar.js'
import type { Actor, CaseEvent } from './case-event.js'
import type { CaseStatus } from './case-state.js'
import { clockOf, moveClock, type RunningClock } from './deadlines.js'

/** What an event leaves to the next: when it came in and when its clock started (epoch ms), and its signer's time (JWT seconds). */
export interface ChainTime {
  at: number
  iat: number
  since: number
}

const MS_PER_DAY = 86_400_000
/** Hours by which the world's last clock is ahead of UTC. */
const LAST_ZONE = -12

/**
 * The time that the hub gives an event. Its own events bear it, signed; what others signed can't have come in before, but
 * for a clock that is fast, and nothing comes in before its predecessor.
 * @throws Refusal `bad-claims`
 */
export function assertTime(
  at: number,
  iat: number,
  actor: Actor,
  before: Pick<ChainTime, 'at' | 'iat'> | undefined,
): void {
  const says = `The hub says that it came in at ${new Date(at).toISOString()}`
  if (before && at < before.at) throw wrong(`${says}, which is before the event before it.`)
  if (before && iat < before.iat - CLOCK_LEEWAY) throw wrong('It was signed before the event before it.')
  if (actor === 'hub' && Math.floor(at / 1000) !== iat)
    throw wrong(`${says}, but it signed another time, ${formatTime(iat)}.`)
  if (at < (iat - CLOCK_LEEWAY) * 1000)
    throw wrong(`${says}, which is before it was signed, ${formatTime(iat)}.`)
}

/**
 * No deadline lapses before its day is over: else the hub could close a case at once, as if the consumer had not answered.
 * Public holidays and closures change, and those of that day may not be today's: they are left out, which only makes the
 * due day earlier. Without calendars every day counts, in the zone in which the clock started first.
 * @param status before the event
 * @throws Refusal `bad-claims`
 */
export function assertLapse(
  { due }: Extract<CaseEvent, { type: 'lapsed' }>,
  status: CaseStatus,
  since: number,
  at: number,
  calendars: WorkCalendars | undefined,
): void {
  const least = earliestDue(status, since, calendars)
  if (due >= least.due && at >= least.dueAt) return
  throw wrong(
    `The hub let a deadline lapse on ${new Date(at).toISOString()} that ran until ${least.due} at least. Nobody was late then.`,
  )
}

/** The earliest day on which a clock can run out, and the moment from which it can be over (epoch ms). */
export function earliestDue(
  status: CaseStatus,
  since: number,
  calendars: WorkCalendars | undefined,
): { due: string; dueAt: number } {
  if (knowsAll(status, calendars)) {
    const least = new Map(
      [...calendars].map(([id, { timeZone, weekend }]) => [id, openCalendar(timeZone, weekend)]),
    )
    const { due, dueAt } = clockOf(status, { at: since }, least)
    if (due !== null && dueAt !== null) return { due, dueAt }
  }
  // A whole number of days lies between the start and the end of the last day, wherever midnight is.
  const start = new Date(since + LAST_ZONE * 3_600_000).toISOString().slice(0, 'YYYY-MM-DD'.length)
  const ids = [status.lead, status.partner, status.assigned].filter((id) => id !== null)
  const utc = new Map(ids.map((id) => [id, openCalendar('UTC', [])]))
  const { due } = clockOf(status, { at: Date.parse(`${start}T12:00:00Z`) }, utc)
  const days = due === null ? 0 : countDays(start, due)
  return { due: addDays(start, days), dueAt: since + days * MS_PER_DAY }
}

/** The clock after an event; null where a calendar that counts is not known. */
export function readerClock(
  before: { status: CaseStatus; since: number } | undefined,
  status: CaseStatus,
  at: number,
  calendars: WorkCalendars | undefined,
): { since: number; clock: RunningClock | null } {
  const { since, ...clock } = moveClock(before ?? null, status, at, calendars ?? new Map())
  return { since, clock: knowsAll(status, calendars) ? clock : null }
}

function knowsAll(
  { lead, partner, assigned }: CaseStatus,
  calendars: WorkCalendars | undefined,
): calendars is WorkCalendars {
  return calendars !== undefined && [lead, partner, assigned].every((id) => id === null || calendars.has(id))
}

function openCalendar(timeZone: string, weekend: readonly number[]): WorkCalendar {
  return { timeZone, weekend, holidays: new Set(), closures: [] }
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

function wrong(detail: string): Refusal {
  return new Refusal('bad-claims', detail)
}
