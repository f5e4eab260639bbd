/**
 * What a round of sequencing knows while it decides: the state at the head, with the statements accepted so far
 * laid over it, so that a later statement of one batch sees the earlier ones.
 */
import { identifierKeys, presenceKeys } from '../record/holder.js'
import type { RecordClaims } from '../record/record.js'
import { readPayload } from '../trust/jws.js'
import type { Statement } from '../trust/statement.js'
import type { Hub } from './hub.js'
import { createRoster, type Roster, readMember, readRoster } from './roster.js'
import type { Head, HubStore, MatchedKey, MemberRow, RecordRow, RegisterRow, StandingRow } from './store.js'

/** A record near the one that is decided, with its own claims. */
export interface RelatedRecord {
  row: RecordRow
  claims: RecordClaims
}

export interface BatchState {
  readonly origin: string
  /** JWT seconds: the time by which rules are judged. The log's own time may be ahead, after a clock that was. */
  readonly now: number
  readonly roster: Roster
  isUsed(issuer: string, jti: string): boolean
  record(id: string): RecordRow | undefined
  /** Records that have a presence key of these claims: few, however many certificates a holder has. */
  sharingPresence(claims: RecordClaims): RelatedRecord[]
  /** Records that have an identifier or presence key of these claims. */
  sharingHolder(claims: RecordClaims): RelatedRecord[]
  register(member: string): Omit<RegisterRow, 'counted'> | undefined
  use(issuer: string, jti: string): void
  putRecord(row: RecordRow, claims?: RecordClaims): void
  putMember(row: MemberRow): void
  putStanding(row: StandingRow): void
  putRegister(row: Omit<RegisterRow, 'counted'>): void
  /** What was put, ready for the commit. */
  changes(): {
    issued: (RecordRow & { presences: MatchedKey[]; identifiers: string[] })[]
    changed: RecordRow[]
    members: MemberRow[]
    standings: StandingRow[]
    registers: Omit<RegisterRow, 'counted'>[]
  }
}

/** Loads everything the statements of a batch can touch, in a fixed number of queries. */
export async function loadBatchState(
  hub: Hub,
  head: Head,
  statements: readonly Statement[],
  now: number,
): Promise<BatchState> {
  const records = statements
    .filter((statement) => statement.kind === 'record')
    .map((statement) => statement.claims)
  const ids = statements.flatMap((s) =>
    s.kind === 'record' ? [s.claims.trustmark.id] : s.kind === 'status' ? [s.claims.status.record] : [],
  )
  const registrants = statements.filter((s) => s.kind === 'register').map((s) => s.issuer)
  const [roster, used, byId, near, registers] = await Promise.all([
    readRoster(hub, head),
    hub.store.usedJtis(statements.map((s) => [s.issuer, s.claims.jti] as const)),
    hub.store.recordsById(ids),
    hub.store.recordsByKeys({
      presences: records.flatMap(presenceKeys),
      identifiers: records.flatMap(identifierKeys),
    }),
    hub.store.registers(registrants),
  ])
  return overlay(hub, roster, used, byId, near.records, registers, now)
}

type StoredRecord = Awaited<ReturnType<HubStore['recordsById']>>[number]

function overlay(
  hub: Hub,
  startRoster: Roster,
  used: Set<string>,
  byId: readonly StoredRecord[],
  near: readonly StoredRecord[],
  knownRegisters: readonly RegisterRow[],
  now: number,
): BatchState {
  const rows = new Map<string, RecordRow>(byId.map((row) => [row.id, row]))
  const claimsById = new Map<string, RecordClaims>()
  const idsByKey = new Map<string, Set<string>>()
  const index = (id: string, claims: RecordClaims): void => {
    const previous = claimsById.get(id)
    for (const key of previous ? keysOf(previous) : []) idsByKey.get(key)?.delete(id)
    claimsById.set(id, claims)
    for (const key of keysOf(claims)) idsByKey.set(key, (idsByKey.get(key) ?? new Set()).add(id))
  }
  for (const row of near) {
    rows.set(row.id, row)
    index(row.id, readPayload<RecordClaims>(row.jws))
  }
  const registers = new Map<string, Omit<RegisterRow, 'counted'>>(
    knownRegisters.map((row) => [row.member, row]),
  )
  const issued = new Map<string, RecordClaims>()
  const changed = new Set<string>()
  const members = new Map<string, MemberRow>()
  const standings = new Map<string, StandingRow>()
  const newRegisters = new Set<string>()
  let roster = startRoster
  const sharing = (keys: string[]): RelatedRecord[] => {
    const ids = new Set(keys.flatMap((key) => [...(idsByKey.get(key) ?? [])]))
    return [...ids].flatMap((id) => {
      const [row, other] = [rows.get(id), claimsById.get(id)]
      return row && other ? [{ row, claims: other }] : []
    })
  }
  return {
    origin: hub.origin,
    now,
    get roster() {
      return roster
    },
    isUsed: (issuer, jti) => used.has(`${issuer} ${jti}`),
    record: (id) => rows.get(id),
    sharingPresence: (claims) => sharing(presenceKeys(claims)),
    sharingHolder: (claims) => sharing([...identifierKeys(claims), ...presenceKeys(claims)]),
    register: (member) => registers.get(member),
    use: (issuer, jti) => {
      used.add(`${issuer} ${jti}`)
    },
    putRecord(row, claims) {
      rows.set(row.id, row)
      if (claims) {
        index(row.id, claims)
        issued.set(row.id, claims)
      } else if (!issued.has(row.id)) changed.add(row.id)
    },
    putMember(row) {
      members.set(row.id, row)
      standings.delete(row.id)
      const others = roster.members.filter((member) => member.id !== row.id)
      roster = createRoster([...others, readMember(row)], hub.origin, hub.keys.operator)
    },
    putStanding(row) {
      standings.set(row.member, row)
      const members = roster.members.map((member) =>
        member.id === row.member
          ? {
              ...member,
              participation: row.participation,
              participationIndex: row.index,
              latestIat: row.latestIat,
            }
          : member,
      )
      roster = createRoster(members, hub.origin, hub.keys.operator)
    },
    putRegister(row) {
      registers.set(row.member, row)
      newRegisters.add(row.member)
    },
    changes: () => ({
      issued: [...issued].flatMap(([id, claims]) => {
        const row = rows.get(id)
        return row
          ? [{ ...row, presences: matchedKeys(id, claims), identifiers: identifierKeys(claims) }]
          : []
      }),
      changed: [...changed].filter((id) => !issued.has(id)).flatMap((id) => rows.get(id) ?? []),
      members: [...members.values()],
      standings: [...standings.values()],
      registers: [...newRegisters].flatMap((member) => registers.get(member) ?? []),
    }),
  }
}

function keysOf(claims: RecordClaims): string[] {
  return [...presenceKeys(claims), ...identifierKeys(claims)]
}

function matchedKeys(record: string, claims: RecordClaims): MatchedKey[] {
  const scopes = new Map<string, 'host' | 'domain'>()
  for (const presence of claims.trustmark.presences) {
    for (const key of presence.keys) if (scopes.get(key) !== 'domain') scopes.set(key, presence.scope)
  }
  return [...scopes].map(([key, scope]) => ({ record, key, scope }))
}
