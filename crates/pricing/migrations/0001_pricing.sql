-- Prices for a currency, an audience and a span of time. ends_at is exclusive; the largest integer means never.
CREATE TABLE price_list (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  tax_included INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  audience TEXT NOT NULL
);
CREATE UNIQUE INDEX price_list_code ON price_list (code);

CREATE TABLE price (
  variant TEXT NOT NULL,
  list TEXT NOT NULL,
  product TEXT NOT NULL,
  amount INTEGER NOT NULL,
  compare_at INTEGER,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (variant, list)
);
CREATE INDEX price_product ON price (product, list);

-- What lists of products show: the lowest and highest price among variants on sale. Made from price, never written by hand.
CREATE TABLE price_range (
  product TEXT NOT NULL,
  list TEXT NOT NULL,
  lowest INTEGER NOT NULL,
  highest INTEGER NOT NULL,
  compare_at INTEGER,
  variants INTEGER NOT NULL,
  PRIMARY KEY (product, list)
);

CREATE TABLE tax_rate (
  region TEXT NOT NULL,
  category TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  basis_points INTEGER NOT NULL,
  PRIMARY KEY (region, category, starts_at)
);
-- Spain without the Canaries, Ceuta and Melilla: Ley 37/1992, articles 90 and 91, as of 1 September 2012 in Madrid.
INSERT INTO tax_rate (region, category, starts_at, ends_at, basis_points) VALUES
  ('es', 'standard', 1346450400000000, 9223372036854775807, 2100),
  ('es', 'reduced', 1346450400000000, 9223372036854775807, 1000),
  ('es', 'super_reduced', 1346450400000000, 9223372036854775807, 400),
  ('es', 'zero', 0, 9223372036854775807, 0);
-- Canaries, IGIC: Ley 4/2012, article 51 and following, as of 1 January 2020.
INSERT INTO tax_rate (region, category, starts_at, ends_at, basis_points) VALUES
  ('es-cn', 'standard', 1577836800000000, 9223372036854775807, 700),
  ('es-cn', 'reduced', 1577836800000000, 9223372036854775807, 300),
  ('es-cn', 'super_reduced', 1577836800000000, 9223372036854775807, 0),
  ('es-cn', 'zero', 0, 9223372036854775807, 0);

-- A percentage off part of a cart.
CREATE TABLE promotion (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name_es TEXT NOT NULL,
  name_en TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target TEXT NOT NULL,
  basis_points INTEGER NOT NULL,
  currency TEXT NOT NULL,
  threshold INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX promotion_code ON promotion (code);
CREATE INDEX promotion_span ON promotion (currency, ends_at, starts_at);
