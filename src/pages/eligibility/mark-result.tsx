/** One mark with its levels in the scheme's order: what it says, its state, time needed, criteria, and the levels judged. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Mark } from '../../alliance/definition.js'
import type { LevelAssessment } from '../../alliance/eligibility.js'
import { MONITORING, PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { channelLink } from '../frame/channel.js'
import { Local, phrase } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { KIND_VERDICTS, Sign } from '../frame/signs.js'
import { formatPeriod } from './amounts.js'
import { LevelResult } from './level-result.js'
import { SourceLink } from './sources.js'
import type { EligibilityView, MemberResult } from './view.js'

interface Shown {
  member: MemberResult
  mark: Mark
  reader: Reader
}

export function MarkResult({
  levels,
  view,
  ...shown
}: Shown & { levels: readonly LevelAssessment[]; view: EligibilityView }): JSX.Element {
  const { member, mark, reader } = shown
  const { t } = reader
  const live = member.scheme.participation === 'admitted' && mark.status.state === 'active'
  return (
    <article class="mark-result">
      <h3>
        <span class={`tone-${live ? mark.kind : 'none'}`}>
          <Sign of={mark.status.state === 'ended' ? 'expired' : KIND_VERDICTS[mark.kind]} />
        </span>
        <span>
          <Local text={mark.name} reader={reader} /> <span class="word">{t.kinds[mark.kind].title}</span>
        </span>
      </h3>
      <p>
        <Local text={mark.says} reader={reader} />{' '}
        <SourceLink of={mark.source} sources={member.sources} reader={reader} />
      </p>
      <MarkFacts {...shown} />
      {levels.map((assessed) => (
        <LevelResult member={member} assessed={assessed} view={view} reader={reader} />
      ))}
    </article>
  )
}

function MarkFacts({ member, mark, reader }: Shown): JSX.Element {
  const t = reader.texts.eligibility.level
  const { status, processingTime } = mark
  const { sources } = member
  const href = mark.applyAt === null ? undefined : channelLink('web', mark.applyAt)
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{t.state}</dt>
          <dd>
            {reader.t.states[status.state]}
            <span class="hint dates">
              {phrase(t.stateAsOf, {
                date: <time datetime={status.asOf}>{reader.date(status.asOf)}</time>,
              })}
            </span>
            {status.note && (
              <>
                <Local text={status.note} reader={reader} />{' '}
              </>
            )}
            <SourceLink of={status.source} sources={sources} reader={reader} />
          </dd>
        </div>
        <div>
          <dt>{t.time}</dt>
          <dd>
            {processingTime === null
              ? t.notStated
              : formatPeriod(processingTime.period, reader.lang, processingTime.business)}
            {processingTime?.note && (
              <span class="hint dates">
                <Local text={processingTime.note} reader={reader} />
              </span>
            )}{' '}
            <SourceLink of={processingTime?.source} sources={sources} reader={reader} />
          </dd>
        </div>
        <div>
          <dt>{t.apply}</dt>
          <dd>
            {href === undefined ? (
              t.notStated
            ) : (
              <a class="open" href={href} rel="nofollow noreferrer">
                <bdi>{href}</bdi>
              </a>
            )}
          </dd>
        </div>
      </dl>
      <details>
        <summary>{t.criteria}</summary>
        {mark.criteria.length === 0 ? (
          <p>{t.noCriteria}</p>
        ) : (
          <Criteria member={member} mark={mark} reader={reader} />
        )}
      </details>
    </>
  )
}

/** By principle, in the order in which they are always shown; a principle without a criterion says that it is not covered. */
function Criteria({ member, mark, reader }: Shown): JSX.Element {
  const { principles } = reader.t
  return (
    <dl class="facts">
      {([...PRINCIPLES, MONITORING] as const).map((principle) => {
        const criteria = mark.criteria.filter((one) => one.principle === principle)
        return (
          <div>
            <dt>
              <Local text={PRINCIPLE_TEXTS[principle].name} reader={reader} />
            </dt>
            <dd>
              {criteria.length === 0 && (principle === MONITORING ? principles.noMonitoring : principles.gap)}
              {criteria.map((one) => (
                <p>
                  <Local text={one.name} reader={reader} />
                  {one.coverage === 'partial' && ` (${principles.partial})`}{' '}
                  <SourceLink of={one.source} sources={member.sources} reader={reader} />
                </p>
              ))}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
