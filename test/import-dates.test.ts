import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPeriod, BUDDHIST_OFFSET, formatPeriod, parseDate } from '../src/cli/import/dates.js'
import type { DateStyle } from '../src/cli/import/mapping.js'
import { CellRefusal } from '../src/cli/import/rejection.js'

const thai: DateStyle = { calendar: 'buddhist', order: 'dmy' }
const common: DateStyle = { calendar: 'gregory', order: 'dmy' }
const japanese: DateStyle = { calendar: 'japanese', order: 'ymd' }

function refusal(text: string, style: DateStyle): CellRefusal {
  try {
    throw new Error(`read as ${parseDate(text, style)}`)
  } catch (error) {
    if (error instanceof CellRefusal) return error
    throw error
  }
}

describe('dates are read in the calendar that the mapping names', () => {
  test.each([
    ['15/03/2567', thai, '2024-03-15'],
    ['๑๕/๐๓/๒๕๖๗', thai, '2024-03-15'],
    ['15 มี.ค. 2567', thai, '2024-03-15'],
    ['15 มี.ค. พ.ศ. 2567', thai, '2024-03-15'],
    ['วันที่ 15 เดือนมีนาคม พ.ศ. ๒๕๖๗', thai, '2024-03-15'],
    ['15 มีนาคม 2567', thai, '2024-03-15'],
    ['2567-03-15', thai, '2024-03-15'],
    ['29/2/2567', thai, '2024-02-29'],
    ['15/03/2567 0:00:00', thai, '2024-03-15'],
    ['15 มีนาคม ค.ศ. 2024', thai, '2024-03-15'],
    ['15 มีนาคม พ.ศ. 2567', common, '2024-03-15'],
    ['15/3/2024', common, '2024-03-15'],
    ['15.03.2024', common, '2024-03-15'],
    ['2024-03-15', common, '2024-03-15'],
    ['2024-03-15T00:00:00', common, '2024-03-15'],
    ['15 Mar 2024', common, '2024-03-15'],
    ['15-Sept-2024', common, '2024-09-15'],
    ['March 15th, 2024', common, '2024-03-15'],
    ['ngày 15 tháng 3 năm 2024', common, '2024-03-15'],
    ['3/15/2024', { calendar: 'gregory', order: 'mdy' }, '2024-03-15'],
    ['20240315', { calendar: 'gregory', order: 'ymd' }, '2024-03-15'],
    ['令和6年3月15日', japanese, '2024-03-15'],
    ['令和元年５月１日', japanese, '2019-05-01'],
    ['㋿6年3月15日', japanese, '2024-03-15'],
    ['R6.3.15', japanese, '2024-03-15'],
    ['R08/03/15', japanese, '2026-03-15'],
    ['Ｒ８．３．１５', japanese, '2026-03-15'],
    ['平成31年4月30日', japanese, '2019-04-30'],
    ['昭和64年1月7日', japanese, '1989-01-07'],
    ['2024年3月15日', japanese, '2024-03-15'],
    ['2024/3/15', japanese, '2024-03-15'],
    ['令和6年3月15日', common, '2024-03-15'],
  ] as const)('%s', (text, style, expected) => {
    expect(parseDate(text, style)).toBe(expected)
  })

  test('every day of the years 1941 to 2199 reads the same in all four notations', () => {
    const days = fc.date({
      min: new Date('1941-01-01T00:00:00Z'),
      max: new Date('2199-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [year, month, day] = iso.split('-')
        expect(parseDate(`${day}/${month}/${Number(year) + BUDDHIST_OFFSET}`, thai)).toBe(iso)
        expect(parseDate(`${day}/${month}/${year}`, common)).toBe(iso)
        expect(parseDate(`${year}年${Number(month)}月${Number(day)}日`, japanese)).toBe(iso)
        expect(parseDate(iso, common)).toBe(iso)
      }),
    )
  })
})

describe('what can be read in two ways is refused', () => {
  test('a Buddhist year in a Common Era file, with both readings', () => {
    const { code, message, remedy } = refusal('15/03/2567', common)
    expect(code).toBe('wrong-calendar')
    expect(message).toContain('2567')
    expect(message).toContain('2024')
    expect(remedy).toContain('"calendar": "buddhist"')
  })

  test('a Common Era year in a Buddhist file, with both readings', () => {
    const { code, message, remedy } = refusal('15/03/2024', thai)
    expect(code).toBe('wrong-calendar')
    expect(message).toContain('1481')
    expect(message).toContain('2567')
    expect(remedy).toContain('"calendar": "gregory"')
  })

  test.each([
    ['15/03/67', thai, 'two-digit-year'],
    ['15 มี.ค. 67', thai, 'two-digit-year'],
    ['15-Mar-24', common, 'two-digit-year'],
    ['6/3/15', japanese, 'two-digit-year'],
    ['113/3/15', japanese, 'two-digit-year'],
    ['45731', common, 'serial-date'],
    ['45731.5', thai, 'serial-date'],
    ['30/02/2567', thai, 'bad-date'],
    ['29/2/2566', thai, 'bad-date'],
    ['03/15/2024', common, 'bad-date'],
    ['15/03/2024', japanese, 'bad-date'],
    ['2024-03-15 14:30', common, 'bad-date'],
    ['15.03/2024', common, 'bad-date'],
    ['15/03/1024', common, 'bad-date'],
    ['1/1/2483', thai, 'bad-date'],
    ['R6.3.15', common, 'wrong-calendar'],
    ['昭和64年1月8日', japanese, 'bad-date'],
    ['平成32年4月1日', japanese, 'bad-date'],
    ['平成元年1月7日', japanese, 'bad-date'],
    ['令和0年5月1日', japanese, 'bad-date'],
    ['明治33年1月1日', japanese, 'bad-date'],
    ['soon', common, 'bad-date'],
  ] as const)('%s in %o: %s', (text, style, code) => {
    expect(refusal(text, style).code).toBe(code)
  })

  test('a spreadsheet day number is named with the day it stands for', () => {
    expect(refusal('45731', common).message).toContain('2025-03-15')
  })

  test('an era counted on past its end names the era that replaced it', () => {
    expect(refusal('平成32年4月1日', japanese).message).toContain('令和2年')
  })
})

describe('validity', () => {
  test.each([
    ['2024-03-15', 'P5Y', '2029-03-15'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-08-31', 'P6M', '2025-02-28'],
    ['2024-12-31', 'P1M', '2025-01-31'],
    ['2024-12-20', 'P2W', '2025-01-03'],
    ['2024-12-20', 'P45D', '2025-02-03'],
  ])('%s and %s end on %s', (date, period, end) => {
    expect(addPeriod(date, period)).toBe(end)
  })

  test('a period can be taken away', () => {
    expect(addPeriod('2026-03-01', 'P5Y', -1)).toBe('2021-03-01')
    expect(addPeriod('2028-02-29', 'P1Y', -1)).toBe('2027-02-28')
    expect(addPeriod('2026-03-01', 'P2W', -1)).toBe('2026-02-15')
  })

  test.each([
    ['P5Y', '5 years'],
    ['P1Y', '1 year'],
    ['P6M', '6 months'],
    ['P2W', '2 weeks'],
    ['P45D', '45 days'],
  ])('%s is told as %s', (period, words) => {
    expect(formatPeriod(period)).toBe(words)
  })
})
