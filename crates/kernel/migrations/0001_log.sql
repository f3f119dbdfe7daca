-- The one ordered log. What carries a profile is an entry on that person's timeline.
CREATE TABLE event_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  tx INTEGER NOT NULL DEFAULT 0 /* transaction */,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  profile TEXT,
  channel TEXT,
  actor TEXT,
  visible INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX event_log_order ON event_log (tx, seq);
CREATE INDEX event_log_timeline ON event_log (profile, at, seq) WHERE visible = 1 AND profile IS NOT NULL;
CREATE INDEX event_log_subject ON event_log (subject, seq);
CREATE INDEX event_log_actor ON event_log (actor, seq) WHERE actor IS NOT NULL;

-- How far each reaction has come.
CREATE TABLE reaction_cursor (
  name TEXT NOT NULL PRIMARY KEY,
  tx INTEGER NOT NULL,
  seq INTEGER NOT NULL
);

-- Events that a reaction refused even when tried alone: kept, shown on the health page, never in the way of others.
CREATE TABLE parked_event (
  name TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (name, seq)
);

CREATE TABLE timer (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  due INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  body TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (kind, key)
);
CREATE INDEX timer_due ON timer (due, kind, key);
