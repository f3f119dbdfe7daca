-- Orders placed for a company: its buyers see each other's.
CREATE TABLE company_order (
  order_id TEXT NOT NULL PRIMARY KEY,
  company TEXT NOT NULL,
  placed_at INTEGER NOT NULL
);
CREATE INDEX company_order_list ON company_order (company, placed_at, order_id);
