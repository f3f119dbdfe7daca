-- Who works, on what, by which rules; how long customers may wait; matters that change hands.
ALTER TABLE team ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';

-- What a matter asks of whoever takes it, and how its answer is wished.
ALTER TABLE matter ADD COLUMN skill TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN wish TEXT;
-- Its clocks. `due_rank` puts what is due first in front; what has no clock follows, last spoken first.
ALTER TABLE matter ADD COLUMN answer_due INTEGER;
ALTER TABLE matter ADD COLUMN resolve_due INTEGER;
ALTER TABLE matter ADD COLUMN due_rank INTEGER NOT NULL DEFAULT 9000000000000000000;
ALTER TABLE matter ADD COLUMN answered_at INTEGER;
-- Since when its owner has it, when they last showed signs of life in it, and who let it lie.
ALTER TABLE matter ADD COLUMN routed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN passed TEXT;
-- Teams that were asked since the customer waits.
ALTER TABLE matter ADD COLUMN tried TEXT NOT NULL DEFAULT '[]';
-- How it stood before the last answer, for taking that back.
ALTER TABLE matter ADD COLUMN undo TEXT;
UPDATE matter SET due_rank = 9000000000000000000 - last_at;

CREATE INDEX matter_due ON matter (due_rank, id) WHERE state <> 'resolved' AND state <> 'snoozed';
CREATE INDEX matter_owner_due ON matter (owner, due_rank, id) WHERE state <> 'resolved' AND state <> 'snoozed';
CREATE INDEX matter_team_due ON matter (team, due_rank, id) WHERE state <> 'resolved' AND state <> 'snoozed';
CREATE INDEX matter_working ON matter (owner, channel, id) WHERE state IN ('new', 'open');
CREATE INDEX matter_unrouted ON matter (team, due_rank, id) WHERE owner IS NULL AND state IN ('new', 'open');

-- The brand's own rules of service, by name.
CREATE TABLE work_rule (
  name TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

-- Who is at work, and what they can do.
CREATE TABLE staff_work (
  staff TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  seen_at INTEGER NOT NULL,
  routed_at INTEGER NOT NULL,
  used INTEGER NOT NULL,
  profile TEXT NOT NULL
);
CREATE INDEX staff_work_ready ON staff_work (routed_at, staff) WHERE state = 'available';

-- How fast each channel goes lately, in seconds, smoothed.
CREATE TABLE pace (
  channel TEXT NOT NULL PRIMARY KEY,
  handle_seconds INTEGER NOT NULL,
  answer_seconds INTEGER NOT NULL
);

-- A matter offered to somebody else. Until it is accepted it stays with whoever gives it.
CREATE TABLE transfer (
  id TEXT NOT NULL PRIMARY KEY,
  matter TEXT NOT NULL,
  giver TEXT NOT NULL,
  from_owner TEXT,
  from_team TEXT,
  to_staff TEXT,
  to_team TEXT,
  skill TEXT NOT NULL,
  summary TEXT NOT NULL,
  note TEXT NOT NULL,
  promised_at INTEGER,
  state TEXT NOT NULL,
  offered_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_by TEXT,
  why TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
);
CREATE UNIQUE INDEX transfer_open ON transfer (matter) WHERE state = 'offered';
CREATE INDEX transfer_matter ON transfer (matter, offered_at, id);
CREATE INDEX transfer_to_staff ON transfer (to_staff, expires_at, id) WHERE state = 'offered';
CREATE INDEX transfer_to_team ON transfer (to_team, expires_at, id) WHERE state = 'offered';
