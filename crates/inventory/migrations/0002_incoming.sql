-- Whether a variant is sold before it is there; it is not where nothing is written.
CREATE TABLE inventory_policy (
  variant TEXT NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL
);

-- Goods ordered from a supplier, one variant for one place. What is still to come is `quantity - arrived`.
CREATE TABLE inventory_supply (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  reference TEXT NOT NULL,
  supplier TEXT NOT NULL,
  variant TEXT NOT NULL,
  location TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  expected TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX inventory_supply_expected ON inventory_supply (expected, id) WHERE state = 'expected';
CREATE INDEX inventory_supply_place ON inventory_supply (location, expected, id) WHERE state = 'expected';
CREATE INDEX inventory_supply_variant ON inventory_supply (variant, location, expected, id) WHERE state = 'expected';

-- What arrived already of a quantity that whoever waits first is to get whole.
CREATE TABLE inventory_aside (
  variant TEXT NOT NULL,
  location TEXT NOT NULL,
  hold TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (variant, location)
);
