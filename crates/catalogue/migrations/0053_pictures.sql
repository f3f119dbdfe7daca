-- Pictures that were uploaded, made anew in each size that is shown; a hash names what was uploaded.
CREATE TABLE picture (
  hash TEXT NOT NULL,
  size TEXT NOT NULL,
  content_type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (hash, size)
);
