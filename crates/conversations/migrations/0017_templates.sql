-- Texts that a provider must approve before they may leave, by account, name and language.
CREATE TABLE message_template (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  content TEXT NOT NULL,
  fills TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  quality TEXT NOT NULL,
  provider_id TEXT,
  told_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (account, name, language)
);
CREATE INDEX message_template_provider ON message_template (provider_id);
