-- What a POST with an Idempotency-Key answered, written in the commit of its effect. Kept for a day.
CREATE TABLE api_answer (
  caller TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX api_answer_at ON api_answer (at);
