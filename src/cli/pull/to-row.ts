/** One record as a row of a spreadsheet: flat, with stable English names, in the order of the columns. */
import { LANGUAGES, type LocalText, pickText } from '../../alliance/text.js'
import type { VerdictRecord } from '../../record/verdict.js'

/** Languages of a holder's name that have a column of their own; others stand together. */
const NAME_COLUMNS: readonly string[] = LANGUAGES

export interface PulledRow {
  id: string
  member: string
  mark: string
  level: string
  kind: string
  /** As of `as_of`. */
  verdict: string
  name_en: string
  name_th: string
  name_vi: string
  name_ja: string
  /** Further languages, such as `zh: …; ko: …`. */
  name_other: string
  /** Of the holder. */
  country: string
  /** Registers and numbers, such as `th-juristic:0105548060561`. */
  identifiers: string
  /** Addresses, one space after each semicolon; an address holds no space. */
  presences: string
  platforms: string
  valid_from: string
  valid_until: string
  /** `suspended` or `revoked` by the agency; empty where neither. */
  status: string
  status_since: string
  status_reason: string
  disclosure: string
  communication: string
  privacy: string
  security: string
  redress: string
  /** Of what was last said about the record. */
  log_index: number
  as_of: string
}

/** In this order; a column is never renamed, and new ones come at the end. */
export const COLUMNS = [
  'id',
  'member',
  'mark',
  'level',
  'kind',
  'verdict',
  'name_en',
  'name_th',
  'name_vi',
  'name_ja',
  'name_other',
  'country',
  'identifiers',
  'presences',
  'platforms',
  'valid_from',
  'valid_until',
  'status',
  'status_since',
  'status_reason',
  'disclosure',
  'communication',
  'privacy',
  'security',
  'redress',
  'log_index',
  'as_of',
] as const satisfies readonly (keyof PulledRow)[]

/** @param asOf ISO 8601 */
export function toRow(record: VerdictRecord, asOf: string): PulledRow {
  const { holder, presences, principles, status } = record
  const changed = status && status.change !== 'reinstated' ? status : undefined
  const coverage = (name: keyof typeof principles): string => principles[name].coverage
  return {
    id: record.id,
    member: record.member.id,
    mark: record.mark.id,
    level: record.mark.level,
    kind: record.mark.kind,
    verdict: record.verdict,
    name_en: holder.name.en ?? '',
    name_th: holder.name.th ?? '',
    name_vi: holder.name.vi ?? '',
    name_ja: holder.name.ja ?? '',
    name_other: otherNames(holder.name),
    country: holder.country,
    identifiers: holder.identifiers.map(({ scheme, value }) => `${scheme}:${value}`).join('; '),
    presences: presences.map(({ url }) => url).join('; '),
    platforms: [...new Set(presences.map(({ kind }) => kind))].join('; '),
    valid_from: record.validity.from,
    valid_until: record.validity.until,
    status: changed?.change ?? '',
    status_since: changed?.effective ?? '',
    status_reason: changed ? pickText(changed.reason, 'en').text : '',
    disclosure: coverage('disclosure'),
    communication: coverage('communication'),
    privacy: coverage('privacy'),
    security: coverage('security'),
    redress: coverage('redress'),
    log_index: Math.max(record.index, status?.index ?? 0),
    as_of: asOf,
  }
}

function otherNames(name: LocalText): string {
  return Object.entries(name)
    .filter(([language]) => !NAME_COLUMNS.includes(language))
    .map(([language, text]) => `${language}: ${text}`)
    .join('; ')
}
