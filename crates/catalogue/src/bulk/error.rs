//! What a bulk edit refuses.

use super::{BulkEditId, MOST_PRODUCTS};
use kernel::{Denied, Fault, Kind, Problem};

/// Refusals of a bulk edit. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// Nothing was chosen.
    #[error("choose at least one product")]
    Nothing,
    /// More than one edit may change.
    #[error("at most {MOST_PRODUCTS} products are changed at once; choose fewer")]
    TooMany,
    /// The products have so many variants that their prices are too many for one edit.
    #[error("these products have more than {most} prices; choose fewer products")]
    TooManyPrices {
        /// Most prices of one edit.
        most: usize,
    },
    /// A field breaks a rule.
    #[error("{why}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong, as a sentence for people.
        why: String,
    },
    /// A product is no longer as the preview showed it.
    #[error("something changed since the preview: look at it again")]
    Changed,
    /// No such edit.
    #[error("there is no bulk edit {0}")]
    Unknown(BulkEditId),
    /// It was taken back already.
    #[error("this change was taken back already")]
    AlreadyUndone,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for BulkError {
    fn kind(&self) -> Kind {
        match self {
            BulkError::Nothing | BulkError::TooMany | BulkError::TooManyPrices { .. } | BulkError::Invalid { .. } => Kind::Invalid,
            BulkError::Changed | BulkError::AlreadyUndone => Kind::Conflict,
            BulkError::Unknown(_) => Kind::NotFound,
            BulkError::Denied(denied) => denied.kind(),
            BulkError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            BulkError::Nothing => "catalogue.bulk_nothing",
            BulkError::TooMany => "catalogue.bulk_too_many",
            BulkError::TooManyPrices { .. } => "catalogue.bulk_too_many_prices",
            BulkError::Invalid { .. } => "catalogue.bulk_invalid",
            BulkError::Changed => "catalogue.bulk_changed",
            BulkError::Unknown(_) => "catalogue.unknown_bulk_edit",
            BulkError::AlreadyUndone => "catalogue.bulk_already_undone",
            BulkError::Denied(denied) => denied.code(),
            BulkError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            BulkError::TooMany => vec![("most", MOST_PRODUCTS.into())],
            BulkError::TooManyPrices { most } => vec![("most", (*most).into())],
            BulkError::Invalid { field, .. } => vec![("field", (*field).into())],
            BulkError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
