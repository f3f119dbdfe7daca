//! Answers for later: kept in the thread until their time, changed and called off meanwhile, held when they may not leave.

mod change;
mod read;

pub use change::{ScheduleReply, cancel_scheduled, change_scheduled, hold_scheduled, schedule_reply, send_scheduled};
pub use read::{scheduled, scheduled_for};

use crate::{AccountId, MatterId, MessageId};
use kernel::{ProfileId, Timestamp};

/// The timer that rings when an answer is to leave. Whoever knows the contact policy hears it.
pub const SCHEDULED: &str = "conversations.scheduled_due";

kernel::id! {
    /// An answer for later.
    pub struct ScheduledId;
}

kernel::db_enum! {
    /// Where an answer for later stands.
    pub enum ScheduledState {
        /// It leaves at its time.
        Waiting = "waiting",
        /// Its time came and it may not leave: somebody has to decide.
        Held = "held",
        /// It left.
        Sent = "sent",
        /// Somebody called it off.
        Cancelled = "cancelled",
    }
}

impl ScheduledState {
    /// It may still be changed, sent and called off.
    pub fn is_open(self) -> bool {
        matches!(self, ScheduledState::Waiting | ScheduledState::Held)
    }
}

/// An answer for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// Which.
    pub id: ScheduledId,
    /// In which matter.
    pub matter: MatterId,
    /// To whom.
    pub profile: ProfileId,
    /// Through which account.
    pub account: AccountId,
    /// To which address on it.
    pub address: String,
    /// Who wrote it: `staff:ID`.
    pub author: String,
    /// The words.
    pub text: String,
    /// When it leaves.
    pub send_at: Timestamp,
    /// Where it stands.
    pub state: ScheduledState,
    /// Code of the reason why it is held; empty otherwise.
    pub why: String,
    /// The message it became.
    pub message: Option<MessageId>,
}
