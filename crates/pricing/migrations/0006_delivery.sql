-- The ways of delivery: names, zones with their fees and days, cut-off times, as JSON in `terms`. None at all means the one built in.
CREATE TABLE delivery_method (
  code TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  terms TEXT NOT NULL
);
CREATE INDEX delivery_method_in_order ON delivery_method (position, code);

-- What holds for every way of delivery, as JSON: the row `days` (days off, picking), the row `sourcing` (what is weighed where parcels leave).
CREATE TABLE delivery_rule (
  name TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  rule TEXT NOT NULL
);
