-- Where a member of staff is rung for a customer's call: a number, or a SIP address.
CREATE TABLE staff_phone (
  staff TEXT NOT NULL PRIMARY KEY,
  phone TEXT NOT NULL
);
