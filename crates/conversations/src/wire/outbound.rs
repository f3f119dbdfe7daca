//! What goes out, before a channel gives it form.

use super::{Address, Media, MediaKind};
use kernel::{Locale, Timestamp};
use serde::{Deserialize, Serialize};

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
    /// Where one POST stops messages of this kind, for channels that can say so (RFC 8058).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
    /// To which of our addresses they last wrote: the answer leaves from there, where it is still ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Who signs it, for channels with a signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
}

/// Who signs a message that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The colleague's name, as customers read it.
    pub by: String,
    /// The customer's language, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Locale>,
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
            unsubscribe: None,
            from: None,
            signed: None,
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

/// One sort of file that a channel carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FileRule {
    /// Which sort.
    pub kind: MediaKind,
    /// Media types; empty when any.
    pub types: &'static [&'static str],
    /// Largest, in bytes.
    pub most_bytes: i64,
}

/// Why a file cannot go by a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// No such file at all.
    #[error("this channel carries no such file")]
    Kind,
    /// Only files of other media types.
    #[error("this channel carries {}", .0.join(", "))]
    Type(&'static [&'static str]),
    /// It is too large.
    #[error("this channel carries files of up to {0} bytes")]
    TooLarge(i64),
}

impl Capabilities {
    /// As what a file goes by this channel: as what it is, else as a mere document; or why it does not.
    pub fn carries(&self, kind: MediaKind, content_type: &str, size_bytes: i64) -> Result<MediaKind, FileProblem> {
        let by = |kind: MediaKind| {
            let rule = self.files.iter().find(|rule| rule.kind == kind).ok_or(FileProblem::Kind)?;
            match () {
                () if !rule.types.is_empty() && !rule.types.contains(&content_type) => Err(FileProblem::Type(rule.types)),
                () if size_bytes > rule.most_bytes => Err(FileProblem::TooLarge(rule.most_bytes)),
                () => Ok(kind),
            }
        };
        by(kind).or_else(|why| by(MediaKind::Document).map_err(|as_document| if why == FileProblem::Kind { as_document } else { why }))
    }
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
    pub files: &'static [FileRule],
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
