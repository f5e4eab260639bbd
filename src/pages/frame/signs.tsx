/** The hub's own neutral signs: a shape for each verdict, kind and coverage, always beside its word (DESIGN 4.14). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { MarkKind } from '../../alliance/definition.js'
import type { Coverage } from '../../alliance/principles.js'
import type { VerdictWord } from '../../record/verdict.js'

/** What a verdict looks like as a whole: colour is only the third way to say it, after word and shape. */
export const TONES: Readonly<
  Record<VerdictWord, 'quality' | 'identity' | 'registration' | 'stop' | 'wait' | 'none'>
> = {
  certified: 'quality',
  'identity-confirmed': 'identity',
  registered: 'registration',
  suspended: 'stop',
  'issuer-suspended': 'stop',
  'issuer-left': 'wait',
  'key-compromised': 'stop',
  revoked: 'stop',
  expired: 'wait',
  'not-yet-valid': 'wait',
  'unresolvable-link': 'none',
  'not-found': 'none',
}

/** The verdict under which a mark of a kind is confirmed, and whose sign stands for the kind. */
export const KIND_VERDICTS: Readonly<Record<MarkKind, VerdictWord>> = {
  quality: 'certified',
  identity: 'identity-confirmed',
  registration: 'registered',
}

const OCTAGON = 'M16 4h16l12 12v16L32 44H16L4 32V16z'
const HOURGLASS = 'M12 5h24M12 43h24M15 5v7l9 12 9-12V5M15 43v-7l9-12 9 12v7'
const HOUSE = 'M5 18 24 6l19 12zM10 18v20M19 18v20M29 18v20M38 18v20M5 42h38'

/** Drawn on a field of 48 by 48, as strokes. */
export const SIGN_PATHS: Readonly<Record<VerdictWord, string>> = {
  certified: 'M24 4a20 20 0 1 1 0 40 20 20 0 0 1 0-40zM14 25l7 7 13-16',
  'identity-confirmed':
    'M4 10h40v28H4zM16 18a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM9 33c1-8 13-8 14 0M28 20h11M28 28h11',
  registered: 'M10 4h20l9 9v31H10zM30 4v9h9M16 21h17M16 28h17M16 35h10',
  suspended: `${OCTAGON}M19 16v16M29 16v16`,
  'issuer-suspended': `${HOUSE}M4 44 44 4`,
  'issuer-left': `${HOUSE}`,
  'key-compromised': 'M14 17a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM22 25h21v7M35 25v6M28 4l-5 10h7l-5 8',
  revoked: `${OCTAGON}M17 17l14 14M31 17 17 31`,
  expired: HOURGLASS,
  'not-yet-valid': 'M6 9h36v34H6zM6 18h36M15 4v9M33 4v9M17 31h14M25 25l6 6-6 6',
  'unresolvable-link':
    'M20 15l5-5a9 9 0 0 1 13 13l-5 5M28 33l-5 5a9 9 0 0 1-13-13l5-5M14 8l3 5M8 14l5 3M40 34l-5-3M34 40l-3-5',
  'not-found': 'M20 5a15 15 0 1 1 0 30 15 15 0 0 1 0-30zM31 31l13 13M14 20h12',
}

function Drawing({ class: name, children }: { class: string; children: Child }): JSX.Element {
  return (
    <svg class={name} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

/** The sign of a verdict. Its word must stand beside it: the drawing is hidden from screen readers. */
export function Sign({ of }: { of: VerdictWord }): JSX.Element {
  return (
    <Drawing class="sign">
      <path d={SIGN_PATHS[of]} />
    </Drawing>
  )
}

/** A triangle. */
export const WARNING_PATH = 'M24 5 45 42H3zM24 18v12M24 35v1.500'

/** A triangle for warnings. */
export function WarningSign(): JSX.Element {
  return (
    <Drawing class="sign">
      <path d={WARNING_PATH} />
    </Drawing>
  )
}

/** A disc, whole with a tick, half, or empty with a stroke. */
export function CoverageSign({ of }: { of: Coverage }): JSX.Element {
  return (
    <Drawing class={`sign cover-${of}`}>
      <circle cx="24" cy="24" r="20" />
      {of === 'full' && <path class="cut" d="M14 25l7 7 13-16" />}
      {of === 'partial' && <path class="half" d="M24 4a20 20 0 0 0 0 40z" />}
      {of === 'none' && <path d="M14 24h20" />}
    </Drawing>
  )
}

/** The hub's own sign: two rings that hold each other. */
export function HubSign(): JSX.Element {
  return (
    <Drawing class="sign">
      <circle cx="17" cy="24" r="12" />
      <circle cx="31" cy="24" r="12" />
    </Drawing>
  )
}
