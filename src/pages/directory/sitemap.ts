/** Sitemaps: the addresses of the pages that search engines may find, in every language (sitemaps.org protocol 0.9). */
import { LANGUAGES } from '../../alliance/text.js'
import type { RecordAddress } from '../../hub/directory/list-addresses.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { PLACES } from '../frame/layout.js'
import { localPath, recordPath } from '../frame/reader.js'
import { formatList } from './asked-list.js'
import { publishers } from './choices.js'
import { DIRECTORY_PATH } from './filter-form.js'

/** What the protocol allows one file to hold, and what search engines read at once. */
export const MAX_ADDRESSES = 50_000
export const MAX_BYTES = 10_000_000
/**
 * Log entries of one part: with an address in each language and the longest ids, half of either limit. Ranges never move, so a part
 * of old entries changes only when one of its records does.
 */
export const PART_ENTRIES = 5000

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

/** Where the index and its parts are. */
export const SITEMAP_PATH = '/sitemap.xml'
export const PART_PATH = '/sitemap'

/** The index of all parts of a log of that size. */
export function formatIndex(origin: string, size: number): string {
  const records = Array.from({ length: Math.ceil(size / PART_ENTRIES) }, (_, i) => `records-${i}`)
  const parts = ['pages', 'schemes', ...records].map(
    (part) => `<sitemap><loc>${escapeXml(`${origin}${PART_PATH}/${part}.xml`)}</loc></sitemap>`,
  )
  return `${HEAD}<sitemapindex ${SITEMAPS}>\n${parts.join('\n')}\n</sitemapindex>\n`
}

/** The pages that every hub has. */
export function formatPages(origin: string): string {
  return formatUrls(
    ['/', ...Object.values(PLACES), '/members'].flatMap((path) => inAllLanguages(origin, path)),
  )
}

/** Members, their marks, and the lists of their shops where there are any. */
export function formatSchemes(origin: string, members: readonly Scheme[]): string {
  const listed = publishers(members).filter(({ records }) => records > 0)
  const countries = new Set(listed.map(({ definition }) => definition.country))
  const paths = [
    ...members.flatMap(({ id, definition }) => [
      `/members/${id}`,
      ...definition.marks.flatMap((mark) =>
        mark.levels.map((level) => `/marks/${id}/${mark.id}/${level.id}`),
      ),
    ]),
    ...[...countries].map((country) => `${DIRECTORY_PATH}${formatList({ country })}`),
    ...listed.map(({ id }) => `${DIRECTORY_PATH}${formatList({ member: id })}`),
  ]
  return formatUrls(paths.flatMap((path) => inAllLanguages(origin, path)))
}

/** Records in force. Each page names its other languages itself: to repeat them here would take six times the room. */
export function formatRecords(origin: string, records: readonly RecordAddress[]): string {
  return formatUrls(
    records.flatMap(({ id, changed }) =>
      LANGUAGES.map((lang) => `${location(`${origin}${recordPath(id, lang)}`)}<lastmod>${changed}</lastmod>`),
    ),
  )
}

/** The log entries of a record part, by its name; undefined for what is none. */
export function rangeOf(part: string): { from: number; to: number } | undefined {
  const written = /^records-(0|[1-9]\d{0,8})$/.exec(part)?.[1]
  if (written === undefined) return undefined
  const from = Number(written) * PART_ENTRIES
  return { from, to: from + PART_ENTRIES }
}

/** One address for each language, each naming all of them. */
function inAllLanguages(origin: string, path: string): string[] {
  const alternates = [
    ...LANGUAGES.map((lang) => [lang, `${origin}${localPath(lang, path)}`] as const),
    ['x-default', `${origin}${path}`] as const,
  ]
    .map(([lang, href]) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${escapeXml(href)}"/>`)
    .join('')
  return LANGUAGES.map((lang) => `${location(`${origin}${localPath(lang, path)}`)}${alternates}`)
}

function location(address: string): string {
  return `<loc>${escapeXml(address)}</loc>`
}

function formatUrls(urls: readonly string[]): string {
  const lines = urls.map((url) => `<url>${url}</url>\n`)
  return `${HEAD}<urlset ${SITEMAPS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${lines.join('')}</urlset>\n`
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
