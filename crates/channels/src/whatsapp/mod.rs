//! WhatsApp through Meta's Cloud API. The provider's documents, their dates and the settings needed are in README.md.

mod codes;
mod parse;
mod render;
mod templates;

use crate::{
    Answer, CannotSend, Channel, ChannelAccount, Fetch, FileWay, HttpRequest, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError,
    WireReply, WireRequest, meta,
};
use conversations::{Capabilities, FileRule, InboundEvent, Media, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;

pub use crate::meta::{SIGNATURE_HEADER, signature};
pub use templates::{hand_in, handed_in, list_request, listed};

/// What goes as a document.
const DOCUMENTS: &[&str] = &[
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];

/// "Supported media types" of the Cloud API.
const FILES: &[FileRule] = &[
    FileRule { kind: MediaKind::Image, types: &["image/jpeg", "image/png"], most_bytes: 5 * MEGABYTE },
    FileRule {
        kind: MediaKind::Audio,
        types: &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        most_bytes: 16 * MEGABYTE,
    },
    FileRule { kind: MediaKind::Video, types: &["video/mp4", "video/3gpp"], most_bytes: 16 * MEGABYTE },
    FileRule { kind: MediaKind::Document, types: DOCUMENTS, most_bytes: 100 * MEGABYTE },
    FileRule { kind: MediaKind::Sticker, types: &["image/webp"], most_bytes: 100_000 },
];

/// WhatsApp Cloud API.
#[derive(Debug, Clone, Copy)]
pub struct Whatsapp;

impl Channel for Whatsapp {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(4096),
            caption_limit: Some(1024),
            choice_text_limit: 1024,
            subject: false,
            buttons: 3,
            list_rows: 10,
            files: FILES,
            captions: &[MediaKind::Image, MediaKind::Video, MediaKind::Document],
            media_per_message: 1,
            reply_window_hours: Some(24),
            templates: true,
            quotes: true,
            delivered_receipts: true,
            read_receipts: true,
        }
    }

    fn handshake(&self, account: &ChannelAccount, raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
        meta::handshake(account, raw)
    }

    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        meta::verify(account, raw)
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        parse::parse(raw)
    }

    fn fetch(&self, account: &ChannelAccount, source: &MediaSource, _at: Timestamp) -> Option<Result<Fetch, CannotSend>> {
        let MediaSource::Provider { id, .. } = source else { return None };
        Some(render::look_up(account, id).map(Fetch::LookUp))
    }

    fn found(&self, account: &ChannelAccount, body: &[u8]) -> Result<HttpRequest, CannotSend> {
        render::found(account, body)
    }

    fn file_way(&self) -> FileWay {
        FileWay::Upload
    }

    fn upload(&self, account: &ChannelAccount, file: &Media, _: (&str, Timestamp)) -> Result<HttpRequest, CannotSend> {
        render::upload(account, file)
    }

    fn uploaded(&self, reply: &WireReply) -> Result<String, SendError> {
        codes::uploaded(reply)
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(account, message, &self.capabilities())
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        codes::accepted(reply)
    }
}
