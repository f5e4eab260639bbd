/** The answer of the questionnaire: in short, then member by member, then the sources (issue 5, story 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { AgencyName } from '../frame/agency.js'
import { Local, phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { DutyResult } from './duties.js'
import { anchorOf, ELIGIBILITY_PATH } from './form.js'
import { LevelName, levelId } from './level-result.js'
import { MarkResult } from './mark-result.js'
import { OUTCOME_TONES, OutcomeSign } from './outcome-sign.js'
import { SourceList } from './sources.js'
import { type EligibilityView, type MemberResult, namedCountry } from './view.js'

export function Result({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.result
  if (view.members.length === 0) return <NoMember view={view} reader={reader} />
  const date = <time datetime={view.day}>{reader.date(view.day)}</time>
  return (
    <>
      <section id={anchorOf('result', view)}>
        <h2 id="result">{t.title}</h2>
        <p>{phrase(t.asOf, { date })}</p>
        <InShort members={view.members} reader={reader} />
      </section>
      {view.members.map((member) => (
        <Member member={member} view={view} reader={reader} />
      ))}
      <SourceList of={view.members.map(({ sources }) => sources)} reader={reader} />
    </>
  )
}

/** Every mark and level with its outcome in one line, leading to the reasons. */
function InShort({ members, reader }: { members: readonly MemberResult[]; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility
  return (
    <nav class="short" aria-label={t.result.short}>
      <ul>
        {members.map(
          (member) =>
            member.duties && (
              <li>
                <a href={`#${member.scheme.id}-duties`}>
                  <span>
                    {t.duties.title} <span class="word">{t.duties.verdicts[member.duties.verdict].word}</span>
                  </span>
                </a>
              </li>
            ),
        )}
        {members.flatMap((member) =>
          member.levels.map((assessed) => (
            <li class={`tone-${OUTCOME_TONES[assessed.outcome]}`}>
              <a href={`#${levelId(member.scheme.id, assessed)}`}>
                <OutcomeSign of={assessed.outcome} />
                <span>
                  <ShortName assessed={assessed} reader={reader} />{' '}
                  <span class="word">{t.outcomes[assessed.outcome].word}</span>
                </span>
              </a>
            </li>
          )),
        )}
      </ul>
    </nav>
  )
}

function ShortName({
  assessed,
  reader,
}: {
  assessed: MemberResult['levels'][number]
  reader: Reader
}): JSX.Element {
  if (assessed.mark.levels.length < 2) return <Local text={assessed.mark.name} reader={reader} />
  return (
    <>
      <Local text={assessed.mark.name} reader={reader} /> <LevelName assessed={assessed} reader={reader} />
    </>
  )
}

function Member({
  member,
  view,
  reader,
}: {
  member: MemberResult
  view: EligibilityView
  reader: Reader
}): JSX.Element {
  const t = reader.texts.eligibility.result
  const { scheme, duties, levels } = member
  const { definition } = scheme
  const marks = [...new Set(levels.map(({ mark }) => mark))]
  return (
    <section class="member-result">
      <h2 id={scheme.id}>
        <AgencyName name={definition.name} reader={reader} />
      </h2>
      {scheme.participation !== 'admitted' && <p>{reader.t.participation[scheme.participation]}</p>}
      {!scheme.definitionSigned && <p class="hint">{t.unsigned}</p>}
      {duties && <DutyResult member={member} duties={duties} view={view} reader={reader} />}
      {marks.map((mark) => (
        <MarkResult
          member={member}
          mark={mark}
          levels={levels.filter((one) => one.mark === mark)}
          view={view}
          reader={reader}
        />
      ))}
      {definition.unknown.length > 0 && (
        <details>
          <summary>{t.unknowns}</summary>
          <ul class="rules">
            {definition.unknown.map((text) => (
              <li>
                <Local text={text} reader={reader} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>
        <a class="open" href={localPath(reader.lang, `/members/${scheme.id}`)}>
          {phrase(t.about, { name: <Local text={definition.shortName} reader={reader} /> })}
        </a>
      </p>
    </section>
  )
}

/** No mark of the country is known: says so, and of which countries marks are known. */
function NoMember({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.result
  const country = namedCountry(view)
  return (
    <section id={anchorOf('result', view)}>
      <h2 id="result">
        {country === undefined ? t.title : phrase(t.none, { country: reader.country(country) })}
      </h2>
      <p>{country === undefined ? t.noneElse : t.noneSays}</p>
      <KnownCountries view={view} reader={reader} />
    </section>
  )
}

/** Countries whose marks are known, each leading to its own questions. */
export function KnownCountries({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  if (view.countries.length === 0) return <p>{reader.t.start.noMembers}</p>
  return (
    <>
      <p>{reader.texts.eligibility.result.known}</p>
      <ul class="countries">
        {[...view.countries]
          .sort((a, b) => reader.country(a).localeCompare(reader.country(b), reader.lang))
          .map((code) => (
            <li>
              <a href={`${localPath(reader.lang, ELIGIBILITY_PATH)}?country=${encodeURIComponent(code)}`}>
                {reader.country(code)}
              </a>
            </li>
          ))}
      </ul>
    </>
  )
}
