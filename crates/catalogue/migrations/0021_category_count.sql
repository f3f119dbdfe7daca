-- How many products on sale each category has: every page of the shop shows the largest, and must not count them all.
CREATE TABLE category (
  key TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  products INTEGER NOT NULL
);
INSERT INTO category (key, name, products)
  SELECT category_key, MIN(category), COUNT(*) FROM product WHERE status = 'active' AND category_key <> '' GROUP BY category_key;
