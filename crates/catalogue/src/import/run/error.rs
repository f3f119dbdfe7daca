//! What an import refuses.

use super::ProductImportId;
use crate::import::LineProblem;
use kernel::{Denied, Fault, Kind, Problem};

/// Refusals of an import. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The file has problems; at most [`crate::import::MOST_SHOWN`], by line.
    #[error("the file has problems; the first is on line {}: {}", .0.first().map_or(0, |p| p.line), .0.first().map_or("", |p| &p.message))]
    Problems(Vec<LineProblem>),
    /// No such import.
    #[error("there is no import {0}")]
    Unknown(ProductImportId),
    /// It was taken back already.
    #[error("this import was taken back already")]
    AlreadyUndone,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RunError {
    fn kind(&self) -> Kind {
        match self {
            RunError::Problems(_) => Kind::Invalid,
            RunError::Unknown(_) => Kind::NotFound,
            RunError::AlreadyUndone => Kind::Conflict,
            RunError::Denied(denied) => denied.kind(),
            RunError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RunError::Problems(_) => "catalogue.import_problems",
            RunError::Unknown(_) => "catalogue.unknown_import",
            RunError::AlreadyUndone => "catalogue.import_already_undone",
            RunError::Denied(denied) => denied.code(),
            RunError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            RunError::Problems(problems) => vec![("problems", serde_json::json!(problems))],
            RunError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
