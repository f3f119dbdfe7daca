//! What passes on a telephone line, in no provider's words.

use super::Address;
use crate::CallId;
use kernel::Locale;
use std::borrow::Cow;

/// How the line stands, as the provider tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// It rings.
    Ringing,
    /// Somebody has picked up.
    Open,
    /// Somebody hung up.
    Completed,
    /// It was taken.
    Busy,
    /// Nobody picked up.
    NoAnswer,
    /// The network could not do it, or it was called off.
    Failed,
}

/// One thing that happened on a line: it began, keys were pressed, somebody spoke, it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEvent {
    /// The provider's name for the call.
    pub provider_id: String,
    /// Our own name for it, when we placed it.
    pub call: Option<CallId>,
    /// True when the customer rang us.
    pub is_inbound: bool,
    /// The customer.
    pub customer: Address,
    /// How the line stands.
    pub state: LineState,
    /// After what we are asked: the word that our last act carried; empty at the beginning.
    pub after: String,
    /// Keys that were pressed.
    pub digits: Option<String>,
    /// Words that were understood.
    pub speech: Option<String>,
    /// How the agent's line stands, after [`LineAct::Connect`].
    pub agent: Option<LineState>,
    /// Where a recording is kept.
    pub recording: Option<String>,
    /// What was said on it, where the provider writes it down.
    pub transcript: Option<String>,
}

/// What the customer shall hear, or what shall become of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineAct {
    /// Say something.
    Say {
        /// The words.
        text: String,
        /// In which language.
        locale: Locale,
    },
    /// Say something, and listen meanwhile for keys or words; go on to the next act when nothing comes.
    Listen {
        /// The words.
        text: String,
        /// In which language to speak and to understand.
        locale: Locale,
        /// What we are to be asked after: comes back in [`LineEvent::after`].
        after: Cow<'static, str>,
        /// How many keys make an answer; `None` when they end with `#`.
        keys: Option<u8>,
        /// Whether words are understood as well.
        speech: bool,
        /// How long to listen in silence, in seconds.
        seconds: u8,
    },
    /// Ring the agent and let them talk.
    Connect {
        /// A number in E.164 or a SIP address.
        to: String,
        /// The number that the agent sees.
        caller: String,
        /// How long to let it ring, in seconds.
        seconds: u8,
        /// What we are to be asked after.
        after: &'static str,
    },
    /// Record what they say.
    Record {
        /// At most so long, in seconds.
        seconds: u16,
        /// What we are to be asked after.
        after: &'static str,
    },
    /// Say nothing for a while.
    Pause {
        /// So long, in seconds.
        seconds: u8,
    },
    /// Ask us again.
    Again {
        /// What we are to be asked after.
        after: Cow<'static, str>,
    },
    /// End it.
    HangUp,
}
