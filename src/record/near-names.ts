/** Names one slip away from another, and the names within a longer one: what to look up to find an imitation's model. */
import { foldPairs, lookOf } from './lookalike.js'

/** A slip in a shorter name makes another word too often: shops named `silk` and `milk` do not imitate each other. */
export const MIN_TYPO_LETTERS = 5
/** A shorter name stands in other words by chance. */
export const MIN_INSIDE_LETTERS = 6
/**
 * Neighbours of one name that are looked up. With 33 Latin letters and digits that is a name of 59 letters, with 65 Thai
 * letters one of 30; of longer names only missing and swapped letters are sought. All of them are one query of some
 * 100 kB, a few milliseconds.
 */
export const MAX_NEIGHBOURS = 4000

/** Letters of a script as code points `[first, last]`. Han and Hangul have too many letters to try each. */
const SCRIPTS: { has: RegExp; letters: [first: number, last: number][] }[] = [
  { has: /\p{Script=Latin}/u, letters: [[0x61, 0x7a]] },
  {
    has: /\p{Script=Thai}/u,
    letters: [
      [0x0e01, 0x0e32],
      [0x0e34, 0x0e39],
      [0x0e40, 0x0e4d],
    ],
  },
  { has: /\p{Script=Hiragana}/u, letters: [[0x3041, 0x3093]] },
  {
    has: /\p{Script=Katakana}/u,
    letters: [
      [0x30a1, 0x30f4],
      [0x30fc, 0x30fc],
    ],
  },
  { has: /\p{Script=Cyrillic}/u, letters: [[0x0430, 0x045f]] },
  { has: /\p{Script=Greek}/u, letters: [[0x03b1, 0x03c9]] },
]

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const BEYOND_ASCII = /[^\u0000-\u007f]/

const DIGITS: [first: number, last: number] = [0x30, 0x39]

const looksOf = (ranges: readonly [first: number, last: number][]): string[] =>
  ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => lookOf(String.fromCodePoint(first + i))),
  )

/** Worked out once: each look-up that finds no mark needs them. */
const ALPHABETS = SCRIPTS.map(({ has, letters }) => ({ has, looks: looksOf(letters) }))
const DIGIT_LOOKS = looksOf([DIGITS])

/** What a slip can put into a name: letters of the scripts it is written in, digits, and its own letters, as they look. */
function alphabetOf(label: string, letters: readonly string[]): string[] {
  const looks = ALPHABETS.filter(({ has }) => has.test(label)).flatMap((script) => script.looks)
  return [...new Set([...DIGIT_LOOKS, ...looks, ...letters])].filter((letter) => letter !== '')
}

/**
 * The looks of all names of MIN_TYPO_LETTERS and more that differ from this one by one letter: missing, swapped with its
 * neighbour, other, added. The name itself and doubles may be among them. At most MAX_NEIGHBOURS.
 *
 * @param label in Unicode
 */
export function neighbours(label: string): string[] {
  const letters = Array.from(lookOf(label))
  const { length } = letters
  if (length + 1 < MIN_TYPO_LETTERS) return []
  // Every look-up that finds no mark makes some thousand of them, so they are put together from ready pieces.
  const before = [...letters, ''].map((_, at) => letters.slice(0, at).join(''))
  const from = [...letters, ''].map((_, at) => letters.slice(at).join(''))
  const found: string[] = []
  const add = (at: number, count: number, put: string) =>
    found.push(seen((before[at] ?? '') + put + (from[at + count] ?? '')))
  if (length > MIN_TYPO_LETTERS) for (let at = 0; at < length; at += 1) add(at, 1, '')
  if (length >= MIN_TYPO_LETTERS)
    for (let at = 1; at < length; at += 1) add(at - 1, 2, (letters[at] ?? '') + (letters[at - 1] ?? ''))
  const alphabet = alphabetOf(label, letters)
  if (found.length + (2 * length + 1) * alphabet.length > MAX_NEIGHBOURS) return found
  for (const letter of alphabet) {
    if (length >= MIN_TYPO_LETTERS) for (let at = 0; at < length; at += 1) add(at, 1, letter)
    for (let at = 0; at <= length; at += 1) add(at, 0, letter)
  }
  return found
}

/** The looks of all parts of a name that are long enough to be a shop's whole name, without the name itself; longest first. */
export function parts(label: string): string[] {
  const letters = Array.from(lookOf(label))
  const found: string[] = []
  for (let length = letters.length - 1; length >= MIN_INSIDE_LETTERS; length -= 1)
    for (let at = 0; at + length <= letters.length; at += 1)
      found.push(seen(letters.slice(at, at + length).join('')))
  return found
}

/** A slip can put two letters beside each other that look like one, and marks behind a letter that they belong to. */
function seen(look: string): string {
  return foldPairs(BEYOND_ASCII.test(look) ? look.normalize('NFC') : look)
}
