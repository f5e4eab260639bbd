/** Names found in any script: how they are folded, and that the full-text index finds what a person means. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { foldText, indexTerms, matchPhrases } from '../src/record/search-terms.js'
import type { Database } from '../src/store/database.js'
import { openSqlite } from '../src/store/sqlite.js'

let database: Database
beforeAll(() => {
  database = openSqlite(':memory:', new URL('../src/store/migrations', import.meta.url).pathname)
})

/** Whether the index itself finds a name by each of these texts; those that ask for nothing are left out. */
async function missed(name: string, asked: readonly string[]): Promise<string[]> {
  const { kysely } = database
  const lost: string[] = []
  await database.atomic([
    sql`delete from directory`.compile(kysely),
    sql`insert into directory (rowid, name, place, sector, facets) values (1, ${indexTerms([name])}, '', '', '')`.compile(
      kysely,
    ),
  ])
  for (const text of asked) {
    const phrases = matchPhrases(text).map((phrase) => `name : ${phrase}`)
    if (phrases.length === 0) continue
    const rows = await database.read(
      sql`select rowid from directory where directory match ${phrases.join(' AND ')}`.compile(kysely),
    )
    if (rows.length === 0) lost.push(text)
  }
  return lost
}
const finds = async (name: string, asked: string): Promise<boolean> => {
  expect(matchPhrases(asked)).not.toEqual([])
  return (await missed(name, [asked])).length === 0
}

function partsOf(name: string): string[] {
  const chars = Array.from(name)
  return chars.flatMap((_, from) => chars.slice(from).map((_, n) => chars.slice(from, from + n + 1).join('')))
}
const letters = (text: string) => fc.string({ unit: fc.constantFrom(...text), minLength: 1, maxLength: 12 })

describe('any part of a name is found, from one character on', () => {
  it.each([
    ['Thai', letters('กขคงจชซญดตถทธนบปผพฟภมยรลวศษสหอฮะัาำิีึืุู่้๊๋์็แโใไฯๆ ')],
    [
      'Japanese',
      letters('株式会社山田太郎見本漆器髙島屋﨑𠮷々〆ヶ、。・　 あいうがぱっゃアイウガパッャーヴ'),
    ],
    ['Lao, Khmer and Burmese', letters('ກຂຄງຈາຳິີ່້ ភាសាខ្មែរស្រី မြန်မာစာကုမ္ပဏီ')],
    ['Chinese and Korean', letters('公司商店臺灣龍丰 한국전자상거래')],
  ])('%s', async (_script, names) => {
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const written = name.normalize('NFC')
        fc.pre(!/\p{M}{7}/u.test(written))
        expect(await missed(written, partsOf(written))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('and nothing that does not stand in it', async () => {
    const name = '見本漆器 株式会社'
    for (const other of ['漆本', '器漆', '社株', '見漆', '会式'])
      expect(await finds(name, other), other).toBe(false)
    expect(await finds('สมใจผ้าไหม', 'ใจไหม')).toBe(false)
  })
})

describe('a name is found however it is written', () => {
  it.each([
    ['Vietnamese without accents', 'Công ty TNHH Đặng Phượng', 'dang phuong'],
    ['Vietnamese taken apart', 'Cà Phê Cao Nguyên', 'CÀ PHÊ'.normalize('NFD')],
    ['Vietnamese with accents, where the name has none', 'Ca phe Sai Gon', 'cà phê Sài Gòn'],
    ['words in another order', 'Somjai Silk Co., Ltd.', 'ltd silk'],
    ['beginnings of words', 'Somjai Silk Co., Ltd.', 'som sil'],
    ['hiragana for katakana', 'カフェ・モカ', 'かふぇ'],
    ['katakana of half width', 'ガンダム', 'ｶﾞﾝﾀﾞﾑ'],
    ['letters of full width', 'ＡＢＣ商事', 'abc'],
    ['a space between family and given name, or none', '山田太郎', '山田 太郎'],
    ['no space, where the name has one', '山田　太郎', '山田太郎'],
    ['the usual form of a character', '髙島屋', '高島屋'],
    ['a name of two characters', '森永', '森永'],
    ['a name of one character', '灯', '灯'],
    ['a form enclosed in one sign', '㈱見本', '株'],
    ['the vowel AM in one character', 'น\u0e49\u0e4d\u0e32', 'น้ำ'],
    ['the vowel AM, ring before tone', 'น\u0e4d\u0e49\u0e32', 'น้ำ'],
    ['Lao with AM in one character', 'ນ\u0ec9\u0ecd\u0eb2', 'ນ້ຳ'],
    ['two short vowels for the long one', 'เเม่ค้า', 'แม่ค้า'],
    ['Thai digits', 'ร้าน ๗๘๙', '789'],
    ['invisible characters within', 'so\u200bm\u202ejai', 'somjai'],
    ['capitals of other languages', 'İSTANBUL STRASSE', 'istanbul straße'],
    ['Greek at the end of a word', 'ΟΔΟΣ', 'οδος'],
    ['the address of its page', 'somjai-silk.example', 'https://www.somjai-silk.example/shop?a=1'],
    ['an initial', 'S. Patel', 's patel'],
  ])('%s', async (_how, name, asked) => {
    expect(await finds(name, asked)).toBe(true)
  })

  it('a single Latin letter finds the initial only, not every word that begins so', async () => {
    expect(await finds('Somjai', 's')).toBe(false)
    expect(await finds('Somjai', 'so')).toBe(true)
  })

  it('folding what is folded changes nothing', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), letters('ßĐİｶﾞヴΣς髙เกำ้①㈱ﬁ'))
    fc.assert(
      fc.property(anything, (text) => {
        const once = foldText(text)
        expect(foldText(once)).toBe(once)
      }),
    )
  })
})

describe('a text is never anything but a text', () => {
  const HOSTILE = [
    '"',
    '""',
    "'",
    '*',
    '^',
    '-',
    '+',
    '(',
    ')',
    '{name}',
    'name:',
    ':',
    'AND',
    'OR',
    'NOT',
    'NEAR(a b)',
    'NEAR/2',
    '\0',
    '\ud800',
    '\u202e',
    '\u200b',
    ';',
    '--',
    'a*',
    '"a" OR "b"',
    'facets : "country:th"',
    ',',
    '\\',
  ]
  it('whatever is typed is a query that SQLite understands, and asks for terms alone', async () => {
    const hostile = fc
      .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 5 })), {
        maxLength: 12,
      })
      .map((parts) => parts.join(' ').slice(0, 100))
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        expect(matchPhrases(text).every((phrase) => /^"[a-z0-9 \u0080-\u{10ffff}]+"\*?$/u.test(phrase))).toBe(
          true,
        )
        await missed('a', [text])
      }),
      { numRuns: 200 },
    )
  })

  it('of a name only letters and digits are kept, so that it can say nothing of facets', () => {
    expect(indexTerms(['country:th "member" a-b/c\0d', '<script>alert(1)</script>'])).toBe(
      'country th member a b c d script alert 1 script',
    )
    expect(indexTerms(['\ud800 \u0301\u0301 !?', ''])).toBe('')
    expect(matchPhrases('\u202e!\0')).toEqual([])
  })

  it('ten thousand marks on one letter cost nothing, and hide no name', async () => {
    const marks = '\u0301'.repeat(10_000)
    const start = performance.now()
    expect(indexTerms([`so${marks}mjai`, `ก${'\u0e48'.repeat(10_000)}า`]).length).toBeLessThan(60)
    expect(performance.now() - start).toBeLessThan(200)
    expect(await finds(`so${marks}mjai`, 'somjai')).toBe(true)
  })

  it('of many words the first count, and of those that begin another one only that', async () => {
    expect(matchPhrases('c co com comp company')).toEqual(['"c"', '"company"*'])
    expect(matchPhrases('Silk, silks')).toEqual(['"silks"*'])
    expect(await finds('Somjai Company', 'co company')).toBe(true)
    const words = Array.from({ length: 40 }, (_, i) => `w${i}x`).join(' ')
    expect(matchPhrases(words).length).toBeLessThan(20)
  })

  it('a long text is indexed up to a bound, and a long word by its beginning', async () => {
    expect(indexTerms(['ก'.repeat(100_000)]).length).toBeLessThan(2000)
    const word = 'x'.repeat(300)
    expect(await finds(word, word)).toBe(true)
    expect(await finds(word, 'x'.repeat(90))).toBe(true)
  })
})
