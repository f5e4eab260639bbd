/** One level of a mark, judged: the outcome, each requirement in its own words, and what to do next (issue 5, story 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Presupposition } from '../../alliance/definition.js'
import type { LevelAssessment, RequirementCheck } from '../../alliance/eligibility.js'
import { factsOf } from '../../alliance/fact-domain.js'
import { channelLink } from '../frame/channel.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { Local, phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { choicesOf, formatPeriod } from './amounts.js'
import { questionAddress, questionName } from './form.js'
import { CHECK_TONES, OUTCOME_TONES, OutcomeSign } from './outcome-sign.js'
import { factParam, holdParam, isAskedByFacts } from './questions.js'
import { RuleDates, RuleDoubt, SourceLink } from './sources.js'
import type { EligibilityView, MemberResult } from './view.js'

interface Shown {
  member: MemberResult
  assessed: LevelAssessment
  view: EligibilityView
  reader: Reader
}

/** Anchor of a level on the page. */
export const levelId = (member: string, { mark, level }: LevelAssessment): string =>
  `${member}.${mark.id}.${level.id}`

/** The level's name, or the mark's where the level has none of its own. */
export function LevelName({
  assessed: { mark, level },
  reader,
}: Pick<Shown, 'assessed' | 'reader'>): JSX.Element {
  const own = hasOwnLevelName({ name: mark.name, levelName: level.name }, reader.lang)
  return <Local text={own ? level.name : mark.name} reader={reader} />
}

export function LevelResult(shown: Shown): JSX.Element {
  const { member, assessed, view, reader } = shown
  const t = reader.texts.eligibility
  const { outcome, doubts, past } = assessed
  const { word, says } = t.outcomes[outcome]
  const checks = listChecks(shown)
  const isDecisive = ({ state }: Check): boolean =>
    outcome === 'not-for-you' ? state === 'barred' : outcome !== 'ended'
  const decisive = checks.filter(isDecisive).map(({ line }) => line)
  const rest = checks.filter((check) => !isDecisive(check)).map(({ line }) => line)
  return (
    <section class={`level tone-${OUTCOME_TONES[outcome]}`}>
      <h4 id={levelId(member.scheme.id, assessed)}>
        <OutcomeSign of={outcome} />
        <span>
          <LevelName assessed={assessed} reader={reader} /> <span class="word">{word}</span>
        </span>
      </h4>
      <p>{says}</p>
      {doubts.length > 0 && (
        <ul>
          {doubts.map((doubt) => (
            <li>{t.doubts[doubt]}</li>
          ))}
        </ul>
      )}
      {decisive.length > 0 && (
        <>
          <h5>{t.level.rules}</h5>
          <ul class="checks">{decisive}</ul>
        </>
      )}
      {rest.length > 0 && (
        <details>
          <summary>{outcome === 'ended' ? t.level.rules : t.level.more}</summary>
          <ul class="checks">{rest}</ul>
        </details>
      )}
      {past.length > 0 && (
        <details class="history">
          <summary>{t.level.past}</summary>
          <ul class="rules">
            {past.map((rule) => (
              <li>
                <Local text={rule.text} reader={reader} />
                <RuleDates rule={rule} on={view.day} sources={member.sources} reader={reader} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <LevelFacts {...shown} />
    </section>
  )
}

/** Leads from a missing mark to what is said of it on this page. */
function GetFirst({
  member,
  presupposition,
  reader,
}: Pick<Shown, 'member' | 'reader'> & { presupposition: Presupposition }): JSX.Element | null {
  const first = member.levels.find(
    ({ mark, level }) => mark.id === presupposition.mark && (presupposition.level ?? level.id) === level.id,
  )
  if (!first) return null
  return (
    <a class="open" href={`#${levelId(member.scheme.id, first)}`}>
      {phrase(reader.texts.eligibility.level.first, {
        mark: <Local text={first.mark.name} reader={reader} />,
      })}
    </a>
  )
}

interface Check {
  state: RequirementCheck['state']
  line: JSX.Element
}

/** Each thing that is asked as one line: its state in a word, its own text, its dates and its source. */
function listChecks(shown: Shown): Check[] {
  const { member, assessed, view, reader } = shown
  const lineOf = (state: Check['state'], says: JSX.Element): Check => ({
    state,
    line: (
      <li>
        <CheckWord state={state} reader={reader} />
        {says}
      </li>
    ),
  })
  return [
    lineOf(assessed.places.state, <Places {...shown} />),
    ...assessed.requirements.map((check) => lineOf(check.state, <Requirement {...shown} check={check} />)),
    ...assessed.presupposed.map(({ key, presupposition, state }) =>
      lineOf(
        state,
        <div>
          <Local text={presupposition.text} reader={reader} />
          <RuleDates rule={presupposition} on={view.day} sources={member.sources} reader={reader} />
          {state === 'open' && (
            <OpenQuestion param={holdParam(member.scheme.id, key)} view={view} reader={reader} />
          )}
          {state === 'failed' && <GetFirst member={member} presupposition={presupposition} reader={reader} />}
        </div>,
      ),
    ),
  ]
}

function CheckWord({ state, reader }: { state: RequirementCheck['state']; reader: Reader }): JSX.Element {
  return <span class={`check tone-${CHECK_TONES[state]}`}>{reader.texts.eligibility.checks[state]}</span>
}

function Places({ assessed, reader }: Shown): JSX.Element {
  const t = reader.texts.eligibility.level
  const { presences } = reader.t
  const { places, level } = assessed
  const all = reader.list(level.presenceKinds.map((kind) => presences[kind]))
  if (places.covered.length > 0) {
    const covered = reader.list(places.covered.map((kind) => presences[kind]))
    return <div>{phrase(t.placesMet, { places: covered })}</div>
  }
  return (
    <div>
      {phrase(t.places, { places: all })}
      {places.state === 'barred' && ` ${t.placesBarred}`}
    </div>
  )
}

function Requirement({ member, view, reader, check }: Shown & { check: RequirementCheck }): JSX.Element {
  const t = reader.texts.eligibility.level
  const { requirement, unsettled } = check
  const answers = answersTo(check, view, reader)
  const open =
    check.state !== 'open'
      ? []
      : isAskedByFacts(requirement)
        ? check.missing.map(factParam)
        : view.questions.meets.filter(({ keys }) => keys.includes(check.key)).map(({ param }) => param)
  return (
    <div>
      <Local text={requirement.text} reader={reader} />
      {answers.length > 0 && (
        <>
          <br />
          <strong>{phrase(t.answer, { answer: reader.list(answers) })}</strong>
        </>
      )}
      <RuleDates rule={requirement} on={view.day} sources={member.sources} reader={reader} />
      {unsettled && <RuleDoubt doubt={unsettled} sources={member.sources} reader={reader} />}
      {open.map((param) => (
        <OpenQuestion param={param} view={view} reader={reader} />
      ))}
    </div>
  )
}

/** What was answered to the facts of a requirement, in the words of the form. */
function answersTo(
  { requirement, state }: RequirementCheck,
  view: EligibilityView,
  reader: Reader,
): string[] {
  if (state === 'barred') {
    const { holderKind } = view.answers
    return holderKind ? [reader.texts.eligibility.form[holderKind]] : []
  }
  const { facts } = view.answers
  return factsOf(requirement).flatMap(({ name }) => {
    const question = view.questions.facts.find((one) => one.name === name)
    const answer = Object.hasOwn(facts, name) ? facts[name] : undefined
    if (!question || answer === undefined) return []
    return choicesOf(question, reader.lang)
      .filter(({ fits }) => fits(answer))
      .map(({ label }) => label)
  })
}

function OpenQuestion({
  param,
  view,
  reader,
}: {
  param: string
  view: EligibilityView
  reader: Reader
}): JSX.Element | null {
  const question = questionName(param, view, reader)
  if (question === undefined) return null
  return (
    <a class="open" href={questionAddress(param)}>
      {phrase(reader.texts.eligibility.level.open, { question: <bdi>{question}</bdi> })}
    </a>
  )
}

/** Validity, and what to do next. */
function LevelFacts({ member, assessed, reader }: Shown): JSX.Element {
  const t = reader.texts.eligibility
  const { mark, level, outcome } = assessed
  const { validity } = level
  const href = mark.applyAt === null ? undefined : channelLink('web', mark.applyAt)
  return (
    <dl class="facts">
      <div>
        <dt>{t.level.validity}</dt>
        <dd>
          {validity === null ? t.level.notStated : formatPeriod(validity.period, reader.lang)}
          {validity?.note && (
            <span class="hint dates">
              <Local text={validity.note} reader={reader} />
            </span>
          )}{' '}
          <SourceLink of={validity?.source} sources={member.sources} reader={reader} />
        </dd>
      </div>
      <div>
        <dt>{t.level.next}</dt>
        <dd>
          {t.outcomes[outcome].next}{' '}
          {outcome !== 'ended' && outcome !== 'not-for-you' && href !== undefined && (
            <a class="open" href={href} rel="nofollow noreferrer">
              {t.level.apply}: <bdi>{new URL(href).host}</bdi>
            </a>
          )}{' '}
          <a class="open" href={localPath(reader.lang, `/marks/${member.scheme.id}/${mark.id}/${level.id}`)}>
            {t.level.page}
          </a>
        </dd>
      </div>
    </dl>
  )
}
