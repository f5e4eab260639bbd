/** What a verdict warns of beside its headline (DESIGN 5). */

import type { LocalText } from '../alliance/text.js'
import { addPeriodSeconds } from '../alliance/validity.js'
import { judgeRecord } from '../record/judge.js'
import { lookupKeys, type Presence, parsePresence } from '../record/presence.js'
import { imitatesPlatform } from '../record/resembling.js'
import { VERDICTS, type Warning, type WarningCode } from '../record/verdict.js'
import { NOT_COVERED_TEXT, SIMILAR_TEXTS, WARNING_TEXTS } from '../record/warning-texts.js'
import { isInForce, type SimilarRecord } from './find-similar.js'
import { nearKeys } from './question.js'
import type { RegisterRow } from './store.js'
import type { KnownRecord } from './view-record.js'

/** DESIGN 5: a higher mark lost within twelve months is worth saying. */
const LAPSE_WINDOW = 365 * 86_400

const KIND_RANK = { quality: 2, identity: 1, registration: 0 } as const

function warn(code: WarningCode, about: { record?: string; member?: string } = {}): Warning {
  return { code, detail: WARNING_TEXTS[code], ...about }
}

/**
 * @param similar undefined where none were looked for: nobody can then be said to be imitated, or not to be
 * @param now JWT seconds
 */
export function listWarnings(
  records: readonly KnownRecord[],
  near: readonly KnownRecord[],
  presence: Presence | undefined,
  similar: readonly SimilarRecord[] | undefined,
  registers: ReadonlyMap<string, RegisterRow>,
  now: number,
): Warning[] {
  const inForce = records.filter((record) => isInForce(record, now))
  const stale = new Set(
    inForce.filter((record) => staleAt(record, registers) <= now).map((record) => record.member.id),
  )
  return [
    ...(presence?.notes ?? []).map((note) => warn(note)),
    // Whoever has or had a record for this very address imitates nobody.
    ...(presence && similar && records.length === 0 ? warnOfImitation(presence, similar) : []),
    ...warnOfLoss(records, now),
    ...[...stale].map((member) => warn('member-stale', { member })),
    ...inForce
      .filter(({ mark }) => mark.status.state === 'unconfirmed')
      .map(({ row }) => warn('scheme-status-unconfirmed', { record: row.id })),
    ...(presence ? warnOfNeighbours(presence, near, now) : []),
  ]
}

/**
 * Of records for one presence: the marks higher than all that are in force, as far as they are suspended or were lost lately.
 * @param now JWT seconds
 */
export function warnOfLoss(records: readonly KnownRecord[], now: number): Warning[] {
  const inForce = records.filter((record) => isInForce(record, now))
  if (inForce.length === 0) return []
  const higher = records.filter((record) => inForce.every((held) => outranks(record, held)))
  const lapsed = higher.find((record) => lostRecently(record, now))
  const suspended = higher.find(({ judged }) => judgeRecord(judged, now) === 'suspended')
  return [
    ...(lapsed ? [warn('higher-mark-lapsed', { record: lapsed.row.id })] : []),
    ...(suspended ? [warn('higher-mark-suspended', { record: suspended.row.id })] : []),
  ]
}

/** One warning for each covered address and member, with the member's highest mark there: a shop often has several. */
function warnOfNeighbours(presence: Presence, near: readonly KnownRecord[], now: number): Warning[] {
  const keys = [...lookupKeys(presence).domain, ...nearKeys(presence)]
  const rank = ({ judged }: KnownRecord): number => VERDICTS.indexOf(judgeRecord(judged, now))
  const highest = near
    .filter((record) => isInForce(record, now))
    .sort((a, b) => rank(a) - rank(b) || (a.row.id < b.row.id ? -1 : 1))
  const warnings = new Map<string, Warning>()
  for (const { row, member, claims } of highest) {
    const place = claims.trustmark.presences.find((one) => one.keys.some((key) => keys.includes(key)))
    if (!place || warnings.has(`${member.id} ${place.url}`)) continue
    const detail = fillEach(NOT_COVERED_TEXT, parsePresence(place.url).display)
    warnings.set(`${member.id} ${place.url}`, {
      ...warn('presence-not-covered', { record: row.id }),
      detail,
      url: place.url,
    })
  }
  return [...warnings.values()]
}

/** Whom the asked address may be taken for: one warning, for the nearest; and one where it looks like a platform's. */
function warnOfImitation(presence: Presence, similar: readonly SimilarRecord[]): Warning[] {
  const [nearest] = similar
  if (nearest?.own) return []
  const isTold = presence.notes.includes('lookalike')
  const platform = imitatesPlatform(presence) && !isTold ? [warn('lookalike')] : []
  if (!nearest) return platform
  const { resemblance, known } = nearest
  const code = resemblance === 'name-inside' ? 'name-inside' : 'lookalike'
  // On a platform the shop's own name is as often its own account that no agency has seen.
  if (code === 'name-inside' && presence.kind !== 'web') return platform
  const address = parsePresence(nearest.presence.url).display
  const warning = {
    ...warn(code, { record: known.row.id }),
    detail: fillEach(SIMILAR_TEXTS[resemblance], address),
  }
  return code === 'lookalike' ? [warning] : [...platform, warning]
}

function fillEach(texts: LocalText, address: string): LocalText {
  const filled = Object.entries(texts).map(([lang, text]) => [lang, text.replace('{address}', () => address)])
  return Object.fromEntries(filled) as LocalText
}

/** When the member counts as stale (JWT seconds); Infinity when it states no rhythm or never published a register. */
export function staleAt({ member }: KnownRecord, registers: ReadonlyMap<string, RegisterRow>): number {
  const register = registers.get(member.id)
  const rhythm = member.definition.publishes
  return register && rhythm ? addPeriodSeconds(register.at, rhythm) : Number.POSITIVE_INFINITY
}

function lostRecently(record: KnownRecord, now: number): boolean {
  const { judged, change } = record
  if (isInForce(record, now)) return false
  // Revoking what had run out already takes nothing away.
  const lostAt =
    judged.status === 'revoked' ? Math.min(change?.effective ?? judged.exp, judged.exp) : judged.exp
  return lostAt <= now && now - lostAt <= LAPSE_WINDOW
}

function outranks(a: KnownRecord, b: KnownRecord): boolean {
  if (a.member.id === b.member.id && a.mark.id === b.mark.id) return a.level.rank > b.level.rank
  return KIND_RANK[a.mark.kind] > KIND_RANK[b.mark.kind]
}
