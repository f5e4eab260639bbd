-- What the feed is filtered by.
CREATE INDEX IF NOT EXISTS entries_by_issuer ON entries (issuer, idx);

CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind, idx);

CREATE INDEX IF NOT EXISTS entries_by_country ON entries (country, idx);
