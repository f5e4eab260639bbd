-- The directory of certified shops: index terms of each record in force or not, under the log index of its statement.
-- Words are made and folded by the hub; this tokenizer only parts them at spaces, so that no version of SQLite's own tables of
-- Unicode decides what is found. Nothing is ranked, so no sizes of columns are kept.
CREATE VIRTUAL TABLE IF NOT EXISTS directory USING fts5 (
  name,
  place,
  sector,
  facets,
  columnsize = 0,
  tokenize = "ascii tokenchars '-/:'"
);

CREATE INDEX IF NOT EXISTS records_by_index ON records (idx);
