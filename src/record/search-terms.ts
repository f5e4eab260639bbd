/**
 * What names are found by: how they are folded, and the terms that they are indexed and asked under (DESIGN 5,
 * `GET /v1/search`). Terms hold no ASCII but small letters and digits, so no text can say anything in the language of queries.
 */

/** Counts up with every change of what the terms of a name, or the skeletons of an address, are: indices are then made anew. */
export const TERMS_VERSION = '1'

/** Characters of one text that are indexed: names are shorter. */
const MAX_TEXT = 500
/** Characters of one word that count. */
const MAX_WORD = 64
/** Words of one question that count: names have fewer. */
const MAX_PIECES = 12
/** Marks on one letter that count: Khmer and Burmese have up to five, and nobody reads ten thousand. */
const MAX_MARKS = 6
const MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu')

const ASCII = /^[ -~]*$/

/** Letters that no decomposition takes apart, as people without that key write them. */
const PLAIN: Record<string, string> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  // Forms of a character that Japanese names insist on, and most keyboards don't offer.
  髙: '高',
  﨑: '崎',
  𠮷: '吉',
  濵: '浜',
  濱: '浜',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  德: '徳',
  瀨: '瀬',
  // Two letters that look like the one that was meant, a common slip.
  เเ: 'แ',
}
const UNUSUAL = new RegExp(Object.keys(PLAIN).join('|'), 'gu')
/** The zero of each script whose digits stand in names beside our own. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x0ed0, 0x1040, 0x17e0]
const DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `\\u{${zero.toString(16)}}-\\u{${(zero + 9).toString(16)}}`).join('')}]`,
  'gu',
)
/** The vowel AM taken apart (NFKD) leaves its ring, with tone marks typed before or behind it: of Thai, and of Lao. */
const AM = /[\u0e4d\u0e48-\u0e4b]{2,}|[\u0ecd\u0ec8-\u0ecb]{2,}/g
/** From katakana to the hiragana of the same sound. */
const KANA = 0x60

/** Scripts without spaces between words, and Korean, whose words grow together with what follows them. */
const UNSPACED =
  '\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Mymr}\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}'
const RUNS = new RegExp(
  `(?<run>(?:(?=[\\p{L}\\p{M}\\p{N}])[${UNSPACED}])+)|(?<word>(?![${UNSPACED}])[\\p{L}\\p{N}](?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])*)`,
  'gu',
)

/** One way of writing for all that people take for the same: case, width, accents, kana, digits, invisible characters. */
export function foldText(text: string): string {
  // Most names and all hosts, and much faster.
  if (ASCII.test(text)) return text.slice(0, 4 * MAX_TEXT).toLowerCase()
  return (
    text
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      // Before they are put in order, which for many takes long; and again, for some signs come apart into marks.
      .replace(MARKS, '$1')
      .slice(0, 4 * MAX_TEXT)
      .normalize('NFKD')
      .replace(MARKS, '$1')
      .toLowerCase()
      // Vowels and tones of the scripts of South East Asia are no accents.
      .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}])\p{M}+/gu, '')
      .replace(/[\u30a1-\u30f6\u30fd\u30fe]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - KANA))
      .replace(AM, putTonesFirst)
      .normalize('NFC')
      .replace(DIGITS, readDigit)
      .replace(UNUSUAL, (char) => PLAIN[char] ?? char)
  )
}

function putTonesFirst(marks: string): string {
  return marks.replace(/[\u0e4d\u0ecd]/g, '') + marks.replace(/[^\u0e4d\u0ecd]/g, '')
}

function readDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code))
}

/** A piece of a folded text: a word, or characters of a script without spaces. */
interface Piece {
  text: string
  isWord: boolean
}

function piecesOf(text: string): Piece[] {
  const folded = foldText(text)
  if (ASCII.test(folded)) {
    const words = folded.slice(0, MAX_TEXT).match(/[a-z0-9]+/g) ?? []
    return words.map((word) => ({ isWord: true, text: word.slice(0, MAX_WORD) }))
  }
  return Array.from(cut(folded, MAX_TEXT).matchAll(RUNS), ({ groups, 0: found }) => {
    const isWord = groups?.word !== undefined
    return { isWord, text: isWord ? cut(found, MAX_WORD) : found }
  })
}

/** Its first characters, none of them halved. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : Array.from(text).slice(0, length).join('')
}

/**
 * The terms of texts, parted by spaces: words as they are; of scripts without spaces each two neighbouring characters, and the
 * last one alone, so that any part of a name is found, even one character of it.
 * @example indexTerms(['株式会社ABC']) // '株式 式会 会社 社 abc'
 */
export function indexTerms(texts: readonly string[]): string {
  const terms: string[] = []
  for (const text of texts) {
    let run = ''
    const end = (): void => {
      if (run !== '') terms.push(...pairsOf(run), Array.from(run).at(-1) ?? '')
      run = ''
    }
    for (const piece of piecesOf(text)) {
      if (piece.isWord) {
        end()
        terms.push(piece.text)
        // 山田 太郎 is found as 山田太郎 too.
      } else run += piece.text
    }
    end()
  }
  return terms.join(' ')
}

function pairsOf(run: string): string[] {
  const chars = Array.from(run)
  return chars.slice(0, -1).map((char, i) => `${char}${chars[i + 1] ?? ''}`)
}

/**
 * What a text asks for, as phrases of SQLite's FTS5: each word by its beginning, each piece of a script without spaces wherever
 * it stands. None where nothing in the text can be searched for.
 * @example matchPhrases('Siam 木') // ['"siam"*', '"木"*']
 */
export function matchPhrases(text: string): string[] {
  const pieces = piecesOf(hostIn(text)).slice(0, MAX_PIECES)
  // "co company" asks for no more than "company", and each beginning that many names share costs.
  const implied = ({ text: piece, isWord }: Piece): boolean =>
    isWord && piece.length > 1 && pieces.some((other) => other.text !== piece && other.text.startsWith(piece))
  const kept = pieces.filter((piece) => !implied(piece))
  const phrases = kept.map(({ text: piece, isWord }) => {
    const length = Array.from(piece).length
    if (!isWord && length > 1) return `"${pairsOf(piece).join(' ')}"`
    // A single Latin letter begins a tenth of all names; alone it is a name's initial.
    return isWord && length === 1 && piece < '\u0080' ? `"${piece}"` : `"${piece}"*`
  })
  return [...new Set(phrases)]
}

/** Of a pasted web address only the host is kept in the directory. */
function hostIn(text: string): string {
  return /^\s*https?:\/\/(?:www\.)?([^/?#\s]+)/i.exec(text)?.[1] ?? text
}
