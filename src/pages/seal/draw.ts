/** Draws a seal as SVG 1.1 that runs nothing and loads nothing: system fonts, the hub's own signs (DESIGN 4.14; issue 5, story 3). */
import { SEAL_SIZES, type SealStyle, type SealTheme } from './addresses.js'
import type { SealFace, SealTone } from './face.js'
import { type Column, layOut, type Paragraph } from './layout.js'
import { escapeXml } from './text-fit.js'

/** As the pages' panels: white letters have a contrast of 5 at least on each. */
const TONE_COLOURS: Readonly<Record<SealTone, string>> = {
  quality: '#0a6640',
  identity: '#1f4f9e',
  registration: '#5a4a72',
  stop: '#a01722',
  wait: '#7d4700',
  none: '#3f4b55',
}
const COLOURS = {
  light: '.p{fill:#fff}.i{fill:#11181f}.s{fill:#4b5761}.r{stroke:#8a96a1}',
  dark: '.p{fill:#11171c}.i{fill:#e9eef2}.s{fill:#b3bfc9}.r{stroke:#7d8b97}',
} as const
const FONTS =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Thai','Leelawadee UI',Thonburi,'Hiragino Sans','Yu Gothic UI',Meiryo,'Noto Sans JP',sans-serif"

const MARGIN = 14
const SIGN = 48
/** Height of the strip on a demo's seals. */
const STRIP = 23
const RADIUS = 12
/** Smallest letters of a card: 9 px where a snippet shows it, 160 px wide. */
const LEAST = 13.5
/** Letters of small print, which a card keeps while its headline has room to give. */
const SMALL = 15
/** Heights that a card's headline may take, the largest first. */
const HEAD_ROOMS = [84, 66, 52, 40] as const
/** How far names grow where there is room. */
const LARGER = [1.24, 1.12]

/** A rectangle of the drawing. */
interface Box {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Draws a face. In force, the sign stands on a band of its colour above a page of the theme's; of anything else all is of one
 * colour: the two differ without colours too.
 */
export function drawSeal(face: SealFace, style: SealStyle, theme: SealTheme): string {
  const { width, height } = SEAL_SIZES[style]
  const parts = style === 'card' ? drawCard(face, width, height) : drawWide(face, width, height)
  const { lang } = face
  const frame = `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="${RADIUS}" fill="none" class="r" stroke-width="2"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" lang="${lang}" xml:lang="${lang}" aria-labelledby="t d" font-family="${FONTS}"><title id="t">${escapeXml(face.title)}</title><desc id="d">${escapeXml(face.description)}</desc><style>${styleOf(face, theme)}</style><clipPath id="c"><rect width="${width}" height="${height}" rx="${RADIUS}"/></clipPath><g clip-path="url(#c)"><rect width="${width}" height="${height}" class="p"/>${demoStrip(face, width)}${parts}</g>${frame}</svg>`
}

function styleOf({ inForce, tone }: SealFace, theme: SealTheme): string {
  if (!inForce)
    return `.p{fill:${TONE_COLOURS[tone]}}.i,.s,.w{fill:#fff}.r{stroke:${tone === 'none' ? '#fff' : '#11181f'}}`
  const base = `.w{fill:#fff}`
  if (theme !== 'auto') return base + COLOURS[theme]
  return `${base}${COLOURS.light}@media (prefers-color-scheme:dark){${COLOURS.dark}}`
}

function drawCard(face: SealFace, width: number, height: number): string {
  const inner = width - 2 * MARGIN
  const top = face.demo === undefined ? 0 : STRIP
  const foot = layOut(footParagraphs(face), inner, 88, { least: LEAST })
  const footTop = height - 12 - foot.height
  const kind = layOut(kindParagraphs(face), inner - SIGN - 10, SIGN + 6, { least: LEAST })
  const { head, band, body } = fitCard(face, inner, top, footTop)
  return [
    bandOf(face, { x: 0, y: top, width, height: band - top }),
    signOf(face, MARGIN, top + 12, SIGN),
    draw(kind, MARGIN + SIGN + 10, top + 12 + (SIGN - kind.height) / 2, true),
    draw(head, MARGIN, top + 12 + SIGN + 6, true),
    draw(body, MARGIN, band + 8, false),
    rule(face, MARGIN, footTop - 5, inner),
    draw(foot, MARGIN, footTop, false),
  ].join('')
}

/** Headline, where its band ends, and what stands below: the headline gives room before a name is cut, or letters become too small. */
function fitCard(
  face: SealFace,
  inner: number,
  top: number,
  footTop: number,
): { head: Column; band: number; body: Column } {
  const attempt = (own: SealFace, most: number, headRoom: number, least: number) => {
    const head = layOut(stateParagraphs(face), inner, headRoom, { least })
    const band = top + 12 + SIGN + 6 + head.height + 10
    const room = footTop - 10 - (band + 8)
    // Names don't grow at the cost of the headline.
    const largest = headRoom === HEAD_ROOMS[0] ? LARGER : []
    return { head, band, body: layOut(bodyParagraphs(own, most), inner, room, { largest, least }) }
  }
  const { level: _, ...bare } = face
  for (const [own, most] of [
    [face, 3],
    [face, 2],
    [face, 1],
    [bare, 1],
  ] as const)
    for (const least of [SMALL, LEAST])
      for (const headRoom of HEAD_ROOMS) {
        const fitted = attempt(own, most, headRoom, least)
        if (fitted.body.fits) return fitted
      }
  return attempt(face, 3, HEAD_ROOMS[0], 0)
}

/** Part of a wide seal that the band takes. */
const WIDE_BAND = 176

function drawWide(face: SealFace, width: number, height: number): string {
  const top = face.demo === undefined ? 0 : STRIP
  const left = layOut(
    [...kindParagraphs(face), ...stateParagraphs(face)],
    WIDE_BAND - 2 * MARGIN,
    height - top - SIGN - 28,
  )
  const x = WIDE_BAND + MARGIN
  const inner = width - x - MARGIN
  const foot = layOut(footParagraphs(face), inner, 60)
  const footTop = height - 9 - foot.height
  const body = layOut(bodyParagraphs(face), inner, footTop - 8 - (top + 8), { largest: LARGER })
  return [
    bandOf(face, { x: 0, y: top, width: WIDE_BAND, height: height - top }),
    signOf(face, MARGIN, top + 10, SIGN),
    draw(left, MARGIN, top + 10 + SIGN + 6, true),
    draw(body, x, top + 8, false),
    rule(face, x, footTop - 4, inner),
    draw(foot, x, footTop, false),
  ].join('')
}

const kindParagraphs = ({ kind }: SealFace): Paragraph[] =>
  kind === undefined ? [] : [{ text: kind, size: 18, most: 2 }]

const stateParagraphs = ({ state }: SealFace): Paragraph[] => [{ text: state, size: 26, most: 3, bold: true }]

/** @param most lines of the mark's name */
function bodyParagraphs({ mark, level, label, place, more, note }: SealFace, most = 3): Paragraph[] {
  return [
    ...(note === undefined ? [] : [{ text: note, size: 19, most: 6 }]),
    ...(mark ? [{ text: mark.text, lang: mark.lang, size: 19, most, bold: true }] : []),
    ...(level
      ? [{ text: level.text, brief: withoutBrackets(level.text), lang: level.lang, size: 18, most: 1 }]
      : []),
    ...(label === undefined ? [] : [{ text: label, size: 15, most: 1, soft: true, gap: 7 }]),
    ...(place ? [{ text: place, size: 20, most: 4, bold: true }] : []),
    ...(more === undefined ? [] : [{ text: more, size: 15, most: 1, soft: true }]),
  ]
}

/** What a level's name says in brackets says it again in other words, as in "ดีมาก (Gold)". */
function withoutBrackets(text: string): string | undefined {
  const bare = text.replace(/\s*[（(][^（()）]*[）)]\s*$/u, '')
  return bare === '' || bare === text ? undefined : bare
}

function footParagraphs({ asOf, check }: SealFace): Paragraph[] {
  return [
    ...(asOf === undefined ? [] : [{ text: asOf, size: 15, most: 2, soft: true }]),
    { text: check, size: 15, most: 3, gap: 2 },
  ]
}

function bandOf({ inForce, tone }: SealFace, { x, y, width, height }: Box): string {
  if (!inForce) return ''
  return `<rect x="${x}" y="${n(y)}" width="${width}" height="${n(height)}" fill="${TONE_COLOURS[tone]}"/>`
}

function signOf({ sign }: SealFace, x: number, y: number, size: number): string {
  return `<g transform="translate(${x} ${n(y)}) scale(${n(size / 48)})" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><path d="${sign}"/></g>`
}

function rule({ inForce }: SealFace, x: number, y: number, width: number): string {
  return `<path d="M${x} ${n(y)}h${width}" ${inForce ? 'class="r"' : 'stroke="#fff"'} stroke-width="1"/>`
}

function demoStrip({ demo }: SealFace, width: number): string {
  if (demo === undefined) return ''
  return `<rect width="${width}" height="${STRIP}" fill="#ffdf80"/><text x="${width / 2}" y="17" font-size="15" font-weight="700" text-anchor="middle" fill="#201700">${escapeXml(demo)}</text>`
}

/** Each line is an element of its own, so that no text can turn round another. */
function draw({ lines }: Column, x: number, top: number, onBand: boolean): string {
  return lines
    .map(({ text, y, size, bold, soft, lang }) => {
      const ink = onBand ? 'w' : soft ? 's' : 'i'
      const own = lang === undefined ? '' : ` lang="${escapeXml(lang)}"`
      return `<text x="${x}" y="${n(top + y)}" font-size="${n(size)}"${bold ? ' font-weight="700"' : ''} class="${ink}"${own} direction="ltr" unicode-bidi="isolate">${escapeXml(text)}</text>`
    })
    .join('')
}

/** Two decimals are finer than any screen. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}
