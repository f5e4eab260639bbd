/** Marks side by side: what is stated, what is stated in part or as a whole, and what is not stated. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODE_ITEMS } from '../src/alliance/code-items.js'
import {
  AREAS,
  areaCell,
  asksBeyond,
  compareItems,
  findMark,
  ITEM_CELLS,
  itemCell,
  listMarks,
  markPath,
} from '../src/alliance/compare-schemes.js'
import type { Criterion, Mark, MemberDefinition } from '../src/alliance/definition.js'
import { coverageOf, MONITORING, PRINCIPLES } from '../src/alliance/principles.js'
import { sortByTime } from '../src/pages/schemes/dated-list.js'

const ITEM = CODE_ITEMS.find(({ id }) => id === '3.1')!

function criterion(change: Partial<Criterion>): Criterion {
  return { id: 'c', name: { en: 'Words' }, principle: 'security', coverage: 'full', source: 's', ...change }
}
const mark = (...criteria: Partial<Criterion>[]): Pick<Mark, 'criteria'> => ({
  criteria: criteria.map(criterion),
})

const MEMBERS = new URL('../members/', import.meta.url)
const marks = listMarks(
  readdirSync(MEMBERS).map(
    (id) => JSON.parse(readFileSync(new URL(`${id}/member.json`, MEMBERS), 'utf8')) as MemberDefinition,
  ),
)
const named = (path: string): Mark => findMark(marks, path)!.mark

describe('an item of the Code', () => {
  test.each([
    ['named by a criterion that covers its area', [{ items: ['3.1'] }], 'required', 'full'],
    ['named by one that covers a part', [{ items: ['3.1'], coverage: 'partial' }], 'partly', 'partial'],
    ['named by both', [{ items: ['3.1'], coverage: 'partial' }, { items: ['3.1'] }], 'required', 'full'],
    ['in an area that is stated as a whole', [{}], 'area-only', 'full'],
    ['in an area that is stated in part', [{ coverage: 'partial' }], 'area-only', 'partial'],
    ['left out where others are named', [{ items: ['3.2'] }], 'not-stated', 'none'],
    [
      'left out by one criterion, in the whole area of another',
      [{ items: ['3.2'] }, {}],
      'area-only',
      'full',
    ],
    ['of another area than what is stated', [{ principle: 'privacy' }], 'not-stated', 'none'],
    ['of a mark without criteria', [], 'not-stated', 'none'],
  ] as [string, Partial<Criterion>[], string, string][])('%s', (_, criteria, state, area) => {
    const cell = itemCell(mark(...criteria), ITEM)
    expect([cell.state, cell.area]).toEqual([state, area])
    expect(cell.criteria.length > 0).toBe(state !== 'not-stated')
  })

  test('never rests on a criterion of another area', () => {
    const anything = fc.record({
      principle: fc.constantFrom(...AREAS),
      coverage: fc.constantFrom('full' as const, 'partial' as const),
      items: fc.option(fc.subarray(CODE_ITEMS.map(({ id }) => id)), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (criteria) => {
        const made = mark(...criteria)
        for (const item of CODE_ITEMS) {
          const cell = itemCell(made, item)
          expect(ITEM_CELLS).toContain(cell.state)
          expect(cell.criteria.every(({ principle }) => principle === item.principle)).toBe(true)
          if (areaCell(made, item.principle).coverage === 'none') expect(cell.state).toBe('not-stated')
        }
      }),
    )
  })
})

describe('the tables', () => {
  test('hold every item of the Code once, under its area, with a cell for each mark', () => {
    const rows = AREAS.flatMap((area) =>
      compareItems(
        marks.map((one) => one.mark),
        area,
      ),
    )
    expect(rows.map(({ item }) => item.id).sort()).toEqual(CODE_ITEMS.map(({ id }) => id).sort())
    for (const { cells } of rows) expect(cells).toHaveLength(marks.length)
  })

  test('say of the five what the look-up says', () => {
    for (const { mark: one } of marks) {
      const coverage = coverageOf(one.criteria)
      for (const area of PRINCIPLES) expect(areaCell(one, area).coverage).toBe(coverage[area])
    }
    expect(AREAS).toEqual([...PRINCIPLES, MONITORING])
  })

  test('never take what is stated of an area for encryption in transit', () => {
    const state = (path: string) => itemCell(named(path), ITEM).state
    expect(state('th-dbd/verified')).toBe('area-only')
    expect(state('jp-tradesafe/tradesafe')).toBe('area-only')
    expect(state('th-dbd/registered')).toBe('not-stated')
    expect(state('vn-ecomviet/safeweb')).toBe('not-stated')
  })

  test('find a mark by its path and nothing else', () => {
    for (const one of marks) expect(findMark(marks, markPath(one))).toBe(one)
    for (const wrong of ['', 'th-dbd', 'th-dbd/', 'th-dbd/verified/gold', 'TH-DBD/verified', '__proto__'])
      expect(findMark(marks, wrong)).toBeUndefined()
  })
})

describe('what one mark asks that another does not', () => {
  test('is nothing against itself', () => {
    for (const { mark: one } of marks) expect(asksBeyond(one, one)).toEqual([])
  })

  test('names the area, how far each goes, and the words', () => {
    const [only] = asksBeyond(mark({ id: 'tls' }), mark({ coverage: 'partial' }))
    expect(only).toMatchObject({ area: 'security', own: 'full', other: 'partial', items: [] })
    expect(only?.criteria.map(({ id }) => id)).toEqual(['tls'])
    expect(asksBeyond(mark({ coverage: 'partial' }), mark({}))).toEqual([])
    expect(asksBeyond(mark(), mark({}))).toEqual([])
  })

  test('names the items that only one names, with the words that name them', () => {
    const one = mark({ id: 'tls', items: ['3.1'] }, { id: 'disk', items: ['3.2'] })
    const [found] = asksBeyond(one, mark({ items: ['3.2', '3.3'] }))
    expect(found?.items.map(({ item, own, other }) => [item.id, own, other])).toEqual([
      ['3.1', 'required', 'not-stated'],
    ])
    expect(found?.criteria.map(({ id }) => id)).toEqual(['tls'])
    expect(asksBeyond(one, mark({}))[0]?.items.map(({ other }) => other)).toEqual(['area-only', 'area-only'])
  })

  test('DBD Verified and TradeSafe differ in both directions', () => {
    const areas = (a: string, b: string) => asksBeyond(named(a), named(b)).map(({ area }) => area)
    expect(areas('th-dbd/verified', 'jp-tradesafe/tradesafe')).toEqual(
      expect.arrayContaining(['privacy', 'security']),
    )
    expect(areas('jp-tradesafe/tradesafe', 'th-dbd/verified')).not.toContain('security')
  })
})

test('dated rules fall into today, later and history, and none is lost', () => {
  const day = fc.constantFrom('2019-06-19', '2024-06-05', '2026-11-22', '2027-01-01')
  const rule = fc
    .record({ validFrom: fc.option(day, { nil: undefined }), validUntil: fc.option(day, { nil: undefined }) })
    .filter(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom < validUntil)
  fc.assert(
    fc.property(fc.array(rule), day, (rules, today) => {
      const { inForce, coming, past } = sortByTime(rules, today)
      expect(new Set([...inForce, ...coming, ...past])).toEqual(new Set(rules))
      for (const { validFrom } of coming) expect(validFrom! > today).toBe(true)
      for (const { validUntil } of past) expect(validUntil! <= today).toBe(true)
    }),
  )
})
