-- The price that a shop matched, as JSON: from what, to what, by whom, why, under which rule.
ALTER TABLE cart_line ADD COLUMN matched TEXT;
ALTER TABLE order_line ADD COLUMN matched TEXT;
-- The coupon that took something off; empty for none.
ALTER TABLE customer_order ADD COLUMN coupon TEXT NOT NULL DEFAULT '';
