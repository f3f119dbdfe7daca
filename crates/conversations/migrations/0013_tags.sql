-- What matters are about, in the brand's own words.
CREATE TABLE tag (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  active INTEGER NOT NULL
);

CREATE TABLE matter_tag (
  matter TEXT NOT NULL,
  tag TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (matter, tag)
);
CREATE INDEX matter_tag_given ON matter_tag (matter, at, tag);
CREATE INDEX matter_tag_latest ON matter_tag (tag, at, matter);

-- How many matters got a tag on a day, less those that lost it again.
CREATE TABLE tag_day (
  day TEXT NOT NULL,
  tag TEXT NOT NULL,
  matters INTEGER NOT NULL,
  PRIMARY KEY (day, tag)
);
