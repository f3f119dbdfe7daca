//! Why a change to a segment was refused.

use super::InvalidCondition;
use kernel::{Denied, Fault, Kind, Problem};

/// Refusals of the commands about segments. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// No such segment.
    #[error("there is no such segment")]
    Unknown,
    /// It needs a name.
    #[error("a segment needs a name")]
    NoName,
    /// A field is too long.
    #[error("{field} is too long; use at most {most} characters")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// Its limit.
        most: usize,
    },
    /// Another is called so.
    #[error("another segment is called `{0}`")]
    TakenName(String),
    /// There are as many as there can be.
    #[error("there are at most {0} segments; give one up first")]
    TooMany(usize),
    /// The condition cannot be kept.
    #[error(transparent)]
    Condition(#[from] InvalidCondition),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for SegmentError {
    fn kind(&self) -> Kind {
        match self {
            SegmentError::Unknown => Kind::NotFound,
            SegmentError::NoName | SegmentError::TooLong { .. } | SegmentError::Condition(_) => Kind::Invalid,
            SegmentError::TakenName(_) | SegmentError::TooMany(_) => Kind::Conflict,
            SegmentError::Denied(denied) => denied.kind(),
            SegmentError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            SegmentError::Unknown => "customers.unknown_segment",
            SegmentError::NoName => "customers.segment_without_name",
            SegmentError::TooLong { .. } => "customers.too_long",
            SegmentError::TakenName(_) => "customers.taken_name",
            SegmentError::TooMany(_) => "customers.too_many_segments",
            SegmentError::Condition(_) => "customers.invalid_condition",
            SegmentError::Denied(denied) => denied.code(),
            SegmentError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            SegmentError::NoName | SegmentError::TakenName(_) => vec![("field", "name".into())],
            SegmentError::TooLong { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            SegmentError::Condition(_) => vec![("field", "condition".into())],
            SegmentError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
