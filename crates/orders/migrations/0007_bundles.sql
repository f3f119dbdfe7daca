-- What a bundle was made of when it was sold, as JSON: each part with its code, its title, how many there are in one, and the stock set aside.
ALTER TABLE order_line ADD COLUMN parts TEXT;
