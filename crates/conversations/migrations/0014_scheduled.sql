-- Answers that are to leave at a later time. What could not leave is held, with the reason, until somebody decides.
CREATE TABLE scheduled_reply (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  profile TEXT NOT NULL,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  send_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  message TEXT,
  key TEXT NOT NULL UNIQUE
);
CREATE INDEX scheduled_reply_open ON scheduled_reply (profile, send_at, id) WHERE state IN ('waiting', 'held');
CREATE INDEX scheduled_reply_matter ON scheduled_reply (matter);
CREATE INDEX scheduled_reply_profile ON scheduled_reply (profile, id);
