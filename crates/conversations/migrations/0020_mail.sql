-- Why nothing is sent to an address until somebody writes from it, and to which of our addresses they last wrote.
ALTER TABLE contact_point ADD COLUMN undeliverable TEXT;
ALTER TABLE contact_point ADD COLUMN our_address TEXT;
