-- Changes of an order after it was placed: what shall be different, and how far that is. Found again by the intent.
CREATE TABLE order_change (
  id TEXT NOT NULL PRIMARY KEY,
  intent TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  state TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  channel TEXT NOT NULL,
  proposal TEXT NOT NULL,
  currency TEXT NOT NULL,
  difference INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
);
CREATE INDEX order_change_of ON order_change (order_id, id);

-- What of a return is paid for by it: the price of what is sent instead.
ALTER TABLE goods_return ADD COLUMN credited INTEGER NOT NULL DEFAULT 0;
