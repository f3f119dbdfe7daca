-- A service is sold without stock and brought by no parcel.
ALTER TABLE product ADD COLUMN is_service INTEGER NOT NULL DEFAULT 0;
-- What a product is offered with: ids of other products as a JSON list, in the order shown.
ALTER TABLE product ADD COLUMN goes_with TEXT NOT NULL DEFAULT '[]';
