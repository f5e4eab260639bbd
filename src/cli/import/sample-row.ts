/** The sample row of a template: it shows how cells are filled in, imports as it is, and never hides among real shops. */
import type { Level, MemberDefinition } from '../../alliance/definition.js'
import { inLanguage, type Language, type Translated } from '../../alliance/text.js'
import { addPeriod, BUDDHIST_OFFSET, REIWA_OFFSET } from './dates.js'
import type { DateStyle } from './mapping.js'
import type { Rejection } from './rejection.js'

/** Its certificate number; no agency counts so. */
export const SAMPLE_CERTIFICATE = 'SAMPLE-1'

/** How long the sample's certificate runs: no level is known to be valid for less. */
const SAMPLE_VALIDITY = 'P1Y'

const NAMES: Translated<string> = {
  en: 'Sample shop (remove this row)',
  th: 'ร้านตัวอย่าง (ลบแถวนี้)',
  vi: 'Cửa hàng mẫu (xóa dòng này)',
  ja: '見本ショップ（この行は削除）',
}

export function isSample(certificate: string): boolean {
  return certificate === SAMPLE_CERTIFICATE
}

/** The sample among other rows: a register with an invented shop in it must not be signed. */
export function rejectSample(rows: number[], column: string | undefined): Rejection {
  return {
    rows,
    ...(column !== undefined && { column }),
    code: 'sample-row',
    value: SAMPLE_CERTIFICATE,
    reason: "The template's sample still stands among your shops",
    remedy: 'Remove the row',
  }
}

/** A day as officers of the style write it. */
function writeDay(day: string, { calendar, order }: DateStyle): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (calendar === 'japanese')
    return `令和${Number(year) - REIWA_OFFSET}年${Number(month)}月${Number(date)}日`
  const written = calendar === 'buddhist' ? String(Number(year) + BUDDHIST_OFFSET) : year
  return order === 'ymd' ? `${written}-${month}-${date}` : `${date}/${month}/${written}`
}

/** What the requirements say of a fact, wherever it stands in their schemas. */
function statementsAbout(schema: unknown, fact: string): Record<string, unknown>[] {
  if (schema === null || typeof schema !== 'object') return []
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === fact && value !== null && typeof value === 'object'
      ? [value as Record<string, unknown>]
      : []),
    ...statementsAbout(value, fact),
  ])
}

/** A value with which the level's requirements on a fact are met; undefined where it has none. */
function fulfil(level: Level, fact: string): string | number | boolean | undefined {
  const said = level.requirements.flatMap(({ schema }) => statementsAbout(schema, fact))
  if (said.length === 0) return undefined
  const fixed = said.find((one) => 'const' in one)?.const
  if (typeof fixed === 'boolean' || typeof fixed === 'string' || typeof fixed === 'number') return fixed
  const choices = said.find((one) => Array.isArray(one.enum))?.enum as string[] | undefined
  if (choices?.[0] !== undefined) return choices[0]
  const least = said.flatMap(({ minimum }) => (typeof minimum === 'number' ? [minimum] : []))
  if (said.some(({ type }) => type === 'boolean')) return true
  return said.some(({ type }) => type === 'string') ? 'SAMPLE' : Math.max(1, ...least)
}

/** What a template knows of its member and language. */
export interface SampleContext {
  definition: MemberDefinition
  lang: Language
  dates: DateStyle
  /** The day of the template, YYYY-MM-DD: the sample is in force from then on. */
  today: string
  /** Names of levels, each standing for one `mark/level`. */
  levels: Record<string, string>
  juristic: string
  yes: string
  no: string
}

/** The sample's cell for a field; empty where a shop need not fill it in. */
export function sampleCell(field: string, context: SampleContext): string {
  const { definition, lang, dates, today, levels } = context
  const [levelName = '', path = ''] = Object.entries(levels)[0] ?? []
  if (field.startsWith('fact.')) {
    const [markId, levelId] = path.split('/')
    const level = definition.marks.find(({ id }) => id === markId)?.levels.find(({ id }) => id === levelId)
    const value = level && fulfil(level, field.slice('fact.'.length))
    if (typeof value === 'boolean') return value ? context.yes : context.no
    return value === undefined ? '' : String(value)
  }
  const cells: Record<string, string> = {
    certificate: SAMPLE_CERTIFICATE,
    level: levelName,
    'holder.kind': context.juristic,
    'holder.name': inLanguage(NAMES, lang),
    'holder.name.en': NAMES.en,
    'presence.url': 'https://sample-shop.example',
    'holder.contact.email': 'contact@sample-shop.example',
    validFrom: writeDay(today, dates),
    validUntil: writeDay(addPeriod(today, SAMPLE_VALIDITY), dates),
    ignore: inLanguage(NAMES, lang),
  }
  return cells[field] ?? ''
}
