-- How well a customer was served: asked once for each matter, after a person has answered it and it was resolved.
CREATE TABLE survey (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL,
  owner TEXT,
  channel TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  message TEXT,
  asked_at INTEGER NOT NULL,
  score INTEGER,
  comment TEXT NOT NULL,
  scored_at INTEGER
);
CREATE INDEX survey_profile ON survey (profile, asked_at, id);

ALTER TABLE talk_day ADD COLUMN scores INTEGER NOT NULL DEFAULT 0;
ALTER TABLE talk_day ADD COLUMN score_sum INTEGER NOT NULL DEFAULT 0;
