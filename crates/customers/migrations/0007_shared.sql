-- Who last said whether several persons use an identifier; empty when nobody did. What people say is not overruled by what is learnt.
ALTER TABLE identifier ADD COLUMN shared_by TEXT NOT NULL DEFAULT '';
