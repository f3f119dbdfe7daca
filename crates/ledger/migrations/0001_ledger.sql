-- One double-entry book. The balance stands in the account's row; every change of `posted` is also a posting.
CREATE TABLE ledger_account (
  name TEXT NOT NULL PRIMARY KEY,
  parent TEXT NOT NULL,
  unit TEXT NOT NULL,
  may_be_negative INTEGER NOT NULL,
  posted INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  CHECK (may_be_negative = 1 OR posted >= held)
);
CREATE INDEX ledger_account_parent ON ledger_account (parent, name);

CREATE TABLE ledger_transfer (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
);

-- Transfers are named by time, so this order is also the order of an account's statement.
CREATE TABLE ledger_posting (
  account TEXT NOT NULL,
  transfer TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (account, transfer)
);

CREATE TABLE ledger_hold (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  transfer TEXT
);
CREATE INDEX ledger_hold_open ON ledger_hold (account, id) WHERE state = 'open';
