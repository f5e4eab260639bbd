/**
 * What a round of sequencing, or a replay of the log, knows while it decides: the state at the head, with the statements
 * accepted so far laid over it, so that a later statement of one batch sees the earlier ones.
 */
import { identifierKeys, presenceKeys } from '../record/holder.js'
import type { RecordClaims } from '../record/record.js'
import type { Refusal } from '../refusal.js'
import type { Statement } from '../trust/statement.js'
import type { Reader } from './hub.js'
import { overlay } from './overlay.js'
import type { RelatedRecord } from './related-records.js'
import { type Roster, readRoster } from './roster.js'
import type {
  FiledEntry,
  Head,
  LogKeyRow,
  MemberRow,
  RecordRow,
  RegisterRow,
  SequencedBatch,
  StandingRow,
} from './store.js'

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
  /** Verifier lines of the log's keys in use, as far as they are known here: its first key was never announced. */
  logKeysInUse(): readonly string[]
  use(issuer: string, jti: string): void
  /** Files an accepted entry. */
  file(entry: FiledEntry): void
  putRecord(row: RecordRow, claims?: RecordClaims): void
  putMember(row: MemberRow): void
  putStanding(row: StandingRow): void
  putRegister(row: RegisterRow): void
  putLogKey(row: LogKeyRow): void
  /** Forgets entries, and the record they are about; the jti of each is used from now on. */
  erase(entries: readonly (FiledEntry & { jti: string })[], by: number): void
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
  const keying = statements.some(({ kind }) => kind === 'log-key')
  const [roster, used, near, known, counts, named, logKeys, firstLogKey] = await Promise.all([
    readRoster({ store, ...hub }, head),
    store.usedJtis(statements.map((s) => [s.issuer, s.claims.jti] as const)),
    store.recordsByKeys({
      presences: records.flatMap(presenceKeys),
      identifiers: records.flatMap(identifierKeys),
    }),
    store.registers([...registers.map(({ member }) => member), ...erasures.map(({ issuer }) => issuer)]),
    store.countEachInForce(registers),
    erasing ? store.filed(erasures.flatMap(({ claims }) => claims.erasure.indices)) : [],
    keying ? store.logKeys() : [],
    keying ? store.setting('vkey') : undefined,
  ])
  const subjects = [...new Set(named.flatMap(({ subject }) => subject ?? []))]
  const ids = statements.flatMap((s) =>
    s.kind === 'record' ? [s.claims.trustmark.id] : s.kind === 'status' ? [s.claims.status.record] : [],
  )
  const stored = new Map(named.map((entry) => [entry.index, entry]))
  // Of a jti that only the erasure tells it must be known whether another entry has it.
  const isLearnt = (index: number): boolean => {
    const entry = stored.get(index)
    return entry ? entry.jti === null : judging.replaying === true
  }
  const learnt = erasures.flatMap(({ issuer, claims: { erasure } }) =>
    erasure.jtis.flatMap((jti, i) => (isLearnt(erasure.indices[i] ?? -1) ? [[issuer, jti] as const] : [])),
  )
  const [byId, siblings, usedToo] = await Promise.all([
    store.recordsById([...new Set([...ids, ...subjects])]),
    // Also of what this batch is about: an erasure may name an entry that only this batch makes.
    erasing ? store.filedUnder([...new Set([...subjects, ...ids])]) : [],
    learnt.length > 0 ? store.usedJtis(learnt) : [],
  ])
  return overlay(hub, judging, {
    roster,
    used: new Set([...used, ...usedToo]),
    byId,
    near: near.records,
    registers: known,
    counts: new Map(registers.map(({ member, at }, i) => [`${member} ${at}`, counts[i] ?? 0])),
    filed: [...named, ...siblings],
    logKeys,
    firstLogKey,
  })
}
