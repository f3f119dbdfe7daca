-- What was promised to a customer in a matter, until when, and whether it was kept. At most one is open at a time.
CREATE TABLE promise (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  profile TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  by_answer INTEGER NOT NULL,
  state TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  ended_at INTEGER,
  key TEXT NOT NULL UNIQUE
);
CREATE UNIQUE INDEX promise_open ON promise (matter) WHERE state = 'open';
CREATE INDEX promise_matter ON promise (matter, made_at, id);
CREATE INDEX promise_profile ON promise (profile, made_at, id);

-- Until when something is promised in it: a clock beside the others.
ALTER TABLE matter ADD COLUMN promised INTEGER;
CREATE INDEX matter_promised ON matter (owner, promised, id) WHERE promised IS NOT NULL;
