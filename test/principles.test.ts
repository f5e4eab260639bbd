/** The five principles, how far criteria cover them, and what they are called. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  COVERAGES,
  coverageOf,
  MONITORING,
  PRINCIPLE_TEXTS,
  PRINCIPLES,
  principleCoverage,
} from '../src/alliance/principles.js'
import { LANGUAGES, localText } from '../src/alliance/text.js'

describe('the five principles', () => {
  test('stand in the order in which they are always shown; monitoring is not one of them', () => {
    expect(PRINCIPLES).toEqual(['disclosure', 'communication', 'privacy', 'security', 'redress'])
    expect(PRINCIPLES).not.toContain(MONITORING)
  })

  test('are chapters 1, 2, 4, 3 and 5 of the WTA Code of Conduct, monitoring is chapter 6', () => {
    expect(
      [...PRINCIPLES, MONITORING].map((p) => PRINCIPLE_TEXTS[p as keyof typeof PRINCIPLE_TEXTS].chapter),
    ).toEqual([1, 2, 4, 3, 5, 6])
  })

  test('have a name and a sentence in every language of the hub', () => {
    expect(Object.keys(PRINCIPLE_TEXTS).sort()).toEqual([...PRINCIPLES, MONITORING].sort())
    for (const { name, description } of Object.values(PRINCIPLE_TEXTS))
      for (const text of [name, description]) {
        expect(localText.safeParse(text).success).toBe(true)
        expect(Object.keys(text).sort()).toEqual([...LANGUAGES].sort())
      }
  })

  test('no two share a name or a sentence in any language', () => {
    for (const language of LANGUAGES) {
      const texts = Object.values(PRINCIPLE_TEXTS).flatMap((t) => [t.name[language], t.description[language]])
      expect(new Set(texts).size).toBe(texts.length)
    }
  })
})

describe('the coverage that criteria give together', () => {
  const criterion = fc.record({
    principle: fc.constantFrom(...PRINCIPLES, MONITORING),
    coverage: fc.constantFrom(...COVERAGES),
  })

  test('full wins over partial, and silence is none', () => {
    expect(
      coverageOf([
        { principle: 'disclosure', coverage: 'partial' },
        { principle: 'disclosure', coverage: 'full' },
        { principle: 'privacy', coverage: 'partial' },
      ]),
    ).toEqual({
      disclosure: 'full',
      communication: 'none',
      privacy: 'partial',
      security: 'none',
      redress: 'none',
    })
  })

  test('monitoring counts for none of the five', () => {
    expect(Object.values(coverageOf([{ principle: MONITORING, coverage: 'full' }]))).toEqual(
      Array(5).fill('none'),
    )
  })

  test('always names all five, in any order of criteria, and never falls by one more', () => {
    // its property is synchronous, so that nothing is left to wait for
    void fc.assert(
      fc.property(fc.array(criterion), criterion, (criteria, more) => {
        const before = coverageOf(criteria)
        const after = coverageOf([...criteria, more])
        expect(principleCoverage.safeParse(before).success).toBe(true)
        expect(coverageOf([...criteria].reverse())).toEqual(before)
        for (const p of PRINCIPLES)
          expect(COVERAGES.indexOf(after[p])).toBeLessThanOrEqual(COVERAGES.indexOf(before[p]))
      }),
    )
  })
})
