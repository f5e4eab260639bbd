/** Signs for the outcomes: shapes of their own, so that none is taken for the sign of a mark that was awarded (DESIGN 4.14, 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Outcome, RequirementCheck } from '../../alliance/eligibility.js'

const RING = 'M24 4a20 20 0 1 1 0 40 20 20 0 0 1 0-40z'

const PATHS: Readonly<Record<Outcome, string>> = {
  // An open door, for whoever may walk in.
  possible: 'M10 44V6l20 5v33M30 41h9V9H24M23 25v4M4 44h40',
  'not-yet': 'M12 5h24M12 43h24M15 5v7l9 12 9-12V5M15 43v-7l9-12 9 12v7',
  'not-for-you': `${RING}M10 10l28 28`,
  unknown: `${RING}M18 19a6 6 0 1 1 8.500 5.500c-1.500 1-2.500 2-2.500 4.500M24 35v.500`,
  ended: 'M6 12h36v8H6zM9 20v22h30V20M19 27h10',
}

/** The outcome's drawing; its word must stand beside it. */
export function OutcomeSign({ of }: { of: Outcome }): JSX.Element {
  return (
    <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d={PATHS[of]} />
    </svg>
  )
}

/** Colour of an outcome, beside word and shape: never that of a kind of mark. */
export const OUTCOME_TONES: Readonly<Record<Outcome, string>> = {
  possible: 'go',
  'not-yet': 'wait',
  'not-for-you': 'stop',
  unknown: 'none',
  ended: 'none',
}

export const CHECK_TONES: Readonly<Record<RequirementCheck['state'], string>> = {
  met: 'go',
  failed: 'wait',
  barred: 'stop',
  open: 'none',
  unsettled: 'none',
}
