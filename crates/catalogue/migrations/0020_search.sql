-- Words that mean the same to whoever searches: one row for each group, its words as JSON in the order they were written.
CREATE TABLE search_synonyms (
  id TEXT NOT NULL PRIMARY KEY,
  words TEXT NOT NULL,
  direction TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
);

-- How often a text was searched for in a week, and how many products the last search found.
CREATE TABLE search_term (
  week INTEGER NOT NULL,
  term TEXT NOT NULL,
  asked INTEGER NOT NULL,
  found INTEGER NOT NULL,
  PRIMARY KEY (week, term)
);
CREATE INDEX search_term_asked ON search_term (week, asked, term);
