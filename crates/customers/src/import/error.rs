//! Why nothing was imported or taken back.

use super::ImportId;
use kernel::{Denied, Fault, Kind, Problem};
use serde::Serialize;

/// Something about one cell of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineProblem {
    /// Line of the file, from 1; the header is line 1.
    pub line: u64,
    /// The column's name; empty when it is about the whole line.
    pub column: String,
    /// What it is about, for a face to say in its reader's language: `bad-phone`, `twice` ...
    pub code: &'static str,
    /// What the sentence names: the cell, another line; may be empty.
    pub value: String,
    /// The sentence, in English.
    pub message: String,
}

impl LineProblem {
    pub(super) fn new(line: u64, column: &str, code: &'static str, value: impl ToString, message: impl Into<String>) -> Self {
        LineProblem { line, column: column.to_owned(), code, value: value.to_string(), message: message.into() }
    }
}

/// Refusals of an import.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The list has problems; all of them, by line.
    #[error("the list has {} problems; the first is on line {}: {}", .0.len(), .0.first().map_or(0, |p| p.line), .0.first().map_or("", |p| &p.message))]
    Problems(Vec<LineProblem>),
    /// It needs a name of at most so many letters.
    #[error("an import needs a name of 1 to {0} letters, without a line end")]
    BadName(usize),
    /// The mapping does not fit the columns.
    #[error("the mapping names {given} columns, the list has {columns}")]
    BadMapping {
        /// Columns in the mapping.
        given: usize,
        /// Columns in the list.
        columns: usize,
    },
    /// No such import.
    #[error("there is no import {0}")]
    UnknownImport(ImportId),
    /// It was taken back already.
    #[error("this import was taken back already")]
    AlreadyUndone,
    /// The cursor is none of ours.
    #[error("`{0}` is not a place in this list; start again without a cursor")]
    BadCursor(String),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ImportError {
    fn kind(&self) -> Kind {
        match self {
            ImportError::Problems(_) | ImportError::BadName(_) | ImportError::BadMapping { .. } | ImportError::BadCursor(_) => {
                Kind::Invalid
            }
            ImportError::UnknownImport(_) => Kind::NotFound,
            ImportError::AlreadyUndone => Kind::Conflict,
            ImportError::Denied(denied) => denied.kind(),
            ImportError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ImportError::Problems(_) => "customers.import_problems",
            ImportError::BadName(_) => "customers.bad_import_name",
            ImportError::BadMapping { .. } => "customers.bad_mapping",
            ImportError::UnknownImport(_) => "customers.unknown_import",
            ImportError::AlreadyUndone => "customers.import_already_undone",
            ImportError::BadCursor(_) => "bad_cursor",
            ImportError::Denied(denied) => denied.code(),
            ImportError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ImportError::Problems(problems) => {
                // A reply stays readable; the preview has the rest.
                let first: Vec<&LineProblem> = problems.iter().take(100).collect();
                vec![("problems", serde_json::json!(first)), ("problems_total", problems.len().into())]
            }
            ImportError::BadName(most) => vec![("most", (*most).into())],
            ImportError::BadMapping { given, columns } => vec![("given", (*given).into()), ("columns", (*columns).into())],
            ImportError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
