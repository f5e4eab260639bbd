/** Marks side by side on the five principles and monitoring: a table that scrolls within itself on a telephone (DESIGN 2). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { AREAS, type Area, areaCell } from '../../alliance/compare-schemes.js'
import { COVERAGES, PRINCIPLE_TEXTS } from '../../alliance/principles.js'
import { Local } from '../frame/phrase.js'
import { CoverageSign } from '../frame/signs.js'
import { MarkLink } from './mark-link.js'
import { CoverageWord, coverageName, MarkSign } from './mark-sign.js'
import type { SchemeMark, View } from './view.js'

/** The name of a principle, or of monitoring. */
export function AreaName({ area, view }: { area: Area; view: View }): JSX.Element {
  return <Local text={PRINCIPLE_TEXTS[area].name} reader={view.reader} />
}

const TITLE_ID = 'areas-title'

export function AreaTable({ marks, view }: { marks: readonly SchemeMark[]; view: View }): JSX.Element {
  const { reader } = view
  const { areas } = reader.texts.schemes
  if (marks.length === 0) return <p>{areas.noMarks}</p>
  return (
    <>
      <h3 id={TITLE_ID}>{areas.caption}</h3>
      <p class="hint scrolls">{areas.scroll}</p>
      {/* Whoever has no mouse scrolls it with the arrow keys, so it must be reachable. */}
      <section class="scroll" aria-labelledby={TITLE_ID} tabindex={0}>
        <table class="grid" aria-labelledby={TITLE_ID}>
          <thead>
            <tr>
              <th scope="col">{areas.mark}</th>
              {AREAS.map((area) => (
                <th scope="col">
                  <AreaName area={area} view={view} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {marks.map((one) => (
              <MarkRow one={one} view={view} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function MarkRow({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { reader } = view
  const { mark, member } = one
  const { state } = mark.status
  return (
    <tr>
      <th scope="row">
        <span class="sign-word">
          <MarkSign mark={mark} participation={member.participation} />
          <MarkLink one={one} view={view} />
        </span>
        <small>
          {reader.country(one.definition.country)} · {reader.t.kinds[mark.kind].title}
          {state !== 'active' && (
            <>
              <br />
              <strong>{reader.texts.schemes.areas.short[state]}</strong>
            </>
          )}
        </small>
      </th>
      {AREAS.map((area) => (
        <td>
          <CoverageWord cell={areaCell(mark, area)} ended={state === 'ended'} reader={reader} />
        </td>
      ))}
    </tr>
  )
}

/** What the signs mean, and what a gap does not mean. */
export function AreaLegend({ view }: { view: View }): JSX.Element {
  const { reader } = view
  const { areas } = reader.texts.schemes
  return (
    <>
      <dl class="legend" aria-label={areas.signs}>
        {COVERAGES.map((coverage) => (
          <div>
            <dt class="sign-word">
              <CoverageSign of={coverage} />
              {coverageName(coverage, reader)}
            </dt>
            <dd>{areas[coverage]}</dd>
          </div>
        ))}
      </dl>
      <p>{areas.gap}</p>
    </>
  )
}
