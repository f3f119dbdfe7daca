-- The health page asks each account for its last failure.
CREATE INDEX message_failed ON message (account, at, id) WHERE state = 'failed';
