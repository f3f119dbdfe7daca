CREATE TABLE inventory_location (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  province TEXT NOT NULL,
  country TEXT NOT NULL,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  time_zone TEXT NOT NULL,
  tax_zone TEXT NOT NULL,
  hours TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  collects INTEGER NOT NULL,
  ships INTEGER NOT NULL,
  safety_stock INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX inventory_location_place ON inventory_location (latitude, longitude) WHERE is_active = 1;

-- What is kept back of a variant in one place, where it differs from the place's own figure.
CREATE TABLE inventory_safety (
  variant TEXT NOT NULL,
  location TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (variant, location)
);

CREATE TABLE inventory_transfer (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  variant TEXT NOT NULL,
  origin TEXT NOT NULL,
  destination TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  arrived INTEGER,
  state TEXT NOT NULL,
  sent_at INTEGER NOT NULL
);
CREATE INDEX inventory_transfer_under_way ON inventory_transfer (destination, id) WHERE state = 'sent';

CREATE TABLE inventory_count (
  key TEXT NOT NULL PRIMARY KEY,
  variant TEXT NOT NULL,
  location TEXT NOT NULL,
  counted INTEGER NOT NULL,
  difference INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX inventory_count_place ON inventory_count (location, variant, at);
