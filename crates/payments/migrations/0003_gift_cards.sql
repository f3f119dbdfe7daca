-- What stands in for money with us: sold, given for goods that came back, or as a kindness. The balance stands in the ledger, `card/ID`.
CREATE TABLE gift_card (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  profile TEXT,
  subject TEXT NOT NULL,
  currency TEXT NOT NULL,
  issued INTEGER NOT NULL,
  is_blocked INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX gift_card_profile ON gift_card (profile, id) WHERE profile IS NOT NULL;
CREATE INDEX gift_card_subject ON gift_card (subject, id);

-- Which card paid.
CREATE TABLE gift_card_use (
  payment TEXT NOT NULL PRIMARY KEY,
  card TEXT NOT NULL
);
CREATE INDEX gift_card_use_card ON gift_card_use (card, payment);

-- Onto which card a refund went instead of the way the money came.
ALTER TABLE payment_refund ADD COLUMN card TEXT;
