//! What is said of somebody: by whom, when, and which of several sayings to believe.

mod best;
mod kind;
mod read;
mod source;
mod value;
mod write;

pub use best::{RULE, RecordField, Why};
pub use kind::FieldKind;
pub use read::{Known, PastField, fields_of, known_after, past_fields, record_of_person};
pub use source::{Basis, Field, FieldSource};
pub use write::{note_fields, set_fields};

pub(crate) use best::columns;
pub(crate) use read::complete;
pub(crate) use source::IMPORT_NAME_LENGTH;
pub(crate) use value::read_value;
pub(crate) use write::{replace, write};
