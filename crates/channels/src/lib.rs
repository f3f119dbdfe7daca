//! Channels: the doors to the outside, thin and pure.
//!
//! A provider's folder verifies a webhook, parses it into [`conversations::InboundEvent`]s and renders an
//! [`conversations::Outbound`] into a provider's request. It holds no rule and does no input or output. What is the same for all
//! (the reply window, splitting, signatures, words that mean "stop") is written once, beside the folders. Carrying requests over
//! the network ([`carry`], [`MailTransport`]) and the simulators stand apart from both.

mod account;
mod carry;
mod channel;
mod clean;
mod digest;
mod divide;
pub mod email;
mod files;
mod guard;
mod json;
pub mod meta;
pub mod push;
mod registry;
mod request;
pub mod runtime;
mod secret;
mod served;
pub mod simulators;
mod sniff;
pub mod telegram;
pub mod twilio;
pub mod webchat;
pub mod whatsapp;
mod window;
pub mod x;

pub use account::{ChannelAccount, NotConfigured};
pub use carry::{Carrier, PushHandler, http_client};
pub use channel::{
    Answer, CannotSend, Channel, Fetch, FileWay, MailRequest, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply, WireRequest,
};
pub use divide::divide;
pub use email::{MailCursor, MailFault, MailTransport, ReceivedMail};
pub(crate) use files::MEGABYTE;
pub use files::{LARGEST_FILE, NotTaken, file_problems, read_file};
pub use registry::{KINDS, adapter};
pub use request::{Auth, Body, FormPart, HttpRequest};
pub use secret::Secret;
pub use served::file_headers;
pub use window::{ReplyWindow, WindowState};

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("channels", ["0001_channels"]);
