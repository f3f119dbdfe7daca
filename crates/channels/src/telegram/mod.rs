//! Telegram through the Bot API. The provider's document, its date and the settings needed are in README.md.

mod accepted;
mod parse;
mod render;

use crate::{
    Answer, CannotSend, Channel, ChannelAccount, Fetch, HttpRequest, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError,
    WireReply, WireRequest, digest,
};
use conversations::{Capabilities, FileRule, InboundEvent, MediaKind, MediaSource, Outbound};
use kernel::Timestamp;

/// The header that carries the word agreed by `setWebhook`.
pub const TOKEN_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// "Sending files" of the Bot API: pictures up to 10 MB, everything else up to 50.
const FILES: &[FileRule] = &[
    FileRule { kind: MediaKind::Image, types: &["image/jpeg", "image/png", "image/webp"], most_bytes: 10 * MEGABYTE },
    FileRule { kind: MediaKind::Audio, types: &["audio/mpeg", "audio/mp4"], most_bytes: 50 * MEGABYTE },
    FileRule { kind: MediaKind::Video, types: &["video/mp4"], most_bytes: 50 * MEGABYTE },
    FileRule { kind: MediaKind::Document, types: &[], most_bytes: 50 * MEGABYTE },
    FileRule { kind: MediaKind::Sticker, types: &["image/webp", "video/webm"], most_bytes: 512_000 },
];

/// Telegram, as a bot.
#[derive(Debug, Clone, Copy)]
pub struct Telegram;

impl Channel for Telegram {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(4096),
            caption_limit: Some(1024),
            choice_text_limit: 4096,
            subject: false,
            buttons: 8,
            list_rows: 30,
            files: FILES,
            captions: &[MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document],
            media_per_message: 1,
            reply_window_hours: None,
            templates: false,
            quotes: true,
            delivered_receipts: false,
            read_receipts: false,
        }
    }

    fn connect(&self, account: &ChannelAccount, webhook: &str, _at: Timestamp) -> Option<Result<HttpRequest, CannotSend>> {
        Some(render::connect(account, webhook))
    }

    /// The header is a shared word, not a signature: it says who speaks, and TLS says that nobody changed what was said.
    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        let agreed = account.secret("secret_token")?;
        let given = raw.header(TOKEN_HEADER).ok_or(Rejected::Unsigned)?;
        if digest::same(given, agreed.expose()) { Ok(()) } else { Err(Rejected::BadToken) }
    }

    /// A pressed button turns until it is answered; the answer may ride on the webhook's own.
    fn acknowledge(&self, _account: &ChannelAccount, raw: &RawWebhook) -> Option<Answer> {
        parse::pressed(raw).map(|id| Answer::json(&serde_json::json!({ "method": "answerCallbackQuery", "callback_query_id": id })))
    }

    fn delivery_key(&self, raw: &RawWebhook) -> String {
        parse::update_id(raw).map_or_else(|| raw.fingerprint(), |id| format!("update:{id}"))
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

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(account, message, &self.capabilities()).map(WireRequest::Http)
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        accepted::accepted(reply)
    }
}
