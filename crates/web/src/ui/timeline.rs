//! The thread itself: one entry per thing that happened between a person and the brand, whatever its channel.

use super::{Badge, Icon, Moment, SentCard, channel_icon, icon};
use crate::{Page, format};
use askama::{Template, filters::HtmlSafe};
use kernel::{Channel, Locale, Timestamp};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The customer.
    Theirs,
    /// The brand.
    Ours,
    /// The brand to itself: a note.
    Note,
    /// The reader, in the customer's own chat.
    Mine,
}

/// How far a message of ours has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Waiting to leave.
    Queued,
    /// Given to the provider.
    Sent,
    /// On the customer's device.
    Delivered,
    /// Seen by the customer.
    Read,
    /// Did not arrive.
    Failed,
    /// Taken back before it left.
    Cancelled,
}

impl Delivery {
    /// The word of texts and classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Delivery::Queued => "queued",
            Delivery::Sent => "sent",
            Delivery::Delivered => "delivered",
            Delivery::Read => "read",
            Delivery::Failed => "failed",
            Delivery::Cancelled => "cancelled",
        }
    }
    fn icon(self) -> Icon {
        match self {
            Delivery::Queued => icon("clock"),
            Delivery::Sent => icon("check"),
            Delivery::Delivered | Delivery::Read => icon("check-check"),
            Delivery::Failed => icon("circle-alert"),
            Delivery::Cancelled => icon("undo-2"),
        }
    }
}

/// An address with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Address.
    pub href: String,
    /// Words.
    pub text: String,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Address.
    pub href: String,
    /// Its name and size.
    pub text: String,
    /// Whether it can be shown as a picture.
    pub is_picture: bool,
}

impl FileLink {
    /// A file at an address.
    pub fn new(href: String, file: &conversations::Attachment, locale: Locale) -> Self {
        let is_picture = ["image/jpeg", "image/png", "image/gif", "image/webp"].contains(&file.content_type.as_str());
        FileLink { href, text: format!("{} · {}", file.file_name, size(file.size_bytes, locale)), is_picture }
    }
}

/// A number of bytes, for people.
pub fn size(bytes: i64, locale: Locale) -> String {
    let point = if locale == Locale::Es { ',' } else { '.' };
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}{point}{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Name of who wrote it.
    pub author: String,
    /// Which side that is.
    pub side: Side,
    /// Its subject line; empty for none.
    pub subject: String,
    /// Its text, shown as typed, with its line breaks.
    pub text: String,
    /// Code and name of its language, where that is not the reader's.
    pub language: Option<(String, String)>,
    /// Address of the same words as their sender laid them out, shown in a closed frame; empty for none.
    pub formatted: String,
    /// How many pictures are shown there; empty for none.
    pub pictures: String,
    /// What to beware of in who wrote it; empty for nothing.
    pub warning: String,
    /// What our receiving server found about who wrote it; empty where it was not asked.
    pub checked: String,
    /// Attached files.
    pub attachments: Vec<FileLink>,
    /// Something of the shop that went with it.
    pub card: Option<SentCard>,
    /// How far it has come; only for ours.
    pub delivery: Option<Delivery>,
    /// What the network counts for it, such as `2 SMS`; empty where it counts nothing.
    pub cost: String,
    /// Why it failed, in the reader's words; empty otherwise.
    pub failure: String,
    /// Where a POST tries again; empty for nowhere.
    pub retry: String,
    /// Where a POST takes it back; empty for nowhere.
    pub undo: String,
}

impl Said {
    /// A message with only a text.
    pub fn new(author: impl Into<String>, side: Side, text: impl Into<String>) -> Self {
        Said {
            author: author.into(),
            side,
            subject: String::new(),
            text: text.into(),
            language: None,
            formatted: String::new(),
            pictures: String::new(),
            warning: String::new(),
            checked: String::new(),
            cost: String::new(),
            attachments: Vec::new(),
            card: None,
            delivery: None,
            failure: String::new(),
            retry: String::new(),
            undo: String::new(),
        }
    }
    fn class(&self) -> &'static str {
        match (self.delivery, self.side) {
            (Some(Delivery::Failed), _) => "message ours failed",
            (Some(Delivery::Cancelled), _) => "message ours cancelled",
            (_, Side::Theirs) => "message theirs",
            (_, Side::Ours) => "message ours",
            (_, Side::Note) => "message note",
            (_, Side::Mine) => "message mine",
        }
    }
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Something said.
    Said(Box<Said>),
    /// Something that happened: one line, perhaps with a link and a second, fainter line.
    Happened {
        /// The icon in the knot.
        icon: Icon,
        /// In the reader's words: "Order placed".
        text: String,
        /// To the thing itself: "#1042".
        link: Option<Link>,
        /// More about it; empty for nothing.
        detail: String,
    },
    /// A new day begins.
    Day(String),
}

/// One knot of the thread.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/timeline_entry.html")]
pub struct Entry {
    id: String,
    channel: &'static str,
    knot: Icon,
    via: Badge,
    time: Moment,
    what: What,
    words: Words,
    is_quiet: bool,
}
impl HtmlSafe for Entry {}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    channel: String,
    note: String,
    delivery: String,
    retry: String,
    undo: String,
    formatted: String,
    csrf: String,
}

impl Entry {
    /// An entry: `id` is unique on the page (its element is `entry-{id}`).
    pub fn new(page: &Page, id: impl std::fmt::Display, channel: Channel, at: Timestamp, what: What) -> Self {
        let delivery = match &what {
            What::Said(said) => said.delivery.map_or_else(String::new, |delivery| page.t(&format!("delivery-{}", delivery.as_str()))),
            _ => String::new(),
        };
        let knot = match &what {
            What::Happened { icon, .. } => *icon,
            What::Said(said) if said.side == Side::Note => icon("sticky-note"),
            _ => channel_icon(channel),
        };
        Entry {
            id: id.to_string(),
            channel: channel.as_str(),
            knot,
            via: Badge::channel(page, channel),
            time: Moment::when(at, page.now, page.locale),
            what,
            words: Words {
                channel: page.t(&format!("channel-{}", channel.as_str())),
                note: page.t("timeline-note"),
                delivery,
                retry: page.t("retry"),
                undo: page.t("undo"),
                formatted: page.t("timeline-formatted"),
                csrf: page.csrf.clone(),
            },
            is_quiet: false,
        }
    }
    /// A smaller knot, for what is good to know but no step of the story.
    pub fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }
    /// The mark of a new day.
    pub fn day(page: &Page, at: Timestamp) -> Self {
        let text = format::day(at, page.now, page.locale);
        Entry::new(page, format!("day-{}", at.as_micros()), Channel::System, at, What::Day(text))
    }
}
