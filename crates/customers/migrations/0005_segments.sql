-- A business that buys. What it knows of terms are facts; nothing here charges anybody.
CREATE TABLE company (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  tax_id TEXT NOT NULL,
  payment_days INTEGER NOT NULL CHECK (payment_days >= 0),
  price_list TEXT NOT NULL,
  credit_limit INTEGER CHECK (credit_limit >= 0),
  currency TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX company_tax_id ON company (tax_id);
CREATE INDEX company_name ON company (name_key, id);

-- Who buys for it. A profile, not a person: taking a join back takes the buyer back too.
CREATE TABLE company_buyer (
  company_id TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  role TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, profile_id)
);
CREATE INDEX company_buyer_profile ON company_buyer (profile_id, company_id);

-- A saved condition over people. `size` counts its members; `version` grows with each change of the condition.
CREATE TABLE segment (
  id TEXT NOT NULL PRIMARY KEY,
  intent TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  condition TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  size INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

-- Which segments an event can change.
CREATE TABLE segment_trigger (
  kind TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  PRIMARY KEY (kind, segment_id)
);
CREATE INDEX segment_trigger_of ON segment_trigger (segment_id, kind);

-- Who is in (`inside`), and who must be looked at again because time passes (`due`). Nobody else has a row.
CREATE TABLE segment_member (
  segment_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  inside INTEGER NOT NULL,
  since INTEGER NOT NULL,
  due INTEGER,
  PRIMARY KEY (segment_id, person_id)
);
CREATE INDEX segment_member_person ON segment_member (person_id, segment_id);
CREATE INDEX segment_member_list ON segment_member (segment_id, since, person_id) WHERE inside = 1;
CREATE INDEX segment_member_due ON segment_member (due, segment_id, person_id) WHERE due IS NOT NULL;

-- What happened to a profile, in the few columns that conditions ask for. Written from the log, never by hand.
CREATE TABLE segment_fact (
  profile_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  channel TEXT NOT NULL,
  place TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (profile_id, kind, at, seq)
);
