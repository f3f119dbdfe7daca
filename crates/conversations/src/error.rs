//! What can go wrong when people talk.

use kernel::{Denied, Fault, Kind, Problem, Timestamp};

/// A command of this room was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ConversationError {
    /// No such matter.
    #[error("there is no such matter")]
    UnknownMatter,
    /// No such message.
    #[error("there is no such message")]
    UnknownMessage,
    /// No such account, or it is switched off.
    #[error("this channel is not connected or is switched off")]
    AccountClosed,
    /// The person was never reached on this account.
    #[error("no address of this customer is known on this channel")]
    NoAddress,
    /// Free text may no longer be sent.
    #[error("the reply window of this channel closed at {0}; use a template or another channel")]
    WindowClosed(Timestamp),
    /// They asked not to be written to here.
    #[error("the customer cannot be written to on this channel: {0}")]
    OptedOut(String),
    /// Nothing is sent there until they write.
    #[error("nothing is sent to this address until somebody writes from it: {0}")]
    Undeliverable(crate::Undeliverable),
    /// No such template, or another account's.
    #[error("there is no such template")]
    UnknownTemplate,
    /// Only what the provider has approved leaves.
    #[error("the template {name} is not approved: it is {state}")]
    TemplateNotApproved {
        /// Its name.
        name: String,
        /// Where it stands; a draft when nobody knows it.
        state: crate::TemplateState,
    },
    /// A gap of a template is open.
    #[error("each of the {0} gaps of this template must be filled")]
    TemplateGaps(usize),
    /// Nothing to say.
    #[error("a message needs text or a file")]
    Empty,
    /// Beyond what we keep.
    #[error("a message has at most {0} characters")]
    TooLong(usize),
    /// Saved words with a gap that nobody filled.
    #[error("`{{{0}}}` is still to be filled in")]
    OpenGap(crate::Variable),
    /// Beyond what one message carries.
    #[error("a message has at most {0} files")]
    TooManyFiles(usize),
    /// No such file, or somebody else's, or sent already.
    #[error("there is no such file to send; choose it again")]
    UnknownFile,
    /// So much waits to be sent that no more is kept.
    #[error("too many files wait to be sent; send or remove some, or choose it again later")]
    NoRoomForFiles,
    /// Too late.
    #[error("the message has been sent and cannot be taken back")]
    AlreadySent,
    /// A time in the past.
    #[error("choose a time in the future")]
    InThePast,
    /// No such team.
    #[error("there is no such team")]
    UnknownTeam,
    /// No such tag, or one that is given no more.
    #[error("there is no such tag")]
    UnknownTag,
    /// Hours that cannot be.
    #[error("these hours cannot be: {0}")]
    Hours(String),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ConversationError {
    fn kind(&self) -> Kind {
        use ConversationError::*;
        match self {
            UnknownMatter | UnknownMessage | UnknownTeam | UnknownTag | UnknownTemplate => Kind::NotFound,
            AccountClosed | NoAddress | WindowClosed(_) | OptedOut(_) | Undeliverable(_) | AlreadySent | TemplateNotApproved { .. } => {
                Kind::Conflict
            }
            TemplateGaps(_) | Empty | TooLong(_) | TooManyFiles(_) | UnknownFile | OpenGap(_) | InThePast | Hours(_) => Kind::Invalid,
            NoRoomForFiles => Kind::TooMany,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use ConversationError::*;
        match self {
            UnknownMatter => "conversations.unknown_matter",
            UnknownMessage => "conversations.unknown_message",
            UnknownTeam => "conversations.unknown_team",
            UnknownTag => "conversations.unknown_tag",
            AccountClosed => "conversations.account_closed",
            NoAddress => "conversations.no_address",
            WindowClosed(_) => "conversations.window_closed",
            OptedOut(_) => "conversations.opted_out",
            Undeliverable(_) => "conversations.undeliverable",
            UnknownTemplate => "conversations.unknown_template",
            TemplateNotApproved { .. } => "conversations.template_not_approved",
            TemplateGaps(_) => "conversations.template_open_gap",
            TooManyFiles(_) => "conversations.too_many_files",
            UnknownFile => "conversations.unknown_file",
            NoRoomForFiles => "conversations.no_room_for_files",
            AlreadySent => "conversations.already_sent",
            Empty => "conversations.empty_message",
            TooLong(_) => "conversations.message_too_long",
            OpenGap(_) => "conversations.open_gap",
            InThePast => "conversations.in_the_past",
            Hours(_) => "conversations.hours",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ConversationError::WindowClosed(at) => vec![("closed_at", at.to_rfc3339().into())],
            ConversationError::TooLong(limit) | ConversationError::TooManyFiles(limit) => vec![("limit", (*limit).into())],
            ConversationError::TemplateNotApproved { name, state } => vec![("name", name.clone().into()), ("state", state.as_str().into())],
            ConversationError::TemplateGaps(gaps) => vec![("gaps", (*gaps).into())],
            ConversationError::Undeliverable(why) => vec![("why", why.as_str().into())],
            ConversationError::OpenGap(variable) => vec![("variable", variable.as_str().into())],
            _ => Vec::new(),
        }
    }
}
