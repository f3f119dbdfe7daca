-- Files of products that were brought in.
CREATE TABLE product_import (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  options TEXT NOT NULL,
  beside TEXT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  undone_at INTEGER,
  undone_by TEXT,
  total INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  taken_back INTEGER NOT NULL,
  kept INTEGER NOT NULL
);
CREATE UNIQUE INDEX product_import_key ON product_import (key);
CREATE INDEX product_import_file ON product_import (file_hash, id);

-- Their products as they were read, what became of each, and what to put back when the import is taken back.
CREATE TABLE product_import_item (
  import TEXT NOT NULL,
  line INTEGER NOT NULL,
  stage TEXT NOT NULL,
  content TEXT NOT NULL,
  outcome TEXT NOT NULL,
  product TEXT,
  version_before INTEGER NOT NULL,
  version INTEGER NOT NULL,
  before TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (import, line)
);
CREATE INDEX product_import_item_stage ON product_import_item (import, stage, line);
CREATE INDEX product_import_item_outcome ON product_import_item (import, outcome, line);
