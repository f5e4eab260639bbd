/** Showing one record in a verdict: its claims beside what its member's definition says of mark, level and criteria. */
import { type Criterion, findLevel, type Level, type Mark } from '../alliance/definition.js'
import { MONITORING, PRINCIPLES, type Principle } from '../alliance/principles.js'
import { type Judged, judgeRecord } from '../record/judge.js'
import { formatMarkType, type RecordClaims, type RecordPresence } from '../record/record.js'
import type { VerdictRecord } from '../record/verdict.js'
import { readPayload } from '../trust/jws.js'
import type { StatusClaims } from '../trust/statements.js'
import type { Roster, RosterMember } from './roster.js'
import type { FoundRecord, RecordRow, RegisterRow } from './store.js'

/** A found record with everything needed to judge and show it. */
export interface KnownRecord {
  row: FoundRecord
  claims: RecordClaims
  member: RosterMember
  mark: Mark
  level: Level
  judged: Judged
  change?: StatusClaims['status']
}

/** Joins a record with its member; undefined when the member's present definition no longer has that mark. */
export function knowRecord(row: FoundRecord, roster: Roster): KnownRecord | undefined {
  const placed = placeRecord(row, roster)
  return (
    placed && {
      row,
      claims: readPayload<RecordClaims>(row.jws),
      ...placed,
      ...(row.statusJws && { change: readPayload<StatusClaims>(row.statusJws).status }),
    }
  )
}

/** What can be told of a record without reading its statement. */
export function placeRecord(
  row: RecordRow,
  roster: Roster,
): Pick<KnownRecord, 'member' | 'mark' | 'level' | 'judged'> | undefined {
  const member = roster.find(row.member)
  const found = member && findLevel(member.definition, row.mark, row.level)
  if (!member || !found) return undefined
  const compromisedFrom = roster.findKey(row.kid)?.compromisedFrom
  return {
    member,
    ...found,
    judged: {
      kind: found.mark.kind,
      iat: row.iat,
      exp: row.exp,
      status: row.status,
      participation: member.participation,
      keyCompromised: compromisedFrom !== undefined && row.index >= compromisedFrom,
    },
  }
}

/** @param now JWT seconds @param asker country of `for=`, whose bodies can help */
export function viewRecord(
  known: KnownRecord,
  origin: string,
  now: number,
  matched: RecordPresence | undefined,
  asker: { country?: string; bodies: string[] },
): VerdictRecord {
  const { row, claims, member, mark, level, judged, change } = known
  const { holder, presences, principles, criteriaVersion, id } = claims.trustmark
  const principle = (name: Principle) => ({ coverage: principles[name], criteria: listCriteria(mark, name) })
  const [disclosure, communication, privacy, security, redress] = PRINCIPLES.map(principle) as [
    ReturnType<typeof principle>,
    ReturnType<typeof principle>,
    ReturnType<typeof principle>,
    ReturnType<typeof principle>,
    ReturnType<typeof principle>,
  ]
  return {
    verdict: judgeRecord(judged, now),
    id,
    member: {
      id: member.id,
      name: member.definition.name,
      country: member.definition.country,
      entity: member.entity,
    },
    mark: {
      id: mark.id,
      name: mark.name,
      kind: mark.kind,
      says: mark.says,
      level: level.id,
      levelName: level.name,
      type: formatMarkType(origin, member.id, mark.id, level.id),
    },
    holder,
    presences,
    ...(matched && { matched }),
    validity: { from: isoTime(row.iat), until: isoTime(row.exp) },
    ...(change &&
      row.statusJws &&
      row.statusIndex !== null && {
        status: {
          change: change.change,
          reason: change.reason,
          effective: isoTime(change.effective),
          index: row.statusIndex,
          statement: row.statusJws,
        },
      }),
    principles: { disclosure, communication, privacy, security, redress },
    monitoring: listCriteria(mark, MONITORING),
    criteriaVersion,
    recognition: {
      alliance: member.participation === 'admitted',
      index: member.index,
      definitionSigned: member.definitionSigned,
      ...(asker.country && { for: asker.country }),
      bodies: asker.bodies,
    },
    index: row.index,
    statement: row.jws,
  }
}

function listCriteria(
  mark: Mark,
  principle: Criterion['principle'],
): { id: string; name: Criterion['name']; coverage: Criterion['coverage'] }[] {
  return mark.criteria
    .filter((c) => c.principle === principle)
    .map(({ id, name, coverage }) => ({ id, name, coverage }))
}

/** JWT seconds as ISO 8601 in UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/** Whether the log had as many records in force as the member says; null where that can no longer be told. */
export function agreesWithLog({ count, counted }: Pick<RegisterRow, 'count' | 'counted'>): boolean | null {
  return counted === null ? null : count === counted
}
