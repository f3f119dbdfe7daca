//! What every adapter can do, and the raw shapes that it takes and gives.

use crate::{Auth, ChannelAccount, HttpRequest, NotConfigured, digest};
use bytes::Bytes;
use conversations::{Capabilities, FileProblem, InboundEvent, Media, MediaSource, Outbound};
use kernel::Timestamp;
use serde_json::Value;
use std::time::Duration;

/// A kind of channel: pure conversions between a provider's shapes and ours.
pub trait Channel: Send + Sync {
    /// What the channel can carry.
    fn capabilities(&self) -> Capabilities;

    /// The answer to a provider's question whether this address is really ours; `None` when the request is no such question.
    fn handshake(&self, _account: &ChannelAccount, _raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
        None
    }

    /// Whether the provider really sent this: signature (and age, where signed) over the bytes as received.
    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected>;

    /// The request that tells a provider where to call us; `None` where that is done by hand.
    fn connect(&self, _account: &ChannelAccount, _webhook: &str, _at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
        None
    }

    /// What follows the first answer to [`Channel::connect`], where one call is not enough.
    fn connect_next(&self, _account: &ChannelAccount, _reply: &WireReply, _at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
        None
    }

    /// How a file that came with a message is fetched; `None` when this channel cannot say.
    fn fetch(&self, _account: &ChannelAccount, source: &MediaSource, _at: Timestamp) -> Option<Result<Fetch, CannotSend>> {
        match source {
            MediaSource::Link { url } => Some(Ok(Fetch::Download(HttpRequest::get(url.clone(), Auth::None)))),
            _ => None,
        }
    }

    /// Where the file is, by the answer to a [`Fetch::LookUp`].
    fn found(&self, _account: &ChannelAccount, _body: &[u8]) -> Result<HttpRequest, CannotSend> {
        Err(CannotSend::Unsupported("a file that has to be looked up"))
    }

    /// How a file of ours gets into a message.
    fn file_way(&self) -> FileWay {
        FileWay::Inside
    }

    /// The request that brings a file to the provider before its message; `name` and `at` make it the same request each time.
    fn upload(&self, _account: &ChannelAccount, _file: &Media, (_name, _at): (&str, Timestamp)) -> Result<HttpRequest, CannotSend> {
        Err(CannotSend::Unsupported("a file that is uploaded first"))
    }

    /// The provider's number of a file that was uploaded.
    fn uploaded(&self, _reply: &WireReply) -> Result<String, SendError> {
        Err(SendError::Permanent { code: "channels.unsupported".into(), text: "this channel takes no uploads".into() })
    }

    /// What the provider is told when what it brought is stored; `None` is a bare 200.
    fn acknowledge(&self, _account: &ChannelAccount, _raw: &RawWebhook) -> Option<Answer> {
        None
    }

    /// A name for what came that is the same when the provider brings it again: under it the raw body is stored once.
    fn delivery_key(&self, raw: &RawWebhook) -> String {
        raw.fingerprint()
    }

    /// What a verified payload says. Never fails: what cannot be read is [`InboundEvent::Unknown`].
    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent>;

    /// What only the account's settings tell of what came: which of our addresses it was for, whose word about its sender is believed.
    fn settle(&self, _account: &ChannelAccount, _events: &mut [InboundEvent]) {}

    /// The request that sends `message`. One message makes one request: see [`crate::divide`] for what is too long or too much.
    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend>;

    /// The provider's name for a message that it took, or what to do about one that it did not.
    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError>;
}

/// How a file of ours gets into a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileWay {
    /// Its bytes are part of the message.
    Inside,
    /// The message says where it can be fetched.
    Link,
    /// It is uploaded first, and the message names it by the provider's number.
    Upload,
}

/// The way to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// Ask first where it is; [`Channel::found`] reads the answer.
    LookUp(HttpRequest),
    /// It is here.
    Download(HttpRequest),
}

/// What a provider is answered, where a bare 200 is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its media type.
    pub content_type: &'static str,
    /// What it says.
    pub body: String,
}

impl Answer {
    /// Plain text.
    pub fn text(body: impl Into<String>) -> Self {
        Self { content_type: "text/plain; charset=utf-8", body: body.into() }
    }

    /// JSON.
    pub fn json(body: &Value) -> Self {
        Self { content_type: "application/json", body: body.to_string() }
    }
}

/// The provider's name for a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProviderMessageId(pub String);

/// A request from a provider, as received: nothing decoded, nothing lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawWebhook {
    /// Whole addresses under which it may have been called, likeliest first: for providers that sign the address. Empty once stored.
    pub urls: Vec<String>,
    /// Query parameters, percent-decoded, in order.
    pub query: Vec<(String, String)>,
    /// Headers; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Bytes,
    /// When it reached us.
    pub received_at: Timestamp,
}

impl RawWebhook {
    /// A request with only a body.
    pub fn of(body: impl Into<Bytes>, received_at: Timestamp) -> Self {
        Self { urls: Vec::new(), query: Vec::new(), headers: Vec::new(), body: body.into(), received_at }
    }

    /// With one header more.
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Called under this address, whose query it then carries.
    pub fn called_at(mut self, url: &str) -> Self {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        self.query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        self.urls.push(url.to_owned());
        self
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first query parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(parameter, _)| parameter == name).map(|(_, value)| value.as_str())
    }

    /// A name for the body that is the same when a provider sends the same bytes again: the key under which the raw body is stored once.
    pub fn fingerprint(&self) -> String {
        digest::sha256_hex(&self.body)
    }
}

/// A request to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireRequest {
    /// A call over HTTP.
    Http(HttpRequest),
    /// A mail.
    Mail(MailRequest),
    /// An event for a browser or app that is connected to us.
    Push {
        /// Which device.
        device: String,
        /// Our name for the message, which a device shows once.
        id: String,
        /// The event.
        event: Value,
    },
    /// A call to a place that somebody's device named: only public ones are called.
    Open {
        /// Our name for the message.
        id: String,
        /// The call.
        request: HttpRequest,
        /// Hosts with port, separated by spaces, that the account allows though they are in a private network.
        allowed: String,
    },
}

/// A mail, ready to hand to a server.
#[derive(Clone, PartialEq, Eq)]
pub struct MailRequest {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipient.
    pub to: String,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// The message as it goes over the wire (RFC 5322).
    pub raw: Vec<u8>,
}

impl std::fmt::Debug for MailRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "MailRequest {{ from: {}, to: {}, message_id: {}, {} bytes }}", self.from, self.to, self.message_id, self.raw.len())
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireReply {
    /// An answer over HTTP.
    Http {
        /// Its status.
        status: u16,
        /// The wait the provider asked for (`Retry-After`).
        retry_after: Option<Duration>,
        /// Its body.
        body: Bytes,
    },
    /// A mail server's answer; also ours for a pushed event.
    Mail {
        /// Reply code (RFC 5321, 4.2): 250 taken, 4xx try again, 5xx never.
        code: u16,
        /// What the server said.
        text: String,
        /// The Message-ID of the mail, without angle brackets.
        message_id: String,
    },
    /// A pushed event is in the device's queue.
    Pushed {
        /// The message's id.
        id: String,
    },
    /// Nobody was there: the message has not gone out.
    Unreachable {
        /// What the network said.
        detail: String,
    },
    /// It was handed over, and no answer came, or not in time, or Hilo stopped meanwhile: the message may or may not have gone out.
    Unanswered {
        /// What the network said.
        detail: String,
    },
}

impl WireReply {
    /// Status, wait asked for and body of an answer over HTTP. A message that may have gone out is not sent again: a channel that can
    /// tell by itself (a dedupe key, or our own name in its receipts) looks at [`WireReply::Unanswered`] first.
    pub fn http(&self) -> Result<(u16, Option<Duration>, &Bytes), SendError> {
        match self {
            Self::Http { status, retry_after, body } => Ok((*status, *retry_after, body)),
            Self::Unreachable { detail } => Err(SendError::Retry { after: Duration::from_secs(5), text: detail.clone() }),
            Self::Unanswered { detail } => Err(SendError::Permanent { code: "unanswered".into(), text: detail.clone() }),
            Self::Mail { .. } | Self::Pushed { .. } => {
                Err(SendError::Permanent { code: "wrong_carrier".into(), text: "the answer came from another channel".into() })
            }
        }
    }
}

/// Why a webhook is not believed. None of these says more to the sender than "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// It carries no signature, or one of another form.
    #[error("the webhook carries no readable signature")]
    Unsigned,
    /// The signature does not belong to these bytes.
    #[error("the webhook's signature does not match its body")]
    BadSignature,
    /// The agreed word is not the agreed word.
    #[error("the verify token does not match")]
    BadToken,
    /// We hold no secret to check with.
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
}

/// Why a message cannot go out on this channel as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotSend {
    /// Free text only goes within some hours of the customer's last message; an approved text may go.
    #[error("the customer has not written within the last {hours} hours, so only an approved text may be sent")]
    WindowClosed {
        /// Length of the window.
        hours: u32,
    },
    /// There is nothing in it.
    #[error("the message is empty")]
    Empty,
    /// A text is too long.
    #[error("{field} has {length} characters and may have {limit}")]
    TooLong {
        /// Which text.
        field: &'static str,
        /// Its characters.
        length: usize,
        /// The most there may be.
        limit: usize,
    },
    /// There are too many of something.
    #[error("{count} {what}, where {limit} are allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// The most there may be.
        limit: usize,
    },
    /// The choices cannot be told apart.
    #[error("two choices have the same {0}")]
    SameChoice(&'static str),
    /// The channel has no such thing.
    #[error("this channel cannot carry {0}")]
    Unsupported(&'static str),
    /// A file cannot go by this channel.
    #[error("a file cannot go: {0}")]
    File(#[from] FileProblem),
    /// The address is none of this channel's.
    #[error("`{0}` is no address on this channel")]
    BadAddress(String),
    /// The account is incomplete.
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
}

impl CannotSend {
    /// A stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WindowClosed { .. } => "channels.window_closed",
            Self::Empty => "channels.empty",
            Self::TooLong { .. } => "channels.too_long",
            Self::TooMany { .. } => "channels.too_many",
            Self::SameChoice(_) => "channels.same_choice",
            Self::Unsupported(_) => "channels.unsupported",
            Self::File(_) => "channels.file_refused",
            Self::BadAddress(_) => "channels.bad_address",
            Self::NotConfigured(_) => "channels.not_configured",
        }
    }
}

/// The code of a refusal that is the customer's own: the address is not offered again.
pub(crate) const OPTED_OUT: &str = "opted_out";

/// What to do about a message that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Try again.
    #[error("not taken now, to be tried again after {after:?}: {text}")]
    Retry {
        /// No earlier than this from now.
        after: Duration,
        /// The provider's words.
        text: String,
    },
    /// Trying again cannot help.
    #[error("not taken ({code}): {text}")]
    Permanent {
        /// A stable word where we know it (`window_closed`), else the provider's code.
        code: String,
        /// The provider's words.
        text: String,
    },
    /// The account's permission has ended: somebody must renew it, and nothing goes out until then.
    #[error("the channel account must be authorised again: {text}")]
    Reauthorise {
        /// The provider's words.
        text: String,
    },
}
