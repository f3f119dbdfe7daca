-- A video room of a matter: one link for one person, and how long they talked. What is said and shown in it passes by.
CREATE TABLE room (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  profile TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  -- The browser that holds the link since it was first used.
  guest TEXT,
  opened_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  began_at INTEGER,
  -- Set while one of the two is gone.
  left_at INTEGER,
  ended_at INTEGER
);
CREATE UNIQUE INDEX room_open ON room (matter) WHERE ended_at IS NULL;
CREATE INDEX room_profile ON room (profile, opened_at, id);
