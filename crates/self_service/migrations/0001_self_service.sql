-- Where somebody's dialogue stands, on each channel; gone when it expires.
CREATE TABLE self_service_session (
  who TEXT NOT NULL,
  channel TEXT NOT NULL,
  profile TEXT,
  state TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (who, channel)
);
CREATE INDEX self_service_session_profile ON self_service_session (profile, updated_at) WHERE profile IS NOT NULL;

-- Where the dialogue stood when a person took over, for whoever has the matter; gone when the matter is resolved.
CREATE TABLE self_service_hand_over (
  matter TEXT NOT NULL PRIMARY KEY,
  profile TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX self_service_hand_over_profile ON self_service_hand_over (profile);

-- Accounts on which the machine answers first.
CREATE TABLE self_service_account (
  account TEXT NOT NULL PRIMARY KEY
);

-- Wrong answers to the question whose order it is.
CREATE TABLE self_service_guess (
  number TEXT NOT NULL PRIMARY KEY,
  wrong INTEGER NOT NULL,
  until INTEGER NOT NULL
);
