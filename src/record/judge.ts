/** Judging one record at one moment: pure rules, no I/O, time comes in (DESIGN 5, verdicts). */
import type { MarkKind } from '../alliance/definition.js'
import type { Participation } from '../alliance/participation.js'
import { VERDICTS, type VerdictWord } from './verdict.js'

export const RECORD_STATUSES = ['active', 'suspended', 'revoked'] as const
export type RecordStatus = (typeof RECORD_STATUSES)[number]

/** What a judgement needs to know of a record. Times in JWT seconds. */
export interface Judged {
  kind: MarkKind
  iat: number
  exp: number
  status: RecordStatus
  participation: Participation
  keyCompromised: boolean
}

const IN_FORCE: Record<MarkKind, VerdictWord> = {
  quality: 'certified',
  identity: 'identity-confirmed',
  registration: 'registered',
}

/** Clock leeway in seconds, as for statements: a record signed by a clock slightly ahead is valid at once. */
export const LEEWAY = 60

/**
 * The verdict on one record. Where several things are wrong, the one that can't be mended is said: a stolen key
 * before revocation, revocation before the issuer's standing, that before suspension, that before dates.
 */
export function judgeRecord(record: Judged, now: number): VerdictWord {
  if (record.keyCompromised) return 'key-compromised'
  if (record.status === 'revoked') return 'revoked'
  if (record.participation === 'left' || record.participation === 'described') return 'issuer-left'
  if (record.participation === 'suspended') return 'issuer-suspended'
  if (record.status === 'suspended') return 'suspended'
  if (now >= record.exp) return 'expired'
  if (now < record.iat - LEEWAY) return 'not-yet-valid'
  return IN_FORCE[record.kind]
}

/** When the judgement next changes by time alone (JWT seconds), if it ever does. */
export function nextChange(record: Judged, now: number): number | undefined {
  const moments = [record.iat - LEEWAY, record.exp].filter((moment) => moment > now)
  return moments.length > 0 ? Math.min(...moments) : undefined
}

/** The headline of several verdicts: the first in order of precedence; `not-found` for none. */
export function headline(verdicts: readonly VerdictWord[]): VerdictWord {
  return VERDICTS.find((word) => verdicts.includes(word)) ?? 'not-found'
}

const CHANGES: Record<RecordStatus, Partial<Record<'suspended' | 'revoked' | 'reinstated', RecordStatus>>> = {
  active: { suspended: 'suspended', revoked: 'revoked' },
  suspended: { reinstated: 'active', revoked: 'revoked' },
  revoked: {},
}

/** The status after a change; undefined when the change is not possible (revocation is final). */
export function changeStatus(
  status: RecordStatus,
  change: 'suspended' | 'revoked' | 'reinstated',
): RecordStatus | undefined {
  return CHANGES[status][change]
}
