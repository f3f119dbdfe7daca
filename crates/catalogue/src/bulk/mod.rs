//! What was changed for many products at once, and what each of them had before.
//!
//! The change itself is made by a flow, since prices and texts belong to two rooms; here is written down what it was, so that it can be
//! looked at and taken back.

mod error;
mod record;
mod store;

pub use error::BulkError;
pub use record::{bulk_edit, bulk_edit_by_key, bulk_edits, bulk_items, fingerprint, keep_bulk_edit, mark_taken_back};

use crate::ProductId;
use kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Most products that are changed at once.
pub const MOST_PRODUCTS: usize = 500;

kernel::id! {
    /// One change of many products.
    pub struct BulkEditId;
}

kernel::db_enum! {
    /// What became of a product.
    pub enum BulkOutcome {
        /// It has the new value.
        Changed = "changed",
        /// It stayed as it was; why says it.
        Stayed = "stayed",
        /// It has its former value again.
        TakenBack = "taken_back",
        /// The change was taken back, but somebody has changed this product since.
        Kept = "kept",
    }
}

/// One change of many products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BulkEdit {
    /// Its name for ever.
    pub id: BulkEditId,
    /// What was asked for: the flow's to read.
    pub change: Value,
    /// Who made it: `staff:ID` ...
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
    /// When somebody took it back.
    pub undone_at: Option<Timestamp>,
    /// Who.
    pub undone_by: Option<String>,
    /// Products that got the new value.
    pub changed: u64,
    /// Products that stayed as they were.
    pub stayed: u64,
    /// Products that have their former value again.
    pub taken_back: u64,
    /// Products that were changed since and kept that.
    pub kept: u64,
}

/// A product of a bulk edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BulkItem {
    /// Its place among those that were chosen, from 1.
    pub line: u64,
    /// Which.
    pub product: ProductId,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// What it had: the flow's to read.
    pub before: Value,
    /// What it got; the same as before where it stayed.
    pub after: Value,
    /// Why it stayed, in a word for faces or the sentence of what refused it; else empty.
    pub why: String,
}
