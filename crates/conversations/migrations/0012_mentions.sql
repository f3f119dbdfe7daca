-- Who was named in a note of a matter, and whether they have looked since: the latest time of each.
CREATE TABLE mention (
  staff TEXT NOT NULL,
  matter TEXT NOT NULL,
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  PRIMARY KEY (staff, matter)
);
CREATE INDEX mention_latest ON mention (staff, at, matter);
CREATE INDEX mention_unseen ON mention (staff, at, matter) WHERE seen = 0;
CREATE INDEX mention_matter ON mention (matter);
