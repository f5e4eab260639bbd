/** What is stated of a mark and of its levels, each fact with its source: shared by the pages of members, marks and pairs. */

import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { AREAS, areaCell } from '../../alliance/compare-schemes.js'
import type { Level, Mark } from '../../alliance/definition.js'
import { channelLink } from '../frame/channel.js'
import { Local, phrase } from '../frame/phrase.js'
import { AreaName } from './area-table.js'
import { Criteria } from './item-list.js'
import { CoverageWord, MarkSign, markTone } from './mark-sign.js'
import { Aside, Named } from './punctuation.js'
import { Ref } from './sources.js'
import type { SchemeMark, View } from './view.js'
import { formatPeriod } from './words.js'

/** A fact of a list of facts. */
export function Fact({ name, children }: { name: string; children: Child }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The source of something that is stated of the mark. */
export function MarkRef({
  one,
  source,
  view,
}: {
  one: SchemeMark
  source: string | undefined
  view: View
}): JSX.Element | null {
  if (source === undefined) return null
  return <Ref number={view.sources.numberOf(one.definition, source)} reader={view.reader} />
}

/** The kind in its own sign and large word, and what marks of that kind do not say. */
export function KindPanel({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { kinds, states } = view.reader.t
  const { kind, status } = one.mark
  return (
    <div
      class={`kind-panel kind-${status.state === 'ended' ? 'ended' : kind} ${markTone(one.mark, one.member.participation)}`}
    >
      <MarkSign mark={one.mark} participation={one.member.participation} />
      <div>
        <p class="kind-word">{kinds[kind].title}</p>
        {status.state !== 'active' && (
          <p>
            <strong>{states[status.state]}</strong>
          </p>
        )}
        {status.state !== 'ended' && <p>{kinds[kind].says}</p>}
      </div>
    </div>
  )
}

/** Whether the mark is still awarded, on what evidence, as judged when. */
export function StatusLine({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { reader } = view
  const { rules: t } = reader.texts.schemes
  const { state, asOf, since, note, source } = one.mark.status
  return (
    <>
      <strong>{reader.t.states[state]}</strong>
      {since !== undefined && (
        <Aside reader={reader}>{phrase(t.stateSince, { date: reader.date(since) })}</Aside>
      )}{' '}
      · {phrase(t.stateAsOf, { date: reader.date(asOf) })}
      {note && (
        <>
          <br />
          <Local text={note} reader={reader} />
        </>
      )}{' '}
      <MarkRef one={one} source={source} view={view} />
    </>
  )
}

export function Says({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  return (
    <>
      <Local text={one.mark.says} reader={view.reader} />{' '}
      <MarkRef one={one} source={one.mark.source} view={view} />
    </>
  )
}

/** How long a certificate of the level may be valid. */
export function Validity({ one, level, view }: { one: SchemeMark; level: Level; view: View }): JSX.Element {
  return <Period one={one} stated={level.validity} view={view} />
}

/** How long the examination takes. */
export function Processing({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  return <Period one={one} stated={one.mark.processingTime} view={view} />
}

function Period({
  one,
  stated,
  view,
}: {
  one: SchemeMark
  stated: Mark['processingTime']
  view: View
}): JSX.Element {
  const { reader } = view
  if (stated === null) return <>{reader.texts.schemes.rules.validityUnknown}</>
  return (
    <>
      {formatPeriod(stated.period, reader, stated.business)}{' '}
      <MarkRef one={one} source={stated.source} view={view} />
      {stated.note && (
        <>
          <br />
          <Local text={stated.note} reader={reader} />
        </>
      )}
    </>
  )
}

/** Validity of all levels: once where they agree. */
export function Validities({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { levels } = one.mark
  const [first] = levels
  const same = levels.every(({ validity }) => JSON.stringify(validity) === JSON.stringify(first?.validity))
  if (first && same) return <Validity one={one} level={first} view={view} />
  return (
    <ul>
      {levels.map((level) => (
        <li>
          <Named name={<Local text={level.name} reader={view.reader} />} reader={view.reader}>
            <Validity one={one} level={level} view={view} />
          </Named>
        </li>
      ))}
    </ul>
  )
}

/** Kinds of places of trade for which the mark is awarded, at any of its levels or at one. */
export function Presences({ levels, view }: { levels: readonly Level[]; view: View }): JSX.Element {
  const { reader } = view
  const kinds = [...new Set(levels.flatMap(({ presenceKinds }) => presenceKinds))]
  return <>{reader.list(kinds.map((kind) => reader.t.presences[kind]))}</>
}

export function ApplyAt({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { applyAt, status } = one.mark
  const href = applyAt === null ? undefined : channelLink('web', applyAt)
  if (href === undefined || status.state === 'ended')
    return <>{view.reader.texts.schemes.rules.validityUnknown}</>
  return <OutsideLink href={href} />
}

/** An address outside, shown as it is. */
export function OutsideLink({ href }: { href: string }): JSX.Element {
  return (
    <a class="channel address" href={href} rel="nofollow noopener noreferrer">
      <bdi>{href.replace(/^https:\/\//, '').replace(/\/$/, '')}</bdi>
    </a>
  )
}

/** The five and monitoring with the scheme's own words. */
export function Coverages({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const ended = one.mark.status.state === 'ended'
  return (
    <>
      <dl class="coverages">
        {AREAS.map((area) => {
          const cell = areaCell(one.mark, area)
          return (
            <div>
              <dt>
                <AreaName area={area} view={view} />
              </dt>
              <dd>
                <CoverageWord cell={cell} ended={ended} reader={view.reader} />
                {cell.criteria.length > 0 && (
                  <p>
                    <Criteria criteria={cell.criteria} one={one} view={view} />
                  </p>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      <p class="hint">
        {view.reader.texts.schemes.areas.gap}{' '}
        {phrase(view.reader.texts.schemes.rules.version, { version: <bdi>{one.mark.criteriaVersion}</bdi> })}
      </p>
    </>
  )
}
