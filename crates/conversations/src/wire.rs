//! What passes between the conversation and the outside, in no provider's words.
//!
//! Channels turn a provider's payload into [`InboundEvent`]s and an [`Outbound`] into a provider's request. Everything here is plain
//! data that survives JSON unchanged; the rules about it live elsewhere.

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
    /// The provider says that a person now uses another address.
    AddressChanged(AddressChanged),
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
            Self::AddressChanged(change) => Some(format!("address:{}:{}", change.old.value, change.new.value)),
            Self::Unknown(unknown) => unknown.provider_event_id.as_ref().map(|id| format!("unknown:{id}")),
        }
    }
}

/// How a person is reached or recognised on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// `name@host`, lower case.
    Email,
    /// E.164 with its plus sign.
    Phone,
    /// A name that only means something to one provider.
    Handle,
    /// A browser or app that we gave a number to.
    Device,
}

/// A kind of address and its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// What kind of value it is.
    pub kind: AddressKind,
    /// The value, in the normal form that its kind describes.
    pub value: String,
}

impl Address {
    /// An e-mail address; case is folded, as customers type it either way.
    pub fn email(value: &str) -> Self {
        Self { kind: AddressKind::Email, value: value.trim().to_lowercase() }
    }

    /// A phone number in international form, with or without plus, spaces and dashes.
    pub fn phone(value: &str) -> Self {
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        Self { kind: AddressKind::Phone, value: format!("+{digits}") }
    }

    /// A browser or app.
    pub fn device(value: &str) -> Self {
        Self { kind: AddressKind::Device, value: value.to_owned() }
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
    /// Where they want the answer, when that is another address.
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
    /// What made them write, when the provider tells (an advertisement, a product page).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// The few transport headers worth keeping, as name and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
}

impl InboundMessage {
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

/// What sort of thing a media part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// Any other file.
    Document,
    /// A small picture used as a sign.
    Sticker,
}

/// A picture, recording, film or file, and where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What sort it is.
    pub kind: MediaKind,
    /// Media type as told, such as `image/jpeg`; not to be trusted.
    pub content_type: String,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// Words that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The name that HTML of the same message calls it by (`cid:`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
    /// Where the bytes are.
    pub source: MediaSource,
}

/// Where the bytes of a media part are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum MediaSource {
    /// Here.
    Bytes {
        /// The file itself (base64 in JSON).
        #[serde(with = "base64_bytes")]
        bytes: Vec<u8>,
    },
    /// At the provider, under this number: to be fetched by a job, soon, as such numbers expire.
    Provider {
        /// The provider's number.
        id: String,
        /// SHA-256 of the file as the provider tells it (base64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    /// On the web.
    Link {
        /// Its address.
        url: String,
    },
    /// Nowhere: it was larger than we take.
    TooLarge {
        /// Its size in bytes.
        size_bytes: u64,
    },
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

/// A message to send, before a channel gives it form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outbound {
    /// Our name for this message: sending twice under one name must reach the customer once.
    pub dedupe_key: String,
    /// Where it goes.
    pub to: Address,
    /// The recipient's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_name: Option<String>,
    /// When it is sent.
    pub at: Timestamp,
    /// When this person last wrote on this channel account: opens the reply window where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_inbound_at: Option<Timestamp>,
    /// The subject line; ignored on channels without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Plain text; the caption if there is media.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Choices to offer under the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<Choices>,
    /// Files to send with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// An approved text, instead of the above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// The provider's name of the message this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Earlier messages of the exchange, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// A machine wrote it, and other machines should be told so.
    #[serde(default)]
    pub automatic: bool,
}

impl Outbound {
    /// A plain text message.
    pub fn text(dedupe_key: impl Into<String>, to: Address, at: Timestamp, text: impl Into<String>) -> Self {
        Self {
            dedupe_key: dedupe_key.into(),
            to,
            to_name: None,
            at,
            last_inbound_at: None,
            subject: None,
            text: Some(text.into()),
            choices: None,
            media: Vec::new(),
            template: None,
            reply_to: None,
            references: Vec::new(),
            automatic: false,
        }
    }
}

/// Choices offered to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Choices {
    /// A few, shown at once.
    Buttons {
        /// The buttons, in order.
        buttons: Vec<Choice>,
    },
    /// More, shown after pressing one button.
    List {
        /// What the button that opens the list says.
        open: String,
        /// The rows, in order.
        rows: Vec<Choice>,
    },
}

impl Choices {
    /// The choices in order, whatever their form.
    pub fn all(&self) -> &[Choice] {
        match self {
            Self::Buttons { buttons } => buttons,
            Self::List { rows, .. } => rows,
        }
    }
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Comes back to us when it is chosen.
    pub id: String,
    /// What it says.
    pub title: String,
    /// A second, smaller line, in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A text that the provider has approved beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name at the provider.
    pub name: String,
    /// Its language at the provider, such as `es` or `en_US`.
    pub language: String,
    /// Values for its placeholders, in order.
    #[serde(default)]
    pub params: Vec<String>,
}

/// What a channel can carry. Asked before composing; every limit counts characters unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Longest text; `None` when there is no limit.
    pub text_limit: Option<usize>,
    /// Longest text beside a picture or file; `None` when there is no limit.
    pub caption_limit: Option<usize>,
    /// Longest text above choices.
    pub choice_text_limit: usize,
    /// Whether messages have a subject line.
    pub subject: bool,
    /// Most buttons under a message; 0 when there are none.
    pub buttons: usize,
    /// Most rows in a list; 0 when there are none.
    pub list_rows: usize,
    /// What can be attached; empty when nothing can.
    pub media: &'static [MediaKind],
    /// Which of them can carry words of their own.
    pub captions: &'static [MediaKind],
    /// Most attachments to one message.
    pub media_per_message: usize,
    /// Hours after the customer's last message in which free text may be sent; `None` when always.
    pub reply_window_hours: Option<u32>,
    /// Whether approved texts exist, and so a way to write when the window is closed.
    pub templates: bool,
    /// Whether a message can point at the one that it answers.
    pub quotes: bool,
    /// Whether the provider tells when a message has arrived.
    pub delivered_receipts: bool,
    /// Whether the provider tells when a message was opened.
    pub read_receipts: bool,
}

mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(input)?).map_err(D::Error::custom)
    }
}
