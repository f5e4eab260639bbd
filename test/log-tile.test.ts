import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeEntryBundle, encodeEntryBundle } from '../src/log/entry-bundle.js'
import { LogError } from '../src/log/error.js'
import { parseTilePath, partialWidth, tileExists, tilePath } from '../src/log/tile.js'
import { edgeTiles } from '../src/log/tree.js'
import invalidBundle from './vectors/invalid/log-entry-bundle.json' with { type: 'json' }
import invalidPath from './vectors/invalid/log-tile-path.json' with { type: 'json' }
import validPath from './vectors/valid/log-tile-path.json' with { type: 'json' }

const levels = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))

describe('tile paths', () => {
  test.each(validPath.cases)('$path', ({ path, level, index, width }) => {
    expect(parseTilePath(path)).toEqual({ level, index, width })
    expect(tilePath(level as number | 'entries', index, width)).toBe(path)
  })

  test('every tile has a path that reads back', () => {
    fc.assert(
      fc.property(levels, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(parseTilePath(tilePath(level, index, width))).toEqual({ level, index, width })
      }),
    )
  })

  test.each(invalidPath.cases)('refused: "$path"', ({ path }) => {
    expect(() => parseTilePath(path)).toThrow(
      expect.objectContaining({ name: 'LogError', code: 'tile-path-invalid' }),
    )
  })

  test('whatever is not refused has this very path', () => {
    const nearlyPath = fc.stringMatching(/^tile\/(entries|[0-9]{1,3})(\/x?[0-9]{3}){1,7}(\.p\/[0-9]{1,3})?$/)
    fc.assert(
      fc.property(nearlyPath, (path) => {
        try {
          const { level, index, width } = parseTilePath(path)
          expect(tilePath(level, index, width)).toBe(path)
        } catch (error) {
          expect(error).toBeInstanceOf(LogError)
        }
      }),
    )
  })

  test.each([
    [64, 0, 256],
    [-1, 0, 256],
    [0, -1, 256],
    [0, 0.5, 256],
    [0, 2 ** 53, 256],
    [0, 0, 0],
    [0, 0, 257],
  ])('no path for level %d, index %d, width %d', (level, index, width) => {
    expect(() => tilePath(level, index, width)).toThrow(
      expect.objectContaining({ code: 'tile-path-invalid' }),
    )
  })
})

describe('which tiles a tree has', () => {
  // tlog-tiles: 273 full and one partial tile of 112 at level 0, one full and one of 17 at level 1, one of 1 at level 2
  test('the example of the specification, 70,000 entries', () => {
    expect([0, 1, 2, 3].map((level) => partialWidth(70_000, level))).toEqual([112, 17, 1, 0])
    expect(tileExists(70_000, 0, 272, 256)).toBe(true)
    expect(tileExists(70_000, 0, 273, 112)).toBe(true)
    expect(tileExists(70_000, 0, 273, 113)).toBe(false)
    expect(tileExists(70_000, 0, 274, 1)).toBe(false)
    expect(tileExists(70_000, 1, 0, 256)).toBe(true)
    expect(tileExists(70_000, 1, 1, 17)).toBe(true)
    expect(tileExists(70_000, 2, 0, 1)).toBe(true)
    expect(tileExists(70_000, 3, 0, 1)).toBe(false)
  })

  test('a partial tile of an earlier size stays', () => {
    expect(tileExists(70_000, 0, 3, 7)).toBe(true)
  })

  test('no tile is empty or wider than 256', () => {
    expect(tileExists(70_000, 0, 0, 0)).toBe(false)
    expect(tileExists(70_000, 0, 0, 257)).toBe(false)
  })

  test('sizes beyond 32 bits', () => {
    const size = 2 ** 40 + 2 ** 32 + 5
    expect([0, 1, 2, 3, 4, 5, 6].map((level) => partialWidth(size, level))).toEqual([5, 0, 0, 0, 1, 1, 0])
    expect(tileExists(size, 0, 2 ** 32 + 2 ** 24, 5)).toBe(true)
    expect(edgeTiles(size)).toEqual([
      { level: 0, index: 2 ** 32 + 2 ** 24 },
      { level: 4, index: 1 },
      { level: 5, index: 0 },
    ])
  })

  test.each([
    [0, []],
    [1, [[0, 0]]],
    [255, [[0, 0]]],
    [256, [[1, 0]]],
    [
      257,
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [65_536, [[2, 0]]],
    [
      70_000,
      [
        [0, 273],
        [1, 1],
        [2, 0],
      ],
    ],
  ])('the edge of %d entries', (size, edge) => {
    expect(edgeTiles(size)).toEqual(edge.map(([level, index]) => ({ level, index })))
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('no tree has %d entries', (size) => {
    expect(() => edgeTiles(size)).toThrow(expect.objectContaining({ code: 'tree-size-invalid' }))
  })
})

describe('entry bundles', () => {
  test('lengths are big-endian', () => {
    const long = new Uint8Array(258).fill(7)
    const bundle = encodeEntryBundle([new Uint8Array(0), long])
    expect([...bundle.subarray(0, 5)]).toEqual([0, 0, 1, 2, 7])
  })

  test('any entries survive the way there and back, also from within a larger buffer', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 })
    fc.assert(
      fc.property(entries, (list) => {
        const bundle = encodeEntryBundle(list)
        const shifted = Buffer.concat([Buffer.from([9]), bundle]).subarray(1)
        expect(decodeEntryBundle(shifted, list.length).map((e) => Buffer.from(e).toString('hex'))).toEqual(
          list.map((e) => Buffer.from(e).toString('hex')),
        )
      }),
    )
  })

  test('the largest entry fits, one byte more does not', () => {
    const largest = new Uint8Array(65_535).fill(1)
    expect(decodeEntryBundle(encodeEntryBundle([largest]), 1)).toEqual([largest])
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: 'entry-too-large' }),
    )
  })

  test.each(invalidBundle.cases)('refused: $name', ({ hex, width }) => {
    expect(() => decodeEntryBundle(Buffer.from(hex, 'hex'), width)).toThrow(
      expect.objectContaining({ name: 'LogError', code: 'bundle-malformed' }),
    )
  })

  test('a bundle is not made of no entries, nor of more than a tile holds', () => {
    for (const count of [0, 257]) {
      const entries = Array.from({ length: count }, () => new Uint8Array(1))
      expect(() => encodeEntryBundle(entries)).toThrow(expect.objectContaining({ code: 'bundle-malformed' }))
    }
  })
})
