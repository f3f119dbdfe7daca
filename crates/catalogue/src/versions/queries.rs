//! Reading the history.

use super::{FieldChange, store};
use crate::ProductId;
use kernel::{Actor, Denied, Fault, Kind, Permission, Problem, ReadTx, Timestamp};

/// Most versions that one reading answers, and that one step back passes over.
pub const MAX_VERSIONS: i64 = 500;

/// One change of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The number it made.
    pub version: i64,
    /// When.
    pub saved_at: Timestamp,
    /// By whom, as the log names an actor: `staff:ID`.
    pub saved_by: String,
    /// The earlier version whose content it brought back.
    pub restored: Option<i64>,
    /// Every field that it changed; empty for a product's first.
    pub changes: Vec<FieldChange>,
}

/// Why the history was not read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for HistoryError {
    fn kind(&self) -> Kind {
        match self {
            HistoryError::Denied(denied) => denied.kind(),
            HistoryError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            HistoryError::Denied(denied) => denied.code(),
            HistoryError::Fault(fault) => fault.code(),
        }
    }
}

/// The versions of a product below `before` (`i64::MAX` for the newest), newest first, at most `limit` and [`MAX_VERSIONS`].
pub fn versions(tx: &ReadTx<'_>, actor: &Actor, product: ProductId, before: i64, limit: i64) -> Result<Vec<Version>, HistoryError> {
    actor.require(Permission::ViewCatalogue)?;
    Ok(store::between(tx, product, (0, before), limit.clamp(1, MAX_VERSIONS))?)
}
