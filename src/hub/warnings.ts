/** What a verdict warns of beside its headline (DESIGN 5). */
import { addPeriodSeconds } from '../alliance/validity.js'
import { judgeRecord } from '../record/judge.js'
import type { Presence } from '../record/presence.js'
import { POSITIVE_VERDICTS, type Warning, type WarningCode } from '../record/verdict.js'
import { WARNING_TEXTS } from '../record/warning-texts.js'
import type { RegisterRow } from './store.js'
import type { KnownRecord } from './view-record.js'

/** DESIGN 5: a higher mark lost within twelve months is worth saying. */
const LAPSE_WINDOW = 365 * 86_400

const KIND_RANK = { quality: 2, identity: 1, registration: 0 } as const

function warn(code: WarningCode, about: { record?: string; member?: string } = {}): Warning {
  return { code, detail: WARNING_TEXTS[code], ...about }
}

/** @param now JWT seconds */
export function listWarnings(
  records: readonly KnownRecord[],
  near: readonly KnownRecord[],
  presence: Presence | undefined,
  registers: ReadonlyMap<string, RegisterRow>,
  now: number,
): Warning[] {
  const inForce = records.filter((record) => isPositive(record, now))
  const higher =
    inForce.length > 0 ? records.filter((record) => inForce.every((held) => outranks(record, held))) : []
  const lapsed = higher.find((record) => lostRecently(record, now))
  const suspended = higher.find(({ judged }) => judgeRecord(judged, now) === 'suspended')
  const stale = new Set(
    inForce.filter((record) => staleAt(record, registers) <= now).map((record) => record.member.id),
  )
  return [
    ...(presence?.notes ?? []).map((note) => warn(note)),
    ...(lapsed ? [warn('higher-mark-lapsed', { record: lapsed.row.id })] : []),
    ...(suspended ? [warn('higher-mark-suspended', { record: suspended.row.id })] : []),
    ...[...stale].map((member) => warn('member-stale', { member })),
    ...inForce
      .filter(({ mark }) => mark.status.state === 'unconfirmed')
      .map(({ row }) => warn('scheme-status-unconfirmed', { record: row.id })),
    ...near
      .filter((record) => isPositive(record, now))
      .map(({ row }) => warn('presence-not-covered', { record: row.id })),
  ]
}

/** When the member counts as stale (JWT seconds); Infinity when it states no rhythm or never published a register. */
export function staleAt({ member }: KnownRecord, registers: ReadonlyMap<string, RegisterRow>): number {
  const register = registers.get(member.id)
  const rhythm = member.definition.publishes
  return register && rhythm ? addPeriodSeconds(register.at, rhythm) : Number.POSITIVE_INFINITY
}

function isPositive({ judged }: KnownRecord, now: number): boolean {
  return POSITIVE_VERDICTS.includes(judgeRecord(judged, now))
}

function lostRecently(record: KnownRecord, now: number): boolean {
  const { judged, change } = record
  if (isPositive(record, now)) return false
  // Revoking what had run out already takes nothing away.
  const lostAt =
    judged.status === 'revoked' ? Math.min(change?.effective ?? judged.exp, judged.exp) : judged.exp
  return lostAt <= now && now - lostAt <= LAPSE_WINDOW
}

function outranks(a: KnownRecord, b: KnownRecord): boolean {
  if (a.member.id === b.member.id && a.mark.id === b.mark.id) return a.level.rank > b.level.rank
  return KIND_RANK[a.mark.kind] > KIND_RANK[b.mark.kind]
}
