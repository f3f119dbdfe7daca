-- Whether an earlier message to the same address is still on its way.
CREATE INDEX message_on_its_way ON message (account, address, id) WHERE due_at IS NOT NULL;
