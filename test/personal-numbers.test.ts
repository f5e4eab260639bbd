import fc from 'fast-check'
import { stdnum } from 'stdnum'
import { describe, expect, it } from 'vitest'
import { IDENTIFIER_SCHEMES, identifyIdentifier } from '../src/record/identifier.js'
import { findPersonalNumber } from '../src/record/personal-number.js'
import presences from './vectors/valid/presences.json' with { type: 'json' }

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

/** The first of `tails` that makes the body valid. */
function complete(
  body: string,
  tails: string,
  validate: (value: string) => { isValid: boolean },
): string | undefined {
  return [...tails].map((tail) => body + tail).find((value) => validate(value).isValid)
}

// Dates of birth before 2020, since the library compares them with the clock.
const birthDate = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''))

describe('personal numbers', () => {
  it.each([
    ['TH', '1234567890121', undefined],
    ['TH', '1-2345-67890-12-1', undefined],
    ['TH', '1 2345 67890 12 1', undefined],
    ['TH', '๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑', undefined],
    ['TH', '１２３４５６７８９０１２１', undefined],
    ['TH', 'เลขประจำตัว1234567890121ครับ', undefined],
    ['TH', 'โทร 0812345678 เลข 1234567890121', undefined],
    ['TH', 'โทร 0812345678 1-2345-67890-12-1', undefined],
    ['TH', '1\u20112345\u201167890\u201112\u20111', undefined],
    ['KR', '800101-1000008', undefined],
    ['TW', '身分證字號A123456789', undefined],
    ['TW', 'a123456789', undefined],
    ['SG', 'NRIC: S1234567D.', undefined],
    ['MY', '800101-14-5678', undefined],
    ['MY', '800101145678', 'MY'],
    ['CN', '11010519491231002X', undefined],
    ['CN', '110105 19491231 002x', undefined],
    ['JP', '123456789018', 'JP'],
    ['JP', '1234 5678 9018', 'JP'],
    ['VN', '079084000999', 'VN'],
    ['VN', 'CCCD 079 084 000 999', 'VN'],
  ])('finds a number of %s in %s (text about %s)', (country, text, about) => {
    expect(findPersonalNumber(text, about)?.country).toBe(country)
  })

  it.each([
    ['a wrong check digit', '1234567890122', undefined],
    ['a longer number', '12345678901210', undefined],
    ['the inside of a word', 'X1234567890121', undefined],
    ['a fraction', '13.1234567890121', undefined],
    ['a telephone number', '+1234567890121', undefined],
    ['Thai telephone numbers', '02-123-4567, 081 234 5678, +66 81 234 5678', 'TH'],
    ['Japanese telephone numbers', '03-1234-5678 090-1234-5678 +81 90-1234-5678', 'JP'],
    ['Vietnamese telephone numbers', '1800.6838 (024) 3936 1234 +84 912 345 678', 'VN'],
    ['Chinese telephone numbers', '+86 138 0013 8000 400-810-8888', 'CN'],
    ['12 bare digits where nothing says MY', '800101145678', undefined],
    ['12 bare digits where nothing says JP', '123456789018', undefined],
    ['12 bare digits where nothing says VN', '079084000999', 'TH'],
    ['a Malaysian company number', '200501012345', 'MY'],
    ['an impossible date', '801301-14-5678', 'MY'],
    ['a shop number in a link', 'https://shopee.co.th/shop/1234567890121', undefined],
    ['a page number in a bare link', 'facebook.com/profile.php?id=1234567890121', undefined],
    ['a page number in a key', 'facebook:id:1234567890121', undefined],
    ['nothing', '', undefined],
  ])('does not fire on %s', (_what, text, about) => {
    expect(findPersonalNumber(text, about)).toBeUndefined()
  })

  it('never returns the number', () => {
    expect(JSON.stringify(findPersonalNumber('1234567890121'))).not.toMatch(/\d/)
  })

  it('never fires on valid numbers of legal entities', () => {
    const alphabet = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY')
    const company = fc.tuple(digits(7), fc.string({ unit: alphabet, minLength: 9, maxLength: 9 }))
    const body = fc.oneof(
      digits(13),
      digits(12).map((d) => `0${d}`),
      digits(10),
      digits(8),
      fc
        .tuple(fc.integer({ min: 1800, max: 2100 }), fc.integer({ min: 1, max: 6 }), digits(6))
        .map(([y, t, n]) => `${y}0${t}${n}`),
      company.map(([d, rest]) => `9${d}${rest}`),
      fc.tuple(digits(8), fc.constantFrom(...'ABCDEGHJKLMNRWXZ')).map((parts) => parts.join('')),
    )
    let seen = 0
    fc.assert(
      fc.property(body, fc.nat(30), fc.constantFrom(undefined, 'VN', 'SG', 'MY'), (text, check, about) => {
        // Turn the last place until some scheme accepts it: random text hardly ever is a valid number.
        const turned = [text, ...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((c) =>
          c === text ? text : text.slice(0, -1) + c,
        )
        const value = turned[check % turned.length] ?? text
        const found = identifyIdentifier(value)
        if (found.length === 0) return
        seen++
        expect([value, findPersonalNumber(value, about)]).toEqual([value, undefined])
        for (const { display } of found)
          expect([display, findPersonalNumber(display, about)]).toEqual([display, undefined])
      }),
      { numRuns: 20_000 },
    )
    expect(seen).toBeGreaterThan(500)
    expect(IDENTIFIER_SCHEMES).toContain('vn-mst')
  })

  it('takes a number that is a Thai citizen’s and a Japanese company’s for the company’s, but not in a Thai text', () => {
    const both = Array.from({ length: 9000 }, (_, n) => `1${String(n).padStart(4, '0')}67890121`).find(
      (value) =>
        stdnum.TH!.idnr!.validate(value).isValid &&
        identifyIdentifier(value).some(({ country }) => country === 'JP'),
    )
    expect(both).toBeDefined()
    expect(findPersonalNumber(both!)).toBeUndefined()
    expect(findPersonalNumber(both!, 'TH')?.country).toBe('TH')
    expect(findPersonalNumber(both!.replace(/^(.)(....)(.....)(..)(.)$/, '$1-$2-$3-$4-$5'))?.country).toBe(
      'TH',
    )
  })

  it('never fires on links, keys and urls of shops', () => {
    for (const { input, key, url } of presences) {
      for (const text of [input, key, url])
        expect([text, findPersonalNumber(text)]).toEqual([text, undefined])
    }
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (id) => {
        expect(
          findPersonalNumber(`ดู https://shopee.co.th/x-i.${id}.${id}?a=${id} shopee:th:shop:${id}`),
        ).toBeUndefined()
        expect(findPersonalNumber(`www.facebook.com/profile.php?id=${id}`)).toBeUndefined()
      }),
    )
  })

  it('throws nothing and stays fast, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findPersonalNumber(text)))
    const started = performance.now()
    for (const part of ['1', '1 ', 'a.', 'a', '1-2345-', '1.', 'A1', 'a:'])
      findPersonalNumber(part.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

describe('personal numbers against npm stdnum', () => {
  it('TH: the same verdict on every 13 digits that start with 1 to 8', () => {
    fc.assert(
      fc.property(
        digits(13).filter((d) => /^[1-8]/.test(d)),
        (value) => {
          expect([value, findPersonalNumber(value, 'TH') !== undefined]).toEqual([
            value,
            stdnum.TH!.idnr!.validate(value).isValid,
          ])
        },
      ),
    )
  })

  it('KR: finds what the library accepts', () => {
    fc.assert(
      fc.property(birthDate, fc.nat(96), digits(3), (date, place, serial) => {
        const century = date.startsWith('19') ? '1' : '3'
        const body = `${date.slice(2)}${century}${String(place).padStart(2, '0')}${serial}`
        const value = complete(body, '0123456789', stdnum.KR!.rrn!.validate)
        // For one remainder no check digit exists.
        fc.pre(value !== undefined)
        expect(findPersonalNumber(value!, 'KR')?.country).toBe('KR')
      }),
    )
  })

  it('TW: the same verdict as for citizens and residents', () => {
    const value = fc.tuple(
      fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
      fc.constantFrom(...'1289ABCD'),
      digits(8),
    )
    fc.assert(
      fc.property(value, ([letter, second, rest]) => {
        const number = letter + second + rest
        const theirs = /[A-D]/.test(second) ? stdnum.TW!.ui! : stdnum.TW!.natid!
        expect([number, findPersonalNumber(number) !== undefined]).toEqual([
          number,
          theirs.validate(number).isValid,
        ])
      }),
      { numRuns: 1000 },
    )
  })

  it('CN: finds what the library accepts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 110000, max: 659999 }), birthDate, digits(3), (place, date, serial) => {
        const value = complete(`${place}${date}${serial}`, '0123456789X', stdnum.CN!.ric!.validate)
        expect(value).toBeDefined()
        expect(findPersonalNumber(value!)?.country).toBe('CN')
      }),
    )
  })

  it('MY: the same verdict on grouped numbers', () => {
    fc.assert(
      fc.property(birthDate, digits(6), (date, rest) => {
        const value = `${date.slice(2)}-${rest.slice(0, 2)}-${rest.slice(2)}`
        expect([value, findPersonalNumber(value) !== undefined]).toEqual([
          value,
          stdnum.MY!.nric!.validate(value).isValid,
        ])
      }),
    )
  })
})
