-- The password of a SIP address, for whoever takes calls in the browser.
ALTER TABLE staff_phone ADD COLUMN password TEXT;
