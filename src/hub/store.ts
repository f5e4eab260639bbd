/** What the hub needs of its database; `store/` implements it on SQLite and on D1. */

import type { Participation } from '../alliance/participation.js'
import type { LogEntry } from '../log/entry.js'
import type { Tile, TileReader } from '../log/tile.js'
import type { RecordStatus } from '../record/judge.js'
import type { Problem } from '../refusal.js'

/** The newest committed checkpoint. */
export interface Head {
  size: number
  /** Root hash, base64url. */
  root: string
  /** The signed note. */
  note: string
  /** Epoch ms, never falling from one checkpoint to the next. */
  at: number
  /** Log size at which members last changed: names the version of the roster. */
  rosterSize: number
}

export interface MemberRow {
  id: string
  /** Log index of the admission. */
  index: number
  entity: string
  participation: Participation
  /** Log index of the statement that set the participation. */
  participationIndex: number
  /** The admission's payload: definition, keys, application. */
  admission: string
  /** The newest `iat` (JWT seconds) among the operator's statements about the member: none older counts any more. */
  latestIat: number
}

/** A change of a member's participation, by the statement with that log index. */
export interface StandingRow {
  member: string
  participation: Participation
  index: number
  latestIat: number
}

/** The current state of one record. `iat`, `exp` and `latestIat` in JWT seconds. */
export interface RecordRow {
  id: string
  member: string
  mark: string
  level: string
  index: number
  kid: string
  iat: number
  exp: number
  /** The newest `iat` among its statements: the next must be later. */
  latestIat: number
  status: RecordStatus
  statusIndex: number | null
}

/** A record with its statements, as look-ups need it. */
export interface FoundRecord extends RecordRow {
  jws: string
  statusJws: string | null
}

/** A presence key of a record that matched, with the scope it was certified for. */
export interface MatchedKey {
  record: string
  key: string
  scope: 'host' | 'domain'
}

export interface RegisterRow {
  member: string
  index: number
  /** JWT seconds, as the member signed it. */
  at: number
  count: number
  digest: string
  /** Records in force at `at` as the hub counted them when it accepted the register. */
  counted: number
}

/** One log entry as the feed gives it; `statement` is null once erased. */
export interface LoggedStatement extends Omit<LogEntry, 'v'> {
  index: number
  statement: string | null
}

/** What became of a statement: its index, or why it was refused; absent while it waits. */
export type Outcome = { index: number } | { problem: Problem }

/** Everything one round of sequencing writes, at once or not at all. */
export interface SequencedBatch {
  /** The head it was decided on; another head at commit makes the whole batch fail. */
  previous: Head
  next: Head
  entries: {
    index: number
    at: number
    issuer: string
    kind: string
    sha256: string
    jti: string
    subject: string | null
    jws: string
  }[]
  tiles: Tile[]
  members: MemberRow[]
  /** Applied after `members`. */
  standings: StandingRow[]
  /** Records whose presences and identifiers are replaced as well. */
  issued: (RecordRow & { presences: MatchedKey[]; identifiers: string[] })[]
  /** Records of which only the status and `latestIat` changed. */
  changed: RecordRow[]
  registers: Omit<RegisterRow, 'counted'>[]
  refused: { sha256: string; problem: Problem }[]
}

export interface HubStore extends TileReader {
  setting(name: string): Promise<string | undefined>
  /** Fixes settings and the first checkpoint of an empty database; false when another process was first. */
  found(settings: Record<string, string>, head: Head): Promise<boolean>
  head(): Promise<Head | undefined>
  members(): Promise<MemberRow[]>

  /**
   * Puts verified statements into the inbox; one that was refused before is tried anew, one that waits stays.
   * Refusals received before `forget` (epoch ms) are forgotten.
   */
  receive(statements: readonly { sha256: string; jws: string }[], at: number, forget: number): Promise<void>
  /** The oldest waiting statements, in order of arrival. */
  pending(limit: number): Promise<{ sha256: string; jws: string }[]>
  outcomes(sha256s: readonly string[]): Promise<Map<string, Outcome>>
  /** @returns false when the head had moved: nothing was written */
  commit(batch: SequencedBatch): Promise<boolean>

  /** Which of these (issuer, jti) pairs were accepted, as `issuer jti`. */
  usedJtis(pairs: readonly (readonly [issuer: string, jti: string])[]): Promise<Set<string>>
  recordsById(ids: readonly string[]): Promise<FoundRecord[]>
  /** Every record that has one of the presence keys or identifier keys. */
  recordsByKeys(keys: {
    presences: readonly string[]
    identifiers: readonly string[]
  }): Promise<{ records: FoundRecord[]; matched: MatchedKey[] }>
  registers(members: readonly string[]): Promise<RegisterRow[]>
  /** Records in force at a time (JWT seconds), by member. */
  countsInForce(at: number): Promise<Map<string, number>>

  /** Entries after an index (exclusive; -1 for the start), below `size`, in order. */
  changes(after: number, size: number, limit: number): Promise<LoggedStatement[]>
  /** Every entry about a record, oldest first. */
  history(record: string): Promise<LoggedStatement[]>
  /** The newest admissions of a member, oldest first; a statement is null once erased. */
  admissions(member: string, limit: number): Promise<LoggedStatement[]>
}
