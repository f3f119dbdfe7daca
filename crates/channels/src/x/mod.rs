//! X: direct messages and mentions. The provider's documents, their dates and the settings needed are in README.md.

mod accepted;
mod oauth;
mod parse;
mod render;
mod verify;

use crate::{
    Answer, CannotSend, Channel, ChannelAccount, Fetch, FileWay, HttpRequest, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError,
    WireReply, WireRequest,
};
use conversations::{Capabilities, FileRule, InboundEvent, Media, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;

pub use verify::{SIGNATURE_HEADER, signature};

/// Pictures of direct messages. Films are worked on after they were brought, and a message that names one too early is refused: they do not go.
const FILES: &[FileRule] =
    &[FileRule { kind: MediaKind::Image, types: &["image/jpeg", "image/png", "image/webp"], most_bytes: 5 * MEGABYTE }];

/// An account on X.
#[derive(Debug, Clone, Copy)]
pub struct X;

impl Channel for X {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(10_000),
            caption_limit: Some(10_000),
            choice_text_limit: 10_000,
            subject: false,
            buttons: 0,
            list_rows: 0,
            files: FILES,
            captions: &[MediaKind::Image],
            media_per_message: 1,
            reply_window_hours: None,
            templates: false,
            quotes: false,
            delivered_receipts: false,
            read_receipts: true,
        }
    }

    fn handshake(&self, account: &ChannelAccount, raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
        verify::handshake(account, raw)
    }

    fn connect(&self, account: &ChannelAccount, webhook: &str, at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
        Some(render::connect(account, webhook, at))
    }

    fn connect_next(&self, account: &ChannelAccount, reply: &WireReply, at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
        render::subscribe(account, reply, at)
    }

    fn fetch(&self, account: &ChannelAccount, source: &MediaSource, at: Timestamp) -> Option<Result<Fetch, CannotSend>> {
        let MediaSource::Link { url } = source else { return None };
        Some(render::download(account, url, at).map(Fetch::Download))
    }

    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        verify::verify(account, raw)
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        parse::parse(raw)
    }

    fn file_way(&self) -> FileWay {
        FileWay::Upload
    }

    fn upload(&self, account: &ChannelAccount, file: &Media, name: (&str, Timestamp)) -> Result<HttpRequest, CannotSend> {
        render::upload(account, file, name)
    }

    fn uploaded(&self, reply: &WireReply) -> Result<String, SendError> {
        accepted::uploaded(reply)
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(account, message, &self.capabilities()).map(WireRequest::Http)
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        accepted::accepted(reply)
    }
}
