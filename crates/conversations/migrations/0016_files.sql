-- Files that somebody has chosen and not yet sent; they are forgotten after a day.
CREATE TABLE upload (
  id TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  content_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX upload_at ON upload (at, id);

-- The word under which a provider fetches a file of ours, and until when.
CREATE TABLE shared_file (
  attachment TEXT NOT NULL PRIMARY KEY,
  word TEXT NOT NULL,
  until INTEGER NOT NULL
);
CREATE UNIQUE INDEX shared_file_word ON shared_file (word);
