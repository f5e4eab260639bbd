/** Counting days on the calendar: ISO dates, without a clock and without anybody's days off (facts: states and clocks). */

const MS_PER_DAY = 86_400_000

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

/** How many days lie between, the first not counted. */
export function countDays(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)
}
