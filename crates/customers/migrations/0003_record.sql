-- What each source says of a profile now. `slot` counts the values of a kind that may have several (e-mails, phones, free fields).
CREATE TABLE profile_field (
  profile_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  slot INTEGER NOT NULL,
  value TEXT NOT NULL,
  basis TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (profile_id, kind, source, slot)
);

-- What a source said before it said something else. `until` is when.
CREATE TABLE profile_field_past (
  profile_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  slot INTEGER NOT NULL,
  value TEXT NOT NULL,
  basis TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (profile_id, kind, until, source, slot)
);

-- One list of customers that was brought in.
CREATE TABLE import_batch (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  undone_at INTEGER,
  undone_by TEXT,
  total INTEGER NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  taken_back INTEGER NOT NULL,
  kept INTEGER NOT NULL
);
CREATE UNIQUE INDEX import_batch_key ON import_batch (key);
CREATE INDEX import_batch_file ON import_batch (file_hash, id);

-- Its rows as they were read, what became of each, and what to put back when it is undone.
CREATE TABLE import_row (
  batch_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  key TEXT NOT NULL,
  content TEXT NOT NULL,
  outcome TEXT NOT NULL,
  profile_id TEXT,
  before TEXT NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (batch_id, line)
);
CREATE INDEX import_row_outcome ON import_row (batch_id, outcome, line);
CREATE INDEX import_row_profile ON import_row (profile_id, batch_id) WHERE profile_id IS NOT NULL;

-- Which profile stands for a record of a source, and what the record last said.
CREATE TABLE import_key (
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (source, key)
);
CREATE INDEX import_key_profile ON import_key (profile_id);
