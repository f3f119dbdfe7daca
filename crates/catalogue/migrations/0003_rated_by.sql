-- What one person said of products: to hand it out, and to erase it.
CREATE INDEX product_rating_profile ON product_rating (profile_id, rated_at, id);
