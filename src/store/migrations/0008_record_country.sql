-- The country of a record's holder; empty for what was stored before it was kept.
ALTER TABLE records ADD COLUMN country TEXT NOT NULL DEFAULT '';
