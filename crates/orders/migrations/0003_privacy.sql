-- Everything of one person is found, closed carts and returns too: to hand it out, and to erase it.
CREATE INDEX cart_owner ON cart (profile, id) WHERE profile IS NOT NULL;
CREATE INDEX return_of_profile ON goods_return (profile, id) WHERE profile IS NOT NULL;
