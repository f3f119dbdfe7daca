//! A video room and why it may be closed to somebody. Pure.

use crate::MatterId;
use kernel::{Denied, Fault, Kind, Problem, ProfileId, StaffId, Timestamp};

kernel::id! {
    /// One video room.
    pub struct RoomId;
}

/// One room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Which.
    pub id: RoomId,
    /// The concern it was opened from.
    pub matter: MatterId,
    /// Whose.
    pub profile: ProfileId,
    /// By whom.
    pub opened_by: StaffId,
    /// What the link ends with; whoever uses it first keeps it.
    pub token: String,
    /// The browser that holds the link; `None` until it was used.
    pub guest: Option<String>,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when the link lets somebody in who was not in before.
    pub expires_at: Timestamp,
    /// When both were in it for the first time.
    pub began_at: Option<Timestamp>,
    /// Since when one of the two is gone.
    pub left_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl Room {
    /// Seconds from when both were in it to its end; 0 when they never were.
    pub fn seconds(&self) -> i64 {
        match (self.began_at, self.ended_at) {
            (Some(from), Some(to)) => i64::try_from(to.since(from).as_secs()).unwrap_or(i64::MAX),
            _ => 0,
        }
    }
    /// May the browser `guest` come in at `now`?
    pub(super) fn admits(&self, guest: &str, now: Timestamp) -> Result<(), RoomError> {
        match &self.guest {
            _ if self.ended_at.is_some() => Err(RoomError::Over),
            Some(known) if known == guest => Ok(()),
            Some(_) => Err(RoomError::Taken),
            None if now >= self.expires_at => Err(RoomError::Expired),
            None => Ok(()),
        }
    }
}

/// A command about rooms was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// No such room, or no such link any more.
    #[error("there is no such room")]
    Unknown,
    /// No such matter.
    #[error("there is no such matter")]
    UnknownMatter,
    /// The link was not used in time.
    #[error("the link has expired; ask for a new one")]
    Expired,
    /// Somebody else uses the link.
    #[error("the link is in use on another device")]
    Taken,
    /// The room is closed.
    #[error("the room is closed")]
    Over,
    /// An address of a relay that is none.
    #[error("`{0}` is not the address of a relay; write stun:, turn: or turns: before it")]
    NotARelay(String),
    /// A relay needs its secret, and whoever sends all through one needs a relay.
    #[error("a relay needs the secret that it shares with us")]
    NoSecret,
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RoomError {
    fn kind(&self) -> Kind {
        use RoomError::*;
        match self {
            Unknown | UnknownMatter => Kind::NotFound,
            Expired | Taken => Kind::Forbidden,
            Over => Kind::Conflict,
            NotARelay(_) | NoSecret => Kind::Invalid,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use RoomError::*;
        match self {
            Unknown => "rooms.unknown",
            UnknownMatter => "conversations.unknown_matter",
            Expired => "rooms.expired",
            Taken => "rooms.taken",
            Over => "rooms.over",
            NotARelay(_) => "rooms.not_a_relay",
            NoSecret => "rooms.no_secret",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
}
