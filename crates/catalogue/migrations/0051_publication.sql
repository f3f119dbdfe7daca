-- States that products take by themselves when their moment comes.
CREATE TABLE product_plan (
  product TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  planned_by TEXT NOT NULL,
  PRIMARY KEY (product, status)
);
