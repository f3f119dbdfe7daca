-- The code of a coupon that was entered; it goes wherever the cart goes.
ALTER TABLE cart ADD COLUMN coupon TEXT;
