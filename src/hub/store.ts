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
  /** Of its holder; empty for what was stored before it was kept. */
  country: string
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

/** What the directory finds a record by; each text is index terms parted by spaces (src/record/search-terms.ts). */
export interface Listing {
  /** Of the holder, in every language. */
  name: string
  /** Of hosts and accounts. */
  place: string
  sector: string
  facets: string
  /** What the eye sees of its addresses. */
  skeletons: string[]
}

/** A listing of a record that is stored already. */
export interface StoredListing {
  record: string
  /** Log index of the statement that it was made from. */
  index: number
  listing: Listing
}

/** What is asked of the directory, in the store's own terms. */
export interface DirectoryQuestion {
  /** Terms of the full-text index (src/hub/directory/match-query.ts); absent for everybody. */
  match?: string
  /** `member/mark/level` of what may be listed at all. */
  levels: readonly string[]
  /** Keys that are not trusted for statements from a log index on. */
  distrusted: readonly { kid: string; from: number }[]
  /** Issued at or before this moment (JWT seconds). */
  issuedBy: number
  /** Expiring after this moment (JWT seconds). */
  expiringAfter: number
  /** Log index, exclusive: where the page before ended. */
  before?: number
  limit: number
  /** Rows of the index that are looked at, at most: those of records that lapsed are found too, and passed over. */
  reach: number
  /** Matches are counted up to here, from the newest on; absent where they need not be. */
  countTo?: number
}

/** What the directory has. */
export interface FoundDirectory {
  records: FoundRecord[]
  /** How many match on all pages, up to `countTo`. */
  count: number
  /** Whether those are all within `countTo`: false where counting stopped at `reach`. */
  countedAll: boolean
  /** Log index at which it stopped before the page was full: there may be more before it. */
  reached?: number
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
  /** Records in force at `at` as the log had them before the register; null once any of the member's was erased since. */
  counted: number | null
}

/** A key of the log that the operator announced, by the entry at `index`. */
export interface LogKeyRow {
  vkey: string
  index: number
  retired: boolean
}

/** Where an entry is filed. */
export interface FiledEntry {
  index: number
  issuer: string
  kind: string
  /** The record it is about, or the member an admission is about; null for neither and for what was erased. */
  subject: string | null
  /** Null where a copy never got the statement, until its erasure tells. */
  jti: string | null
  /** Whether an erasure named it. */
  erased: boolean
}

/** One log entry as the feed gives it. */
export interface LoggedStatement extends Omit<LogEntry, 'v'> {
  index: number
  /** Null once erased, and where it was lost. */
  statement: string | null
  /** Log index of the erasure that names it. */
  erasedBy: number | null
}

/** Which entries of the feed are wanted; those of each list that is given, all for none. */
export interface ChangeFilter {
  /** Member ids, or `alliance`: who signed. */
  members?: readonly string[]
  kinds?: readonly string[]
  /** Countries of holders or members. Entries without one, erasures among them, pass. */
  countries?: readonly string[]
  /** Only entries that make up the state as it is now. */
  current?: boolean
}

/** What became of a statement: its index, or why it was refused; absent while it waits. */
export type Outcome = { index: number } | { problem: Problem }

/** What erasures take away: statements, the filing of their entries, and the records' views. Applied before `issued`. */
export interface Erased {
  /** With its jti where a copy never got the statement. */
  entries: { index: number; by: number; jti?: string }[]
  records: string[]
}

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
    /** Null with `jws`. */
    jti: string | null
    subject: string | null
    country: string | null
    /** Null for a statement that a copy never got, because it was erased before. */
    jws: string | null
  }[]
  tiles: Tile[]
  members: MemberRow[]
  /** Applied after `members`. */
  standings: StandingRow[]
  /** Records whose presences, identifiers and listing are replaced as well. */
  issued: (RecordRow & { presences: MatchedKey[]; identifiers: string[]; listing: Listing })[]
  /** Records of which only the status and `latestIat` changed. */
  changed: RecordRow[]
  registers: RegisterRow[]
  erased: Erased
  logKeys: LogKeyRow[]
  refused: { sha256: string; problem: Problem }[]
}

export interface HubStore extends TileReader {
  setting(name: string): Promise<string | undefined>
  /** Fixes settings and the first checkpoint of an empty database; false when another process was first. */
  found(settings: Record<string, string>, head: Head): Promise<boolean>
  head(): Promise<Head | undefined>
  /**
   * Puts another note, of the same text with more signatures, in the place of the newest checkpoint's.
   * @returns false when the head had moved or has another note by now: nothing was written
   */
  resignHead(head: Head, note: string): Promise<boolean>
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
  /**
   * Leaves nothing of what was erased in any file of the database, where it has files of ours.
   * @returns false for files too large to be written anew in passing: single values may stand in unused parts of their pages
   * @throws Error when another process reads meanwhile: call it again
   */
  scrub(): Promise<boolean>

  /** Which of these (issuer, jti) pairs were accepted, as `issuer jti`. */
  usedJtis(pairs: readonly (readonly [issuer: string, jti: string])[]): Promise<Set<string>>
  recordsById(ids: readonly string[]): Promise<FoundRecord[]>
  /** Every record in order of id, page by page: those after an id (exclusive; empty for the start). */
  recordsPage(after: string, limit: number): Promise<FoundRecord[]>
  /** Every record that has one of the presence keys or identifier keys. */
  recordsByKeys(keys: {
    presences: readonly string[]
    identifiers: readonly string[]
  }): Promise<{ records: FoundRecord[]; matched: MatchedKey[] }>
  /** Records that were neither suspended nor revoked and have one of these skeletons, by skeleton and id; each once. */
  recordsBySkeleton(skeletons: readonly string[], limit: number): Promise<FoundRecord[]>
  /** Records neither suspended nor revoked, newest statement first, and how many there are on all pages. */
  directory(question: DirectoryQuestion): Promise<FoundDirectory>
  /**
   * Lists records that are stored already, where none was issued anew or erased meanwhile, and notes in the setting `directory`
   * how far that has come, unless it says `done` already.
   */
  relist(listings: readonly StoredListing[], progress: string, done: string): Promise<void>
  /** Takes away what no record has, and notes in the setting `directory` that all are listed. */
  finishListing(done: string): Promise<void>
  registers(members: readonly string[]): Promise<RegisterRow[]>
  /** How entries with these indices are filed. */
  filed(indices: readonly number[]): Promise<FiledEntry[]>
  /** How every entry about these records is filed. */
  filedUnder(records: readonly string[]): Promise<FiledEntry[]>
  /** Index of the newest erasure. */
  lastErasure(): Promise<number | undefined>
  logKeys(): Promise<LogKeyRow[]>
  /** Whether one of these statements waits in the inbox. */
  isWaiting(sha256s: readonly string[]): Promise<boolean>
  /** The first entries that have neither a statement nor an erasure that names them. */
  withheld(limit: number): Promise<number[]>
  /** Records of each member in force at its time (JWT seconds), in the order asked. */
  countEachInForce(questions: readonly { member: string; at: number }[]): Promise<number[]>
  /** Records in force at a time (JWT seconds), by member. */
  countsInForce(at: number): Promise<Map<string, number>>

  /** Entries after an index (exclusive; -1 for the start), below `size`, in order. */
  changes(after: number, size: number, limit: number, filter?: ChangeFilter): Promise<LoggedStatement[]>
  /** Every entry about a record, oldest first. */
  history(record: string): Promise<LoggedStatement[]>
  /** The newest admissions of a member, oldest first; a statement is null once erased. */
  admissions(member: string, limit: number): Promise<LoggedStatement[]>
}
