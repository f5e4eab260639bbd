/** Addresses of a seal, and the snippet with which a shop shows it (DESIGN 5: `/seal/{record}.svg`, `/seal.js`). */
import type { Language } from '../../alliance/text.js'
import type { SealStyle, SealTheme } from '../../record/seal-data.js'
import { RECORD_PATH } from '../frame/reader.js'

export { SEAL_STYLES, SEAL_THEMES, type SealStyle, type SealTheme } from '../../record/seal-data.js'

export const SEAL_FOLDER = '/seal/'
/** The script's stable address: it stands in shops' pages for years. */
export const SEAL_SCRIPT = '/seal.js'

/** Units of the drawing, whose ratio a page must keep. */
export const SEAL_SIZES: Readonly<Record<SealStyle, { width: number; height: number }>> = {
  card: { width: 240, height: 360 },
  wide: { width: 480, height: 216 },
}

/** The width at which a snippet shows the card (CSS pixels): all of it can be read. */
const SNIPPET_WIDTH = 160

/** What the address of a seal may ask for. */
export interface SealWish {
  lang?: Language
  theme?: SealTheme
  style?: SealStyle
  /** Canonical key of the covered place that the seal is to name, where it is not the first. */
  place?: string
}

/**
 * Path of a record's seal. The id has no character that a path must escape (its colon may stand in a segment: RFC 3986,
 * section 3.3), so it stays readable, and short in a QR code.
 */
export function sealPath(id: string, wish: SealWish = {}): string {
  const query = new URLSearchParams(Object.entries(wish).filter(([, value]) => value !== undefined))
  return `${SEAL_FOLDER}${id}.svg${query.size > 0 ? `?${query}` : ''}`
}

/** Path of the QR code that leads to a record's page. */
export function codePath(id: string): string {
  return `${SEAL_FOLDER}${id}/qr.svg`
}

/** Path of the poster, without a language's prefix. */
export function posterPath(id: string): string {
  return `${RECORD_PATH}${id}/poster`
}

/** The record's page in whatever language its visitor reads: what seals and codes lead to. */
export function pageAddress(origin: string, id: string): string {
  return `${origin}${RECORD_PATH}${id}`
}

/**
 * The HTML that a shop pastes. The link tells the record page which site the visitor came from, by its origin alone, so that the
 * page can compare; the picture tells the hub nothing. `alt` must be neutral: a pasted text can't know of a revocation.
 * @param alt in the language of the seal
 */
export function formatSnippet(
  origin: string,
  id: string,
  { alt, ...wish }: SealWish & { alt: string },
): string {
  const { width, height } = SEAL_SIZES[wish.style ?? 'card']
  const tall = Math.round((SNIPPET_WIDTH * height) / width)
  const link = `<a href="${pageAddress(origin, id)}" target="_blank" rel="noopener" referrerpolicy="origin" data-trustmark="${id}">`
  const image = `<img src="${escapeAttribute(origin + sealPath(id, wish))}" alt="${escapeAttribute(alt)}" width="${SNIPPET_WIDTH}" height="${tall}" loading="lazy" decoding="async" referrerpolicy="no-referrer">`
  return `${link}${image}</a>`
}

/** The script's line for the snippet. */
export function formatScriptLine(origin: string): string {
  return `<script async src="${origin}${SEAL_SCRIPT}"></script>`
}

/** What a shop's own Content-Security-Policy must allow: the first part for the picture, the others for the script. */
export function formatPolicy(origin: string): string {
  return `img-src ${origin}; script-src ${origin}; connect-src ${origin}`
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
}
