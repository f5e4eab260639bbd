/** The tables of the hub's one database, as migrations/ makes them. Times are epoch milliseconds unless said. */
import type { Generated } from 'kysely'

export interface Tables {
  settings: { name: string; value: string }
  entries: {
    idx: number
    at: number
    issuer: string
    kind: string
    sha256: string
    jti: string
    subject: string | null
    country: string | null
  }
  erasures: { idx: number; by_idx: number }
  log_keys: { vkey: string; idx: number; retired: number }
  statements: { idx: number; jws: string }
  tiles: { level: number; idx: number; hashes: string }
  checkpoints: {
    size: number
    prev_size: number
    root: string
    note: string
    at: number
    roster_size: number
  }
  inbox: { id: number; sha256: string; jws: string; received_at: number; outcome: string | null }
  members: {
    id: string
    idx: number
    entity: string
    participation: string
    participation_idx: number
    admission: string
    /** JWT seconds. */
    latest_iat: number
  }
  /** `iat`, `exp` and `latest_iat` are JWT seconds. */
  records: {
    id: string
    member: string
    mark: string
    level: string
    country: string
    idx: number
    kid: string
    iat: number
    exp: number
    latest_iat: number
    status: string
    status_idx: number | null
  }
  presences: { key: string; record: string; scope: string }
  identifiers: { key: string; record: string }
  /** FTS5: terms parted by spaces, under the log index of the record's statement. */
  directory: { rowid: number; name: string; place: string; sector: string; facets: string }
  lookalikes: { skeleton: string; record: string }
  /** `at` in seconds as the member signed it; `counted` is what the hub itself counted then, -1 for what can't be told. */
  registers: { member: string; idx: number; at: number; count: number; digest: string; counted: number }
  cases: {
    ref: string
    filing: string
    quote: string
    filed_quote: string
    /** JSON of CaseMeta, CaseStatus and ConsumerKeys; the last is null once erased. */
    meta: string
    status: string
    consumer: string | null
    filed_at: number
    /** Out of `status`, for the indices; `is_open`, `parked` and `unmatched` are 0 or 1. */
    state: string
    is_open: number
    owner: string | null
    since: number
    due: string | null
    due_at: number | null
    parked: number
    head_seq: number
    head_sha256: string
    head_at: number
    envelope_sha256: string
    erases_at: number | null
    unmatched: number
  }
  /** JSON of a GeneralJwe each. */
  case_envelopes: { ref: string; complaint: string; identity: string }
  case_events: {
    ref: string
    seq: number
    at: number
    type: string
    actor: string
    member: string | null
    jws: string | null
    sha256: string
  }
  case_messages: { ref: string; seq: number; bytes: number; message: string }
  case_attachments: { ref: string; id: string; bytes: number; sha256: string; stored: number }
  case_files: { key: string; part: number; text: string }
  case_deliveries: {
    ref: string
    member: string
    role: string
    state: string
    attempts: number
    next_at: number | null
    since: number
    failure: string | null
    receipt: string | null
    receipted_at: number | null
  }
  case_inbox: { cursor: Generated<number>; member: string; ref: string; role: string; seq: number }
  case_addresses: { ref: string; address: string; lang: string }
  case_recoveries: { ref: string; code: string; consumer: string; at: number }
  webhooks: { member: string; url: string; secret: string }
  /** `told`: an inbox cursor, and the number of an event; `latest`: the newest event that is news, -1 for none. */
  webhook_news: { member: string; told: number; attempts: number; next_at: number }
  case_mails: {
    ref: string
    told: number
    attempts: number
    next_at: number
    latest: number
    closed: number
  }
  assertions: { issuer: string; jti: string; expires_at: number }
  intake_counts: { hour: number; bucket: string; count: number }
  intake_limits: { bucket: string; most: number; until: number }
  daily_salts: { day: string; salt: string }
}
