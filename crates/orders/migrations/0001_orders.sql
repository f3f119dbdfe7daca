-- A changeable wish. One open cart per profile, one per visitor.
CREATE TABLE cart (
  id TEXT NOT NULL PRIMARY KEY,
  profile TEXT,
  guest TEXT,
  code TEXT,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX cart_of_profile ON cart (profile) WHERE state = 'open' AND profile IS NOT NULL;
CREATE UNIQUE INDEX cart_of_guest ON cart (guest) WHERE state = 'open' AND guest IS NOT NULL;
CREATE UNIQUE INDEX cart_code ON cart (code) WHERE code IS NOT NULL;

-- `place` is the location's id, or the delivery address as JSON, or empty: together with the way it says where a line goes.
CREATE TABLE cart_line (
  id TEXT NOT NULL PRIMARY KEY,
  cart_id TEXT NOT NULL,
  variant TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  way TEXT NOT NULL,
  place TEXT NOT NULL,
  added_by TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (cart_id, variant, way, place)
);

-- An accepted contract. The human number is made from the serial.
CREATE TABLE customer_order (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  intent TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  state TEXT NOT NULL,
  profile TEXT,
  cart_id TEXT,
  channel TEXT NOT NULL,
  locale TEXT NOT NULL,
  sold_by TEXT NOT NULL,
  sold_at TEXT,
  contact_name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  note TEXT NOT NULL,
  summary TEXT NOT NULL,
  units INTEGER NOT NULL,
  currency TEXT NOT NULL,
  delivery_fee INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total >= 0),
  paid INTEGER NOT NULL,
  refunded INTEGER NOT NULL CHECK (refunded >= 0),
  placed_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX order_of_profile ON customer_order (profile, placed_at, id) WHERE profile IS NOT NULL;
CREATE INDEX order_in_state ON customer_order (state, placed_at, id);
CREATE INDEX order_by_time ON customer_order (placed_at, id);
CREATE INDEX order_sold_at ON customer_order (sold_at, placed_at, id) WHERE sold_at IS NOT NULL;
CREATE INDEX order_of_email ON customer_order (contact_email, placed_at, id) WHERE contact_email <> '';
CREATE INDEX order_of_phone ON customer_order (contact_phone, placed_at, id) WHERE contact_phone <> '';

-- The part of an order that one location supplies in one way.
CREATE TABLE fulfilment (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  way TEXT NOT NULL,
  location TEXT NOT NULL,
  place TEXT NOT NULL,
  address TEXT,
  state TEXT NOT NULL,
  code TEXT,
  carrier TEXT,
  tracking TEXT,
  created_at INTEGER NOT NULL,
  pending_at INTEGER,
  picking_at INTEGER,
  ready_at INTEGER,
  packed_at INTEGER,
  shipped_at INTEGER,
  collected_at INTEGER,
  delivered_at INTEGER,
  cancelled_at INTEGER
);
CREATE INDEX fulfilment_of_order ON fulfilment (order_id, id);
CREATE INDEX fulfilment_queue ON fulfilment (location, state, created_at, id);
CREATE INDEX fulfilment_code ON fulfilment (code, id) WHERE code IS NOT NULL;

-- Every line belongs to one fulfilment. `returned` and `refunded` grow as goods come back.
CREATE TABLE order_line (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  fulfilment_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  variant TEXT NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  tax_included INTEGER NOT NULL,
  tax_basis_points INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total >= 0),
  reservation TEXT,
  returned INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  CHECK (returned >= 0 AND returned <= quantity AND refunded >= 0 AND refunded <= total)
);
CREATE UNIQUE INDEX order_line_of_order ON order_line (order_id, position);
CREATE INDEX order_line_of_fulfilment ON order_line (fulfilment_id, position);

-- Goods coming back.
CREATE TABLE goods_return (
  id TEXT NOT NULL PRIMARY KEY,
  intent TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  profile TEXT,
  channel TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  location TEXT,
  place TEXT NOT NULL,
  currency TEXT NOT NULL,
  refund INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  received_at INTEGER,
  refunded_at INTEGER,
  rejected_at INTEGER
);
CREATE INDEX return_of_order ON goods_return (order_id, id);
CREATE INDEX return_in_state ON goods_return (state, requested_at, id);

CREATE TABLE return_line (
  return_id TEXT NOT NULL,
  order_line_id TEXT NOT NULL,
  condition TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  refund INTEGER NOT NULL CHECK (refund >= 0),
  PRIMARY KEY (return_id, order_line_id, condition)
);
