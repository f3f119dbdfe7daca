-- A configured number, page or mailbox.
CREATE TABLE channel_account (
  id TEXT NOT NULL PRIMARY KEY,
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  window_hours INTEGER,
  settings TEXT NOT NULL,
  active INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (channel, address)
);

-- What came in, as it came, kept before it is understood.
CREATE TABLE raw_inbound (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  dedupe TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  why TEXT,
  UNIQUE (account, dedupe)
);
CREATE INDEX raw_inbound_waiting ON raw_inbound (due_at, id) WHERE state = 'waiting';
CREATE INDEX raw_inbound_refused ON raw_inbound (id) WHERE state = 'refused';
CREATE INDEX raw_inbound_age ON raw_inbound (received_at, id) WHERE state <> 'waiting';

CREATE TABLE team (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE team_member (
  team TEXT NOT NULL,
  staff TEXT NOT NULL,
  PRIMARY KEY (team, staff)
);
CREATE INDEX team_member_staff ON team_member (staff, team);

-- One concern of one person.
CREATE TABLE matter (
  id TEXT NOT NULL PRIMARY KEY,
  profile TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  team TEXT,
  owner TEXT,
  channel TEXT NOT NULL,
  preview TEXT NOT NULL,
  unread INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  waiting_since INTEGER,
  snoozed_until INTEGER,
  resolved_at INTEGER
);
CREATE INDEX matter_profile ON matter (profile, last_at, id);
CREATE INDEX matter_queue ON matter (state, last_at, id);
-- The queues of what is neither done nor put aside, each in the order in which it is shown.
CREATE INDEX matter_open ON matter (last_at, id) WHERE state <> 'resolved' AND state <> 'snoozed';
CREATE INDEX matter_owner ON matter (owner, last_at, id) WHERE state <> 'resolved' AND state <> 'snoozed';
CREATE INDEX matter_team ON matter (team, last_at, id) WHERE state <> 'resolved' AND state <> 'snoozed';

CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  profile TEXT NOT NULL,
  account TEXT,
  channel TEXT NOT NULL,
  direction TEXT NOT NULL,
  author TEXT NOT NULL,
  address TEXT,
  subject TEXT,
  text TEXT NOT NULL,
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  provider_id TEXT,
  key TEXT UNIQUE,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  why_code TEXT,
  why_text TEXT
);
CREATE UNIQUE INDEX message_provider ON message (account, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX message_matter ON message (matter, at, id);
CREATE INDEX message_outbox ON message (due_at, id) WHERE due_at IS NOT NULL;

-- A receipt that came before we had noted the provider's name of our own message.
CREATE TABLE early_receipt (
  account TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  why_code TEXT,
  why_text TEXT,
  PRIMARY KEY (account, provider_id, state)
);
CREATE INDEX early_receipt_age ON early_receipt (at);

-- Where somebody can be reached, and when they last wrote from there: it opens the reply window.
CREATE TABLE contact_point (
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  profile TEXT NOT NULL,
  last_inbound_at INTEGER,
  last_provider_id TEXT,
  last_subject TEXT,
  closed_why TEXT,
  PRIMARY KEY (account, address)
);
CREATE INDEX contact_point_profile ON contact_point (profile, last_inbound_at);

CREATE TABLE attachment (
  id TEXT NOT NULL PRIMARY KEY,
  message TEXT NOT NULL,
  kind TEXT NOT NULL,
  content_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_id TEXT,
  size_bytes INTEGER NOT NULL,
  bytes BLOB
);
CREATE INDEX attachment_message ON attachment (message, id);
