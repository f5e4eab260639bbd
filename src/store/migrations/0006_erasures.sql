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
