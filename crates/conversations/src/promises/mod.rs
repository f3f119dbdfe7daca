//! What an agent promises a customer until a time: it stays with the matter whoever has it, is warned of like a target, and ends kept or
//! taken back.

mod end;
mod make;
mod read;
mod ring;

pub use end::{keep_promise, withdraw_promise};
pub use make::{MakePromise, make_promise};
pub use read::{open_promise, promises_of};

pub(crate) use end::{keep_by_answer, keep_by_resolving, open_again, open_resolved_again};
pub(crate) use read::export;
pub(crate) use ring::{BROKEN, NEAR, broken, near};

use crate::MatterId;
use kernel::{ProfileId, Timestamp};

/// Longest promise, in characters.
pub const PROMISE_LIMIT: usize = 300;

kernel::id! {
    /// Something promised to a customer.
    pub struct PromiseId;
}

kernel::db_enum! {
    /// Where a promise stands. One whose time has passed stays open until somebody keeps it.
    pub enum PromiseState {
        /// Still to be kept.
        Open = "open",
        /// Done, in time or late.
        Kept = "kept",
        /// Taken back, or replaced by another.
        Withdrawn = "withdrawn",
    }
}

/// Something promised to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Which.
    pub id: PromiseId,
    /// In which matter.
    pub matter: MatterId,
    /// To whom.
    pub profile: ProfileId,
    /// Who gave their word: `staff:ID`, as the log names an actor.
    pub author: String,
    /// What, in the agent's words.
    pub text: String,
    /// Until when.
    pub due_at: Timestamp,
    /// The next answer by a person keeps it.
    pub by_answer: bool,
    /// Where it stands.
    pub state: PromiseState,
    /// When it was given.
    pub made_at: Timestamp,
    /// When it was kept or taken back.
    pub ended_at: Option<Timestamp>,
}
