-- What customers think of a product: one rating of each, shown once somebody has read it.
CREATE TABLE product_rating (
  id TEXT NOT NULL PRIMARY KEY,
  product_id TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  stars INTEGER NOT NULL CHECK (stars >= 1 AND stars <= 5),
  text TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  rated_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by TEXT
);
CREATE UNIQUE INDEX product_rating_one ON product_rating (product_id, profile_id);
CREATE INDEX product_rating_list ON product_rating (product_id, state, rated_at, id);
CREATE INDEX product_rating_state ON product_rating (state, rated_at, id);

-- Of what is shown: how many, and the sum of their stars.
CREATE TABLE rating_total (
  product_id TEXT NOT NULL PRIMARY KEY,
  ratings INTEGER NOT NULL CHECK (ratings >= 0),
  stars INTEGER NOT NULL CHECK (stars >= 0)
);
