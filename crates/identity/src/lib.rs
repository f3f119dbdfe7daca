//! Recognise the same person in many records, say why, and take it back.
//!
//! Records are rows of fields of known kinds ([`FieldKind`]); a [`Schema`] says which column is which. A [`Matcher`] compares two records and weighs
//! what agrees; an [`Engine`] holds many records in memory, learns the weights from them without anybody's labels, and puts those
//! of one person together, all at once or as they arrive. See `README.md` beside this file.

mod cluster;
mod compare;
mod dates;
mod dictionary;
mod engine;
mod index;
mod kind;
mod learn;
mod matcher;
mod model;
mod names;
mod record;
mod text;

pub use cluster::groups;
pub use engine::{Engine, PersonId, Quality, RecordId};
pub use kind::FieldKind;
pub use matcher::{Agreement, Evidence, Learnt, Matcher, probability};
pub use model::Model;
pub use record::{Record, Schema};
pub use text::fold;
