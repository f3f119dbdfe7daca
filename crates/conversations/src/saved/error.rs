//! Why a saved reply was refused.

use super::Variable;
use kernel::{Denied, Fault, Kind, Problem};

/// A saved reply was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SavedReplyError {
    /// No such saved reply.
    #[error("there is no such saved reply")]
    Unknown,
    /// No such team.
    #[error("there is no such team")]
    UnknownTeam,
    /// Not a name.
    #[error("a name has 1 to 40 letters, digits and hyphens")]
    BadName,
    /// Taken.
    #[error("another saved reply has this name")]
    NameTaken,
    /// Nothing to say.
    #[error("a saved reply needs words in one language at least")]
    Empty,
    /// Beyond what we keep.
    #[error("a saved reply has at most {0} characters")]
    TooLong(usize),
    /// Full.
    #[error("a brand has at most {0} saved replies")]
    TooMany(i64),
    /// A gap that nothing fills.
    #[error("there is no variable `{{{name}}}`; there are {}", known())]
    UnknownVariable {
        /// What stands between the braces.
        name: String,
    },
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Every variable as it is written.
fn known() -> String {
    Variable::ALL.iter().map(|variable| format!("{{{variable}}}")).collect::<Vec<_>>().join(", ")
}

impl Problem for SavedReplyError {
    fn kind(&self) -> Kind {
        use SavedReplyError::*;
        match self {
            Unknown | UnknownTeam => Kind::NotFound,
            NameTaken | TooMany(_) => Kind::Conflict,
            BadName | Empty | TooLong(_) | UnknownVariable { .. } => Kind::Invalid,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use SavedReplyError::*;
        match self {
            Unknown => "conversations.unknown_saved_reply",
            UnknownTeam => "conversations.unknown_team",
            BadName => "conversations.saved_reply_name",
            NameTaken => "conversations.saved_reply_name_taken",
            Empty => "conversations.saved_reply_empty",
            TooLong(_) => "conversations.saved_reply_too_long",
            TooMany(_) => "conversations.too_many_saved_replies",
            UnknownVariable { .. } => "conversations.unknown_variable",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            SavedReplyError::TooLong(limit) => vec![("limit", (*limit).into())],
            SavedReplyError::TooMany(limit) => vec![("limit", (*limit).into())],
            SavedReplyError::UnknownVariable { name } => vec![("name", name.clone().into()), ("known", known().into())],
            _ => Vec::new(),
        }
    }
}
