/**
 * Bytes of an agency's file to text: the encoding is recognised where it can be proved, taken from the mapping
 * where it is named, and otherwise asked for (DESIGN 5, "Command line").
 */
import { findDamage } from './damage.js'
import { ImportError } from './import-error.js'
import type { Encoding } from './mapping.js'

/** A register of 200,000 rows with long Thai names stays below 50 MB; a larger file is not a list of shops. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/** Characters looked at for a majority of damaged lines: some hundred rows tell a wrong encoding from a spoilt cell. */
const DAMAGE_SAMPLE = 100_000

/** One misplaced Thai mark in twenty letters is sloppy typing; more is not Thai. */
const MAX_MISPLACED_THAI = 0.05

export interface DecodedTable {
  text: string
  encoding: Encoding | 'utf-16be'
  /** What the officer should know about how the encoding was found. */
  notes: string[]
}

/** Files that are not text at all, by their first bytes. */
const CONTAINERS: readonly (readonly [start: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an Excel workbook (.xlsx, or another zip archive)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
]

/**
 * Refuses what is no text at all. A caller asks before it asks for a mapping, which a workbook would not help.
 * @throws {ImportError} `not-a-table`
 */
export function refuseContainer(bytes: Uint8Array): void {
  const container = CONTAINERS.find(([start]) => startsWith(bytes, start))
  if (container)
    throw new ImportError(
      'not-a-table',
      `This is ${container[1]}: save its sheet as "CSV UTF-8" and import that file.`,
    )
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Number of the first line that is not UTF-8. Splitting at line feeds is safe: no longer sequence contains one. */
function firstBrokenLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed
    if (decodeStrictly(bytes.subarray(start, end), 'utf-8') === undefined) return line
    start = end + 1
  }
  return 0
}

/**
 * A file whose first line or most lines are damaged was read or saved wrongly, and one answer is better than one
 * for every row. A single spoilt cell is left to its row.
 */
function refuseDamaged(decoded: DecodedTable, bytes?: Uint8Array): DecodedTable {
  const lines = decoded.text
    .slice(0, DAMAGE_SAMPLE)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  const damaged = lines.flatMap((line) => findDamage(line) ?? [])
  const header = findDamage(lines[0] ?? '')
  const throughout = damaged.length >= 2 && damaged.length * 2 > lines.length
  const first = header ?? (throughout ? damaged[0] : undefined)
  if (!first) return decoded
  const others = bytes ? likelyEncodings(bytes).filter(({ encoding }) => encoding !== decoded.encoding) : []
  const right = others.length > 0 ? adviseEncodings(others) : 'name the right encoding with --encoding.'
  throw new ImportError(
    'text-damaged',
    `Read as ${decoded.encoding}, the text ${first.what}. ${first.remedy}, or ${right}`,
  )
}

/** Whether text reads as Thai: marks stand on letters, leading vowels before consonants, no Thai glued to Latin. */
function isPlausibleThai(text: string): boolean {
  // The bytes windows-874 leaves unassigned come out as C1 controls or private characters, depending on the engine.
  if (/[\u0080-\u009f\ue000-\uf8ff\ufffd]/.test(text)) return false
  const letters = text.match(/[\u0e01-\u0e4e]/g)?.length ?? 0
  const misplaced =
    text.match(
      /(?<![\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])|(?<=[a-z])[\u0e01-\u0e5b](?=[a-z])/g,
    )?.length ?? 0
  return letters > 0 && misplaced <= letters * MAX_MISPLACED_THAI
}

/**
 * Whether bytes that decode as Shift_JIS read as Japanese. Thai letters come out as half-width katakana and rare
 * kanji (JIS level 2), so kana or everyday kanji (level 1, lead bytes 88 to 97) must be there and prevail.
 */
function isPlausibleJapanese(bytes: Uint8Array): boolean {
  let kana = 0
  let common = 0
  let rare = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte >= 0xa1 && byte <= 0xdf) rare++
    if (byte < 0x81 || (byte >= 0xa0 && byte <= 0xdf)) continue
    if (byte === 0x82 || byte === 0x83) kana++
    else if (byte >= 0x88 && byte <= 0x97) common++
    else if (byte >= 0x98) rare++
    i++
  }
  return kana > 0 || common > rare
}

/** An encoding in which bytes that are not UTF-8 read as a language. */
interface LikelyEncoding {
  encoding: 'windows-874' | 'shift_jis'
  language: string
  text: string
}

function likelyEncodings(bytes: Uint8Array): LikelyEncoding[] {
  const thai = new TextDecoder('windows-874').decode(bytes)
  const japanese = decodeStrictly(bytes, 'shift_jis')
  const likely: LikelyEncoding[] = []
  if (isPlausibleThai(thai) && findDamage(thai) === undefined)
    likely.push({ encoding: 'windows-874', language: 'Thai', text: thai })
  if (japanese !== undefined && isPlausibleJapanese(bytes))
    likely.push({ encoding: 'shift_jis', language: 'Japanese', text: japanese })
  return likely
}

/** Both remedies, for one run and for every run. */
function adviseEncodings(likely: readonly LikelyEncoding[]): string {
  const [first] = likely
  const readings = likely.map(({ encoding, language }) => `${language} in ${encoding}`).join(' or ')
  return `it is probably ${readings}: give --encoding ${first?.encoding}, or correct the mapping to "encoding": "${first?.encoding}".`
}

function decodeByEvidence(bytes: Uint8Array): DecodedTable {
  const likely = likelyEncodings(bytes)
  const [only] = likely
  if (only && likely.length === 1) {
    const { encoding, language, text } = only
    const notes = [
      `The file is not UTF-8. It was read as ${encoding}, because only so it reads as ${language}. Look at the names; if they are wrong, give --encoding.`,
    ]
    return refuseDamaged({ text, encoding, notes })
  }
  const line = firstBrokenLine(bytes)
  const both = only ? 'It could be windows-874 as well as shift_jis.' : ''
  throw new ImportError(
    'encoding-ambiguous',
    `The file is not UTF-8 (line ${line} breaks it), and what else it is can't be told for sure. ${both} Save it as "CSV UTF-8", or give --encoding windows-874, shift_jis or another (--encoding utf-8 refuses only the rows that are broken).`,
  )
}

/** Decodes without throwing: unreadable bytes become damage that the row, or {@link refuseDamaged}, reports. */
function decodeAs(bytes: Uint8Array, encoding: Encoding, notes: string[]): DecodedTable {
  return refuseDamaged({ text: new TextDecoder(encoding).decode(bytes), encoding, notes }, bytes)
}

/**
 * Decodes a table file. Precedence: byte order mark, `forced`, strict UTF-8, `mapped`, evidence.
 * @param named.forced the encoding given on the command line
 * @param named.mapped the encoding named in the mapping file
 * @throws {ImportError} `file-too-large`, `not-a-table`, `encoding-wrong`, `encoding-ambiguous`, `text-damaged`
 */
export function decodeTable(
  bytes: Uint8Array,
  named: { forced?: Encoding | undefined; mapped?: Encoding | undefined } = {},
): DecodedTable {
  if (bytes.length > MAX_FILE_BYTES)
    throw new ImportError(
      'file-too-large',
      `The file has ${bytes.length} bytes; at most ${MAX_FILE_BYTES} are read. Split it by mark or by year.`,
    )
  refuseContainer(bytes)

  const marked = (
    [
      [[0xef, 0xbb, 0xbf], 'utf-8'],
      [[0xff, 0xfe], 'utf-16le'],
      [[0xfe, 0xff], 'utf-16be'],
    ] as const
  ).find(([mark]) => startsWith(bytes, mark))
  if (marked) {
    // Not fatal: a broken row in a file that says what it is costs that row only.
    const text = new TextDecoder(marked[1]).decode(bytes)
    return refuseDamaged({ text, encoding: marked[1], notes: disagreement(marked[1], named) })
  }
  if (named.forced) return decodeAs(bytes, named.forced, [])
  if (named.mapped === 'utf-16le') return decodeAs(bytes, 'utf-16le', [])
  if (bytes.includes(0))
    throw new ImportError(
      'not-a-table',
      'The file contains zero bytes: it is no text, or UTF-16 without a byte order mark. Save it as "CSV UTF-8", or give --encoding utf-16le.',
    )
  const utf8 = decodeStrictly(bytes, 'utf-8')
  if (utf8 !== undefined) {
    const ascii = utf8.length === bytes.length
    return refuseDamaged({ text: utf8, encoding: 'utf-8', notes: ascii ? [] : disagreement('utf-8', named) })
  }
  if (named.mapped === 'utf-8') throw notUtf8(bytes)
  return named.mapped ? decodeAs(bytes, named.mapped, []) : decodeByEvidence(bytes)
}

/** The mapping says UTF-8 and the bytes do not: another encoding throughout, or a few spoilt rows. */
function notUtf8(bytes: Uint8Array): ImportError {
  const likely = likelyEncodings(bytes)
  const advice =
    likely.length > 0
      ? `As a whole ${adviseEncodings(likely)} Or save the file as "CSV UTF-8".`
      : 'Save the file as "CSV UTF-8", give --encoding windows-874, shift_jis or another and correct "encoding" in the mapping, or give --encoding utf-8 to refuse only the rows that are broken.'
  return new ImportError(
    'encoding-wrong',
    `The mapping says utf-8, but line ${firstBrokenLine(bytes)} is not. ${advice}`,
  )
}

function disagreement(
  found: string,
  named: { forced?: Encoding | undefined; mapped?: Encoding | undefined },
): string[] {
  const said = named.forced ?? named.mapped
  if (said === undefined || said === found) return []
  return [`The file is ${found}, although ${said} was named; it was read as ${found}.`]
}
