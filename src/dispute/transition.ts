/** The state machine of a case: opens it, moves it by events, and says what each party may do next (facts: states). */
import { Refusal } from '../refusal.js'
import { ACTORS, type Actor, type CaseEvent, type LapseOutcome } from './case-event.js'
import type { AllowedEvent, CaseState, CaseStatus } from './case-state.js'
import type { Moment } from './closing.js'
import type { RouteFlag } from './route-question.js'
import { type MovingEvents, type MovingEventType, TRANSITIONS, type Transition } from './transition-table.js'

const MOVING = Object.keys(TRANSITIONS) as MovingEventType[]

/** The status that `created` leaves. `flags` are those of the quote it was filed with. */
export function openCase(
  created: Extract<CaseEvent, { type: 'created' }>,
  flags: readonly RouteFlag[] = [],
): CaseStatus {
  return {
    state: created.lead === null ? 'unrouted' : 'received',
    returnTo: null,
    lead: created.lead,
    partner: created.partner,
    cc: created.cc,
    shared: false,
    revision: 1,
    outcome: null,
    assumed: false,
    rating: null,
    reopened: false,
    closedOn: null,
    assigned: null,
    undeliverable: false,
    reaches: created.partner === null ? 'lead' : 'partner',
    notices: 0,
    translation: flags.includes('translation_required'),
    performed: false,
    extension: null,
    clock: { turn: 0, since: null, ran: [] },
  }
}

/**
 * The status after an event. The same inputs always give the same status, so that every reader can replay a case.
 * @throws Refusal event-not-allowed, naming the state and what the actor may send instead
 */
export function applyEvent(status: CaseStatus, actor: Actor, event: CaseEvent, at: Moment): CaseStatus {
  if (event.type === 'created') throw notAllowed(status, actor, event.type, at, 'A case is opened only once.')
  if (isBarred(event.type, at))
    throw notAllowed(
      status,
      actor,
      event.type,
      at,
      'It is a report about a mark: the shop is not told of it.',
    )
  const rows = TRANSITIONS[event.type] as readonly Transition<typeof event.type>[]
  const open = rows.filter((row) => isOpen(row, status, at, actor))
  if (open.length === 0) throw notAllowed(status, actor, event.type, at)
  const row = open.find(({ about }) => !about || about(event, status, at))
  if (!row)
    throw notAllowed(status, actor, event.type, at, 'The event is due, but not with what this one says.')
  return move(status, row.to, row.sets?.(event, status, at) ?? {}, at.day)
}

/** Everything that anyone may send now, in the order of the table. */
export function allowedEvents(status: CaseStatus, at: Moment): AllowedEvent[] {
  return ACTORS.flatMap((actor) =>
    MOVING.filter(
      (type) => !isBarred(type, at) && rowsOf(type).some((row) => isOpen(row, status, at, actor)),
    ).map((type) => ({
      actor,
      type,
    })),
  )
}

/** What the hub's `lapsed` does in this state once its clock is over; null where only people can go on. */
export function lapse(status: CaseStatus): { state: CaseState; outcome: LapseOutcome | null } | null {
  // Any day will do: the rows of `lapsed` compare it with the event's own.
  const at: Moment = { day: '9999-12-31' }
  if (!rowsOf('lapsed').some((row) => isOpen(row, status, at, 'hub'))) return null
  const { state, outcome } = applyEvent(status, 'hub', { type: 'lapsed', due: at.day }, at)
  return { state, outcome: outcome as LapseOutcome | null }
}

/** In no state of a report: a shop that shows a mark without right would only be warned. */
function isBarred(type: MovingEventType, { isReport }: Moment): boolean {
  return type === 'merchant_notified' && isReport === true
}

function rowsOf<T extends MovingEventType>(type: T): readonly Transition<T>[] {
  return TRANSITIONS[type]
}

type Row = Pick<Transition<MovingEventType>, 'by' | 'from' | 'when'>

function isOpen({ by, from, when }: Row, status: CaseStatus, at: Moment, actor: Actor): boolean {
  return by.includes(actor) && from.includes(status.state) && (!when || when(status, at, actor))
}

function move(
  status: CaseStatus,
  to: Transition<keyof MovingEvents>['to'],
  sets: Partial<CaseStatus>,
  day: string,
): CaseStatus {
  if (to === 'same') return { ...status, ...sets }
  const state = to === 'return' ? (status.returnTo ?? 'in_triage') : to
  return {
    ...status,
    ...(state === 'closed' && { closedOn: day }),
    ...sets,
    state,
    returnTo: state === 'needs_info' ? status.state : null,
    clock: { turn: status.clock.turn + 1, since: day, ran: spansOf(status, state, day) },
  }
}

/** A question stops the clock, its answer lets it go on; every other move starts a new one. */
function spansOf(
  { state, returnTo, clock }: CaseStatus,
  next: CaseState,
  day: string,
): CaseStatus['clock']['ran'] {
  if (state === 'needs_info') return next === returnTo ? clock.ran : []
  if (next !== 'needs_info' || clock.since === null) return []
  return [...clock.ran, { from: clock.since, until: day }]
}

function notAllowed(
  status: CaseStatus,
  actor: Actor,
  type: CaseEvent['type'],
  at: Moment,
  why?: string,
): Refusal {
  const may = allowedEvents(status, at).flatMap((allowed) => (allowed.actor === actor ? [allowed.type] : []))
  const instead = may.length > 0 ? may.join(', ') : 'nothing'
  return new Refusal('event-not-allowed', {
    detail: `${why ? `${why} ` : ''}The case is in the state "${status.state}", in which the ${actor} may send: ${instead}.`,
    value: type,
    at: 'case.event.type',
  })
}
