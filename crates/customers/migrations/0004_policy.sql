-- Every answer ever given; the one in force is in `consent`.
CREATE TABLE consent_answer (
  id TEXT NOT NULL PRIMARY KEY,
  profile_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  evidence TEXT NOT NULL,
  source TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX consent_answer_profile ON consent_answer (profile_id, at, id);
INSERT INTO consent_answer (id, profile_id, purpose, channel, state, evidence, source, actor, at)
  SELECT profile_id || '/' || purpose || '/' || channel, profile_id, purpose, channel, state, evidence, source, '', at FROM consent;

-- When somebody is not to be disturbed, in minutes of their day; equal ends are never. An empty zone is found by other means.
CREATE TABLE contact_setting (
  profile_id TEXT NOT NULL PRIMARY KEY,
  quiet_from INTEGER NOT NULL,
  quiet_until INTEGER NOT NULL,
  zone TEXT NOT NULL,
  updated_at INTEGER NOT NULL
);

-- The brand's own rules; at most the one row named `brand`.
CREATE TABLE contact_rule (
  name TEXT NOT NULL PRIMARY KEY,
  zone TEXT NOT NULL,
  quiet_from INTEGER NOT NULL,
  quiet_until INTEGER NOT NULL,
  most INTEGER NOT NULL,
  days INTEGER NOT NULL
);

-- What was sent to somebody by a program, under the caller's name for it.
CREATE TABLE contact_sent (
  key TEXT NOT NULL PRIMARY KEY,
  profile_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX contact_sent_profile ON contact_sent (profile_id, at) WHERE purpose <> 'service';

-- Why somebody is left in peace for now: a complaint, a dispute, a debt.
CREATE TABLE contact_pause (
  profile_id TEXT NOT NULL,
  context TEXT NOT NULL,
  subject TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (profile_id, context, subject)
);

-- Who opened whose record, at most once an hour each.
CREATE TABLE record_access (
  profile_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  hour INTEGER NOT NULL,
  door TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (profile_id, actor, hour)
);
CREATE INDEX record_access_of ON record_access (profile_id, at, actor);
CREATE INDEX record_access_time ON record_access (at, profile_id, actor);

-- Who was erased, by whom, and what was kept and why.
CREATE TABLE erasure (
  profile_id TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  report TEXT NOT NULL
);

-- Keys that this room signs with.
CREATE TABLE customer_secret (
  name TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL,
  created_at INTEGER NOT NULL
);
