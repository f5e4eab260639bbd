/** Draws what must be kept as a PNG: dark on white, digits in big groups, readable on a small screen and on paper. */

/** What is kept. */
export interface Keepsake {
  title: string
  /** `groups`: parts that stand apart, two to a line, as digits are read. */
  lines: readonly { label: string; value: string; groups?: readonly string[] }[]
  foot: string
  /** File name without its ending. */
  file: string
}

/** As wide as most telephones' screens in real pixels. */
const WIDTH = 1080
const MARGIN = 72
const FONT = 'system-ui, -apple-system, "Noto Sans", "Noto Sans Thai", "Noto Sans JP", sans-serif'
const DIGITS = 'ui-monospace, Menlo, Consolas, "Noto Sans Mono", monospace'

interface Row {
  text: string
  size: number
  weight: 400 | 700
  font: string
  after: number
}

/** @throws Error when the browser can't draw */
export function drawPicture(keepsake: Keepsake): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  const rows = layOut(keepsake, context)
  canvas.width = WIDTH
  canvas.height = rows.reduce((sum, { size, after }) => sum + size * 1.4 + after, 2 * MARGIN)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#11181f'
  context.textBaseline = 'top'
  let y = MARGIN
  for (const row of rows) {
    context.font = `${row.weight} ${row.size}px ${row.font}`
    context.fillText(row.text, MARGIN, y)
    y += row.size * 1.4 + row.after
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))), 'image/png'),
  )
}

function layOut({ title, lines, foot }: Keepsake, context: CanvasRenderingContext2D): Row[] {
  const wrap = (text: string, size: number, weight: 400 | 700, after: number): Row[] => {
    context.font = `${weight} ${size}px ${FONT}`
    const parts = breakLines(text, (part) => context.measureText(part).width <= WIDTH - 2 * MARGIN)
    return parts.map((part, i) => ({
      text: part,
      size,
      weight,
      font: FONT,
      after: i === parts.length - 1 ? after : 0,
    }))
  }
  return [
    ...wrap(title, 48, 700, 40),
    ...lines.flatMap(({ label, value, groups }) => {
      const shown = pairs(groups ?? [value])
      return [
        ...wrap(label, 40, 400, 8),
        ...shown.map((text, i) => ({
          text,
          size: 84,
          weight: 700 as const,
          font: DIGITS,
          after: i === shown.length - 1 ? 44 : 0,
        })),
      ]
    }),
    ...wrap(foot, 34, 400, 0),
  ]
}

function pairs(groups: readonly string[]): string[] {
  return groups.flatMap((group, i) =>
    i % 2 === 0 ? [[group, groups[i + 1]].filter(Boolean).join('  ')] : [],
  )
}

/** Breaks a text where it no longer fits: between words, or in scripts without spaces between letters. */
export function breakLines(text: string, fits: (part: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(/[^\s\u3000-\u9fff\uff00-\uffef]+\s*|[\u3000-\u9fff\uff00-\uffef]|\s+/gu) ??
    []) {
    if (line !== '' && !fits((line + piece).trimEnd())) {
      lines.push(line.trimEnd())
      line = ''
    }
    // A Thai sentence is one piece: cut it before a letter that stands on its own, never before a mark.
    let rest = piece
    while (!fits(rest.trimEnd())) {
      const letters = rest.match(/\P{M}\p{M}*/gu) ?? [rest]
      let count = letters.length - 1
      while (count > 1 && !fits(letters.slice(0, count).join(''))) count -= 1
      if (count < 1) break
      lines.push(letters.slice(0, count).join(''))
      rest = letters.slice(count).join('')
    }
    line += rest
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}
