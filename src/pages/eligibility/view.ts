/** Everything that the questionnaire's page shows, worked out before a word of it is written (issue 5, story 6). */
import { dayOf } from '../../alliance/days.js'
import type { MemberDefinition } from '../../alliance/definition.js'
import { type DutyAnswer, judgeDuties } from '../../alliance/duties.js'
import { assessMember, type LevelAssessment, type ShopAnswers } from '../../alliance/eligibility.js'
import type { Scheme, Schemes } from '../../hub/read-schemes.js'
import { answersOf, OTHER_COUNTRY, type ReadAnswers, tradesAt } from './answers.js'
import { type Questions, questionsOf } from './questions.js'

/** A source with its number on the page. */
export interface NumberedSource {
  number: number
  source: MemberDefinition['sources'][string]
}

/** One member of the chosen country, judged. */
export interface MemberResult {
  scheme: Scheme
  /** Absent where no duty of this member is known. */
  duties?: DutyAnswer
  levels: LevelAssessment[]
  sources: ReadonlyMap<string, NumberedSource>
}

export interface EligibilityView {
  asked: ReadAnswers
  /** The day by whose rules is judged, `YYYY-MM-DD`. */
  day: string
  size: number
  at: string
  /** Countries with a member that awards marks. */
  countries: string[]
  answers: ShopAnswers
  questions: Questions
  /** Whether a country was chosen; then `members` are the result, and may be none. */
  isAnswered: boolean
  members: MemberResult[]
}

const awardsMarks = ({ definition }: Scheme): boolean => definition.marks.length > 0

/** Countries with a member that awards marks, or did. */
export function countriesOf({ members }: Schemes): string[] {
  return [...new Set(members.filter(awardsMarks).map(({ definition }) => definition.country))]
}

/** The day that the member's own calendar shows; that of UTC where its zone is unknown to this runtime. */
function dayAt(now: number, zone: string | undefined): string {
  try {
    return dayOf(Math.floor(now / 1000), zone ?? 'UTC')
  } catch {
    return new Date(now).toISOString().slice(0, 10)
  }
}

/** @param now epoch ms */
export function viewOf(schemes: Schemes, asked: ReadAnswers, now: number): EligibilityView {
  const { country } = asked.raw
  const chosen = schemes.members.filter(
    (scheme) => awardsMarks(scheme) && scheme.definition.country === country,
  )
  const day = dayAt(now, chosen[0]?.definition.calendar.timeZone)
  const answers = answersOf(asked.raw, chosen, day)
  let numbered = 0
  return {
    asked,
    day,
    size: schemes.size,
    at: schemes.at,
    countries: countriesOf(schemes),
    answers,
    questions: questionsOf(chosen, answers, day),
    isAnswered: country !== undefined,
    members: chosen.map((scheme) => {
      const { definition } = scheme
      const trader = { holderKind: answers.holderKind, trades: tradesAt(asked.raw, scheme.id) }
      const sources = numberSources(definition, numbered)
      numbered += sources.size
      return {
        scheme,
        ...(definition.duties.length > 0 && { duties: judgeDuties(definition, trader, day) }),
        levels: assessMember(definition, answers, day),
        sources,
      }
    }),
  }
}

/** The country in words, or undefined for one that was not named. */
export function namedCountry({ asked }: EligibilityView): string | undefined {
  const { country } = asked.raw
  return country === OTHER_COUNTRY ? undefined : country
}

/** Those that the shown parts of a definition name, in the order in which they do. */
function numberSources(definition: MemberDefinition, before: number): Map<string, NumberedSource> {
  const keys = [...listKeys(definition.duties), ...listKeys(definition.marks)]
  const used = [...new Set(keys)].flatMap((key) => {
    const source = Object.hasOwn(definition.sources, key) ? definition.sources[key] : undefined
    return source ? [{ key, source }] : []
  })
  return new Map(used.map(({ key, source }, i) => [key, { number: before + i + 1, source }]))
}

function listKeys(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(listKeys)
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([key, value]) => {
    // A requirement's schema may speak of a fact called "source".
    if (key === 'schema') return []
    return key === 'source' && typeof value === 'string' ? [value] : listKeys(value)
  })
}
