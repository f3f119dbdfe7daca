-- The words that titles on sale are made of, folded, by their first letters; a word stays when its last product goes.
CREATE TABLE title_word (
  start TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (start, word)
);

-- What customers name a product by.
CREATE TABLE product_word (
  word TEXT NOT NULL,
  product TEXT NOT NULL,
  PRIMARY KEY (word, product)
);
CREATE INDEX product_word_product ON product_word (product);
