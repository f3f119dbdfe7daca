-- Files that came with a message and are still at the provider's: fetched by a job, soon, as their names expire.
CREATE TABLE media_fetch (
  id TEXT NOT NULL PRIMARY KEY,
  message TEXT NOT NULL,
  account TEXT NOT NULL,
  media TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  why TEXT
);
CREATE INDEX media_fetch_waiting ON media_fetch (due_at, id) WHERE state = 'waiting';
CREATE INDEX media_fetch_message ON media_fetch (message, id);
