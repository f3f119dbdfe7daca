//! The history of a product: who changed what and when, field by field, and the way back to an earlier version.
//!
//! A version keeps what it changed and not the whole product: old and new values are all that is needed to walk back from
//! what stands now, and a catalogue that is imported anew every night does not grow by a copy of itself.

mod fields;
mod queries;
mod restore;
mod store;

pub use fields::{FieldChange, Part};
pub use queries::{HistoryError, MAX_VERSIONS, Version, versions};
pub use restore::restore_version;

pub(crate) use fields::between;
pub(crate) use restore::as_it_was;
pub(crate) use store::insert;
