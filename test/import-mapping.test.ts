import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { memberDefinition } from '../src/alliance/definition.js'
import { LANGUAGES } from '../src/alliance/text.js'
import { FIELD_HELP, parseField } from '../src/cli/import/fields.js'
import { ImportError, type ImportErrorCode } from '../src/cli/import/import-error.js'
import { importTable } from '../src/cli/import/import-table.js'
import { checkMapping, type MappingFile, parseMapping } from '../src/cli/import/mapping.js'
import { SAMPLE_CERTIFICATE } from '../src/cli/import/sample-row.js'
import { templateFor } from '../src/cli/import/template.js'

const members = new URL('../members/', import.meta.url)
function member(id: string) {
  return memberDefinition.parse(JSON.parse(readFileSync(new URL(`${id}/member.json`, members), 'utf8')))
}

const good: MappingFile = {
  language: 'en',
  dates: { calendar: 'gregory', order: 'ymd' },
  defaults: {
    country: 'TH',
    level: 'registered/registered',
    'holder.kind': 'juristic',
    'fact.evidence': 'certificate',
  },
  columns: { no: 'certificate', name: 'holder.name', url: 'presence.url', from: 'validFrom' },
}

function refusal(run: () => unknown): ImportError {
  try {
    throw new Error(`accepted: ${JSON.stringify(run())}`)
  } catch (error) {
    if (error instanceof ImportError) return error
    throw error
  }
}

function fault(change: Partial<MappingFile>): string {
  const error = refusal(() => checkMapping({ ...good, ...change }))
  expect(error.code).toBe('bad-mapping')
  return error.faults.join('\n')
}

describe('a mapping file', () => {
  test('as the documentation shows it is accepted', () => {
    const source = readFileSync(new URL('../src/cli/import/mapping.ts', import.meta.url), 'utf8')
    const example = /```json\n([\s\S]*?)```/.exec(source)?.[1]?.replace(/^ \* ?/gm, '') ?? ''
    const mapping = parseMapping(example)
    expect(mapping.columns).toHaveLength(11)
    expect(mapping).toMatchObject({ encoding: 'windows-874', delimiter: ';', headerRow: 1, language: 'th' })
  })

  test('names faults all at once, each with its place', () => {
    expect(fault({ columns: { ...good.columns, x: 'holder.nmae', y: 'validFrom' } })).toMatch(
      /"x".*holder\.nmae[\s\S]*validFrom.*more than one/,
    )
    expect(fault({ columns: { no: 'certificate' } })).toMatch(/holder\.name[\s\S]*presence\.url/)
    expect(fault({ defaults: {} })).toMatch(/"level"[\s\S]*"holder\.kind"[\s\S]*"country"/)
    expect(fault({ values: { nowhere: { a: 'b' } } })).toContain('nowhere')
    expect(fault({ dates: undefined })).toContain('calendar')
    expect(fault({ columns: { ...good.columns, from: 'ignore' } })).toContain('validUntil')
    expect(fault({ columns: { ...good.columns, ' no ': 'ignore' } })).toContain('stands twice')
    expect(fault({ defaults: { ...good.defaults, certificate: 'R-1' } })).toContain('certificate')
    expect(fault({ defaults: { ...good.defaults, validUntil: '31/12/2026' } })).toContain('YYYY-MM-DD')
  })

  test.each([
    ['{"language": "en"', 'not JSON'],
    ['[]', 'the file'],
    [JSON.stringify({ ...good, colums: {} }), 'colums'],
    [JSON.stringify({ ...good, encoding: 'tis-620' }), 'encoding'],
    [JSON.stringify({ ...good, delimiter: '|' }), 'delimiter'],
    [JSON.stringify({ ...good, dates: { calendar: 'thai', order: 'dmy' } }), 'calendar'],
  ])('%s is refused', (text, expected) => {
    expect(refusal(() => parseMapping(text)).message).toContain(expected)
  })

  test('every field of the help is a field', () => {
    for (const [field] of FIELD_HELP) {
      const written = field.replace('<scheme>', 'lei').replace('<kind>', 'email').replace('<name>', 'award')
      expect(parseField(written), written).toBeDefined()
    }
    for (const field of [
      '',
      'holder',
      'holder.name.',
      'fact.',
      'fact.x:blob',
      'holder.contact.fax',
      'holder.name.Thai',
    ])
      expect(parseField(field), field).toBeUndefined()
  })
})

describe('a mapping and a file that do not fit', () => {
  const dbd = member('th-dbd')
  const run = (csv: string, change: Partial<MappingFile> = {}) =>
    importTable(Buffer.from(csv), checkMapping({ ...good, ...change }), dbd, { today: '2026-03-01' })

  test.each([
    ['no,name,url\nR-1,Shop,a.example\n', {}, 'column-missing', '"from"'],
    ['no,name,url,from,secret\n', {}, 'column-unmapped', '"secret"'],
    ['no;name;url;from\n', { delimiter: ',' }, 'delimiter-wrong', 'separated by semicolon (;)'],
    ['no;name;url\n', { delimiter: ',' }, 'delimiter-wrong', '"delimiter": ";"'],
    ['no,name,url\n', { delimiter: ',' }, 'column-missing', '"from"'],
    ['no\tname\turl\tfrom\n', { delimiter: ';' }, 'delimiter-wrong', '--delimiter tab'],
    ['no,name,url,from\n', { defaults: { ...good.defaults, country: 'Siam' } }, 'bad-mapping', 'Siam'],
    [
      'no,name,url,from\n',
      { columns: { ...good.columns, name: 'holder.name', x: 'fact.height' } },
      'column-missing',
      '"x"',
    ],
    [
      'no,name,url,from,x\n',
      { columns: { ...good.columns, x: 'fact.height' } },
      'bad-mapping',
      'fact.height:text',
    ],
    [
      'no,name,url,from,x\n',
      { columns: { ...good.columns, x: 'fact.yearsRegistered:text' } },
      'bad-mapping',
      'integer',
    ],
  ] as [string, Partial<MappingFile>, ImportErrorCode, string][])('%j %o: %s', (csv, change, code, text) => {
    const error = refusal(() => run(csv, change))
    expect(error.code).toBe(code)
    expect(error.message).toContain(text)
  })

  test('a table with a header and no rows is no error', () => {
    expect(run('no,name,url,from\n')).toMatchObject({ drafts: [], rejected: [], rows: 0 })
  })
})

describe('the template', () => {
  const issuers = readdirSync(members)
    .map(member)
    .filter(({ marks }) => marks.some(({ status }) => status.state !== 'ended'))

  test.each(issuers.map((definition) => [definition.id, definition] as const))(
    'of %s reads itself in every language',
    (_, definition) => {
      for (const lang of LANGUAGES) {
        const { csv, mapping } = templateFor(definition, lang, '2026-03-01')
        const parsed = parseMapping(mapping)
        expect(csv.startsWith('\ufeff')).toBe(true)
        const result = importTable(Buffer.from(csv), parsed, definition, { today: '2026-03-01' })
        expect(result).toMatchObject({ rejected: [], rows: 1, encoding: 'utf-8' })
        expect(result.drafts).toMatchObject([
          {
            certificate: SAMPLE_CERTIFICATE,
            validFrom: '2026-03-01',
            exp: '2027-03-01',
            presences: [{ url: 'https://sample-shop.example' }],
          },
        ])
        expect(result.notes.join()).toContain('sample')
      }
    },
  )

  test('its sample does not hide among real shops', () => {
    const { csv, mapping } = templateFor(member('th-dbd'), 'en', '2026-03-01')
    const [, sample = ''] = csv.split('\r\n')
    const shop = sample.replace(SAMPLE_CERTIFICATE, 'R-1').replace('sample-shop.example', 'tea.example')
    const result = importTable(Buffer.from(`${csv}${shop}\r\n`), parseMapping(mapping), member('th-dbd'), {
      today: '2026-03-01',
    })
    expect(result.drafts.map(({ certificate }) => certificate)).toEqual(['R-1'])
    expect(result.rejected).toMatchObject([{ code: 'sample-row', rows: [2] }])
  })

  test('names facts in the language of the officer where the cell answers the text of a rule', () => {
    const headersOf = (id: string, lang: (typeof LANGUAGES)[number]) =>
      Object.entries(
        JSON.parse(templateFor(member(id), lang, '2026-03-01').mapping).columns as Record<string, string>,
      )
    expect(headersOf('th-dbd', 'th')).toContainEqual(['สินค้าหรือบริการต้องไม่ผิดกฎหมาย', 'fact.lawfulGoods'])
    expect(headersOf('th-dbd', 'ja')).toContainEqual(['電子商取引を行っている証拠', 'fact.evidence'])
    expect(headersOf('th-dbd', 'vi')).toContainEqual([
      'số năm tròn kể từ khi đăng ký',
      'fact.yearsRegistered',
    ])
    expect(headersOf('th-dbd', 'th')).toContainEqual([
      'จำนวนปีที่จัดส่งงบการเงินติดต่อกัน',
      'fact.financialStatementYears',
    ])
  })

  test('keeps the name of a fact where the text would mislead', () => {
    const { columns } = JSON.parse(templateFor(member('vn-ecomviet'), 'vi', '2026-03-01').mapping)
    // "No violation within 3 years" asks for false: a header that says so would be answered with yes.
    expect(columns.violationWithin3Years).toBe('fact.violationWithin3Years')
    const unexplained = structuredClone(member('th-dbd'))
    const rules = unexplained.marks.flatMap(({ levels }) => levels.flatMap((level) => level.requirements))
    for (const rule of rules) delete rule.facts
    const dbd = JSON.parse(templateFor(unexplained, 'th', '2026-03-01').mapping)
    // "At least 1 year" is a threshold of one level, not the name of a number.
    expect(dbd.columns.financialStatementYears).toBe('fact.financialStatementYears')
  })

  test('filled in, it imports as it is', () => {
    const { csv, mapping } = templateFor(member('th-dbd'), 'th', '2026-03-01')
    const [header = ''] = csv.split('\r\n')
    const headers = header.replace('\ufeff', '').split(',')
    const cells: Record<string, string> = {
      เลขที่ใบรับรอง: 'V-1',
      เครื่องหมายและระดับ:
        Object.entries(JSON.parse(mapping).values.เครื่องหมายและระดับ).find(
          ([, level]) => level === 'verified/silver',
        )?.[0] ?? '',
      ประเภทผู้ประกอบการ: 'บุคคลธรรมดา',
      ชื่อ: 'ร้านมาลี',
      เว็บไซต์หรือหน้าร้าน: 'mali.example',
      'วันที่อนุมัติ (วว/ดด/ปปปป พ.ศ.)': '15/01/2569',
      จำนวนปีเต็มนับแต่จดทะเบียน: '1',
      'เว็บไซต์ผ่านเกณฑ์มาตรฐานคุณภาพธุรกิจพาณิชย์อิเล็กทรอนิกส์ทั้ง 5 ด้าน': 'ใช่',
    }
    const row = headers.map((header) => cells[header] ?? '').join(',')
    const result = importTable(
      Buffer.from(`${header}\r\n${row}\r\n`),
      parseMapping(mapping),
      member('th-dbd'),
      { today: '2026-03-01' },
    )
    expect(result.rejected).toEqual([])
    expect(result.drafts[0]).toMatchObject({
      certificate: 'V-1',
      mark: 'verified',
      level: 'silver',
      exp: '2027-01-15',
    })
  })
})
