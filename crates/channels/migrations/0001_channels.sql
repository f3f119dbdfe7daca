-- How far each mailbox has been read (RFC 3501: numbers compare only under one UIDVALIDITY).
CREATE TABLE mail_cursor (
  account TEXT NOT NULL PRIMARY KEY,
  validity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL
);
