CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  roles TEXT NOT NULL,
  location TEXT,
  locale TEXT NOT NULL,
  active INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX staff_name ON staff (name, id);

-- Sessions and keys are kept by the hash of their secret: a stolen table opens nothing.
CREATE TABLE staff_session (
  secret TEXT NOT NULL PRIMARY KEY,
  staff TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX staff_session_staff ON staff_session (staff);
CREATE INDEX staff_session_expiry ON staff_session (expires_at);

CREATE TABLE failed_sign_in (
  email TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);
CREATE INDEX failed_sign_in_age ON failed_sign_in (last_at);

CREATE TABLE api_key (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  secret TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
);
