import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImportError } from '../src/cli/import/import-error.js'
import { DELIMITERS } from '../src/cli/import/mapping.js'
import { formatColumn, MAX_ROWS, parseTable, type TableOptions } from '../src/cli/import/table.js'

function refusal(text: string, options?: TableOptions): ImportError {
  try {
    throw new Error(`read as ${JSON.stringify(parseTable(text, options))}`)
  } catch (error) {
    if (error instanceof ImportError) return error
    throw error
  }
}

describe('delimiters', () => {
  test.each(DELIMITERS)('%j is detected from the header row', (delimiter) => {
    const table = parseTable(`a${delimiter}"b,;\t"\n1${delimiter}2`)
    expect(table.delimiter).toBe(delimiter)
    expect(table.rows).toEqual([{ row: 2, cells: ['1', '2'] }])
  })

  test("Excel's line sep=; is believed and has no row number", () => {
    expect(parseTable('sep=;\r\na,x;b\r\n1;2\r\n')).toMatchObject({
      delimiter: ';',
      headers: ['a,x', 'b'],
      rows: [{ row: 2, cells: ['1', '2'] }],
    })
    expect(refusal('sep=|\na|b\n').code).toBe('delimiter-ambiguous')
    expect(refusal('sep=;\na;b\n', { delimiter: ',' }).code).toBe('delimiter-ambiguous')
  })

  test('two possible delimiters are refused, unless the expected headers settle it', () => {
    expect(refusal('a;x,b\n1,2\n').code).toBe('delimiter-ambiguous')
    expect(refusal('only\n1\n').code).toBe('delimiter-ambiguous')
    expect(parseTable('a;x,b\n1,2\n', { expected: ['a;x', 'b'] }).delimiter).toBe(',')
  })
})

describe('rows', () => {
  test('keep the numbers of the spreadsheet: empty rows, line breaks in cells and any line ends', () => {
    const text = 'a,b\r\n1,"two\r\nlines"\r\n,\r\n\r\n5,six\n6,"say ""hi"""\r7,8'
    expect(parseTable(text).rows).toEqual([
      { row: 2, cells: ['1', 'two\r\nlines'] },
      { row: 5, cells: ['5', 'six'] },
      { row: 6, cells: ['6', 'say "hi"'] },
      { row: 7, cells: ['7', '8'] },
    ])
  })

  test('with too few or too many cells are set apart; empty cells at the end do not count', () => {
    const table = parseTable('a,b,,\n1,2,,,\n1\n1,2,3\n')
    expect(table.headers).toEqual(['a', 'b'])
    expect(table.rows.map(({ row }) => row)).toEqual([2])
    expect(table.ragged.map(({ row }) => row)).toEqual([3, 4])
  })

  test('a stray inch sign costs no other row', () => {
    expect(parseTable('a,b\n1,19" rack\n2,x\n').rows.map(({ cells }) => cells[1])).toEqual(['19" rack', 'x'])
  })

  test('a quotation mark that never closes is refused', () => {
    expect(refusal('a,b\n1,"x\n2,y\n').code).toBe('bad-quotes')
  })

  test('titles above the header', () => {
    const table = parseTable('Register of shops, 2026\n\nNo;Name\n1;x\n', { headerRow: 3 })
    expect(table).toMatchObject({ delimiter: ';', headers: ['No', 'Name'], rows: [{ row: 4 }] })
    expect(refusal('a,b\n\n', { headerRow: 2 }).code).toBe('header-missing')
    expect(refusal('').code).toBe('header-missing')
  })

  test('beyond the limit', () => {
    expect(refusal(`a,b\n${'1,2\n'.repeat(MAX_ROWS + 1)}`).code).toBe('too-many-rows')
  })

  test('whatever the cells hold, they come back with their row numbers', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', ';', '\t', '\n', '\r\n', 'ก', '９') })
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(table, fc.constantFrom(...DELIMITERS), (rows, delimiter) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
        const text = [['h1', 'h2'], ...rows].map((row) => row.map(quote).join(delimiter)).join('\r\n')
        const expected = rows
          .map((cells, i) => ({ row: i + 2, cells: [...cells] }))
          .filter(({ cells }) => cells.some((c) => c.trim() !== ''))
        const parsed = parseTable(text, { delimiter })
        expect(parsed.rows).toEqual(expected)
        expect(parsed.ragged).toEqual([])
      }),
    )
  })
})

describe('headers', () => {
  test('are compared without regard to white space and composition', () => {
    expect(parseTable('"Số\nchứng  nhận\u00a0",b\n1,2\n'.normalize('NFD')).headers[0]).toBe(
      'Số chứng nhận'.normalize('NFC'),
    )
  })

  test('that stand twice or are missing above cells are refused by column letter', () => {
    expect(refusal('a,b,a\n1,2,3\n').message).toContain('columns A and C')
    expect(refusal('a,,c\n1,2,3\n').message).toContain('column B')
    expect([0, 25, 26, 701, 702].map(formatColumn)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})
