-- What a promotion gives: a percentage, an amount off, n for m, or a gift. Before, each was a percentage and the greatest won on a line.
ALTER TABLE promotion ADD COLUMN offer TEXT NOT NULL DEFAULT 'percentage';
-- Minor units off, or units of the gift.
ALTER TABLE promotion ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promotion ADD COLUMN take INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promotion ADD COLUMN pay INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promotion ADD COLUMN gift TEXT NOT NULL DEFAULT '';
ALTER TABLE promotion ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promotion ADD COLUMN exclusive INTEGER NOT NULL DEFAULT 1;
UPDATE promotion SET priority = basis_points;
