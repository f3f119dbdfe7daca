-- The way of delivery that was chosen for what is sent; it goes wherever the cart goes.
ALTER TABLE cart ADD COLUMN delivery TEXT;
-- What was promised of a part that is sent (way of delivery, days), and why this place sends it, both as JSON.
ALTER TABLE fulfilment ADD COLUMN promised TEXT;
ALTER TABLE fulfilment ADD COLUMN sourced TEXT;
