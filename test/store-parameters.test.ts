/** Bulk values travel as JSON parameters that each fit what D1 takes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkJson, splitValues } from '../src/store/database.js'

/** D1: 2 MB per value. */
const D1_VALUE_BYTES = 2_000_000
const key = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('bulk parameters', () => {
  it('lose and reorder nothing, however they are split', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 50 }), fc.integer({ min: 1, max: 400 }), (values, times) => {
        const many = Array.from({ length: times }, () => values).flat()
        expect(splitValues(many).flat()).toEqual(many)
        expect(chunkJson(many).flatMap((text) => JSON.parse(text) as string[])).toEqual(many)
      }),
      { numRuns: 30 },
    )
  })

  it('fit one D1 value each, in Thai too', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `web:${'ร้านค้า'.repeat(20)}-${i}.example`)
    const lists = splitValues(many)
    expect(lists.length).toBeGreaterThan(1)
    for (const list of lists) expect(Buffer.byteLength(JSON.stringify(list))).toBeLessThan(D1_VALUE_BYTES)
    for (const text of chunkJson(many)) expect(Buffer.byteLength(text)).toBeLessThan(D1_VALUE_BYTES)
  })

  it('ask once when there is nothing to ask for', () => {
    expect(splitValues([])).toEqual([[]])
  })
})
