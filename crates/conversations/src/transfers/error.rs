//! Why a transfer was refused.

use super::TransferState;
use kernel::{Denied, Fault, Kind, Problem};

/// A transfer was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// No such matter.
    #[error("there is no such matter")]
    UnknownMatter,
    /// No such transfer.
    #[error("there is no such transfer")]
    UnknownTransfer,
    /// No such team.
    #[error("there is no such team")]
    UnknownTeam,
    /// It is done.
    #[error("the matter is resolved: there is nothing to transfer")]
    Resolved,
    /// One offer at a time.
    #[error("the matter is offered to somebody already")]
    AlreadyOffered,
    /// Theirs already.
    #[error("they have the matter already")]
    AlreadyTheirs,
    /// Too late.
    #[error("the transfer is {0} already")]
    Ended(TransferState),
    /// Somebody else was asked.
    #[error("the matter was offered to somebody else")]
    NotForYou,
    /// A promise in the past.
    #[error("choose a time in the future")]
    InThePast,
    /// Beyond what we keep.
    #[error("summary, note and reason have at most {0} characters each")]
    TooLong(usize),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for TransferError {
    fn kind(&self) -> Kind {
        use TransferError::*;
        match self {
            UnknownMatter | UnknownTransfer | UnknownTeam => Kind::NotFound,
            Resolved | AlreadyOffered | AlreadyTheirs | Ended(_) => Kind::Conflict,
            NotForYou => Kind::Forbidden,
            InThePast | TooLong(_) => Kind::Invalid,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use TransferError::*;
        match self {
            UnknownMatter => "conversations.unknown_matter",
            UnknownTransfer => "conversations.unknown_transfer",
            UnknownTeam => "conversations.unknown_team",
            Resolved => "conversations.transfer_of_resolved",
            AlreadyOffered => "conversations.already_offered",
            AlreadyTheirs => "conversations.already_theirs",
            Ended(_) => "conversations.transfer_ended",
            NotForYou => "conversations.offered_to_another",
            InThePast => "conversations.in_the_past",
            TooLong(_) => "conversations.transfer_too_long",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            TransferError::Ended(state) => vec![("state", state.as_str().into())],
            TransferError::TooLong(limit) => vec![("limit", (*limit).into())],
            _ => Vec::new(),
        }
    }
}
