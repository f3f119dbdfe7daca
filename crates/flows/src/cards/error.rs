//! Why a card was refused.

use crate::PayOrderError;
use conversations::ConversationError;
use kernel::{Denied, Fault, Kind, Problem};

/// A card was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// No such thing, or somebody else's.
    #[error("there is no such thing of this customer to show")]
    Unknown,
    /// Paid already, or called off.
    #[error("nothing is to be paid for this order")]
    NothingDue,
    /// No link could be made.
    #[error(transparent)]
    Payment(#[from] PayOrderError),
    /// It could not be said.
    #[error(transparent)]
    Reply(#[from] ConversationError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CardError {
    fn kind(&self) -> Kind {
        match self {
            CardError::Unknown => Kind::NotFound,
            CardError::NothingDue => Kind::Conflict,
            CardError::Payment(e) => e.kind(),
            CardError::Reply(e) => e.kind(),
            CardError::Denied(e) => e.kind(),
            CardError::Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CardError::Unknown => "flows.unknown_card",
            CardError::NothingDue => "flows.nothing_due",
            CardError::Payment(e) => e.code(),
            CardError::Reply(e) => e.code(),
            CardError::Denied(e) => e.code(),
            CardError::Fault(e) => e.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CardError::Payment(e) => e.fields(),
            CardError::Reply(e) => e.fields(),
            _ => Vec::new(),
        }
    }
}
