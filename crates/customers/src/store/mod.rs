//! Every SQL text and row mapping of this room.

pub(crate) mod accesses;
pub(crate) mod claims;
pub(crate) mod contact;
pub(crate) mod erase;
pub(crate) mod evidence;
pub(crate) mod fields;
pub(crate) mod identifiers;
pub(crate) mod imports;
pub(crate) mod matches;
pub(crate) mod profiles;
pub(crate) mod search;
pub(crate) mod sessions;
