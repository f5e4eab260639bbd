-- Complaints. None of this is in the public log, and all that is sealed or names somebody lies in tables of its own, to be erased.
CREATE TABLE IF NOT EXISTS cases (
  ref TEXT PRIMARY KEY,
  filing TEXT NOT NULL,
  meta TEXT NOT NULL,
  filed_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  state TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  owner TEXT,
  since INTEGER NOT NULL,
  due TEXT,
  due_at INTEGER,
  parked INTEGER NOT NULL,
  head_seq INTEGER NOT NULL,
  head_sha256 TEXT NOT NULL,
  head_at INTEGER NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  erases_at INTEGER,
  unmatched INTEGER NOT NULL,
  -- Some kilobytes each, and last: what inboxes show of a case lies before them, within its first page.
  quote TEXT NOT NULL,
  filed_quote TEXT NOT NULL,
  consumer TEXT
) STRICT;

-- Clocks that run out by themselves: thousands of cases may be late by agencies, and no sweep should pass them over.
CREATE INDEX IF NOT EXISTS cases_lapsing ON cases (due_at)
  WHERE is_open = 1 AND parked = 0 AND owner IN ('consumer', 'merchant') AND due_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS cases_erasable ON cases (erases_at) WHERE erases_at IS NOT NULL;

-- What the secretariat looks through.
CREATE INDEX IF NOT EXISTS cases_parked ON cases (filed_at) WHERE is_open = 1 AND parked = 1;

CREATE INDEX IF NOT EXISTS cases_unrouted ON cases (filed_at) WHERE state = 'unrouted';

CREATE INDEX IF NOT EXISTS cases_unmatched ON cases (is_open) WHERE unmatched = 1;

-- Some 400 kB each at most: apart, so that no listing reads them.
CREATE TABLE IF NOT EXISTS case_envelopes (
  ref TEXT PRIMARY KEY REFERENCES cases (ref),
  complaint TEXT NOT NULL,
  identity TEXT NOT NULL
) STRICT;

-- PRIMARY KEY (ref, seq) is the compare-and-swap of a case: of two events that follow the same one, one fails.
CREATE TABLE IF NOT EXISTS case_events (
  ref TEXT NOT NULL REFERENCES cases (ref),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  member TEXT,
  jws TEXT,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (ref, seq)
) STRICT, WITHOUT ROWID;

-- `bytes` stands before the message, so that summing sizes up reads none.
CREATE TABLE IF NOT EXISTS case_messages (
  ref TEXT NOT NULL REFERENCES cases (ref),
  seq INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (ref, seq)
) STRICT;

CREATE TABLE IF NOT EXISTS case_attachments (
  ref TEXT NOT NULL REFERENCES cases (ref),
  id TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  stored INTEGER NOT NULL,
  PRIMARY KEY (ref, id)
) STRICT, WITHOUT ROWID;

-- Sealed files where there is no better place for them, in pieces that each fit one value.
CREATE TABLE IF NOT EXISTS case_files (
  key TEXT NOT NULL,
  part INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (key, part)
) STRICT;

CREATE TABLE IF NOT EXISTS case_deliveries (
  ref TEXT NOT NULL REFERENCES cases (ref),
  member TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER,
  since INTEGER NOT NULL,
  failure TEXT,
  receipt TEXT,
  receipted_at INTEGER,
  PRIMARY KEY (ref, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_deliveries_due ON case_deliveries (next_at) WHERE state = 'pending' AND next_at IS NOT NULL;

-- One writer at a time: a later commit has the larger cursor, so a reader that goes on from the last one misses none.
CREATE TABLE IF NOT EXISTS case_inbox (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT,
  member TEXT NOT NULL,
  ref TEXT NOT NULL REFERENCES cases (ref),
  role TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS case_inbox_by_member ON case_inbox (member, cursor);

CREATE INDEX IF NOT EXISTS case_inbox_of_case ON case_inbox (ref);

-- Closed under a key that no backup of this database holds.
CREATE TABLE IF NOT EXISTS case_addresses (
  ref TEXT PRIMARY KEY REFERENCES cases (ref),
  address TEXT NOT NULL,
  lang TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS case_recoveries (
  ref TEXT NOT NULL REFERENCES cases (ref),
  code TEXT NOT NULL,
  consumer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (ref, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS webhooks (
  member TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  secret TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Spent client assertions, until they expire (RFC 7523 section 3, jti).
CREATE TABLE IF NOT EXISTS assertions (
  issuer TEXT NOT NULL,
  jti TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, jti)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS assertions_by_expiry ON assertions (expires_at);

CREATE TABLE IF NOT EXISTS intake_counts (
  hour INTEGER NOT NULL,
  bucket TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS intake_limits (
  bucket TEXT PRIMARY KEY,
  most INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS daily_salts (
  day TEXT PRIMARY KEY,
  salt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
