-- Promotions that must be asked for with a coupon. per_customer is 0 where a person may use them any number of times.
ALTER TABLE promotion ADD COLUMN needs_coupon INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promotion ADD COLUMN per_customer INTEGER NOT NULL DEFAULT 0;

-- Codes in capital letters. One that all may share has many uses, one that is for a single purchase has one.
CREATE TABLE coupon (
  code TEXT NOT NULL PRIMARY KEY,
  promotion TEXT NOT NULL,
  uses INTEGER NOT NULL CHECK (uses > 0),
  used INTEGER NOT NULL CHECK (used >= 0 AND used <= uses)
);
CREATE INDEX coupon_of_promotion ON coupon (promotion, code);

-- Who used which, for what was bought: the subject of its bill.
CREATE TABLE coupon_use (
  subject TEXT NOT NULL PRIMARY KEY,
  coupon TEXT NOT NULL,
  promotion TEXT NOT NULL,
  profile TEXT,
  used_at INTEGER NOT NULL
);
CREATE INDEX coupon_use_of_profile ON coupon_use (profile, promotion) WHERE profile IS NOT NULL;
