-- A promotion that somebody stopped takes nothing off until it is started again.
ALTER TABLE promotion ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;

-- What promotions took off what was bought: the subject of its bill.
CREATE TABLE promotion_use (
  subject TEXT NOT NULL,
  promotion TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (subject, promotion)
);

-- How often, and how much in all. Made from promotion_use as the log tells, so that no two purchases wait for each other.
CREATE TABLE promotion_sum (
  promotion TEXT NOT NULL PRIMARY KEY,
  uses INTEGER NOT NULL,
  amount INTEGER NOT NULL
);
