-- What the eye sees of the addresses of each record (UTS 39 skeletons), so that one that imitates another is found.
CREATE TABLE IF NOT EXISTS lookalikes (
  skeleton TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (skeleton, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS lookalikes_of_record ON lookalikes (record);
