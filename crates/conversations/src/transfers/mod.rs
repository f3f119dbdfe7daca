//! A transfer is an object: offered to somebody, accepted, declined or expired. Until it is accepted the matter stays with whoever gives
//! it, so that it is never lost; the customer sees one conversation.

mod accept;
mod end;
mod error;
mod offer;
mod read;
mod summary;

pub use accept::accept_transfer;
pub use end::{decline_transfer, withdraw_transfer};
pub use error::TransferError;
pub use offer::{Offer, offer_transfer};
pub use read::{open_transfer, transfer, transfers_for, transfers_of};
pub use summary::summary;

pub(crate) use end::{end_open, expire};

use crate::{MatterId, TeamId};
use kernel::{StaffId, Timestamp};

pub(crate) const EXPIRE: &str = "conversations.transfer_expires";

kernel::id! {
    /// A matter offered to somebody else.
    pub struct TransferId;
}

kernel::db_enum! {
    /// Where a transfer stands.
    pub enum TransferState {
        /// Waiting for a yes.
        Offered = "offered",
        /// Taken: the matter changed hands.
        Accepted = "accepted",
        /// Refused: the matter stayed.
        Declined = "declined",
        /// Nobody said anything: the matter stayed, or went back.
        Expired = "expired",
        /// Taken back by whoever offered, or overtaken by events.
        Withdrawn = "withdrawn",
    }
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// One colleague.
    Staff(StaffId),
    /// Whoever of a team takes it.
    Team(TeamId),
}

/// A matter offered to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Which.
    pub id: TransferId,
    /// The matter.
    pub matter: MatterId,
    /// Who offers it, as the log names an actor.
    pub giver: String,
    /// Who had it.
    pub from_owner: Option<StaffId>,
    /// Whose team had it.
    pub from_team: Option<TeamId>,
    /// Who is asked.
    pub to: Recipient,
    /// What whoever takes it must know; empty is nothing in particular.
    pub skill: String,
    /// What it is about so far.
    pub summary: String,
    /// What the giver adds.
    pub note: String,
    /// What the customer was promised: an answer until then.
    pub promised_at: Option<Timestamp>,
    /// Where it stands.
    pub state: TransferState,
    /// Since when.
    pub offered_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// When it was answered.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Why it was declined.
    pub why: String,
}
