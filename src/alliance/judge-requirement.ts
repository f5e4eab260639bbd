/**
 * Judges a requirement from incomplete answers (DESIGN 4.8): every way in which the open facts could turn out is put to
 * the hub's own rule. Met in all of them is met, failed in all is failed, the rest is open; so a further answer can only
 * settle what was open, and complete answers are judged exactly as a record is.
 */
import { HOLDER_KINDS, type HolderKind, type Level, type Requirement } from './definition.js'
import { type FactAnswer, factsOf, HOLDER_KIND_FACT } from './fact-domain.js'
import { type RequirementFacts, requirementFaults } from './requirements.js'

/** What is known of a holder: an absent fact is not answered. */
export interface KnownFacts {
  holderKind?: HolderKind | undefined
  facts: Readonly<Record<string, FactAnswer>>
}

/** `barred`: failed by the kind of holder, whatever else is true. */
export type RequirementState = 'met' | 'failed' | 'barred' | 'open'

export interface RequirementJudgement {
  state: RequirementState
  /** Facts, `holderKind` among them, that are not answered and on which the judgement depends. */
  missing: string[]
}

/**
 * Most ways that are tried: rules name one to three facts with a handful of answers each. Beyond it the requirement stays
 * open, so that no definition can keep the hub busy.
 */
const MAX_WAYS = 512

/** The rule alone, in the form in which the hub's own check takes rules; kept, because compiling costs far more than checking. */
const alone = new WeakMap<Requirement, Level>()

function levelOf(requirement: Requirement): Level {
  let level = alone.get(requirement)
  if (!level) {
    const { validFrom: _from, validUntil: _until, ...undated } = requirement
    level = {
      id: 'one',
      name: requirement.text,
      rank: 1,
      presenceKinds: ['web'],
      validity: null,
      requirements: [undated],
      presupposes: [],
    }
    alone.set(requirement, level)
  }
  return level
}

/** Any day: the rule that is judged has lost its dates. */
const ANY_DAY = '2000-01-01'

function isMet(requirement: Requirement, answers: ReadonlyMap<string, FactAnswer>): boolean {
  const facts = Object.fromEntries([...answers].filter(([, value]) => value !== null))
  return requirementFaults(levelOf(requirement), facts as RequirementFacts, ANY_DAY).length === 0
}

interface Axis {
  name: string
  answers: readonly FactAnswer[]
}

const countWays = (axes: readonly Axis[]): number => axes.reduce((n, axis) => n * axis.answers.length, 1)

/** Every combination of answers, the last axis changing fastest. */
function listWays(axes: readonly Axis[]): Map<string, FactAnswer>[] {
  return axes.reduce<Map<string, FactAnswer>[]>(
    (ways, { name, answers }) =>
      ways.flatMap((way) => answers.map((answer) => new Map(way).set(name, answer))),
    [new Map()],
  )
}

/** The open axes along which alone the judgement changes somewhere. */
function listDecisive(axes: readonly Axis[], results: readonly boolean[]): string[] {
  let stride = results.length
  return axes.flatMap(({ name, answers }) => {
    stride /= answers.length
    const step = stride
    const span = step * answers.length
    const changes = results.some((result, i) => result !== results[i - (i % span) + (i % step)])
    return answers.length > 1 && changes ? [name] : []
  })
}

function axesOf(requirement: Requirement, { holderKind, facts }: KnownFacts): Axis[] {
  return [
    { name: HOLDER_KIND_FACT, answers: holderKind ? [holderKind] : HOLDER_KINDS },
    ...factsOf(requirement).map(({ name, answers }) => {
      const given = Object.hasOwn(facts, name) ? facts[name] : undefined
      return { name, answers: given === undefined ? answers : [given] }
    }),
  ]
}

/** Whether the kind of holder alone decides that the requirement fails, and another kind could meet it. */
function isBarred(requirement: Requirement, holderKind: HolderKind | undefined): boolean {
  if (!holderKind) return false
  const axes = axesOf(requirement, { facts: {} })
  if (countWays(axes) > MAX_WAYS) return false
  const met = listWays(axes).filter((way) => isMet(requirement, way))
  return met.length > 0 && met.every((way) => way.get(HOLDER_KIND_FACT) !== holderKind)
}

/** Judges one requirement; its dates are the caller's concern ({@link rulesInForce}). */
export function judgeRequirement(requirement: Requirement, known: KnownFacts): RequirementJudgement {
  const axes = axesOf(requirement, known)
  if (countWays(axes) > MAX_WAYS)
    return { state: 'open', missing: axes.filter((a) => a.answers.length > 1).map((a) => a.name) }
  const results = listWays(axes).map((way) => isMet(requirement, way))
  if (results.every(Boolean)) return { state: 'met', missing: [] }
  if (results.some(Boolean)) return { state: 'open', missing: listDecisive(axes, results) }
  return { state: isBarred(requirement, known.holderKind) ? 'barred' : 'failed', missing: [] }
}
