-- Everything that one person said or was told, whatever the matter: to hand it out, and to erase it.
CREATE INDEX message_profile ON message (profile, at, id);
