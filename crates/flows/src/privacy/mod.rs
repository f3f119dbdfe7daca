//! What a person may ask of their data: all of it in one file, or none of it any more.

mod erase;
mod export;
mod scrub;

pub use erase::{ErasePersonError, ErasureReport, Kept, erase_person};
pub use export::export_person;

pub(crate) use erase::{END_RETENTION, end_retention};
