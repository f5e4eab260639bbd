-- Who was told of what. Nothing is queued: what is due follows from inboxes and events, so a crash loses no notice.
CREATE TABLE IF NOT EXISTS webhook_news (
  member TEXT PRIMARY KEY REFERENCES webhooks (member) ON DELETE CASCADE,
  told INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS case_mails (
  ref TEXT PRIMARY KEY REFERENCES case_addresses (ref) ON DELETE CASCADE,
  told INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_deliveries_dead ON case_deliveries (since) WHERE state = 'dead';
