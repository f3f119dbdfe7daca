-- What was learnt of a profile, one row for each piece of evidence; only while they allow it.
CREATE TABLE learnt (
  profile_id TEXT NOT NULL,
  aspect TEXT NOT NULL,
  about TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (profile_id, aspect, about, value, evidence)
);

-- Visits to the site: one row for each stay, and one for each page kind and product within it.
CREATE TABLE visit (
  id TEXT NOT NULL PRIMARY KEY,
  profile_id TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  pages INTEGER NOT NULL
);
CREATE INDEX visit_profile ON visit (profile_id, last_at, id);
CREATE INDEX visit_age ON visit (last_at, id);

CREATE TABLE visit_page (
  visit_id TEXT NOT NULL,
  page TEXT NOT NULL,
  product TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (visit_id, page, product)
);

-- What somebody known said in public. The address of a comment names it.
CREATE TABLE public_comment (
  url TEXT NOT NULL PRIMARY KEY,
  profile_id TEXT NOT NULL,
  handle TEXT NOT NULL,
  text TEXT NOT NULL,
  products TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX public_comment_profile ON public_comment (profile_id, at, url);
