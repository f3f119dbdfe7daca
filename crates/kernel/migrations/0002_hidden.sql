-- What stands on somebody's thread without being shown: read when their words are taken out of the log.
CREATE INDEX event_log_hidden ON event_log (profile, at, seq) WHERE visible = 0 AND profile IS NOT NULL;
