-- Money asked for and received. How much is owed and was received stands in the ledger.
CREATE TABLE payment (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  profile TEXT,
  channel TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  captured INTEGER NOT NULL,
  refunded INTEGER NOT NULL CHECK (refunded <= captured),
  state TEXT NOT NULL,
  capture_later INTEGER NOT NULL,
  reference TEXT NOT NULL,
  failure TEXT,
  link TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX payment_subject ON payment (subject, id);

CREATE TABLE payment_refund (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  payment TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (key, payment)
);
CREATE INDEX payment_refund_payment ON payment_refund (payment, id);

CREATE TABLE pay_link (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  profile TEXT NOT NULL,
  matter TEXT,
  channel TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL,
  payment TEXT,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX pay_link_subject ON pay_link (subject, id);

-- What a provider told us, by its own name for the event: the same event acts once.
CREATE TABLE payment_provider_event (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  payment TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE payment_secret (
  name TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL,
  created_at INTEGER NOT NULL
);

-- The simulated gateway's own book: what its hosted pages ask for.
CREATE TABLE simulated_intent (
  id TEXT NOT NULL PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  payment TEXT NOT NULL UNIQUE,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  capture_later INTEGER NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
