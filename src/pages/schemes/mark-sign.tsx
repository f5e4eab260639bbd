/** Signs of marks, of coverage and of items: shapes that differ without colour, always beside a word (DESIGN 4.14). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { AreaCell, ItemState } from '../../alliance/compare-schemes.js'
import type { Mark } from '../../alliance/definition.js'
import type { Participation } from '../../alliance/participation.js'
import type { Coverage } from '../../alliance/principles.js'
import type { Reader } from '../frame/reader.js'
import { CoverageSign, KIND_VERDICTS, Sign } from '../frame/signs.js'

/** In its kind's colour only where the mark is awarded and its records are published here: a green tick says "valid". */
export function markTone(mark: Pick<Mark, 'kind' | 'status'>, participation: Participation): string {
  return `tone-${participation === 'admitted' && mark.status.state === 'active' ? mark.kind : 'none'}`
}

export function MarkSign({
  mark,
  participation,
}: {
  mark: Pick<Mark, 'kind' | 'status'>
  participation: Participation
}): JSX.Element {
  return (
    <span class={markTone(mark, participation)}>
      <Sign of={mark.status.state === 'ended' ? 'expired' : KIND_VERDICTS[mark.kind]} />
    </span>
  )
}

/** How far something is covered; what a mark covered that is no longer awarded stands in the past and bears no tick. */
export function CoverageWord({
  cell,
  ended,
  reader,
}: {
  cell: Pick<AreaCell, 'coverage'>
  ended: boolean
  reader: Reader
}): JSX.Element {
  const { areas } = reader.texts.schemes
  if (ended && cell.coverage !== 'none') return <span>{areas.was[cell.coverage]}</span>
  return (
    <span class="sign-word">
      <CoverageSign of={cell.coverage} />
      <span>{coverageName(cell.coverage, reader)}</span>
    </span>
  )
}

/** In this room a gap is "not stated": no source that was read says so. */
export function coverageName(coverage: Coverage, reader: Reader): string {
  return coverage === 'none' ? reader.texts.schemes.areas.notStated : reader.t.principles[coverage]
}

const COVERAGE_SIGNS: Readonly<Record<Exclude<ItemState, 'area-only'>, Coverage>> = {
  required: 'full',
  partly: 'partial',
  'not-stated': 'none',
}

/** As for coverage; a ring with a dot where the item may or may not be in what is stated. */
export function ItemSign({ of }: { of: ItemState }): JSX.Element {
  if (of !== 'area-only') return <CoverageSign of={COVERAGE_SIGNS[of]} />
  return (
    <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="20" />
      <circle cx="24" cy="24" r="4" fill="currentColor" />
    </svg>
  )
}
