-- Whether shops may match the price of our own web, and how far. One row, of the name 'web'; none means no.
CREATE TABLE match_rule (
  name TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  allowed INTEGER NOT NULL,
  currency TEXT NOT NULL,
  most_basis_points INTEGER,
  most INTEGER,
  reason_over INTEGER NOT NULL,
  roles TEXT NOT NULL
);
