/** How long a record may be valid under its level (DESIGN 4.8; `exp` of RFC 7519). */
import { fromLocalSeconds, SECONDS_PER_DAY, toLocalSeconds } from './days.js'
import type { Level } from './definition.js'

/** Adds a period to a day; a day that its month does not have becomes the month's last (29 Feb + P1Y = 28 Feb). */
function addPeriod(day: Date, period: string): Date {
  const count = Number(period.slice(1, -1))
  const unit = period.at(-1)
  if (unit === 'D' || unit === 'W')
    return new Date(day.getTime() + count * (unit === 'W' ? 7 : 1) * SECONDS_PER_DAY * 1000)
  const months = day.getUTCMonth() + count * (unit === 'Y' ? 12 : 1)
  const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(day.getUTCFullYear(), months, Math.min(day.getUTCDate(), lastOfMonth)))
}

/**
 * The latest `exp` that the level allows a record issued at `iat`.
 *
 * The rule: the period is added to the calendar day of `iat`, and the record may be valid to the end of the day
 * reached. Certificates name days, not moments. Days are those of `timeZone`; give the member's own, for an
 * office in Tokyo that signs at 08:30 does so on what is still the day before in UTC.
 * @param iat seconds since 1970
 * @returns seconds since 1970, or `null` where no source states a validity
 */
export function longestValidity(level: Level, iat: number, timeZone = 'UTC'): number | null {
  if (!level.validity) return null
  const local = toLocalSeconds(iat, timeZone)
  const day = new Date(Math.floor(local / SECONDS_PER_DAY) * SECONDS_PER_DAY * 1000)
  const last = addPeriod(day, level.validity.period)
  return fromLocalSeconds(last.getTime() / 1000 + SECONDS_PER_DAY, timeZone)
}

/** The moment a period after another, by the calendar in UTC (both in seconds since 1970). */
export function addPeriodSeconds(seconds: number, period: string): number {
  const days = Math.floor(seconds / SECONDS_PER_DAY)
  return (
    addPeriod(new Date(days * SECONDS_PER_DAY * 1000), period).getTime() / 1000 +
    (seconds - days * SECONDS_PER_DAY)
  )
}
