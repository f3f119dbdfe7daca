//! A call and where it stands. Pure.

use crate::{AccountId, MatterId, TeamId};
use kernel::{Denied, Fault, Kind, Problem, ProfileId, StaffId, Timestamp};

kernel::id! {
    /// One telephone call.
    pub struct CallId;
    /// Something the provider is to be asked about a call.
    pub struct CallOrderId;
}

kernel::db_enum! {
    /// Who wanted to talk.
    pub enum CallWay {
        /// The customer rang.
        In = "in",
        /// The customer asked to be rung.
        Back = "back",
        /// An agent rang.
        Out = "out",
    }
}

kernel::db_enum! {
    /// Where a call stands.
    pub enum CallState {
        /// The customer wants to be rung; nobody has yet.
        Requested = "requested",
        /// The customer talks with the machine.
        Menu = "menu",
        /// The customer is on the line and waits for a person.
        Ringing = "ringing",
        /// We are ringing the customer.
        Dialling = "dialling",
        /// Customer and agent talk.
        Answered = "answered",
        /// The customer waits while the agent looks something up.
        Held = "held",
        /// The customer leaves, or has left, a message.
        Voicemail = "voicemail",
        /// It took place and is over.
        Ended = "ended",
        /// It did not come about.
        Missed = "missed",
    }
}

impl CallState {
    /// What may follow.
    pub fn can_become(self, next: CallState) -> bool {
        use CallState::*;
        match self {
            Requested => matches!(next, Dialling | Missed),
            Menu => matches!(next, Ringing | Requested | Voicemail | Ended),
            Ringing => matches!(next, Answered | Requested | Voicemail | Missed),
            Dialling => matches!(next, Answered | Missed),
            Answered => matches!(next, Held | Ringing | Ended),
            Held => matches!(next, Answered | Ringing | Ended),
            Voicemail | Ended | Missed => false,
        }
    }
    /// True while an agent has the customer, or is getting hold of her.
    pub fn is_with_agent(self) -> bool {
        matches!(self, CallState::Dialling | CallState::Answered | CallState::Held)
    }
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub id: CallId,
    /// The concern it belongs to.
    pub matter: MatterId,
    /// Whose.
    pub profile: ProfileId,
    /// By which number of ours.
    pub account: AccountId,
    /// Who wanted to talk.
    pub way: CallWay,
    /// Where it stands.
    pub state: CallState,
    /// The customer's number.
    pub address: String,
    /// What it is about, as far as known: a page, words, a step of the self-service.
    pub about: String,
    /// The provider's name for the call that is on the line.
    pub provider_id: Option<String>,
    /// Whose queue it is in.
    pub team: Option<TeamId>,
    /// Who has it.
    pub agent: Option<StaffId>,
    /// Since when.
    pub began_at: Timestamp,
    /// Since when somebody is to take it.
    pub waiting_since: Option<Timestamp>,
    /// When customer and agent began to talk.
    pub answered_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// Where the provider keeps its recording.
    pub recording: Option<String>,
}

impl Call {
    /// Seconds that customer and agent talked; 0 when they did not.
    pub fn talked_seconds(&self) -> i64 {
        match (self.answered_at, self.ended_at) {
            (Some(from), Some(to)) => i64::try_from(to.since(from).as_secs()).unwrap_or(i64::MAX),
            _ => 0,
        }
    }
}

/// A command about calls was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No such call.
    #[error("there is no such call")]
    Unknown,
    /// Another agent was quicker, or the customer has hung up.
    #[error("the call is {0} and cannot be taken so")]
    NotNow(CallState),
    /// The agent is talking already.
    #[error("another call is still open; end or transfer it first")]
    Busy,
    /// We do not know where to ring the agent.
    #[error("no telephone is known at which you can be rung")]
    NoPhone,
    /// No such team.
    #[error("there is no such team")]
    UnknownTeam,
    /// No number is connected by which to ring.
    #[error("no telephone number is connected")]
    NoAccount,
    /// What was given is no telephone number.
    #[error("`{0}` is not a telephone number")]
    NotAPhone(String),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CallError {
    fn kind(&self) -> Kind {
        use CallError::*;
        match self {
            Unknown | UnknownTeam => Kind::NotFound,
            NotNow(_) | Busy | NoPhone | NoAccount => Kind::Conflict,
            NotAPhone(_) => Kind::Invalid,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use CallError::*;
        match self {
            Unknown => "calls.unknown",
            NotNow(_) => "calls.not_now",
            Busy => "calls.busy",
            NoPhone => "calls.no_phone",
            UnknownTeam => "calls.unknown_team",
            NoAccount => "calls.no_account",
            NotAPhone(_) => "calls.not_a_phone",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CallState::{self, *};

    #[test]
    fn what_is_over_stays_over_and_nobody_talks_before_somebody_answers() {
        for over in [Voicemail, Ended, Missed] {
            assert!(CallState::ALL.iter().all(|next| !over.can_become(*next)), "{over}");
        }
        let to_held: Vec<_> = CallState::ALL.iter().filter(|state| state.can_become(Held)).collect();
        assert_eq!(to_held, [&Answered]);
        let to_answered: Vec<_> = CallState::ALL.iter().filter(|state| state.can_become(Answered)).collect();
        assert_eq!(to_answered, [&Ringing, &Dialling, &Held]);
    }
}
