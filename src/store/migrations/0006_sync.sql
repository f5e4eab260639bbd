-- Erasure: which entries' statements were erased, and by which erasure. Of an erased entry nothing stays but its log line and
-- its jti, which may never be used again.
CREATE TABLE IF NOT EXISTS erasures (
  idx INTEGER PRIMARY KEY REFERENCES entries (idx),
  by_idx INTEGER NOT NULL
) STRICT;

-- Keys that the operator announced for the log after its first one, and the entries that named them.
CREATE TABLE IF NOT EXISTS log_keys (
  vkey TEXT PRIMARY KEY,
  idx INTEGER NOT NULL,
  retired INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The country an entry is about: its holder's, or its member's. NULL passes every filter: erasures and what was logged before
-- this column was made must reach whoever follows one country.
ALTER TABLE entries ADD COLUMN country TEXT;

ALTER TABLE records ADD COLUMN country TEXT NOT NULL DEFAULT '';

CREATE INDEX IF NOT EXISTS entries_by_issuer ON entries (issuer, idx);

CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind, idx);

CREATE INDEX IF NOT EXISTS entries_by_country ON entries (country, idx);
