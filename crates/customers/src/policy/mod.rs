//! The contact policy: may this person be written to now, by which channel, and why. Pure: facts in, a decision with its reasons out.

mod decide;
mod quiet;
mod words;
mod zone;

pub use decide::decide;
pub use quiet::QuietHours;
pub use zone::{zone, zone_name};

use crate::{ConsentState, Purpose};
use jiff::tz::TimeZone;
use kernel::{Channel, Timestamp};

kernel::db_enum! {
    /// How much a message can wait.
    pub enum Urgency {
        /// It can wait for the morning.
        Normal = "normal",
        /// It is about now (a code that was asked for, a courier at the door): quiet hours do not hold it. Only service messages
        /// are ever urgent.
        Urgent = "urgent",
    }
}

kernel::db_enum! {
    /// Why somebody is left in peace with all that they did not ask for.
    pub enum Context {
        /// They wait for an answer to a complaint.
        Complaint = "complaint",
        /// They dispute a payment.
        Dispute = "dispute",
        /// Their debt is being recovered.
        Debt = "debt",
    }
}

/// Why an address cannot be used now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// The channel allows free text only for a time after they wrote.
    Window,
    /// They told this channel to stop.
    OptedOut,
    /// What was sent there came back, or was called unwanted.
    Undeliverable,
    /// The brand switched the channel off.
    SwitchedOff,
    /// Nobody has shown that it is theirs.
    Unproven,
}

/// One address of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which channel.
    pub channel: Channel,
    /// Where on it.
    pub address: String,
    /// Why it cannot be used now; `None` when it can.
    pub shut: Option<Shut>,
}

/// How many unasked-for messages, over all channels together, in how many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// At most so many; 0 is none at all.
    pub most: u32,
    /// In so many days, at least 1.
    pub days: u32,
}

impl Default for Cap {
    /// Three a week.
    fn default() -> Self {
        Cap { most: 3, days: 7 }
    }
}

impl Cap {
    /// The span in which messages count.
    pub const fn span(self) -> std::time::Duration {
        std::time::Duration::from_secs(self.days as u64 * 24 * 3600)
    }
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The moment that is asked about.
    pub now: Timestamp,
    /// What the message is for.
    pub purpose: Purpose,
    /// Whether it can wait.
    pub urgency: Urgency,
    /// Channels they prefer, best first.
    pub preferred: Vec<Channel>,
    /// Channels the brand has connected.
    pub connected: Vec<Channel>,
    /// Their addresses, best first.
    pub ways: Vec<Way>,
    /// Their answers for this purpose, one per channel.
    pub answers: Vec<(Channel, ConsentState)>,
    /// When they are not disturbed.
    pub quiet: QuietHours,
    /// The clock on their wall.
    pub zone: TimeZone,
    /// When unasked-for messages were sent to them, as far back as the cap counts.
    pub sent: Vec<Timestamp>,
    /// How many are allowed.
    pub cap: Cap,
    /// Why they are left in peace.
    pub pauses: Vec<Context>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// Write now.
    Send {
        /// By this channel.
        channel: Channel,
        /// To this address.
        address: String,
    },
    /// Ask again then.
    Wait {
        /// The first moment at which, as things stand, writing is right.
        until: Timestamp,
    },
    /// Do not write.
    Hold,
}

/// What a reason says of its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one.
    Chosen,
    /// It would do as well.
    Open,
    /// It will do later.
    Later,
    /// Not now, and not by waiting.
    Closed,
}

impl Verdict {
    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Chosen => "chosen",
            Verdict::Open => "open",
            Verdict::Later => "later",
            Verdict::Closed => "closed",
        }
    }
}

/// Why a channel is taken or not. [`Why::code`] never changes; [`Why::text`] says it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Chosen: of the open ones it is the first that they prefer.
    Preferred,
    /// Chosen: they prefer none that is open.
    Reachable,
    /// Open, but another comes first.
    LessPreferred,
    /// No address of theirs is known there.
    NoAddress,
    /// The brand has no such channel.
    NotConnected,
    /// A colleague would have to call.
    ByVoice,
    /// See [`Shut`].
    Shut(Shut),
    /// They said no to this purpose on this channel.
    Refused,
    /// They were never asked, and it needs their yes.
    NeverAsked,
    /// It is night for them.
    Quiet {
        /// Until then.
        until: Timestamp,
    },
    /// They got enough lately.
    Capped {
        /// The rule.
        cap: Cap,
        /// One more may go then; `None` when none ever may.
        until: Option<Timestamp>,
    },
    /// They are left in peace.
    Paused(Context),
}

/// Why, for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which channel.
    pub channel: Channel,
    /// What it says of it.
    pub verdict: Verdict,
    /// Why.
    pub why: Why,
}

/// What to do and why: every channel that they prefer, or could be reached by, has at least one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What to do.
    pub contact: Contact,
    /// Why, in the order in which the channels were looked at.
    pub reasons: Vec<Reason>,
    /// IANA name or offset of the clock on their wall.
    pub zone: String,
}
