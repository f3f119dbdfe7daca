-- One change of many products, with what to put back when it is taken back.
CREATE TABLE bulk_edit (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  change TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  undone_at INTEGER,
  undone_by TEXT,
  changed INTEGER NOT NULL,
  stayed INTEGER NOT NULL,
  taken_back INTEGER NOT NULL,
  kept INTEGER NOT NULL
);
CREATE UNIQUE INDEX bulk_edit_key ON bulk_edit (key);

-- What became of each product, in the order in which they were chosen.
CREATE TABLE bulk_edit_item (
  edit TEXT NOT NULL,
  line INTEGER NOT NULL,
  product TEXT NOT NULL,
  outcome TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (edit, line)
);
