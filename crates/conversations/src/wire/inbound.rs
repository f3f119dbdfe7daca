//! What came in, as an adapter understood it.

use super::{Address, Complaint, Media, SenderCheck, TemplateNews};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that happened on a channel, as its adapter understood it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum InboundEvent {
    /// Somebody wrote to us.
    Message(Box<InboundMessage>),
    /// What became of a message that we sent.
    Receipt(Receipt),
    /// Somebody put a sign on a message, or took it off.
    Reaction(Reaction),
    /// Somebody no longer wants to be written to for a purpose.
    OptOut(OptOut),
    /// Somebody who had asked to be left alone wants to be written to again.
    OptIn(OptIn),
    /// The provider says that a person now uses another address.
    AddressChanged(AddressChanged),
    /// Somebody said something in public, to us or about us.
    Comment(Comment),
    /// Somebody has read everything that we said until a moment, on channels that tell no more.
    ReadUntil(ReadUntil),
    /// Somebody told their provider that a message of ours is unwanted.
    Complaint(Complaint),
    /// The provider tells of a text that it must approve.
    Template(TemplateNews),
    /// Something this version cannot read: kept and counted, never an error.
    Unknown(UnknownEvent),
}

impl InboundEvent {
    /// A name that is the same each time the provider repeats this event on one channel account; `None` when there is none to be had.
    ///
    /// The same message id may come with several receipts (sent, delivered, read), so the state is part of their name.
    pub fn dedupe_key(&self) -> Option<String> {
        match self {
            Self::Message(message) => Some(format!("message:{}", message.provider_message_id)),
            Self::Receipt(receipt) => Some(format!("receipt:{}:{}", receipt.provider_message_id, receipt.state.name())),
            Self::Reaction(reaction) => Some(format!("reaction:{}", reaction.provider_event_id)),
            Self::OptOut(opt_out) => Some(format!("opt_out:{}:{}", opt_out.from.value, opt_out.at.as_micros())),
            Self::OptIn(opt_in) => Some(format!("opt_in:{}:{}", opt_in.from.value, opt_in.at.as_micros())),
            Self::AddressChanged(change) => Some(format!("address:{}:{}", change.old.value, change.new.value)),
            Self::Comment(comment) => Some(format!("comment:{}", comment.provider_event_id)),
            Self::ReadUntil(read) => Some(format!("read:{}:{}", read.by.value, read.until.as_micros())),
            Self::Complaint(complaint) => Some(format!("complaint:{}", complaint.provider_message_id)),
            Self::Template(news) => Some(format!("template:{}:{}:{}:{}", news.name, news.language, news.says.name(), news.at.as_micros())),
            Self::Unknown(unknown) => unknown.provider_event_id.as_ref().map(|id| format!("unknown:{id}")),
        }
    }
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// What they are recognised by.
    pub address: Address,
    /// The name they give themselves; not to be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Where they want the answer, when that is another address. Of a handle: the number that the provider knows the same person by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Address>,
}

/// A message that came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundMessage {
    /// The provider's name for the message; the same message twice carries the same name.
    pub provider_message_id: String,
    /// Who wrote.
    pub from: Sender,
    /// Which of our addresses they wrote to.
    pub to: Address,
    /// When they wrote, as the provider tells it.
    pub at: Timestamp,
    /// The subject line, on channels that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What they wrote, in order; may be empty.
    pub parts: Vec<Part>,
    /// The provider's name of the message this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<String>,
    /// Earlier messages of the same exchange, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Set when a machine wrote it: such a message is never answered by a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<Automatic>,
    /// In which language they wrote (ISO 639-1), when that is clear; see [`InboundMessage::note_language`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What made them write, when the provider tells (an advertisement, a product page).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// The few transport headers worth keeping, as name and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Everybody it names as its reader, in order; empty where that is only `to`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Address>,
    /// What our receiving server found when it asked whether the sender is who it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_check: Option<SenderCheck>,
}

impl InboundMessage {
    /// A message with nothing but its parts.
    pub fn new(provider_message_id: impl Into<String>, from: Sender, to: Address, at: Timestamp, parts: Vec<Part>) -> Self {
        let provider_message_id = provider_message_id.into();
        InboundMessage {
            provider_message_id,
            from,
            to,
            at,
            subject: None,
            parts,
            in_reply_to: None,
            references: Vec::new(),
            automatic: None,
            language: None,
            referral: None,
            headers: Vec::new(),
            named: Vec::new(),
            sender_check: None,
        }
    }

    /// Look in which language it is written. Takes its time: for whoever holds no transaction.
    pub fn note_language(&mut self) {
        self.language = crate::language_of(self.summary()).map(str::to_owned);
    }

    /// The words to show in a list: the first text without quoted history, a caption, or a chosen title; empty if there is none.
    pub fn summary(&self) -> &str {
        self.parts.iter().map(Part::words).find(|words| !words.is_empty()).unwrap_or_default()
    }
}

/// Why a message counts as written by a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Automatic {
    /// An answering machine, such as an out-of-office note.
    Reply,
    /// A program, on its own account.
    Generated,
    /// A mailing list or mass mailing.
    Bulk,
    /// A report that a message could not be delivered.
    Bounce,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// Plain text.
    Text {
        /// All of it.
        text: String,
        /// Without the quoted history and signature, when that differs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fresh: Option<String>,
    },
    /// The same words as HTML, already made safe to show: no script, no style, no picture from elsewhere.
    Html {
        /// The safe markup.
        html: String,
    },
    /// A picture, recording, film or file.
    Media(Media),
    /// A button or list row that we offered and they chose.
    Choice {
        /// The id that we gave the choice.
        id: String,
        /// What it said.
        title: String,
    },
    /// A place.
    Location(Location),
    /// Somebody's details, passed on.
    Contact {
        /// The name on the card.
        name: String,
        /// Its phone numbers and e-mail addresses.
        addresses: Vec<Address>,
    },
    /// Products they ask about or want to buy.
    Products {
        /// The wish; prices are what the customer saw, not what we charge.
        items: Vec<WantedProduct>,
    },
}

impl Part {
    fn words(&self) -> &str {
        match self {
            Self::Text { text, fresh } => fresh.as_deref().unwrap_or(text),
            Self::Choice { title, .. } => title,
            Self::Media(media) => media.caption.as_deref().unwrap_or(""),
            Self::Location(place) => place.name.as_deref().unwrap_or(""),
            Self::Html { .. } | Self::Contact { .. } | Self::Products { .. } => "",
        }
    }
}

/// A point on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A product named in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedProduct {
    /// Our code for it, as the provider's catalogue holds it.
    pub sku: String,
    /// How many, in whole units; 0 when they only ask about it.
    pub quantity: i64,
    /// The price they saw, as decimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_price: Option<String>,
    /// Its currency, ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// What led a person to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// `ad`, `post`, `product`.
    pub kind: String,
    /// The provider's number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its address on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
}

/// What became of a message that we sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The name the provider gave our message.
    pub provider_message_id: String,
    /// How far it came.
    pub state: ReceiptState,
    /// When.
    pub at: Timestamp,
    /// To whom it went, when the provider tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Address>,
    /// Our own name for the message ([`Outbound::dedupe_key`]), when the provider repeats it: settles a send whose answer was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dedupe_key: Option<String>,
}

/// How far a message came. Receipts arrive in any order: a later state wins over an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReceiptState {
    /// The provider sent it on.
    Sent,
    /// It is on the customer's device.
    Delivered,
    /// The customer opened it.
    Read,
    /// It will not arrive.
    Failed {
        /// Why, as a stable word such as `window_closed`, or the provider's own code.
        code: String,
        /// The provider's explanation, for people.
        text: String,
    },
}

impl ReceiptState {
    /// The state's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed { .. } => "failed",
        }
    }
}

/// A sign on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The provider's name for this event.
    pub provider_event_id: String,
    /// The message that it is put on.
    pub provider_message_id: String,
    /// Who put it.
    pub from: Sender,
    /// The sign; empty when it was taken off.
    pub emoji: String,
    /// When.
    pub at: Timestamp,
}

/// Somebody no longer wants to be written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOut {
    /// Who.
    pub from: Address,
    /// When.
    pub at: Timestamp,
    /// What they said or pressed: the evidence.
    pub evidence: String,
}

/// Somebody takes an opt-out back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptIn {
    /// Who.
    pub from: Address,
    /// When.
    pub at: Timestamp,
    /// What they said: the evidence.
    pub evidence: String,
}

/// A person now uses another address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressChanged {
    /// What it was.
    pub old: Address,
    /// What it is.
    pub new: Address,
    /// When.
    pub at: Timestamp,
}

/// Something said in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The provider's name for it.
    pub provider_event_id: String,
    /// Who said it, by the name that the public sees.
    pub from: Sender,
    /// What was said.
    pub text: String,
    /// Where it stands; the same comment always stands in the same place.
    pub url: String,
    /// When.
    pub at: Timestamp,
}

/// Everything until a moment was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadUntil {
    /// By whom.
    pub by: Address,
    /// Until when, by the time that the provider gave our messages.
    pub until: Timestamp,
}

/// An event this version cannot read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownEvent {
    /// The provider's word for it, to count by.
    pub kind: String,
    /// The provider's name for the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_event_id: Option<String>,
    /// Who caused it, so that an agent can be told that something came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Sender>,
}
