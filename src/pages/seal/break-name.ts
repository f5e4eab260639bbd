/**
 * Where the lines of a name may end: no line of a host may look like a host of its own (`paypal.com` of `paypal.com.evil.example`,
 * `s.example` of `ceramics.example`), for that is what a visitor compares (issue 5, story 3).
 */
import { graphemesOf, widthOf } from './text-fit.js'

/**
 * What a break costs. Before the first dot of a name the next line begins with that dot, which no host does, and the line above has
 * none. Behind a hyphen, or within a label, the costs rise where the next line holds a dot: it reads as a shorter host.
 */
const BEFORE_DOT = 1
const BEHIND_HYPHEN = 3
const WITHIN = 8
const LIKE_A_HOST = 20
/** Beside another dot, or a slash; only labels of a letter or two leave no other place. */
const BESIDE = 1000
/** Each line costs as much as a break within a label, so that names do not fall to pieces for the sake of their breaks. */
const LINE = 8
/** Where fewer lines matter more than anything. */
const FEWEST = 1_000_000

/** The cheapest way from a place in the name to its end. */
interface Way {
  cost: number
  end: number
}

/** Lines no wider than `width` (em, bold), broken where it harms least; if these were more than `most`, as few as can be. */
export function breakName(text: string, width: number, most: number): string[] {
  const lines = breakAt(text, width, LINE)
  return lines.length > most ? breakAt(text, width, FEWEST) : lines
}

function breakAt(text: string, width: number, lineCost: number): string[] {
  const all = graphemesOf(text)
  const widths = all.map((one) => widthOf(one, true))
  const firstDot = all.indexOf('.')
  // From the last line to the first.
  const ways: Way[] = []
  ways[all.length] = { cost: 0, end: all.length }
  for (let start = all.length - 1; start >= 0; start -= 1) {
    let best: Way = { cost: Number.POSITIVE_INFINITY, end: start + 1 }
    let used = 0
    let dotted = false
    for (let end = start + 1; end <= all.length; end += 1) {
      used += widths[end - 1] ?? 0
      // A single grapheme may be wider than its line: it stands there all the same.
      if (used > width && end > start + 1) break
      dotted ||= all[end - 1] === '.'
      const rest = ways[end]?.cost ?? 0
      const cost = rest + lineCost + breakCost(all, start, firstDot, dotted)
      // Of equals the longer line, as a reader expects.
      if (cost <= best.cost) best = { cost, end }
    }
    ways[start] = best
  }
  const lines: string[] = []
  for (let start = 0; start < all.length; start = ways[start]?.end ?? all.length)
    lines.push(all.slice(start, ways[start]?.end).join(''))
  return lines
}

/** Of the break before `at`, where a line begins that holds a dot or none. */
function breakCost(all: readonly string[], at: number, firstDot: number, dotted: boolean): number {
  if (at === 0) return 0
  if (all[at] === '.' && at === firstDot) return BEFORE_DOT
  if (/[./]/.test(`${all[at - 1]}${all[at]}`)) return BESIDE
  return (all[at - 1] === '-' ? BEHIND_HYPHEN : WITHIN) + (dotted ? LIKE_A_HOST : 0)
}

/** Whether a name is broken only where no label is torn: before its first dot, or behind a hyphen whose next line has no dot. */
export function isBrokenWell(lines: readonly string[]): boolean {
  return lines.every(
    (line, i) =>
      i === 0 ||
      line.startsWith('.') ||
      lines[i - 1]?.endsWith('/') ||
      (lines[i - 1]?.endsWith('-') === true && !line.includes('.')),
  )
}
