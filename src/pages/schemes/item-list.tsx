/**
 * The alliance's harmonisation table: for every item of the WTA Code who is stated to ask it, in the scheme's own words
 * with the source; of whom only the area is known; and of whom nothing is (DESIGN 2).
 */

import type { JSX } from 'hono/jsx/jsx-runtime'
import {
  AREAS,
  type Area,
  areaCell,
  compareItems,
  ITEM_CELLS,
  type ItemCell,
  type ItemRow,
  type ItemState,
  isNamed,
} from '../../alliance/compare-schemes.js'
import type { Criterion } from '../../alliance/definition.js'
import { PRINCIPLE_TEXTS } from '../../alliance/principles.js'
import { Local, phrase } from '../frame/phrase.js'
import { AreaName } from './area-table.js'
import { MarkLink, ShortName } from './mark-link.js'
import { coverageName, ItemSign } from './mark-sign.js'
import { Aside, Named } from './punctuation.js'
import { Ref } from './sources.js'
import type { SchemeMark, View } from './view.js'

/** A mark with what is stated of it on one item. */
interface Holding {
  one: SchemeMark
  cell: ItemCell
}

/** All items, chapter by chapter, each chapter folded: there are some thirty. */
export function ItemList({ marks, view }: { marks: readonly SchemeMark[]; view: View }): JSX.Element {
  return (
    <div class="chapters">
      {AREAS.map((area) => (
        <Chapter area={area} marks={marks} view={view} />
      ))}
    </div>
  )
}

function Chapter({
  area,
  marks,
  view,
}: {
  area: Area
  marks: readonly SchemeMark[]
  view: View
}): JSX.Element {
  const { reader } = view
  const { items } = reader.texts.schemes
  const rows = compareItems(
    marks.map(({ mark }) => mark),
    area,
  )
  return (
    <details id={`chapter-${PRINCIPLE_TEXTS[area].chapter}`}>
      <summary>
        {phrase(items.caption, {
          number: String(PRINCIPLE_TEXTS[area].chapter),
          principle: <AreaName area={area} view={view} />,
        })}{' '}
        <small>{reader.count(items.count, rows.length)}</small>
      </summary>
      <ul class="code-items">
        {rows.map((row) => (
          <Item row={row} marks={marks} view={view} />
        ))}
      </ul>
      <WholeAreas area={area} marks={marks} view={view} />
    </details>
  )
}

function Item({ row, marks, view }: { row: ItemRow; marks: readonly SchemeMark[]; view: View }): JSX.Element {
  const { reader } = view
  const { items } = reader.texts.schemes
  const holdings = marks.flatMap((one, i): Holding[] => {
    const cell = row.cells[i]
    return cell ? [{ one, cell }] : []
  })
  const current = holdings.filter(({ one }) => !isEnded(one))
  const past = holdings.filter(({ one, cell }) => isEnded(one) && isNamed(cell.state))
  const named = current.some(({ cell }) => isNamed(cell.state))
  return (
    <li id={`item-${row.item.id}`}>
      <h4>
        {row.item.id} <Local text={row.item.name} reader={reader} />
      </h4>
      {!named && <p>{items.nobody}</p>}
      <dl>
        {ITEM_CELLS.map((state) => (
          <States state={state} held={current.filter(({ cell }) => cell.state === state)} view={view} />
        ))}
        {past.length > 0 && (
          <div>
            <dt>{items.was}</dt>
            <dd>
              <Stated held={past} view={view} />
            </dd>
          </div>
        )}
      </dl>
    </li>
  )
}

const isEnded = ({ mark }: SchemeMark): boolean => mark.status.state === 'ended'

function States({
  state,
  held,
  view,
}: {
  state: ItemState
  held: Holding[]
  view: View
}): JSX.Element | null {
  if (held.length === 0) return null
  return (
    <div class={`item-${state}`}>
      <dt class="sign-word">
        <ItemSign of={state} />
        {view.reader.texts.schemes.items.states[state]}
      </dt>
      <dd>{isNamed(state) ? <Stated held={held} view={view} /> : <Names held={held} view={view} />}</dd>
    </div>
  )
}

function MarkAndOwner({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  return (
    <>
      <MarkLink one={one} view={view} />
      <Aside reader={view.reader}>
        <ShortName one={one} view={view} />
      </Aside>
    </>
  )
}

/** Each mark with the words of its criteria. */
function Stated({ held, view }: { held: Holding[]; view: View }): JSX.Element {
  return (
    <ul>
      {held.map(({ one, cell }) => (
        <li>
          <Named name={<MarkAndOwner one={one} view={view} />} reader={view.reader}>
            <Criteria criteria={cell.criteria} one={one} view={view} />
          </Named>
        </li>
      ))}
    </ul>
  )
}

/** Names alone: what is stated of the area as a whole stands once, below all items. */
function Names({ held, view }: { held: Holding[]; view: View }): JSX.Element {
  const { reader } = view
  return (
    <>
      {held.map(({ one, cell }, i) => (
        <>
          {i > 0 && ' · '}
          <Local text={one.mark.name} reader={reader} />
          {cell.state === 'area-only' && cell.area === 'partial' && (
            <Aside reader={reader}>{reader.texts.schemes.items.areaPart}</Aside>
          )}
        </>
      ))}
    </>
  )
}

/** The scheme's own words, each with its source. */
export function Criteria({
  criteria,
  one,
  view,
}: {
  criteria: readonly Criterion[]
  one: Omit<SchemeMark, 'member'>
  view: View
}): JSX.Element {
  return (
    <>
      {criteria.map((criterion, i) => (
        <>
          {i > 0 && ' · '}
          <Local text={criterion.name} reader={view.reader} />{' '}
          <Ref number={view.sources.numberOf(one.definition, criterion.source)} reader={view.reader} />
        </>
      ))}
    </>
  )
}

/** Criteria that name no item: the area as a whole is all that their sources state. */
function WholeAreas({
  area,
  marks,
  view,
}: {
  area: Area
  marks: readonly SchemeMark[]
  view: View
}): JSX.Element | null {
  const { reader } = view
  const { items } = reader.texts.schemes
  const whole = marks.flatMap((one) => {
    const criteria = areaCell(one.mark, area).criteria.filter((criterion) => criterion.items === undefined)
    return criteria.length > 0 ? [{ one, criteria }] : []
  })
  if (whole.length === 0) return null
  return (
    <>
      <h4>{items.words}</h4>
      <ul class="own-words">
        {whole.map(({ one, criteria }) => (
          <li>
            <Named name={<MarkAndOwner one={one} view={view} />} reader={reader}>
              {isEnded(one)
                ? reader.t.states.ended
                : coverageName(areaCell({ criteria }, area).coverage, reader)}{' '}
              · <Criteria criteria={criteria} one={one} view={view} />
            </Named>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What the four words mean. */
export function ItemLegend({ view }: { view: View }): JSX.Element {
  const { items, areas } = view.reader.texts.schemes
  return (
    <dl class="legend" aria-label={areas.signs}>
      {ITEM_CELLS.map((state) => (
        <div>
          <dt class="sign-word">
            <ItemSign of={state} />
            {items.states[state]}
          </dt>
          <dd>{items.means[state]}</dd>
        </div>
      ))}
    </dl>
  )
}
