-- The newest iat (seconds) among the operator's statements about a member: none older counts any more (DESIGN 4.6).
ALTER TABLE members ADD COLUMN latest_iat INTEGER NOT NULL DEFAULT 0;
