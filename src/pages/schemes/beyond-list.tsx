/** What one mark is stated to ask that another is not, in the scheme's own words (DESIGN 2). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { asksBeyond, type Surplus } from '../../alliance/compare-schemes.js'
import { Local, phrase } from '../frame/phrase.js'
import { AreaName } from './area-table.js'
import { Criteria } from './item-list.js'
import { coverageName } from './mark-sign.js'
import { Aside, Named } from './punctuation.js'
import type { SchemeMark, View } from './view.js'

export function Beyond({
  one,
  other,
  view,
}: {
  one: SchemeMark
  other: SchemeMark
  view: View
}): JSX.Element {
  const { reader } = view
  const { pair: t } = reader.texts.schemes
  const surplus = asksBeyond(one.mark, other.mark)
  const names = {
    a: <Local text={one.mark.name} reader={reader} />,
    b: <Local text={other.mark.name} reader={reader} />,
  }
  return (
    <section class="beyond">
      <h2>{phrase(t.beyond, names)}</h2>
      {surplus.length === 0 ? (
        <p>{phrase(t.beyondNone, names)}</p>
      ) : (
        <ul class="surplus">
          {surplus.map((found) => (
            <SurplusLine found={found} one={one} other={other} view={view} />
          ))}
        </ul>
      )}
    </section>
  )
}

function SurplusLine({
  found,
  one,
  other,
  view,
}: {
  found: Surplus
  one: SchemeMark
  other: SchemeMark
  view: View
}): JSX.Element {
  const { reader } = view
  const { pair: t, items } = reader.texts.schemes
  const sides = [
    { mark: one.mark, coverage: found.own },
    { mark: other.mark, coverage: found.other },
  ]
  return (
    <li>
      <h3>
        <AreaName area={found.area} view={view} />
      </h3>
      <p>
        {sides.map(({ mark, coverage }, i) => (
          <>
            {i > 0 && <br />}
            <Named name={<Local text={mark.name} reader={reader} />} reader={reader}>
              <strong>{coverageName(coverage, reader)}</strong>
            </Named>
          </>
        ))}
      </p>
      <p>
        <Criteria criteria={found.criteria} one={one} view={view} />
      </p>
      {found.items.length > 0 && (
        <>
          <p class="word">{t.named}</p>
          <ul>
            {found.items.map(({ item, other: state }) => (
              <li>
                {item.id} <Local text={item.name} reader={reader} />
                <Aside reader={reader}>
                  <Named name={<Local text={other.mark.name} reader={reader} />} reader={reader}>
                    {items.states[state]}
                    {state === 'area-only' && found.other === 'partial' && `, ${items.areaPart}`}
                  </Named>
                </Aside>
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  )
}
