-- The customer wants what came back onto a gift card instead of the way it was paid.
ALTER TABLE goods_return ADD COLUMN onto_card INTEGER NOT NULL DEFAULT 0;
