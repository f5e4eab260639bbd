/**
 * Which marks a shop can get, by the same definitions that the hub applies to records (DESIGN 4.8). Three-valued: what was not
 * answered is never taken for a no, and what no source says is never taken for advice.
 */
import type {
  Level,
  Mark,
  MemberDefinition,
  PresenceKind,
  Presupposition,
  Requirement,
  Unsettled,
} from './definition.js'
import { PRESENCE_KINDS } from './definition.js'
import { HOLDER_KIND_FACT } from './fact-domain.js'
import { judgeRequirement, type KnownFacts, type RequirementState } from './judge-requirement.js'
import { doubtAbout, rulesInForce } from './rules-in-force.js'

/** Where a shop sells: a kind of presence, or a place that no mark speaks of. */
export type SellingPlace = PresenceKind | 'other'

/** What a shop says of itself. Whatever is absent was not answered. */
export interface ShopAnswers extends KnownFacts {
  sells?: readonly SellingPlace[] | undefined
  /** Whether it holds a mark that another presupposes, by {@link presuppositionKey}. */
  holds: Readonly<Record<string, boolean>>
  /** Whether it meets a requirement as a whole, by {@link requirementKey}: for facts that a form has no words for. */
  meets: Readonly<Record<string, boolean>>
}

/**
 * `not-for-you`: who runs the shop, or where it sells, excludes it. `unknown`: something is not answered or not known.
 * `ended`: nobody can get it any more.
 */
export type Outcome = 'possible' | 'not-yet' | 'not-for-you' | 'unknown' | 'ended'

export interface RequirementCheck {
  key: string
  requirement: Requirement
  /** `unsettled`: not met as written, and no source says whether it is still asked of such a holder. */
  state: RequirementState | 'unsettled'
  /** What is missing for a judgement, as in {@link judgeRequirement}. */
  missing: string[]
  /** Doubts about how the rule is applied on that day, also where it is met. */
  unsettled?: Unsettled
}

export interface PresuppositionCheck {
  key: string
  presupposition: Presupposition
  state: 'met' | 'failed' | 'open'
}

export interface PlaceCheck {
  state: 'met' | 'barred' | 'open'
  /** Those of the shop's places that the level covers. */
  covered: PresenceKind[]
}

/** Why nothing can be advised. */
export type Doubt = 'unanswered' | 'unconfirmed' | 'unsettled' | 'no-rules'

export interface LevelAssessment {
  mark: Mark
  level: Level
  outcome: Outcome
  places: PlaceCheck
  /** Those in force on the day. */
  requirements: RequirementCheck[]
  presupposed: PresuppositionCheck[]
  /** Rules of the level that are no longer in force. */
  past: (Requirement | Presupposition)[]
  /** Empty unless the outcome is `unknown`. */
  doubts: Doubt[]
}

/** `verified/gold/years-registered`. */
export const requirementKey = (mark: Mark, level: Level, requirement: Requirement): string =>
  `${mark.id}/${level.id}/${requirement.id}`

/** `registered/registered`, or `registered` where any level will do. */
export const presuppositionKey = ({ mark, level }: Presupposition): string =>
  level === undefined ? mark : `${mark}/${level}`

/**
 * Assesses every mark and level of a member, marks that others presuppose first, levels by rank.
 * @param on the day by whose rules to judge, `YYYY-MM-DD`
 */
export function assessMember(
  definition: MemberDefinition,
  answers: ShopAnswers,
  on: string,
): LevelAssessment[] {
  return orderMarks(definition.marks).flatMap((mark) =>
    [...mark.levels].sort((a, b) => a.rank - b.rank).map((level) => assessLevel(mark, level, answers, on)),
  )
}

/** In the definition's order, but a presupposed mark before those that presuppose it; marks in a circle stay where they are. */
export function orderMarks(marks: readonly Mark[]): Mark[] {
  const ordered: Mark[] = []
  const entered = new Set<Mark>()
  const add = (mark: Mark): void => {
    if (entered.has(mark)) return
    entered.add(mark)
    for (const id of mark.levels.flatMap((level) => level.presupposes.map((one) => one.mark))) {
      const before = marks.find((one) => one.id === id)
      if (before) add(before)
    }
    ordered.push(mark)
  }
  for (const mark of marks) add(mark)
  return ordered
}

/** The entry of that name, if the table itself has one. */
function entryOf(table: Readonly<Record<string, boolean>>, name: string): boolean | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function assessLevel(mark: Mark, level: Level, answers: ShopAnswers, on: string): LevelAssessment {
  const inForce = rulesInForce(level.requirements, on)
  const presupposes = rulesInForce(level.presupposes, on)
  const requirements = inForce.map((requirement) =>
    checkRequirement(requirementKey(mark, level, requirement), requirement, answers, on),
  )
  const presupposed = presupposes.map((presupposition): PresuppositionCheck => {
    const key = presuppositionKey(presupposition)
    const held = entryOf(answers.holds, key)
    return { key, presupposition, state: held === undefined ? 'open' : held ? 'met' : 'failed' }
  })
  const places = checkPlaces(level, answers.sells)
  const isPast = ({ validUntil }: { validUntil?: string | undefined }): boolean =>
    validUntil !== undefined && validUntil <= on
  const states = [places, ...requirements, ...presupposed].map(({ state }) => state)
  const doubts = listDoubts(mark, states, requirements.length + presupposed.length)
  const outcome = decide(mark, states, doubts)
  return {
    mark,
    level,
    outcome,
    places,
    requirements,
    presupposed,
    past: [...level.requirements, ...level.presupposes].filter(isPast),
    doubts: outcome === 'unknown' ? doubts : [],
  }
}

type State = RequirementCheck['state']

function listDoubts(mark: Mark, states: readonly State[], rules: number): Doubt[] {
  return [
    ...(mark.status.state === 'unconfirmed' ? (['unconfirmed'] as const) : []),
    ...(rules === 0 ? (['no-rules'] as const) : []),
    ...(states.includes('unsettled') ? (['unsettled'] as const) : []),
    ...(states.includes('open') ? (['unanswered'] as const) : []),
  ]
}

/**
 * What excludes the shop holds whatever else is answered. A missing requirement holds only under rules that are known to
 * stand; and nothing is possible while anything is open.
 */
function decide(mark: Mark, states: readonly State[], doubts: readonly Doubt[]): Outcome {
  if (mark.status.state === 'ended') return 'ended'
  if (states.includes('barred')) return 'not-for-you'
  if (mark.status.state === 'unconfirmed') return 'unknown'
  if (states.includes('failed')) return 'not-yet'
  return doubts.length > 0 ? 'unknown' : 'possible'
}

function checkRequirement(
  key: string,
  requirement: Requirement,
  answers: ShopAnswers,
  on: string,
): RequirementCheck {
  const judged = judgeRequirement(requirement, answers)
  const said = entryOf(answers.meets, key)
  // A word on the whole counts only where the facts leave it open: it can't lift what they exclude.
  const { state, missing } =
    judged.state === 'open' && said !== undefined && !judged.missing.includes(HOLDER_KIND_FACT)
      ? { state: said ? ('met' as const) : ('failed' as const), missing: [] }
      : judged
  const doubt = doubtAbout(requirement, on, answers.holderKind)
  return {
    key,
    requirement,
    state: doubt && state === 'failed' ? 'unsettled' : state,
    missing,
    ...(doubt && { unsettled: doubt }),
  }
}

/** A mark that covers every kind of place that the hub knows is not bound to any: elsewhere counts too. */
function checkPlaces(level: Level, sells: readonly SellingPlace[] | undefined): PlaceCheck {
  const covered = level.presenceKinds.filter((kind) => sells?.includes(kind))
  if (covered.length > 0 || PRESENCE_KINDS.every((kind) => level.presenceKinds.includes(kind)))
    return { state: 'met', covered }
  return { state: sells === undefined ? 'open' : 'barred', covered }
}
