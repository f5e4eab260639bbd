/**
 * Who must register, by a member's dated rules (DESIGN 4.8): what is in force on a day, what was before, and whether it says
 * yes or no to this business. Where the rules in force do not decide, the answer is that it is not known.
 */
import type { Duty, DutyScope, HolderKind, MemberDefinition } from './definition.js'
import { doubtAbout, rulesInForce } from './rules-in-force.js'

/** What a business says of itself; absent: not answered. */
export interface Trader {
  holderKind?: HolderKind | undefined
  /** Ids of the duties of scope `trade` that describe it; empty: none of them does. */
  trades?: readonly string[] | undefined
}

export type DutyVerdict =
  /** By the rules named in `because`. */
  | 'must'
  | 'need-not'
  /** It depends on who runs the shop, or on what it does, which was not said. */
  | 'unanswered'
  /** A rule says that it must, and no source says whether that still stands. */
  | 'unsettled'
  /** No rule in force says anything about such a business. */
  | 'no-rule'

export interface DutyAnswer {
  verdict: DutyVerdict
  because: Duty[]
  inForce: Duty[]
  /** No longer in force, the one that ended last first. */
  past: Duty[]
  /** Not yet in force. */
  future: Duty[]
}

/** The ways to trade that a member's rules in force tell apart. */
export function tradesOf(definition: MemberDefinition, on: string): Duty[] {
  return rulesInForce(definition.duties, on).filter(({ scope }) => scope === 'trade')
}

/**
 * Judges whether a business must register.
 * @param on `YYYY-MM-DD`
 */
export function judgeDuties(
  definition: MemberDefinition,
  { holderKind, trades }: Trader,
  on: string,
): DutyAnswer {
  const inForce = rulesInForce(definition.duties, on)
  const rest = definition.duties.filter((duty) => !inForce.includes(duty))
  const future = rest.filter(({ validFrom }) => validFrom !== undefined && validFrom > on)
  const past = rest
    .filter((duty) => !future.includes(duty))
    .sort((a, b) => (b.validUntil ?? '').localeCompare(a.validUntil ?? ''))
  return {
    ...decide(inForce, { holderKind, trades }, on),
    inForce,
    past,
    future,
  }
}

function decide(
  inForce: readonly Duty[],
  { holderKind, trades }: Trader,
  on: string,
): Pick<DutyAnswer, 'verdict' | 'because'> {
  const of = (scope: DutyScope, must: boolean): Duty[] =>
    inForce.filter((duty) => duty.must === must && duty.scope === scope)
  const scoped = inForce.some(({ scope }) => scope !== undefined && scope !== 'registrant')
  if (!scoped) return { verdict: 'no-rule', because: [] }

  const exempt = holderKind ? of(holderKind, false) : []
  if (exempt.length > 0) return { verdict: 'need-not', because: exempt }
  if (trades === undefined) return { verdict: 'unanswered', because: [] }

  const musts = of('trade', true).filter(({ id }) => trades.includes(id))
  if (musts.length > 0) {
    const isSettled = musts.some((duty) => doubtAbout(duty, on, holderKind) === undefined)
    const mayBeExempt = !holderKind && [...of('natural', false), ...of('juristic', false)].length > 0
    if (mayBeExempt) return { verdict: 'unanswered', because: musts }
    return {
      verdict: isSettled ? 'must' : 'unsettled',
      because: [...musts, ...(holderKind ? of(holderKind, true) : [])],
    }
  }
  const free = of('trade', false).filter(({ id }) => trades.includes(id))
  return free.length > 0 ? { verdict: 'need-not', because: free } : { verdict: 'no-rule', because: [] }
}
