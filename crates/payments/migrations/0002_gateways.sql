-- Where the brand takes money online; at most one is active, and without one the simulated gateway stands in.
CREATE TABLE payment_gateway (
  id TEXT NOT NULL PRIMARY KEY,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

-- Our page of a payment at a real gateway, and what the gateway calls it.
CREATE TABLE gateway_session (
  payment TEXT NOT NULL PRIMARY KEY,
  gateway TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  reference TEXT,
  url TEXT,
  ask_at INTEGER
);
CREATE INDEX gateway_session_ask ON gateway_session (ask_at) WHERE ask_at IS NOT NULL;

-- What a gateway is to be told: take, call off, give back.
CREATE TABLE gateway_call (
  id TEXT NOT NULL PRIMARY KEY,
  gateway TEXT NOT NULL,
  payment TEXT NOT NULL,
  verb TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  is_taken INTEGER NOT NULL,
  due_at INTEGER,
  detail TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX gateway_call_due ON gateway_call (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX gateway_call_state ON gateway_call (state, id);
CREATE INDEX gateway_call_payment ON gateway_call (payment, id);
