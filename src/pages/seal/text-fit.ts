/**
 * Texts in a drawing, which no browser breaks or cuts: cleaned for XML 1.0 (section 2.2), measured by classes of characters, broken
 * at words, cut between graphemes (UAX 29). Names on a seal are strangers' text, so nothing here trusts them.
 */

/** Most UTF-16 units of a name that are looked at: twice what a seal can show of any. */
const MAX_NAME = 160
/** And before its towers of marks are taken down: the longest text that a statement can hold is shorter. */
const MAX_RAW = 20_000
/** Marks above and below one letter: Thai stacks two; what stacks more only wants to leave its line. */
const MARKS = /(\p{M}{2})\p{M}+/gu
/** Joiners and the emoji selector change letters beside them; every other ignorable character only hides something. */
const HIDDEN = /(?!\u200c|\u200d|\ufe0f)[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufffe\uffff]/gu
const BLANK = /[\p{Cc}\p{Z}\s]+/gu
/** Half of a pair of surrogates is no character, and no XML. */
const BROKEN = /\p{Cs}/gu

/** A text in one line that may stand in XML once escaped, and can't turn, hide or leave its line. @param most UTF-16 units kept */
export function tidy(text: string, most = MAX_NAME): string {
  return text
    .slice(0, MAX_RAW)
    .normalize('NFC')
    .replace(MARKS, '$1')
    .replace(BROKEN, '\ufffd')
    .replace(HIDDEN, '')
    .replace(BLANK, ' ')
    .slice(0, most)
    .replace(BROKEN, '')
    .trim()
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
}

/**
 * Widths in em, bold, of the widest among the usual system fonts; the first class that has a character counts. Whoever has another
 * font still has the drawing's margins.
 */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\p{Mn}\p{Me}\p{Cf}]/u, 0],
  [/[il.,:;'|!·I’]/u, 0.38],
  [/[frtj()/[\]"`* \u00a0-]/u, 0.46],
  [/[mwMW@%…—]/u, 1.02],
  [/\d/u, 0.61],
  [/[a-z]/u, 0.66],
  [/[A-Z]/u, 0.8],
  [/[ฌญฒณฐฑ]/u, 1.08],
  [/\p{Script=Thai}/u, 0.68],
  [/[жшщюыфмЖШЩЮЫФМ]/u, 1.1],
  [/\p{Script=Han}|[\u3000-\u30ff\uff00-\uffef]/u, 1],
  [/[\p{Ll}\p{P}]/u, 0.75],
  // Signs that stand for a whole phrase, or for a number of wedges.
  [/[\ufdfa\ufdfb\ufdfd\u2e3b\ua9c5]|\p{Script=Cuneiform}/u, 11],
  [/[\p{Extended_Pictographic}\u2e3a]/u, 2],
]
/** Any other letter or sign, and the box that stands for one that no font has. */
const OTHER = 1.1
/** Regular letters are this much narrower than bold ones, but for those that fill a square. */
const REGULAR = 0.94

/** Widths by character, up to as many as the scripts of our languages have: a seal measures each of its letters many times. */
const known = new Map<string, number>()
const MAX_KNOWN = 20_000

function widthOfChar(char: string): number {
  const before = known.get(char)
  if (before !== undefined) return before
  const width = CLASSES.find(([chars]) => chars.test(char))?.[1] ?? OTHER
  if (known.size < MAX_KNOWN) known.set(char, width)
  return width
}

/** Width in em, rather too much than too little. */
export function widthOf(text: string, bold: boolean): number {
  let width = 0
  for (const char of text.normalize('NFD')) {
    const own = widthOfChar(char)
    width += bold || own >= 1 ? own : own * REGULAR
  }
  return width
}

/** How far lines stand apart, in em: marks above capitals (Vietnamese) and above vowels (Thai) need room. */
export function lineHeightOf(text: string): number {
  if (/^[\p{Script=Thai}\p{Script=Latin}\p{Script=Common}]*$/u.test(text))
    return /\p{Script=Thai}/u.test(text) ? 1.42 : text === text.normalize('NFD') ? 1.28 : 1.36
  return /[^\p{Script=Latin}\p{Script=Han}\p{scx=Hira}\p{scx=Kana}\p{Script=Common}]/u.test(text) ? 1.5 : 1.32
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const words = new Intl.Segmenter('th', { granularity: 'word' })

/** What a reader counts as one character. */
export function graphemesOf(text: string): string[] {
  // Nothing joins in ASCII, as most host names are written.
  return /^[ -~]*$/.test(text) ? [...text] : [...graphemes.segment(text)].map(({ segment }) => segment)
}

/** Scripts that write words without spaces between them, and their punctuation. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff00-\uffef]/u
/** What must not begin a line: Japanese endings in hiragana belong to the word before them. */
const CLOSING = /^(?:[\p{Pe}\p{Pf}\p{Po}\p{M}ー々ๆฯ ]|\p{Script=Hiragana})/u
/** What must not end one. */
const OPENING = /[\p{Ps}\p{Pi}]$/u

/** What stands in brackets stays together where it is short. */
const BRACKETS = /(?=[（(])|(?<=[）)])/u
const BRACKETED = /^[（(].*[）)]$/u
const LONGEST_BRACKET = 16

/** Pieces between which a line may end; a space stays at the end of its piece. */
function pieces(text: string): string[] {
  const found: string[] = []
  for (const token of text.split(/(?<= )/)) {
    const parts = token.split(BRACKETS).flatMap(wordsOf)
    for (const [i, part] of parts.entries()) {
      const last = found.length - 1
      const before = found[last]
      if (i > 0 && before !== undefined && isOneWith(before, part)) found[last] = before + part
      else found.push(part)
    }
  }
  return found
}

function wordsOf(text: string): string[] {
  if (!UNSPACED.test(text) || (BRACKETED.test(text) && text.length <= LONGEST_BRACKET)) return [text]
  return [...words.segment(text)].map(({ segment }) => segment)
}

function isOneWith(before: string, part: string): boolean {
  return CLOSING.test(part) || OPENING.test(before) || (!UNSPACED.test(before) && !UNSPACED.test(part))
}

/** A text cut into the pieces between which its lines may end, each with its width: made once, broken at many widths. */
export interface Measured {
  bold: boolean
  pieces: { text: string; width: number; trimmed: number }[]
}

export function measure(text: string, bold: boolean): Measured {
  const found = pieces(text).map((piece) => ({
    text: piece,
    width: widthOf(piece, bold),
    trimmed: widthOf(piece.trimEnd(), bold),
  }))
  return { bold, pieces: found }
}

/** Lines of a text, and whether some of it was broken within a word, or cut off. */
export interface Wrapped {
  lines: string[]
  harmed: boolean
}

/**
 * Breaks a text into at most `most` lines no wider than `width` (em), at words where that is possible. What does not fit is cut
 * off, and an ellipsis says so.
 */
export function wrap(text: Measured, width: number, most: number): Wrapped {
  const lines: string[] = []
  let line = { text: '', width: 0 }
  let harmed = false
  const end = (): void => {
    if (line.text.trim() !== '') lines.push(line.text.trim())
    line = { text: '', width: 0 }
  }
  for (const piece of text.pieces) {
    if (lines.length > most) break
    if (line.width + piece.trimmed > width) end()
    if (piece.trimmed <= width) {
      line = { text: line.text + piece.text, width: line.width + piece.width }
      continue
    }
    harmed = true
    for (const grapheme of graphemesOf(piece.text)) {
      const own = widthOf(grapheme, text.bold)
      if (line.width + own > width) end()
      line = { text: line.text + grapheme, width: line.width + own }
    }
  }
  end()
  if (lines.length <= most) return { lines, harmed }
  const kept = lines.slice(0, most)
  return { lines: [...kept.slice(0, -1), endIn(kept.at(-1) ?? '', width, text.bold)], harmed: true }
}

/** The beginning of a line, with an ellipsis that still fits. */
function endIn(line: string, width: number, bold: boolean): string {
  const all = graphemesOf(line)
  while (all.length > 1 && widthOf(`${all.join('').trimEnd()}…`, bold) > width) all.pop()
  return `${all.join('').trimEnd()}…`
}
