/** Lines of text in a column of a drawing: broken, and made smaller until all of it fits (issue 5, story 3). */
import { isBrokenWell } from './break-name.js'
import { formatPlace, placeLines, type SealPlace } from './place.js'
import { lineHeightOf, type Measured, measure, widthOf, wrap } from './text-fit.js'

/** A text with how it is to stand in its column; sizes in units of the drawing. */
export interface Paragraph {
  text: string | SealPlace
  /** Stands in place of a text that would be broken or cut. */
  brief?: string | undefined
  size: number
  /** More lines are cut. */
  most: number
  bold?: boolean
  soft?: boolean
  lang?: string | undefined
  /** Room above. */
  gap?: number
}

type MeasuredParagraph = Omit<Paragraph, 'text' | 'brief'> & {
  text: Measured | SealPlace
  brief: Measured | undefined
}

export interface Line {
  text: string
  /** Of the baseline, from the top of the column. */
  y: number
  size: number
  bold: boolean
  soft: boolean
  lang: string | undefined
}

export interface Column {
  lines: Line[]
  height: number
  /** False where it is larger than its room. */
  fits: boolean
}

/** How far texts shrink, step by step, before anything would leave its column. */
const STEPS = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52] as const
/** Each text shrinks by itself before a word of it is broken, or some of it cut off. */
const OWN_STEPS = [1, 0.9, 0.8, 0.72] as const

/**
 * The paragraphs one below the other, in the largest size in which they fit.
 * @param largest how far they may grow where there is room
 * @param least no letters are smaller than this, unless they were meant to be; then some of it may stand below its room
 */
export function layOut(
  paragraphs: readonly Paragraph[],
  width: number,
  height: number,
  { largest = [], least = 0 }: { largest?: readonly number[]; least?: number } = {},
): Column {
  let column: Column = { lines: [], height: 0, fits: true }
  const measured = paragraphs.map((one) => ({
    ...one,
    text: typeof one.text === 'string' ? measure(one.text, one.bold ?? false) : one.text,
    brief: one.brief === undefined ? undefined : measure(one.brief, one.bold ?? false),
  }))
  for (const step of [...largest, ...STEPS]) {
    const { lines, height: own } = layOutAt(measured, width, step, least)
    // One sign alone may be wider than its line, in letters that are not to be smaller.
    const fits = own <= height && lines.every((line) => widthOf(line.text, line.bold) * line.size <= width)
    column = { lines, height: own, fits }
    if (column.fits) break
  }
  return column
}

function layOutAt(
  paragraphs: readonly MeasuredParagraph[],
  width: number,
  step: number,
  least: number,
): Omit<Column, 'fits'> {
  const lines: Line[] = []
  let y = 0
  for (const { text, brief, size: full, most, bold = false, soft = false, lang, gap = 0 } of paragraphs) {
    y += gap * step
    const floor = Math.min(least, full)
    const given = Math.max(full * step, floor)
    const { texts, size } =
      'pieces' in text
        ? fitText(brief ? [text, brief] : [text], given, floor, width, most, !soft)
        : fitPlace(text, given, floor, width, most)
    for (const one of texts) {
      const tall = size * lineHeightOf(one)
      lines.push({ text: one, y: y + tall / 2 + size * 0.36, size, bold, soft, lang })
      y += tall
    }
  }
  return { lines, height: y }
}

interface Fitted {
  texts: string[]
  size: number
}

/**
 * @param texts the first that fits whole is taken, else the last
 * @param even lines of like length
 */
function fitText(
  texts: readonly [Measured, ...Measured[]],
  full: number,
  floor: number,
  width: number,
  most: number,
  even: boolean,
): Fitted {
  for (const text of texts)
    for (const size of sizesOf(full, floor)) {
      const { lines, harmed } = wrap(text, width / size, most)
      if (!harmed) return { texts: even ? balance(text, lines, width / size, most) : lines, size }
    }
  return { texts: wrap(texts.at(-1) ?? texts[0], width / full, most).lines, size: full }
}

/** As many lines, of more even length: a last word alone on its line is easily overlooked. */
function balance(text: Measured, lines: string[], width: number, most: number): string[] {
  let best = lines
  for (let narrower = width * 0.95; lines.length > 1 && narrower > width / 2; narrower *= 0.95) {
    const next = wrap(text, narrower, most)
    if (next.harmed || next.lines.length > lines.length) break
    best = next.lines
  }
  return best
}

function sizesOf(full: number, floor: number): number[] {
  return OWN_STEPS.map((step) => Math.max(full * step, floor))
}

/** A place that is no smaller than this stands in one line rather than in larger letters on two (units of the drawing). */
const SMALLEST_PLACE = 13.5

/** In one line where it can be, for a broken name is harder to compare; else broken where no label is torn; else whole; else cut. */
function fitPlace(place: SealPlace, full: number, floor: number, width: number, most: number): Fitted {
  const whole = formatPlace(place)
  const fitting = Math.min(full, Math.floor((width / widthOf(whole, true)) * 100) / 100)
  if (fitting >= Math.min(SMALLEST_PLACE, full)) return { texts: [whole], size: fitting }
  for (const isGood of [isBrokenWell, () => true])
    for (const lines of [2, most])
      for (const size of sizesOf(full, floor)) {
        const texts = placeLines(place, width / size, lines)
        if (!texts.some((text) => text.includes('…')) && isGood(texts)) return { texts, size }
      }
  return { texts: placeLines(place, width / full, most), size: full }
}
