-- The log: entries, tiles and checkpoints are append-only; statements can be erased (DESIGN 4.2).
CREATE TABLE IF NOT EXISTS settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS entries (
  idx INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  issuer TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  jti TEXT NOT NULL,
  subject TEXT,
  UNIQUE (issuer, jti)
) STRICT;

CREATE INDEX IF NOT EXISTS entries_by_subject ON entries (subject, idx) WHERE subject IS NOT NULL;

CREATE TABLE IF NOT EXISTS statements (
  idx INTEGER PRIMARY KEY REFERENCES entries (idx),
  jws TEXT NOT NULL
) STRICT;

-- Hashes stand in base64url: D1 gives BLOBs back as arrays of numbers.
CREATE TABLE IF NOT EXISTS tiles (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes TEXT NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- UNIQUE (prev_size) is the compare-and-swap of the sequencer: of two that append to one head, one fails.
CREATE TABLE IF NOT EXISTS checkpoints (
  size INTEGER PRIMARY KEY,
  prev_size INTEGER NOT NULL UNIQUE,
  root TEXT NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  roster_size INTEGER NOT NULL
) STRICT;

-- Statements whose signatures were verified and that wait for their place; refused ones keep their outcome.
CREATE TABLE IF NOT EXISTS inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE,
  jws TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT
) STRICT;

CREATE INDEX IF NOT EXISTS inbox_pending ON inbox (id) WHERE outcome IS NULL;

CREATE INDEX IF NOT EXISTS inbox_refused ON inbox (received_at) WHERE outcome IS NOT NULL;

-- Views, all of which can be derived from log and statements.
CREATE TABLE IF NOT EXISTS members (
  id TEXT PRIMARY KEY,
  idx INTEGER NOT NULL,
  entity TEXT NOT NULL UNIQUE,
  participation TEXT NOT NULL,
  participation_idx INTEGER NOT NULL,
  admission TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS records (
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  mark TEXT NOT NULL,
  level TEXT NOT NULL,
  idx INTEGER NOT NULL,
  kid TEXT NOT NULL,
  iat INTEGER NOT NULL,
  exp INTEGER NOT NULL,
  latest_iat INTEGER NOT NULL,
  status TEXT NOT NULL,
  status_idx INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS records_of_member ON records (member, status, exp);

CREATE TABLE IF NOT EXISTS presences (
  key TEXT NOT NULL,
  record TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS presences_of_record ON presences (record);

CREATE TABLE IF NOT EXISTS identifiers (
  key TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS identifiers_of_record ON identifiers (record);

CREATE TABLE IF NOT EXISTS registers (
  member TEXT PRIMARY KEY,
  idx INTEGER NOT NULL,
  at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  digest TEXT NOT NULL,
  counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
