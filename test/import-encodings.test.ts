import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decodeTable, MAX_FILE_BYTES } from '../src/cli/import/decode.js'
import { ImportError } from '../src/cli/import/import-error.js'

const thai = 'เลขที่,ชื่อ,เว็บไซต์\nV-1,ร้านผ้าไทย “มาลี”,mali.example\nV-2,บริษัท ชาดี จำกัด,chadi.example\n'
const japanese = '認証番号,名称,URL\nTS-1,株式会社さくら雑貨,sakura.example\nTS-2,髙橋茶舗,cha.example\n'
const vietnamese = 'Số,Tên,URL\nSW-1,Cửa hàng Mùa Thu,muathu.example\n'

function refusal(bytes: Uint8Array, named?: Parameters<typeof decodeTable>[1]): ImportError {
  try {
    throw new Error(`read as ${decodeTable(bytes, named).encoding}`)
  } catch (error) {
    if (error instanceof ImportError) return error
    throw error
  }
}

describe('encodings that are recognised', () => {
  test.each([
    ['utf-8', 'utf8', false],
    ['utf-8', 'utf8', true],
    ['utf-16le', 'utf-16le', true],
    ['utf-16be', 'utf-16be', true],
  ] as const)('%s (%s), byte order mark: %s', (encoding, name, addBOM) => {
    for (const text of [thai, japanese, vietnamese]) {
      const decoded = decodeTable(iconv.encode(text, name, { addBOM }))
      expect(decoded).toEqual({ text, encoding, notes: [] })
    }
  })

  test('Windows-874, and the report says so', () => {
    const decoded = decodeTable(iconv.encode(thai, 'windows-874'))
    expect(decoded.text).toBe(thai)
    expect(decoded.encoding).toBe('windows-874')
    expect(decoded.notes.join()).toContain('windows-874')
  })

  test('Shift_JIS, and the report says so', () => {
    const decoded = decodeTable(iconv.encode(japanese, 'shift_jis'))
    expect(decoded.text).toBe(japanese)
    expect(decoded.encoding).toBe('shift_jis')
    expect(decoded.notes.join()).toContain('shift_jis')
  })

  test('the encoding named in the mapping', () => {
    expect(decodeTable(iconv.encode(thai, 'windows-874'), { mapped: 'windows-874' }).text).toBe(thai)
    expect(decodeTable(iconv.encode(japanese, 'shift_jis'), { mapped: 'shift_jis' }).text).toBe(japanese)
    const windows1258 = iconv.encode('Tên,URL\nCýa hàng,muathu.example\n', 'windows-1258')
    expect(decodeTable(windows1258, { mapped: 'windows-1258' }).encoding).toBe('windows-1258')
  })

  test('a file that proves to be UTF-8 is read so although the mapping names another, with a note', () => {
    const decoded = decodeTable(iconv.encode(thai, 'utf8'), { mapped: 'windows-874' })
    expect(decoded.text).toBe(thai)
    expect(decoded.notes).toHaveLength(1)
  })

  test('plain ASCII needs no note, whatever the mapping names', () => {
    expect(decodeTable(iconv.encode('a,b\n1,2\n', 'ascii'), { mapped: 'windows-874' }).notes).toEqual([])
  })
})

describe('encodings that are refused', () => {
  test('half-width katakana alone could be Thai as well: the officer is asked', () => {
    const error = refusal(iconv.encode('ｱｲｳ,ｶﾅｶﾞﾅ\n1,ｻｸﾗﾔ\n', 'shift_jis'))
    expect(error.code).toBe('encoding-ambiguous')
    expect(error.message).toContain('--encoding')
  })

  test('Western European text is neither Thai nor Japanese', () => {
    for (const text of ['Nr,Name\n1,Müller & Söhne\n', 'No,Nom\n1,Café de la Gare\n', 'N,B\n1,Køb Østersø\n'])
      expect(refusal(iconv.encode(text, 'windows-1252')).code).toBe('encoding-ambiguous')
  })

  test('the line that breaks a UTF-8 file is named', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,ร้าน\n2,'), Buffer.from([0xff]), Buffer.from('\n')])
    expect(refusal(bytes).message).toContain('line 3')
    expect(refusal(bytes, { mapped: 'utf-8' }).code).toBe('encoding-wrong')
  })

  test.each([
    ['shift_jis', japanese],
    ['windows-874', thai],
  ] as const)(
    '%s under a mapping that says utf-8: the likely encoding and both remedies',
    (encoding, text) => {
      const error = refusal(iconv.encode(text, encoding), { mapped: 'utf-8' })
      expect(error.code).toBe('encoding-wrong')
      expect(error.message).toContain(`--encoding ${encoding}`)
      expect(error.message).toContain(`"encoding": "${encoding}"`)
      expect(error.message).not.toContain('--encoding utf-8')
    },
  )

  test('a few broken lines under a mapping that says utf-8: only these may be refused', () => {
    const bytes = Buffer.concat([Buffer.from(thai), Buffer.from([0xff]), Buffer.from('\n')])
    expect(refusal(bytes, { mapped: 'utf-8' }).message).toContain('--encoding utf-8')
  })

  test('another wrong encoding names the likely one too', () => {
    const error = refusal(iconv.encode(japanese, 'shift_jis'), { forced: 'utf-8' })
    expect(error.code).toBe('text-damaged')
    expect(error.message).toContain('--encoding shift_jis')
  })

  test('a broken line in a file declared as UTF-8 on the command line is left to its row', () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${i},ร้าน\n`).join('')
    const bytes = Buffer.concat([Buffer.from(`a,b\n${rows}9,`), Buffer.from([0xff]), Buffer.from('\n')])
    expect(decodeTable(bytes, { forced: 'utf-8' }).text).toContain('9,\ufffd')
  })

  test.each([
    ['Thai read as Western European', iconv.decode(iconv.encode(thai, 'utf8'), 'windows-1252')],
    ['Thai UTF-8 read as Windows-874', iconv.decode(iconv.encode(thai, 'utf8'), 'windows-874')],
    ['Thai Windows-874 read as Western European', iconv.decode(iconv.encode(thai, 'windows-874'), 'latin1')],
    ['Japanese UTF-8 read as Shift_JIS', '蜷榊燕,繧ｷ繝ｧ繝�繝�\n1,繝槭Μ\n'],
    [
      'Japanese UTF-8 read as Western European',
      iconv.decode(iconv.encode('名,店\n1,サクラ\n', 'utf8'), 'latin1'),
    ],
    [
      'Vietnamese read as Western European',
      iconv.decode(iconv.encode('Số,Tên\n1,Cửa hàng\n', 'utf8'), 'latin1'),
    ],
    ['letters lost to question marks', '????????,????\n1,?????? ???\n'],
  ])('damaged text: %s', (_, text) => {
    expect(refusal(iconv.encode(text, 'utf8')).code).toBe('text-damaged')
  })

  test('a wrong encoding on the command line', () => {
    expect(refusal(iconv.encode(thai, 'utf8'), { forced: 'windows-874' }).code).toBe('text-damaged')
    expect(refusal(iconv.encode(japanese, 'shift_jis'), { forced: 'windows-874' }).code).toBe('text-damaged')
  })

  test.each([
    ['an Excel workbook', [0x50, 0x4b, 0x03, 0x04, 0x14]],
    ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
    ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
    ['UTF-16 without a byte order mark', [0x61, 0, 0x2c, 0]],
  ])('%s', (_, bytes) => {
    expect(refusal(Uint8Array.from(bytes)).code).toBe('not-a-table')
  })

  test('a file beyond the limit', () => {
    expect(refusal(new Uint8Array(MAX_FILE_BYTES + 1)).code).toBe('file-too-large')
  })
})
