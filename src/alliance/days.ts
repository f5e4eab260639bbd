/** Days and moments: rules and certificates name days, records name moments; a member's own clocks convert them. */

export const SECONDS_PER_DAY = 86_400

/** Making a formatter costs some hundred times more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** Every zone in use is ahead of UTC, and changes its clocks, by whole quarters of an hour. */
const QUARTER = 900
/** Offsets remembered: a push is signed within minutes, a register looked at within days. */
const MAX_OFFSETS = 1000
const offsets = new Map<string, number>()

/** How far the zone's clocks are ahead of UTC, in seconds. */
function offsetAt(utcSeconds: number, timeZone: string): number {
  const start = Math.floor(utcSeconds / QUARTER) * QUARTER
  const name = `${start} ${timeZone}`
  let offset = offsets.get(name)
  if (offset === undefined) {
    if (offsets.size >= MAX_OFFSETS) offsets.clear()
    const parts = formatterOf(timeZone).formatToParts(new Date(start * 1000))
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    const local = Date.UTC(
      read('year'),
      read('month') - 1,
      read('day'),
      read('hour'),
      read('minute'),
      read('second'),
    )
    offset = local / 1000 - start
    offsets.set(name, offset)
  }
  return offset
}

/** What the clocks of the zone show at that moment, written as if it were UTC. Seconds since 1970. */
export function toLocalSeconds(utcSeconds: number, timeZone: string): number {
  return timeZone === 'UTC' ? utcSeconds : utcSeconds + offsetAt(utcSeconds, timeZone)
}

/** The moment at which the clocks of the zone show that time; twice, because the offset may change in between. */
export function fromLocalSeconds(localSeconds: number, timeZone: string): number {
  let utc = localSeconds
  for (let i = 0; i < 2; i++) utc += localSeconds - toLocalSeconds(utc, timeZone)
  return utc
}

/** The day (YYYY-MM-DD) that the zone's calendar shows at a moment (seconds since 1970). */
export function dayOf(seconds: number, timeZone: string): string {
  return new Date(toLocalSeconds(seconds, timeZone) * 1000).toISOString().slice(0, 10)
}

/** The moment (seconds since 1970) at which a day (YYYY-MM-DD) is over in the zone: the next day's midnight. */
export function endOfDay(day: string, timeZone: string): number {
  return fromLocalSeconds(Date.parse(`${day}T00:00:00Z`) / 1000 + SECONDS_PER_DAY, timeZone)
}
