-- What a bundle is made of: ids of other variants with a quantity each, as a JSON list; empty for what is sold as it is.
ALTER TABLE variant ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
-- The way from a part to the bundles that hold it.
CREATE TABLE bundle_part (
  part TEXT NOT NULL,
  bundle TEXT NOT NULL,
  PRIMARY KEY (part, bundle)
);
CREATE INDEX bundle_part_bundle ON bundle_part (bundle, part);
