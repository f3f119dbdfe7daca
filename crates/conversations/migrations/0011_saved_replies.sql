-- Words that are used again, in both languages; of one team, or of everybody.
CREATE TABLE saved_reply (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  team TEXT,
  text_es TEXT NOT NULL,
  text_en TEXT NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX saved_reply_team ON saved_reply (team, name);
