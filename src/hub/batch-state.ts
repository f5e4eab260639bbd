/**
 * What a round of sequencing, or a replay of the log, knows while it decides: the state at the head, with the statements
 * accepted so far laid over it, so that a later statement of one batch sees the earlier ones.
 */
import { identifierKeys, presenceKeys } from '../record/holder.js'
import type { RecordClaims } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { readPayload } from '../trust/jws.js'
import type { Statement } from '../trust/statement.js'
import type { Reader } from './hub.js'
import { createRoster, type Roster, readMember, readRoster } from './roster.js'
import type {
  Erased,
  FiledEntry,
  FoundRecord,
  Head,
  LogKeyRow,
  MatchedKey,
  MemberRow,
  RecordRow,
  RegisterRow,
  SequencedBatch,
  StandingRow,
} from './store.js'

/** A record near the one that is decided, with its own claims. */
export interface RelatedRecord {
  row: RecordRow
  claims: RecordClaims
}

/** A rule that a logged statement fails, seen when the log is replayed. */
export interface Finding {
  index: number
  refusal: Refusal
}

/** What a batch changes of the views. */
export type BatchChanges = Pick<
  SequencedBatch,
  'issued' | 'changed' | 'members' | 'standings' | 'registers' | 'erased' | 'logKeys'
>

export interface BatchState {
  readonly origin: string
  /** JWT seconds: the time by which rules are judged. The log's own time may be ahead, after a clock that was. */
  readonly now: number
  readonly roster: Roster
  readonly findings: readonly Finding[]
  /** A rule of content: what breaks it is refused; when the log is replayed, where it was accepted, it is a finding. */
  rule(index: number, check: () => void): void
  /** A rule judged by the clock or by records that may be erased since: it can't be judged again from the log alone. */
  timely(check: () => void): void
  isUsed(issuer: string, jti: string): boolean
  record(id: string): RecordRow | undefined
  /** Records that have a presence key of these claims: few, however many certificates a holder has. */
  sharingPresence(claims: RecordClaims): RelatedRecord[]
  /** Records that have an identifier or presence key of these claims. */
  sharingHolder(claims: RecordClaims): RelatedRecord[]
  register(member: string): RegisterRow | undefined
  /** Records of a member in force at the time of its register (JWT seconds), as the log has them so far. */
  countInForce(member: string, at: number): number
  filed(index: number): FiledEntry | undefined
  /** Every entry filed under a record. */
  filedUnder(record: string): FiledEntry[]
  logKeys(): readonly LogKeyRow[]
  use(issuer: string, jti: string): void
  /** Files an accepted entry. */
  file(entry: FiledEntry): void
  putRecord(row: RecordRow, claims?: RecordClaims): void
  putMember(row: MemberRow): void
  putStanding(row: StandingRow): void
  putRegister(row: RegisterRow): void
  putLogKey(row: LogKeyRow): void
  /** Forgets entries, and the record they are about. */
  erase(entries: readonly FiledEntry[], by: number): void
  /** What was put, ready for the commit. */
  changes(): BatchChanges
}

/** How a batch is judged: what comes in, by every rule; what was logged before, by those that still can be judged. */
export interface Judging {
  /** JWT seconds. */
  now: number
  replaying?: boolean
}

/** Loads everything the statements of a batch can touch, in a fixed number of queries. */
export async function loadBatchState(
  { store, ...hub }: Reader,
  head: Head,
  statements: readonly Statement[],
  judging: Judging,
): Promise<BatchState> {
  const records = statements.flatMap((s) => (s.kind === 'record' ? [s.claims] : []))
  const registers = statements.flatMap((s) =>
    s.kind === 'register' ? [{ member: s.issuer, at: s.claims.register.at }] : [],
  )
  const erasures = statements.filter((s) => s.kind === 'erasure')
  const erasing = erasures.length > 0
  const [roster, used, near, known, counts, named, logKeys] = await Promise.all([
    readRoster({ store, ...hub }, head),
    store.usedJtis(statements.map((s) => [s.issuer, s.claims.jti] as const)),
    store.recordsByKeys({
      presences: records.flatMap(presenceKeys),
      identifiers: records.flatMap(identifierKeys),
    }),
    store.registers([...registers.map(({ member }) => member), ...erasures.map(({ issuer }) => issuer)]),
    store.countEachInForce(registers),
    erasing ? store.filed(erasures.flatMap(({ claims }) => claims.erasure.indices)) : [],
    statements.some(({ kind }) => kind === 'log-key') ? store.logKeys() : [],
  ])
  const subjects = [...new Set(named.flatMap(({ subject }) => subject ?? []))]
  const ids = statements.flatMap((s) =>
    s.kind === 'record' ? [s.claims.trustmark.id] : s.kind === 'status' ? [s.claims.status.record] : [],
  )
  const [byId, siblings] = await Promise.all([
    store.recordsById([...new Set([...ids, ...subjects])]),
    // Also of what this batch is about: an erasure may name an entry that only this batch makes.
    erasing ? store.filedUnder([...new Set([...subjects, ...ids])]) : [],
  ])
  return overlay(hub, judging, {
    roster,
    used,
    byId,
    near: near.records,
    registers: known,
    counts: new Map(registers.map(({ member, at }, i) => [`${member} ${at}`, counts[i] ?? 0])),
    filed: [...named, ...siblings],
    logKeys,
  })
}

interface Loaded {
  roster: Roster
  used: Set<string>
  byId: readonly FoundRecord[]
  near: readonly FoundRecord[]
  registers: readonly RegisterRow[]
  counts: ReadonlyMap<string, number>
  filed: readonly FiledEntry[]
  logKeys: readonly LogKeyRow[]
}

function overlay(hub: Omit<Reader, 'store'>, { now, replaying }: Judging, loaded: Loaded): BatchState {
  const { used, counts } = loaded
  const before = new Map<string, RecordRow>([...loaded.byId, ...loaded.near].map((row) => [row.id, row]))
  const rows = new Map(before)
  const related = createRelated(loaded.near)
  const registers = new Map(loaded.registers.map((row) => [row.member, row]))
  const entries = new Map(loaded.filed.map((entry) => [entry.index, entry]))
  const logKeys = new Map(loaded.logKeys.map((row) => [row.vkey, row]))
  const touched = new Set<string>()
  const issued = new Map<string, RecordClaims>()
  const members = new Map<string, MemberRow>()
  const standings = new Map<string, StandingRow>()
  const newRegisters = new Set<string>()
  const newLogKeys = new Set<string>()
  const erased: Erased = { entries: [], records: [] }
  const findings: Finding[] = []
  let { roster } = loaded
  const sharing = (keys: string[]): RelatedRecord[] =>
    related.find(keys).flatMap(([id, claims]) => {
      const row = rows.get(id)
      return row ? [{ row, claims }] : []
    })
  const putRegister = (row: RegisterRow): void => {
    registers.set(row.member, row)
    newRegisters.add(row.member)
  }
  return {
    origin: hub.origin,
    now,
    findings,
    get roster() {
      return roster
    },
    rule(index, check) {
      try {
        check()
      } catch (error) {
        if (!replaying || !(error instanceof Refusal)) throw error
        findings.push({ index, refusal: error })
      }
    },
    timely(check) {
      if (!replaying) check()
    },
    isUsed: (issuer, jti) => used.has(`${issuer} ${jti}`),
    record: (id) => rows.get(id),
    sharingPresence: (claims) => sharing(presenceKeys(claims)),
    sharingHolder: (claims) => sharing([...identifierKeys(claims), ...presenceKeys(claims)]),
    register: (member) => registers.get(member),
    countInForce(member, at) {
      const isInForce = (row: RecordRow | undefined): number =>
        row?.member === member && row.status === 'active' && row.exp > at ? 1 : 0
      const changes = [...touched].map((id) => isInForce(rows.get(id)) - isInForce(before.get(id)))
      return changes.reduce((sum, change) => sum + change, counts.get(`${member} ${at}`) ?? 0)
    },
    filed: (index) => entries.get(index),
    filedUnder: (record) => [...entries.values()].filter(({ subject }) => subject === record),
    logKeys: () => [...logKeys.values()],
    use: (issuer, jti) => {
      used.add(`${issuer} ${jti}`)
    },
    file: (entry) => {
      entries.set(entry.index, entry)
    },
    putRecord(row, claims) {
      rows.set(row.id, row)
      touched.add(row.id)
      if (claims) {
        related.put(row.id, claims)
        issued.set(row.id, claims)
      }
    },
    putMember(row) {
      members.set(row.id, row)
      standings.delete(row.id)
      const others = roster.members.filter((member) => member.id !== row.id)
      roster = createRoster([...others, readMember(row)], hub.origin, hub.keys.operator)
    },
    putStanding(row) {
      standings.set(row.member, row)
      const { participation, index: participationIndex, latestIat } = row
      const changed = roster.members.map((member) =>
        member.id === row.member ? { ...member, participation, participationIndex, latestIat } : member,
      )
      roster = createRoster(changed, hub.origin, hub.keys.operator)
    },
    putRegister,
    putLogKey(row) {
      logKeys.set(row.vkey, row)
      newLogKeys.add(row.vkey)
    },
    erase(forgotten, by) {
      for (const entry of forgotten) {
        erased.entries.push({ index: entry.index, by })
        entries.set(entry.index, { ...entry, subject: null, erased: true })
        if (entry.subject === null || !rows.has(entry.subject)) continue
        erased.records.push(entry.subject)
        rows.delete(entry.subject)
        touched.add(entry.subject)
        issued.delete(entry.subject)
        related.remove(entry.subject)
      }
      // What the hub counted then can no longer be derived from the log, so nobody may rest on it.
      const member = forgotten[0] && registers.get(forgotten[0].issuer)
      if (member) putRegister({ ...member, counted: null })
    },
    changes: () => ({
      issued: [...issued].flatMap(([id, claims]) => {
        const row = rows.get(id)
        return row
          ? [{ ...row, presences: matchedKeys(id, claims), identifiers: identifierKeys(claims) }]
          : []
      }),
      changed: [...touched].filter((id) => !issued.has(id)).flatMap((id) => rows.get(id) ?? []),
      members: [...members.values()],
      standings: [...standings.values()],
      registers: [...newRegisters].flatMap((member) => registers.get(member) ?? []),
      erased,
      logKeys: [...newLogKeys].flatMap((vkey) => logKeys.get(vkey) ?? []),
    }),
  }
}

/** Records by the keys of their holder and presences. */
function createRelated(found: readonly FoundRecord[]) {
  const claimsById = new Map<string, RecordClaims>()
  const idsByKey = new Map<string, Set<string>>()
  const remove = (id: string): void => {
    const previous = claimsById.get(id)
    for (const key of previous ? keysOf(previous) : []) idsByKey.get(key)?.delete(id)
    claimsById.delete(id)
  }
  const put = (id: string, claims: RecordClaims): void => {
    remove(id)
    claimsById.set(id, claims)
    for (const key of keysOf(claims)) idsByKey.set(key, (idsByKey.get(key) ?? new Set()).add(id))
  }
  for (const row of found) put(row.id, readPayload<RecordClaims>(row.jws))
  return {
    put,
    remove,
    find(keys: readonly string[]): [id: string, claims: RecordClaims][] {
      const ids = new Set(keys.flatMap((key) => [...(idsByKey.get(key) ?? [])]))
      return [...ids].flatMap((id): [string, RecordClaims][] => {
        const claims = claimsById.get(id)
        return claims ? [[id, claims]] : []
      })
    },
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
