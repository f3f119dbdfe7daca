-- Words that are not sent yet: one draft per thread and writer, the same on all their devices.
CREATE TABLE draft (
  thread TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (thread, author)
);
CREATE INDEX draft_author ON draft (author);

-- Who has a matter open, and whether they are writing.
CREATE TABLE viewing (
  matter TEXT NOT NULL,
  staff TEXT NOT NULL,
  writes INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (matter, staff)
);
