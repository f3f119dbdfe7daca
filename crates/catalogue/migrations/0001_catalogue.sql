-- What is shown. Texts are in columns per language; an empty text falls back to the other language.
CREATE TABLE product (
  id TEXT NOT NULL PRIMARY KEY,
  handle TEXT NOT NULL,
  status TEXT NOT NULL,
  title_es TEXT NOT NULL,
  title_en TEXT NOT NULL,
  description_es TEXT NOT NULL,
  description_en TEXT NOT NULL,
  seo_title_es TEXT NOT NULL,
  seo_title_en TEXT NOT NULL,
  seo_description_es TEXT NOT NULL,
  seo_description_en TEXT NOT NULL,
  vendor TEXT NOT NULL,
  category TEXT NOT NULL,
  category_key TEXT NOT NULL,
  tax_category TEXT NOT NULL,
  tags TEXT NOT NULL,
  options TEXT NOT NULL,
  picture TEXT,
  title_key TEXT NOT NULL,
  search_key TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX product_handle ON product (handle);
CREATE INDEX product_newest ON product (status, created_at, id);
CREATE INDEX product_title ON product (status, title_key, id);
CREATE INDEX product_category_newest ON product (status, category_key, created_at, id);
CREATE INDEX product_category_title ON product (status, category_key, title_key, id);
CREATE INDEX product_touched ON product (updated_at, id);

CREATE TABLE product_tag (
  tag TEXT NOT NULL,
  product TEXT NOT NULL,
  PRIMARY KEY (tag, product)
);
CREATE INDEX product_tag_product ON product_tag (product);

-- What is bought: one combination of option values.
CREATE TABLE variant (
  id TEXT NOT NULL PRIMARY KEY,
  product TEXT NOT NULL,
  sku TEXT NOT NULL,
  barcode TEXT,
  gtin TEXT,
  option_values TEXT NOT NULL,
  weight_grams INTEGER NOT NULL,
  position INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  media TEXT
);
CREATE UNIQUE INDEX variant_sku ON variant (sku);
CREATE UNIQUE INDEX variant_gtin ON variant (gtin) WHERE gtin IS NOT NULL;
CREATE INDEX variant_product ON variant (product, position, id);

CREATE TABLE media (
  id TEXT NOT NULL PRIMARY KEY,
  product TEXT NOT NULL,
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  alt_es TEXT NOT NULL,
  alt_en TEXT NOT NULL
);
CREATE INDEX media_product ON media (product, position, id);
