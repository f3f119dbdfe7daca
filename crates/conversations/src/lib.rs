//! Threads, matters and messages: all that passes between one person and the brand, over every channel.
//!
//! A thread has no table. It is the person's entries on the event log; a message is one of them, and its channel is a
//! property of its own. A *matter* is one concern within the thread: it has a state, an owner and a clock.

mod accounts;
mod calls;
mod error;
mod matters;
mod model;
mod outbox;
mod privacy;
mod queries;
mod raw;
mod receive;
mod reply;
mod standing;
mod wire;

pub use accounts::{SaveAccount, account, account_by_address, accounts, save_account};
pub use calls::*;
pub use error::ConversationError;
pub use matters::{Assign, TIMERS, Team, assign, ensure_team, join_team, mark_seen, reopen, resolve, snooze, teams, teams_of};
pub use model::*;
pub use outbox::{ToSend, apply_receipt, next_due, record_failed, record_retry, record_sent, take_due};
pub use privacy::{ErasedTalk, erase_talk, export_talk};
pub use queries::{
    Attachment, ContactPoint, QueueKey, ReplyOption, View, attachment, attachments_of, contact_point, matter, matters_of, messages,
    messages_of, queue, reply_options,
};
pub use raw::{Raw, finish_raw, forget_raw, postpone_raw, refused_raw, store_raw, waiting_raw};
pub use receive::{Receive, Received, Said, receive};
pub use reply::{Reply, add_note, allow_address, cancel_message, close_address, know_address, open_for, own_address, reply};
pub use standing::{MatterCounts, Standing, matter_counts, outbox_counts, standing};
pub use wire::*;

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations =
    kernel::migrations!("conversations", ["0001_conversations", "0002_failures", "0003_privacy", "0007_calls"]);
