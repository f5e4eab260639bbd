-- Who was told of what. What is due is written with the event that makes it due, at once, so a crash loses no notice.
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
  next_at INTEGER NOT NULL,
  latest INTEGER NOT NULL,
  closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_mails_due ON case_mails (next_at) WHERE latest > told;

-- Nothing is left to tell: the address can be forgotten.
CREATE INDEX IF NOT EXISTS case_mails_over ON case_mails (ref) WHERE closed = 1 AND latest <= told;

CREATE INDEX IF NOT EXISTS case_deliveries_dead ON case_deliveries (since) WHERE state = 'dead';
