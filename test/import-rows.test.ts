import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { type MemberDefinition, memberDefinition } from '../src/alliance/definition.js'
import { ImportError } from '../src/cli/import/import-error.js'
import {
  type ImportOptions,
  type ImportResult,
  importTable,
  MAX_ROWS_OF_RECORD,
} from '../src/cli/import/import-table.js'
import { checkMapping, type MappingFile, parseMapping } from '../src/cli/import/mapping.js'
import { formatReport } from '../src/cli/import/report.js'
import { holder, recordPresence } from '../src/record/record.js'

const today = '2026-03-01'

function member(id: string): MemberDefinition {
  return memberDefinition.parse(
    JSON.parse(readFileSync(new URL(`../members/${id}/member.json`, import.meta.url), 'utf8')),
  )
}

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/import/${name}`, import.meta.url), 'utf8')
}

const dbd = member('th-dbd')
const tradesafe = member('jp-tradesafe')
const dbdMapping = parseMapping(fixture('dbd-shops.mapping.json'))
const jpMapping = parseMapping(fixture('jp-shops.mapping.json'))

/** A small English table of DBD Registered marks: most rules are tried on it one by one. */
const small: MappingFile = {
  language: 'en',
  dates: { calendar: 'gregory', order: 'ymd' },
  defaults: {
    country: 'TH',
    level: 'registered/registered',
    'holder.kind': 'juristic',
    'fact.evidence': 'certificate',
  },
  columns: {
    no: 'certificate',
    name: 'holder.name',
    reg: 'identifier.th-juristic',
    url: 'presence.url',
    phone: 'holder.contact.phone',
    from: 'validFrom',
    until: 'validUntil',
    note: 'ignore',
  },
}
const base = {
  no: 'R-1',
  name: 'Shop',
  reg: '',
  url: 'shop.example',
  phone: '',
  from: '2026-01-01',
  until: '',
  note: '',
}
type Cells = Partial<Record<keyof typeof base, string>>

function importRows(
  rows: Cells[],
  file: Partial<MappingFile> = {},
  options: Partial<ImportOptions> = {},
): ImportResult {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  const csv = [Object.keys(base), ...rows.map((row) => Object.values({ ...base, ...row }))]
    .map((cells) => cells.map(quote).join(','))
    .join('\n')
  return importTable(Buffer.from(csv), checkMapping({ ...small, ...file }), dbd, { today, ...options })
}

/** Codes of the rejections with their rows, such as `formula 2`. */
function codes({ rejected }: ImportResult): string[] {
  return rejected.map(({ code, rows }) => `${code} ${rows.join(',')}`)
}

describe('the register of an agency', () => {
  const result = importTable(Buffer.from(fixture('dbd-shops.csv')), dbdMapping, dbd, { today })

  test('becomes drafts of records', () => {
    expect(result.drafts.map(({ certificate }) => certificate)).toEqual([
      'V-2569-001',
      'V-2569-002',
      'R-2567-100',
    ])
    expect(result.drafts[0]).toEqual({
      certificate: 'V-2569-001',
      mark: 'verified',
      level: 'gold',
      validFrom: '2026-01-15',
      exp: '2027-01-15',
      rows: [2],
      holder: {
        kind: 'juristic',
        name: { th: 'บริษัท ร้านผ้าไทย จำกัด', en: 'Thai Cloth Co. Ltd.' },
        identifiers: [{ scheme: 'th-juristic', value: '0105560000018' }],
        country: 'TH',
        contact: [{ kind: 'phone', value: '02-123-4567' }],
        languages: ['th', 'en'],
      },
      presences: [
        {
          kind: 'web',
          keys: ['web:www.thaicloth.example'],
          url: 'https://www.thaicloth.example',
          scope: 'host',
          confirmedAt: '2026-01-15',
        },
      ],
      facts: { passedStandard: true, yearsRegistered: 3, financialStatementYears: 2 },
    })
    for (const draft of result.drafts) {
      holder.parse(draft.holder)
      for (const presence of draft.presences) recordPresence.parse(presence)
    }
  })

  test('several rows with one certificate number are one record with several presences', () => {
    const draft = result.drafts.find(({ certificate }) => certificate === 'R-2567-100')
    expect(draft?.rows).toEqual([4, 5])
    expect(draft?.presences.map(({ keys }) => keys[0])).toEqual(['web:chadi.example', 'line:@chadi'])
    expect(draft?.holder.name.th).toBe('บริษัท ชา ดี จำกัด')
    expect(draft?.exp).toBe('2029-03-15')
  })

  test('every rejected row is named with its column, its reason and what to do', () => {
    expect(codes(result)).toEqual([
      'lost-leading-zero 7',
      'scientific-number 8',
      'personal-number 9',
      'wrong-calendar 10',
    ])
    const report = formatReport(result, 'shops.csv')
    expect(report).toContain('shops.csv: 8 rows, read as utf-8, cells separated by comma')
    expect(report).toContain('ready to sign: 3 records with 4 presences from 4 rows')
    expect(report).toContain('rejected: 4 rows')
    expect(report).toMatch(/row 7, column "เลขทะเบียน": .*Given: "105560000034"\. .*as text/)
    expect(report).toMatch(/row 8, column "เลขทะเบียน": .*Given: "1\.05E\+11"/)
    expect(report).toMatch(/row 9, column "หมายเหตุ": .*Thai citizen/)
    expect(report).toMatch(/row 10, column "วันอนุมัติ": .*2567/)
  })

  test('a citizen number is repeated nowhere, however it is written', () => {
    expect(JSON.stringify(result)).not.toMatch(/1-1017|1101700230708|00230/)
  })

  test('Windows-874 and UTF-16 give the same records as UTF-8', () => {
    for (const encoding of ['windows-874', 'utf-16le']) {
      const bytes = iconv.encode(fixture('dbd-shops.csv'), encoding, { addBOM: true })
      expect(importTable(bytes, dbdMapping, dbd, { today })).toMatchObject({
        drafts: result.drafts,
        rejected: result.rejected,
        encoding,
      })
    }
  })

  test('running it again gives the same result', () => {
    expect(importTable(Buffer.from(fixture('dbd-shops.csv')), dbdMapping, dbd, { today })).toEqual(result)
  })

  test('a Japanese register with era dates and full-width digits, in UTF-8 and Shift_JIS', () => {
    const text = fixture('jp-shops.csv')
    const utf8 = importTable(Buffer.from(text), jpMapping, tradesafe, { today })
    const sjis = importTable(iconv.encode(text, 'shift_jis'), jpMapping, tradesafe, { today })
    expect(sjis.drafts).toEqual(utf8.drafts)
    expect(sjis.encoding).toBe('shift_jis')
    expect(utf8.drafts.map(({ certificate, validFrom, exp }) => [certificate, validFrom, exp])).toEqual([
      ['TS-1001', '2025-04-01', '2027-03-31'],
      ['TS-1002', '2025-10-01', '2027-09-30'],
    ])
    expect(utf8.drafts[0]?.holder.identifiers[0]?.value).toBe('6012345678901')
    expect(codes(utf8)).toEqual(['bad-date 4'])
  })
})

describe('numbers that a spreadsheet spoils', () => {
  test.each([
    ['reg', '1.05E+11', 'scientific-number'],
    ['reg', '1,05E+11', 'scientific-number'],
    ['reg', '105560000018', 'lost-leading-zero'],
    ['reg', '105560000018.0', 'decimal-tail'],
    ['reg', '0105560000019', 'bad-identifier'],
    ['no', '2.567E+10', 'scientific-number'],
    ['no', 'R/2567/1', 'bad-certificate'],
    ['phone', '6.68E+10', 'scientific-number'],
    ['phone', '812345678', 'lost-leading-zero'],
    ['phone', 'call us', 'bad-contact'],
    ['from', '########', 'spreadsheet-error'],
    ['name', '#N/A', 'spreadsheet-error'],
  ] as const)('%s %s: %s', (column, text, code) => {
    const result = importRows([{ [column]: text }, { no: 'R-2', url: 'other.example' }])
    expect(codes(result)).toEqual([`${code} 2`])
    expect(result.rejected[0]).toMatchObject({ column, value: text })
    expect(result.drafts).toHaveLength(1)
  })

  test('certificate numbers that lost zeros which others kept', () => {
    const result = importRows([
      { no: '00071', url: 'a.example' },
      { no: '72', url: 'b.example' },
      { no: '10073', url: 'c.example' },
    ])
    expect(codes(result)).toEqual(['lost-leading-zero 3'])
    expect(
      importRows([
        { no: '9', url: 'a.example' },
        { no: '10', url: 'b.example' },
      ]).drafts,
    ).toHaveLength(2)
  })

  test('service numbers, foreign numbers and several on lines of their own are telephone numbers', () => {
    const phone = '1166\n+66 81 234 5678\n０２-１２３-４５６７'
    expect(importRows([{ phone }]).drafts[0]?.holder.contact.map(({ value }) => value)).toEqual([
      '1166',
      '+66 81 234 5678',
      '02-123-4567',
    ])
  })
})

describe("citizens' numbers", () => {
  test.each(['no', 'name', 'reg', 'url', 'phone', 'from', 'note'] as const)(
    'in column %s refuse the row',
    (column) => {
      for (const number of [
        '1101700230708',
        '1-1017-00230-70-8',
        '๑๑๐๑๗๐๐๒๓๐๗๐๘',
        '１１０１７００２３０７０８',
      ]) {
        const result = importRows([{ [column]: `x ${number}` }, { no: 'R-2', url: 'other.example' }])
        expect(codes(result)).toEqual(['personal-number 2'])
        expect(result.drafts.map(({ certificate }) => certificate)).toEqual(['R-2'])
        expect(JSON.stringify(result) + formatReport(result, 'f')).not.toMatch(/11017|๑๑๐๑|１１０１/)
      }
    },
  )

  test('in a file without header row are not repeated by the refusal', () => {
    const bytes = Buffer.from('R-1,1101700230708\nR-2,1101700230708\n')
    expect(() => importTable(bytes, checkMapping(small), dbd, { today })).toThrow(ImportError)
    try {
      importTable(bytes, checkMapping({ ...small, delimiter: ',' }), dbd, { today })
    } catch (error) {
      expect((error as ImportError).code).toBe('personal-number')
      expect((error as ImportError).message).not.toContain('11017')
    }
  })

  test('in a ragged row too', () => {
    const csv = `${Object.keys(base).join(',')}\nR-1,Shop,1101700230708\n`
    const result = importTable(Buffer.from(csv), checkMapping(small), dbd, { today })
    expect(codes(result)).toEqual(['personal-number 2'])
    expect(JSON.stringify(result)).not.toContain('11017')
  })

  test('a natural person has no register number', () => {
    const defaults = { ...small.defaults, 'holder.kind': 'natural' }
    expect(codes(importRows([{ reg: '0105560000018' }], { defaults }))).toEqual(['bad-identifier 2'])
    expect(importRows([{}], { defaults }).drafts[0]?.holder).toMatchObject({
      kind: 'natural',
      identifiers: [],
    })
  })
})

describe('cells that would run as formulas', () => {
  test.each(['=1+1', '+SUM(A1)', '-2+3', '@SUM(A1)', "'=1", '＝cmd', ' =HYPERLINK("x")', '="0105560000018"'])(
    '%s',
    (text) => {
      expect(codes(importRows([{ name: text }]))).toEqual(['formula 2'])
    },
  )

  test('a telephone number beginning with + and a lone dash are no formulas', () => {
    const result = importRows([{ phone: '+66 81 234 5678', reg: '-', note: '=A1' }])
    expect(result.drafts[0]?.holder.contact).toHaveLength(1)
    expect(codes(importRows([{ phone: '+66+cmd|x' }]))).toEqual(['formula 2'])
  })
})

describe('presences', () => {
  test.each([
    ['@shop', 'bad-presence'],
    ['https://lin.ee/abc', 'bad-presence'],
    ['localhost', 'bad-presence'],
    ['not an address', 'bad-presence'],
    ['', 'missing'],
  ])('%s: %s', (url, code) => {
    expect(codes(importRows([{ url }]))).toEqual([`${code} 2`])
  })

  test('several in one cell stand on lines of their own', () => {
    const [draft] = importRows([
      { url: 'https://shop.example/a\nline:@shop\nhttps://shopee.co.th/shop/123' },
    ]).drafts
    expect(draft?.presences.map(({ keys }) => keys[0])).toEqual([
      'web:shop.example',
      'line:@shop',
      'shopee:th:shop:123',
    ])
  })

  test('that the level does not cover', () => {
    const defaults = {
      ...small.defaults,
      level: 'verified/silver',
      'fact.passedStandard': 'yes',
      'fact.yearsRegistered': '1',
    }
    const result = importRows([{ url: 'line:@shop' }], { defaults })
    expect(codes(result)).toEqual(['presence-kind-not-covered 2'])
    expect(importRows([{}], { defaults }).drafts).toHaveLength(1)
  })

  test('on two certificates of one mark are refused, naming all rows', () => {
    const result = importRows([
      { no: 'R-1' },
      { no: 'R-2', url: 'http://SHOP.example/x' },
      { no: 'R-3', url: 'c.example' },
    ])
    expect(codes(result)).toEqual(['duplicate-presence 2,3'])
    expect(result.drafts.map(({ certificate }) => certificate)).toEqual(['R-3'])
  })

  test('a scope of domain is for websites', () => {
    const defaults = { ...small.defaults, 'presence.scope': 'domain' }
    const [draft] = importRows([{ url: 'shop.example\nline:@shop' }], { defaults }).drafts
    expect(draft?.presences.map(({ scope }) => scope)).toEqual(['domain', 'host'])
    const columns = { ...small.columns, note: 'presence.scope' }
    expect(codes(importRows([{ url: 'line:@shop', note: 'domain' }], { columns }))).toEqual(['bad-value 2'])
  })

  test('that a level does not cover: the row is said once', () => {
    const defaults = {
      ...small.defaults,
      level: 'verified/silver',
      'fact.passedStandard': 'yes',
      'fact.yearsRegistered': '1',
    }
    const rows = (cells: Cells[]) => formatReport(importRows(cells, { defaults }), 'f')
    expect(rows([{ url: 'line:@shop' }]).match(/row 2/g)).toHaveLength(1)
    // Of several rows the report names all, so the reason says which it is.
    expect(rows([{}, { url: 'line:@shop' }])).toMatch(/rows 2, 3, .*\(row 3\)/)
  })

  test('that only look like a platform are refused', () => {
    const result = importRows([{ url: 'https://shopee.co.th.evil.example/shop/123' }])
    expect(codes(result)).toEqual(['lookalike 2'])
    expect(result.rejected[0]).toMatchObject({ value: 'https://shopee.co.th.evil.example/shop/123' })
    expect(result.rejected[0]?.reason).toContain('shopee.co.th.evil.example')
  })

  test('can not have been seen tomorrow; what was seen long ago earns a note', () => {
    const columns = { ...small.columns, note: 'presence.confirmedAt' }
    const dates = { calendar: 'buddhist', order: 'dmy' } as const
    const cells = { from: '01/01/2569' }
    const future = importRows([{ ...cells, note: '02/03/2569' }], { columns, dates })
    expect(codes(future)).toEqual(['bad-date 2'])
    expect(future.rejected[0]).toMatchObject({ column: 'note', value: '02/03/2569' })
    expect(future.rejected[0]?.reason).toContain('2026-03-02')
    const past = (note: string) => importRows([{ ...cells, note }], { columns, dates })
    expect(past('28/02/2564').notes.join()).toContain('row 2: last seen')
    expect(past('01/03/2564').notes.join()).not.toContain('last seen')
    expect(past('01/03/2569').drafts).toHaveLength(1)
  })

  test('a name in mixed scripts earns a note', () => {
    expect(importRows([{ url: 'аpple.example' }]).notes.join()).toContain('row 2')
  })
})

describe('rows with one certificate number', () => {
  test('that contradict one another are refused, naming all rows', () => {
    for (const other of [{ name: 'Other' }, { until: '2027-01-01' }, { reg: '0105560000026' }]) {
      const result = importRows([
        { reg: '0105560000018', until: '2028-01-01' },
        { url: 'b.example', ...other },
      ])
      expect(codes(result)).toEqual(['contradiction 2,3'])
      expect(result.drafts).toEqual([])
    }
  })

  test('an empty cell contradicts nothing, the same row twice is one presence', () => {
    const result = importRows([{}, { name: '', from: '', url: 'line:@shop' }, {}])
    expect(result.drafts[0]?.presences).toHaveLength(2)
    expect(result.drafts[0]?.rows).toEqual([2, 3, 4])
  })

  test('are held back together when one of them is rejected', () => {
    const result = importRows([{}, { url: 'not an address' }, { no: 'R-2', url: 'b.example' }])
    expect(codes(result)).toEqual(['held-back 2', 'bad-presence 3'])
    expect(result.rejected[0]?.reason).toContain('row 3')
    expect(codes(importRows([{}, { url: 'b.example', note: '1101700230708' }]))).toEqual([
      'held-back 2',
      'personal-number 3',
    ])
  })

  test('are too many for one record when the column is the wrong one', () => {
    const rows = Array.from({ length: MAX_ROWS_OF_RECORD + 1 }, (_, i) => ({ url: `s${i}.example` }))
    const result = importRows([...rows, { no: 'R-2', url: 'b.example' }])
    expect(result.rejected.map(({ code }) => code)).toEqual(['too-many'])
    expect(result.drafts.map(({ certificate }) => certificate)).toEqual(['R-2'])
    expect(formatReport(result, 'f')).toContain('and 81 more')
    expect(codes(importRows(rows.slice(0, 21)))[0]).toMatch(/^too-many/)
  })

  test('where cells were merged, the row without a number is named', () => {
    expect(codes(importRows([{}, { no: '', url: 'b.example' }]))).toEqual(['missing 3'])
  })
})

describe('level and validity', () => {
  const columns = { ...small.columns, note: 'level' }

  test('a level that the member does not award', () => {
    for (const note of ['verified/diamond', 'gold', 'registered/registered/x'])
      expect(codes(importRows([{ note }], { columns }))).toEqual(['unknown-level 2'])
  })

  test('a mark that has ended', () => {
    const ended = structuredClone(dbd)
    for (const mark of ended.marks) mark.status.state = 'ended'
    const csv = `${Object.keys(base).join(',')}\n${Object.values(base).join(',')}\n`
    expect(codes(importTable(Buffer.from(csv), checkMapping(small), ended, { today }))).toEqual([
      'mark-ended 2',
    ])
  })

  test.each([
    [{ from: '2027-01-01', until: '2026-12-31' }, 'ends-before-start'],
    [{ from: '2026-01-01', until: '2031-01-02' }, 'validity-too-long'],
    [{ from: '2020-01-01' }, 'already-expired'],
    [{ from: '', until: '' }, 'validity-unknown'],
  ])('%o: %s', (cells, code) => {
    expect(codes(importRows([cells]))).toContain(`${code} 2`)
    expect(importRows([cells]).drafts).toEqual([])
  })

  test('a refused date is quoted as the cell has it, beside the day it stands for', () => {
    const dates = { calendar: 'buddhist', order: 'dmy' } as const
    const reject = (cells: Cells) => importRows([cells], { dates }).rejected[0]
    expect(reject({ from: '', until: '13/02/2569' })).toMatchObject({
      code: 'already-expired',
      value: '13/02/2569',
      reason: expect.stringContaining('ended on 2026-02-13'),
    })
    expect(reject({ from: '01/01/2569', until: '02/01/2574' })).toMatchObject({
      code: 'validity-too-long',
      value: '02/01/2574',
      reason: expect.stringMatching(/2031-01-02.*valid for 5 years, until 2031-01-01/),
    })
    // Without a last day the first one is what the officer can look for.
    expect(reject({ from: '01/01/2563' })).toMatchObject({
      code: 'already-expired',
      column: 'from',
      value: '01/01/2563',
      reason: expect.stringMatching(/began on 2020-01-01 .* 5 years, so it ended on 2025-01-01/),
    })
  })

  test('the first day is checked and not published, and the report says so', () => {
    expect(importRows([{}]).notes.join()).toContain('validFrom')
    expect(importRows([{ from: '', until: '2027-01-01' }]).notes.join()).not.toContain('validFrom')
  })

  test('the last day may be today, and the end is the first day plus the validity of the level', () => {
    expect(importRows([{ until: today }]).drafts[0]?.exp).toBe(today)
    expect(importRows([{}]).drafts[0]?.exp).toBe('2031-01-01')
  })

  test('a requirement that is not met names rule, value and source', () => {
    const defaults = {
      ...small.defaults,
      level: 'verified/gold',
      'fact.passedStandard': 'yes',
      'fact.financialStatementYears': '1',
    }
    const years = { ...small.columns, note: 'fact.yearsRegistered' }
    const [rejection] = importRows([{ note: '0' }], { defaults, columns: years }).rejected
    expect(rejection).toMatchObject({ code: 'requirement-not-met', column: 'note', value: '0' })
    expect(rejection?.reason).toContain('years-registered')
    expect(importRows([{ note: '1' }], { defaults, columns: years }).drafts).toHaveLength(1)
  })

  test('a rule that the member has not signed only earns a note', () => {
    const { 'fact.evidence': _, ...defaults } = small.defaults ?? {}
    expect(codes(importRows([{}], { defaults }))).toEqual(['requirement-not-met 2'])
    const unsigned = importRows([{}], { defaults }, { definitionSigned: false })
    expect(unsigned.drafts).toHaveLength(1)
    expect(unsigned.notes.join()).toContain('rule evidence')
  })
})

describe('cells that do not fit their column', () => {
  test.each([
    ['country', 'Thailand', 'bad-value'],
    ['holder.kind', 'company', 'bad-value'],
    ['holder.languages', 'Thai', 'bad-value'],
    ['holder.shipsTo', 'TH, Vietnam', 'bad-value'],
    ['holder.contact.email', 'a@b.example, c@d.example', 'bad-contact'],
    ['holder.contact.web', 'javascript:alert(1)', 'bad-contact'],
    ['evidence.certificate', 'http://agency.example/1', 'bad-contact'],
    ['presence.scope', 'everything', 'bad-value'],
    ['fact.staff:integer', '1,234', 'bad-value'],
    ['fact.staff:number', '1,5', 'bad-value'],
    ['fact.lawfulGoods', 'maybe', 'bad-value'],
    ['fact.opened:date', '15/03/67', 'two-digit-year'],
    ['fact.about:text', 'x'.repeat(201), 'bad-value'],
    ['fact.about:text', 'x'.repeat(2001), 'cell-too-long'],
    ['fact.about:text', 'ร้า\ufffd', 'text-damaged'],
    ['fact.about:text', 'safe\u202eelbisiv ton', 'text-damaged'],
  ])('%s %s: %s', (field, note, code) => {
    expect(codes(importRows([{ note }], { columns: { ...small.columns, note: field } }))).toEqual([
      `${code} 2`,
    ])
  })

  test('facts, evidence and lists that fit', () => {
    const read = (field: string, note: string) =>
      importRows([{ note }], { columns: { ...small.columns, note: field } }).drafts[0]
    expect(read('fact.staff:integer', '๑๒')?.facts.staff).toBe(12)
    expect(read('fact.share:number', '-0.5')?.facts.share).toBe(-0.5)
    expect(read('fact.lawfulGoods', 'TRUE')?.facts.lawfulGoods).toBe(true)
    expect(read('fact.opened:date', '2024-03-15')?.facts.opened).toBe('2024-03-15')
    expect(read('evidence.certificate', 'https://agency.example/1')?.evidence).toEqual([
      { kind: 'certificate', url: 'https://agency.example/1' },
    ])
    expect(read('holder.shipsTo', 'TH, VN;JP')?.holder.shipsTo).toEqual(['TH', 'VN', 'JP'])
  })

  test('only the texts that the mapping translates are accepted in such a column', () => {
    const file = {
      columns: { ...small.columns, note: 'fact.lawfulGoods' },
      values: { note: { ใช่: 'yes', ไม่ระบุ: '' } },
    }
    expect(importRows([{ note: 'ใช่' }], file).drafts[0]?.facts.lawfulGoods).toBe(true)
    expect(importRows([{ note: 'yes' }], file).drafts[0]?.facts.lawfulGoods).toBe(true)
    expect(importRows([{ note: 'ไม่ระบุ' }], file).drafts[0]?.facts).not.toHaveProperty('lawfulGoods')
    expect(codes(importRows([{ note: 'no' }], file))).toEqual(['bad-value 2'])
  })

  test('a report does not let cells steer the terminal', () => {
    expect(formatReport(importRows([{ name: 'x\u001b[31m' }]), 'f')).not.toContain('\u001b')
  })
})

describe('nothing is silently dropped', () => {
  test('every row that is not empty stands in exactly one draft or in a rejection, and one bad row leaves others alone', () => {
    const cells = fc.record({
      no: fc.constantFrom('R-1', 'R-2', 'R-3', '', '1.2E+9'),
      name: fc.constantFrom('Shop', 'Other', '', '=x'),
      url: fc.constantFrom('a.example', 'b.example', 'line:@c', '', 'lin.ee/x'),
      from: fc.constantFrom('2026-01-01', '2026-02-30', '1999-01-01', ''),
      note: fc.constantFrom('', '1101700230708'),
    })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), (rows) => {
        const result = importRows([...rows, { no: 'GOOD', url: 'good.example' }])
        const drafted = result.drafts.flatMap((draft) => draft.rows)
        const rejected = new Set(result.rejected.flatMap((rejection) => rejection.rows))
        expect(new Set(drafted).size).toBe(drafted.length)
        expect(drafted.some((row) => rejected.has(row))).toBe(false)
        const all = [...drafted, ...rejected].sort((a, b) => a - b)
        const filled = [...rows, { no: 'GOOD' }].flatMap((row, i) =>
          Object.values(row).join('') === '' ? [] : [i + 2],
        )
        expect(all).toEqual(filled)
        expect(result.rows).toBe(all.length)
        expect(result.drafts.at(-1)?.certificate).toBe('GOOD')
      }),
    )
  })
})
