//! Text messages and calls by Twilio. The provider's documents, their dates and the settings needed are in README.md.

mod codes;
mod form;
mod order;
mod parse;
mod render;
mod segments;
mod twiml;
mod verify;
mod voice;

use crate::{
    CannotSend, Channel, ChannelAccount, Fetch, FileWay, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply,
    WireRequest,
};
use conversations::{Capabilities, FileRule, InboundEvent, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;
use std::time::Duration;

pub(crate) use codes::accepted;
pub(crate) use order::request as call_request;
pub use segments::{Encoding, Segments, segments};
pub(crate) use twiml::render as twiml;
pub(crate) use verify::verify;
pub use verify::{SIGNATURE_HEADER, signature};
pub(crate) use voice::CALL;
pub use voice::parse as line_event;

/// The parameter of a status callback in which our own name for the message comes back.
const OURS: &str = "message";
/// Longest text that Twilio takes (error 21617 beyond).
const LONGEST: usize = 1600;
const CAPTIONED: &[MediaKind] = &[MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document];
/// Five megabytes for a whole message; what a network does not carry goes as an address.
const FILES: &[FileRule] = &[
    FileRule { kind: MediaKind::Image, types: &["image/jpeg", "image/png", "image/gif"], most_bytes: 5 * MEGABYTE },
    FileRule { kind: MediaKind::Document, types: &[], most_bytes: 5 * MEGABYTE },
];

/// Text messages.
#[derive(Debug, Clone, Copy)]
pub struct Sms;

impl Channel for Sms {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(LONGEST),
            caption_limit: Some(LONGEST),
            choice_text_limit: LONGEST,
            subject: false,
            buttons: 0,
            list_rows: 0,
            files: FILES,
            captions: CAPTIONED,
            media_per_message: 1,
            reply_window_hours: None,
            templates: false,
            quotes: false,
            delivered_receipts: true,
            read_receipts: false,
        }
    }

    fn fetch(&self, account: &ChannelAccount, source: &MediaSource, _at: Timestamp) -> Option<Result<Fetch, CannotSend>> {
        let MediaSource::Link { url } = source else { return None };
        Some(render::download(account, url).map(Fetch::Download))
    }

    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        verify(account, raw)
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        parse::parse(raw)
    }

    fn file_way(&self) -> FileWay {
        FileWay::Link
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(account, message, &self.capabilities())
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        if let WireReply::Unanswered { detail } = reply {
            // If it went out, a state that repeats our own name settles it before this.
            return Err(SendError::Retry { after: Duration::from_secs(60), text: detail.clone() });
        }
        accepted(reply)
    }
}
