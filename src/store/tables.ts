/** The tables of the hub's one database, as migrations/ makes them. Times are epoch milliseconds unless said. */

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
  }
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
  /** `at` in seconds as the member signed it; `counted` is what the hub itself counted then. */
  registers: { member: string; idx: number; at: number; count: number; digest: string; counted: number }
}
