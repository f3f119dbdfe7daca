-- Shelves that fill themselves: a rule says which products stand on one, and some may be put there by hand.
CREATE TABLE collection (
  id TEXT NOT NULL PRIMARY KEY,
  intent TEXT NOT NULL,
  slug TEXT NOT NULL,
  name_es TEXT NOT NULL,
  name_en TEXT NOT NULL,
  text_es TEXT NOT NULL,
  text_en TEXT NOT NULL,
  name_key TEXT NOT NULL,
  conditions TEXT NOT NULL,
  sorted TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX collection_intent ON collection (intent);
CREATE UNIQUE INDEX collection_slug ON collection (slug);
CREATE INDEX collection_name ON collection (name_key, id);

-- By what a product finds the rules that may let it in: each rule stands under one of its conditions.
CREATE TABLE collection_key (
  key TEXT NOT NULL,
  collection TEXT NOT NULL,
  PRIMARY KEY (key, collection)
);
CREATE INDEX collection_key_collection ON collection_key (collection);

-- Put first by hand, on sale or not.
CREATE TABLE collection_pin (
  collection TEXT NOT NULL,
  product TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (collection, product)
);
CREATE INDEX collection_pin_product ON collection_pin (product, collection);

-- Products on sale that stand on a shelf. `place` and then `rank` and `title_key` are the order that the collection asks for.
CREATE TABLE collection_member (
  collection TEXT NOT NULL,
  product TEXT NOT NULL,
  place INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  title_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (collection, product)
);
CREATE INDEX collection_member_order ON collection_member (collection, place, rank, title_key, product);
CREATE INDEX collection_member_product ON collection_member (product, collection);
