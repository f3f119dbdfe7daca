-- What each change of a product changed, field by field: the history that is read, and the way back.
CREATE TABLE product_version (
  product TEXT NOT NULL,
  version INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  restored INTEGER,
  changes TEXT NOT NULL,
  PRIMARY KEY (product, version)
);
