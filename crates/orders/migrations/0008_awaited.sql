-- The day on which the goods of a part are there that was sold before they were; nothing once they are.
ALTER TABLE fulfilment ADD COLUMN expected TEXT;

-- The stock that such parts wait for; a row goes when its goods are there.
CREATE TABLE awaited (
  reservation TEXT NOT NULL PRIMARY KEY,
  fulfilment TEXT NOT NULL,
  expected TEXT NOT NULL
);
CREATE INDEX awaited_by ON awaited (fulfilment, expected);
