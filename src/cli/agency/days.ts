/** Certificates name days, records name moments: the two are converted by the clocks of the member's own office. */

const SECONDS_PER_DAY = 86_400

/** Making a formatter costs some hundred times more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/** How far the zone's clocks are ahead of UTC at a moment, in seconds. */
function offsetAt(seconds: number, timeZone: string): number {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formatters.set(timeZone, formatter)
  }
  const name =
    formatter.formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

/** The day (YYYY-MM-DD) that the zone's calendar shows at a moment (seconds since 1970). */
export function dayOf(seconds: number, timeZone: string): string {
  return new Date((seconds + offsetAt(seconds, timeZone)) * 1000).toISOString().slice(0, 10)
}

/** The moment (seconds since 1970) at which a day (YYYY-MM-DD) is over in the zone: the next day's midnight. */
export function endOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000 + SECONDS_PER_DAY
  // Twice, because the offset may change between the guess and the moment itself.
  const guess = midnight - offsetAt(midnight, timeZone)
  return midnight - offsetAt(guess, timeZone)
}
