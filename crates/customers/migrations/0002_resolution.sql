-- A profile as it is compared: its fields in the order of the schema, as JSON. Made anew whenever the profile changes.
CREATE TABLE match_record (
  profile_id TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL
);

-- Under which keys a profile is found by others that may be the same person. `place` counts the profiles of one key; those that come when
-- the key is crowded are not kept, for it tells nobody apart.
CREATE TABLE match_key (
  key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  profile_id TEXT NOT NULL,
  PRIMARY KEY (key, place)
);
CREATE INDEX match_key_profile ON match_key (profile_id, key);

-- Two profiles that may be one person: the weight in thousandths of a natural logarithm of odds, and the evidence field by field, as JSON.
CREATE TABLE match_pair (
  profile_a TEXT NOT NULL,
  profile_b TEXT NOT NULL,
  weight INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  zone TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (profile_a, profile_b)
);
CREATE INDEX match_pair_other ON match_pair (profile_b, profile_a);
CREATE INDEX match_pair_zone ON match_pair (zone, weight, profile_a, profile_b);

-- What was learnt from the brand's own profiles; the newest is used.
CREATE TABLE match_model (
  id TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  profiles INTEGER NOT NULL,
  expected_wrong REAL NOT NULL,
  learnt_at INTEGER NOT NULL
);

-- How many persons have a value that more than one has; counted when learning.
CREATE TABLE match_count (
  value INTEGER NOT NULL PRIMARY KEY,
  persons INTEGER NOT NULL
);
