-- The country an entry is about: its holder's, or its member's. NULL passes every filter: erasures and what was logged before
-- this column was made must reach whoever follows one country.
ALTER TABLE entries ADD COLUMN country TEXT;
