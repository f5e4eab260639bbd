/** What a consumer may still do with a closed case: say how it ended, and open it once more. */
import { addDays } from './calendar.js'
import type { CaseStatus } from './case-state.js'
import type { RouteFlag } from './route-question.js'
import type { Outcome } from './taxonomy.js'

/** When something happens, and what the hub knows of the parties then. */
export interface Moment {
  /** ISO date in the lead's zone; in UTC where nobody leads. */
  day: string
  /** The lead was suspended, has left, or has no key any more. */
  leadGone?: boolean
  /** Lead or partner has needed more than twice its time, see `isVeryLate`. */
  veryLate?: boolean
  /** The running clock has run out. A reader, who can not tell, says `unknown`, and what depends on it passes. */
  over?: boolean | 'unknown'
  /** It is a report about a mark: the shop that shows it is not told. */
  isReport?: boolean
  /** Flags of the fresh quote, with `rerouted`. */
  flags?: readonly RouteFlag[]
}

/** Calendar days in which the consumer may rate or reopen a closed case: those of consumidor.gov.br. */
export const AFTER_CLOSE_DAYS = 20

/** Ends that she chose herself, or that say there is no case. */
const FINAL: readonly (Outcome | null)[] = ['withdrawn', 'duplicate', 'abusive']
/** Ends that leave nothing to rate. A case withdrawn because the shop paid can be rated. */
const UNRATED: readonly (Outcome | null)[] = ['duplicate', 'abusive']

/** The last day, ISO date, on which a closed case can be rated or reopened. */
export function lastDayAfterClose(closedOn: string): string {
  return addDays(closedOn, AFTER_CLOSE_DAYS)
}

function isInTime({ closedOn }: CaseStatus, { day }: Moment): boolean {
  return closedOn !== null && day <= lastDayAfterClose(closedOn)
}

export function isRateable(status: CaseStatus, moment: Moment): boolean {
  return isInTime(status, moment) && !UNRATED.includes(status.outcome)
}

export function isReopenable(status: CaseStatus, moment: Moment): boolean {
  return isInTime(status, moment) && !status.reopened && !FINAL.includes(status.outcome)
}
