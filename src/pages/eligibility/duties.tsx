/** Who must register: the answer, the rules in force behind it, and past rules as history, well apart (issue 5, story 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Duty } from '../../alliance/definition.js'
import { doubtAbout } from '../../alliance/rules-in-force.js'
import { Local } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { tradesAt } from './answers.js'
import { RuleDates, RuleDoubt } from './sources.js'
import type { EligibilityView, MemberResult } from './view.js'

type Duties = NonNullable<MemberResult['duties']>

export function DutyResult({
  member,
  duties,
  view,
  reader,
}: {
  member: MemberResult
  duties: Duties
  view: EligibilityView
  reader: Reader
}): JSX.Element {
  const t = reader.texts.eligibility.duties
  const { word, says } = t.verdicts[duties.verdict]
  const list = (of: readonly Duty[]): JSX.Element => (
    <DutyList of={of} member={member} view={view} reader={reader} />
  )
  return (
    <section class="duties">
      <h3 id={`${member.scheme.id}-duties`}>{t.title}</h3>
      <p class="lead">
        <strong>{word}</strong> {says}
      </p>
      {duties.because.length > 0 && (
        <>
          <p class="because">{t.because}</p>
          {list(duties.because)}
        </>
      )}
      {duties.inForce.length > 0 && (
        <details>
          <summary>{t.inForce}</summary>
          <Sides of={duties.inForce} must={t.must} needNot={t.needNot} list={list} />
        </details>
      )}
      {duties.future.length > 0 && (
        <details>
          <summary>{t.future}</summary>
          {list(duties.future)}
        </details>
      )}
      {duties.past.length > 0 && (
        <section class="history">
          <h4>{t.past}</h4>
          <p>{t.pastLead}</p>
          <Sides of={duties.past} must={t.wasMust} needNot={t.wasNeedNot} list={list} />
        </section>
      )}
    </section>
  )
}

function Sides({
  of,
  must,
  needNot,
  list,
}: {
  of: readonly Duty[]
  must: string
  needNot: string
  list: (of: readonly Duty[]) => JSX.Element
}): JSX.Element {
  const sides = [
    { heading: must, rules: of.filter((duty) => duty.must) },
    { heading: needNot, rules: of.filter((duty) => !duty.must) },
  ].filter(({ rules }) => rules.length > 0)
  return (
    <>
      {sides.map(({ heading, rules }) => (
        <>
          <p class="because">{heading}</p>
          {list(rules)}
        </>
      ))}
    </>
  )
}

function DutyList({
  of,
  member,
  view,
  reader,
}: {
  of: readonly Duty[]
  member: MemberResult
  view: EligibilityView
  reader: Reader
}): JSX.Element {
  const t = reader.texts.eligibility
  const { id } = member.scheme
  const { holderKind } = view.answers
  const trades = tradesAt(view.asked.raw, id) ?? []
  return (
    <ul class="rules">
      {of.map((duty) => {
        const { scope } = duty
        const isMine =
          scope === 'trade' ? trades.includes(duty.id) : scope !== undefined && scope === holderKind
        const fits = isMine && !(duty.validUntil !== undefined && duty.validUntil <= view.day)
        const doubt = doubtAbout(duty, view.day, holderKind)
        return (
          <li>
            <Local text={duty.text} reader={reader} />
            {fits && (
              <>
                {' '}
                <strong class="fits">{t.duties.applies}</strong>
              </>
            )}
            <RuleDates rule={duty} on={view.day} sources={member.sources} reader={reader} />
            {doubt && <RuleDoubt doubt={doubt} sources={member.sources} reader={reader} />}
          </li>
        )
      })}
    </ul>
  )
}
