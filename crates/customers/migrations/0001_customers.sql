-- What one source knows of somebody. `person_id` is what the standing claims add up to: the oldest profile of the component.
CREATE TABLE profile (
  id TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  full_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  locale TEXT,
  postcode TEXT NOT NULL,
  preferred_channels TEXT NOT NULL,
  note TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX profile_person ON profile (person_id, id);
CREATE INDEX profile_head ON profile (id) WHERE id = person_id;
CREATE INDEX profile_name_key ON profile (name_key, postcode, id) WHERE name_key <> '';

-- The folded words of a profile's names, for search by prefix.
CREATE TABLE profile_word (
  word TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  PRIMARY KEY (word, profile_id)
);
CREATE INDEX profile_word_profile ON profile_word (profile_id, word);

-- One way to recognise somebody. It belongs to one profile; `tail` is the last digits of a phone number.
CREATE TABLE identifier (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  display TEXT NOT NULL,
  tail TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  verified_at INTEGER,
  vouched INTEGER NOT NULL,
  shared INTEGER NOT NULL,
  source TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
);
CREATE INDEX identifier_profile ON identifier (profile_id, kind, value);
CREATE INDEX identifier_tail ON identifier (tail, kind, value) WHERE tail <> '';

-- An identifier that a profile gave although it belongs to another (or to nobody yet): evidence, never ownership.
CREATE TABLE identifier_sighting (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, value, profile_id)
);
CREATE INDEX identifier_sighting_profile ON identifier_sighting (profile_id, kind, value);

-- "These two profiles are (not) the same". Never deleted: undoing one withdraws it.
CREATE TABLE claim (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  profile_a TEXT NOT NULL,
  profile_b TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by TEXT
);
CREATE UNIQUE INDEX claim_key ON claim (key);
CREATE INDEX claim_a ON claim (profile_a, id);
CREATE INDEX claim_b ON claim (profile_b, id);

CREATE TABLE consent (
  profile_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  evidence TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (profile_id, purpose, channel)
);

-- The last one-time code sent to an identifier, as a salted hash.
CREATE TABLE customer_code (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  window_from INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
);

CREATE TABLE customer_session (
  token_hash BLOB NOT NULL PRIMARY KEY,
  profile_id TEXT NOT NULL,
  device TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX customer_session_profile ON customer_session (profile_id, expires_at);
