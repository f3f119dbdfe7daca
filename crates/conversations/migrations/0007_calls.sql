-- A telephone call, asked for, under way or over.
CREATE TABLE call (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  profile TEXT NOT NULL,
  account TEXT NOT NULL,
  way TEXT NOT NULL,
  state TEXT NOT NULL,
  address TEXT NOT NULL,
  about TEXT NOT NULL,
  provider_id TEXT,
  key TEXT UNIQUE,
  team TEXT,
  agent TEXT,
  began_at INTEGER NOT NULL,
  -- Set while somebody is to take it.
  waiting_since INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  recording TEXT
);
CREATE UNIQUE INDEX call_provider ON call (account, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX call_waiting ON call (waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX call_agent ON call (agent, began_at, id) WHERE ended_at IS NULL;
CREATE INDEX call_profile ON call (profile, began_at, id);
CREATE INDEX call_latest ON call (began_at, id);
CREATE INDEX call_ended ON call (ended_at, id) WHERE ended_at IS NOT NULL AND answered_at IS NOT NULL;

-- What the provider is still to be asked: to place a call, to listen to us again, to end.
CREATE TABLE call_order (
  id TEXT NOT NULL PRIMARY KEY,
  call TEXT NOT NULL,
  verb TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL
);
CREATE INDEX call_order_due ON call_order (due_at, id);
CREATE INDEX call_order_call ON call_order (call);
