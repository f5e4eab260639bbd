/**
 * Marks side by side: on the five principles and monitoring, item by item of the WTA Code, and one against another
 * (DESIGN 2). What no source states is a gap, never a no.
 */
import { CODE_ITEMS, type CodeItem } from './code-items.js'
import type { Criterion, Mark, MemberDefinition } from './definition.js'
import { type Coverage, MONITORING, PRINCIPLES, type Principle } from './principles.js'

/** A mark together with whose it is. */
export interface MarkOfMember {
  definition: MemberDefinition
  mark: Mark
}

/** What marks are compared by: the five in their order, then monitoring. */
export type Area = Principle | typeof MONITORING
export const AREAS: readonly Area[] = [...PRINCIPLES, MONITORING]

/**
 * What a scheme's sources say of one item.
 * `required`: a criterion that names the item covers its area in full. `partly`: one names it, but covers its area in part.
 * `area-only`: the area is stated as a whole, and no item of it, so the item may be in it or not.
 * `not-stated`: neither; where a scheme does name items of the area, those that it leaves out are this.
 */
export const ITEM_CELLS = ['required', 'partly', 'area-only', 'not-stated'] as const
export type ItemState = (typeof ITEM_CELLS)[number]

export interface ItemCell {
  state: ItemState
  /** How far the area goes, where the area as a whole is all that is stated. */
  area: Coverage
  /** The scheme's own criteria on which the state rests. */
  criteria: readonly Criterion[]
}

export interface AreaCell {
  /** `none`: not stated. */
  coverage: Coverage
  criteria: readonly Criterion[]
}

/** One line of a table: a cell for each mark, in the order in which the marks were given. */
export interface ItemRow {
  item: CodeItem
  cells: ItemCell[]
}

/** What one mark is stated to ask in an area, where another is stated to ask less or nothing. */
export interface Surplus {
  area: Area
  own: Coverage
  other: Coverage
  criteria: readonly Criterion[]
  /** Items that it names and the other does not. */
  items: { item: CodeItem; own: ItemState; other: ItemState }[]
}

const RANK: Readonly<Record<Coverage, number>> = { none: 0, partial: 1, full: 2 }

function widest(criteria: readonly Criterion[]): Coverage {
  return criteria.reduce<Coverage>(
    (best, { coverage }) => (RANK[coverage] > RANK[best] ? coverage : best),
    'none',
  )
}

/** Every mark of the members, in their order. */
export function listMarks(definitions: readonly MemberDefinition[]): MarkOfMember[] {
  return definitions.flatMap((definition) => definition.marks.map((mark) => ({ definition, mark })))
}

/**
 * How a mark is named in addresses.
 *
 * @example markPath({ definition, mark }) // 'th-dbd/verified'
 */
export function markPath({ definition, mark }: MarkOfMember): string {
  return `${definition.id}/${mark.id}`
}

/** Finds a mark by its path; undefined for anything else. */
export function findMark<M extends MarkOfMember>(marks: readonly M[], path: string): M | undefined {
  return marks.find((one) => markPath(one) === path)
}

/** What a mark is stated to ask in an area: the widest of its criteria counts. */
export function areaCell({ criteria }: Pick<Mark, 'criteria'>, area: Area): AreaCell {
  const own = criteria.filter(({ principle }) => principle === area)
  return { coverage: widest(own), criteria: own }
}

/** What a mark is stated to ask on an item. */
export function itemCell({ criteria }: Pick<Mark, 'criteria'>, item: CodeItem): ItemCell {
  const own = criteria.filter(({ principle }) => principle === item.principle)
  const naming = own.filter(({ items }) => items?.includes(item.id))
  if (naming.length > 0) {
    const area = widest(naming)
    return { state: area === 'full' ? 'required' : 'partly', area, criteria: naming }
  }
  const whole = own.filter(({ items }) => items === undefined)
  return whole.length > 0
    ? { state: 'area-only', area: widest(whole), criteria: whole }
    : { state: 'not-stated', area: 'none', criteria: [] }
}

/** The harmonisation table of an area: its items in the Code's order, each with a cell for each mark. */
export function compareItems(marks: readonly Pick<Mark, 'criteria'>[], area: Area): ItemRow[] {
  return CODE_ITEMS.filter(({ principle }) => principle === area).map((item) => ({
    item,
    cells: marks.map((mark) => itemCell(mark, item)),
  }))
}

/** Whether a source names the item, and not only its area. */
export function isNamed(state: ItemState): boolean {
  return state === 'required' || state === 'partly'
}

/**
 * What one mark is stated to ask that the other is not, area by area. What both state alike is left out; what is stated
 * of neither is not known to differ.
 */
export function asksBeyond(mark: Pick<Mark, 'criteria'>, other: Pick<Mark, 'criteria'>): Surplus[] {
  return AREAS.flatMap((area) => {
    const own = areaCell(mark, area)
    const theirs = areaCell(other, area)
    const items = compareItems([mark, other], area).flatMap(({ item, cells: [a, b] }) =>
      a && b && isNamed(a.state) && !isNamed(b.state) ? [{ item, own: a.state, other: b.state }] : [],
    )
    const wider = RANK[own.coverage] > RANK[theirs.coverage]
    if (!wider && items.length === 0) return []
    const named = items.map(({ item }) => item.id)
    const criteria = wider
      ? own.criteria
      : own.criteria.filter((one) => one.items?.some((id) => named.includes(id)))
    return [{ area, own: own.coverage, other: theirs.coverage, criteria, items }]
  })
}
