//! Web chat: our own widget, through the same door as every provider.
//!
//! The widget posts `{"type": "message", "visitor": V, "id": I, "text": T}` (also `choice` and `read`) with a token that only we could have
//! given to visitor V. What we send goes back as one JSON event. Secret of the account: `visitor_key`.

mod parse;
mod render;

use crate::{
    CannotSend, Channel, ChannelAccount, FileWay, LARGEST_FILE, NotConfigured, ProviderMessageId, RawWebhook, Rejected, SendError,
    WireReply, WireRequest, digest,
};
use conversations::{Capabilities, FileRule, InboundEvent, MediaKind, Outbound};
use std::time::Duration;

/// The header that carries a visitor's token.
pub const TOKEN_HEADER: &str = "X-Hilo-Visitor";

/// Anything: what a browser does not show it saves.
const FILES: &[FileRule] = &[FileRule { kind: MediaKind::Document, types: &[], most_bytes: LARGEST_FILE as i64 }];
const CAPTIONED: &[MediaKind] = &[MediaKind::Image, MediaKind::Video, MediaKind::Audio, MediaKind::Document];

/// The token of a visitor: proof that their number is theirs, made from the account's `visitor_key`.
pub fn visitor_token(account: &ChannelAccount, visitor: &str) -> Result<String, NotConfigured> {
    let key = account.secret("visitor_key")?;
    Ok(digest::hmac_hex(key.expose().as_bytes(), format!("{}:{visitor}", account.id).as_bytes()))
}

/// Web chat.
#[derive(Debug, Clone, Copy)]
pub struct Webchat;

impl Channel for Webchat {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(10_000),
            caption_limit: Some(10_000),
            choice_text_limit: 10_000,
            subject: false,
            buttons: 10,
            list_rows: 50,
            files: FILES,
            captions: CAPTIONED,
            media_per_message: 10,
            reply_window_hours: None,
            templates: false,
            quotes: true,
            delivered_receipts: false,
            read_receipts: true,
        }
    }

    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        let given = raw.header(TOKEN_HEADER).ok_or(Rejected::Unsigned)?;
        let visitor = parse::visitor(raw).ok_or(Rejected::Unsigned)?;
        if digest::same(given, &visitor_token(account, &visitor)?) { Ok(()) } else { Err(Rejected::BadSignature) }
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        vec![parse::parse(raw)]
    }

    fn file_way(&self) -> FileWay {
        FileWay::Link
    }

    fn render(&self, _account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(message, &self.capabilities())
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        match reply {
            WireReply::Pushed { id } => Ok(ProviderMessageId(id.clone())),
            // One message has one place in the queue of a device, however often it is put there.
            WireReply::Unreachable { detail } | WireReply::Unanswered { detail } => {
                Err(SendError::Retry { after: Duration::from_secs(5), text: detail.clone() })
            }
            WireReply::Http { .. } | WireReply::Mail { .. } => {
                Err(SendError::Permanent { code: "wrong_carrier".into(), text: "the answer came from another channel".into() })
            }
        }
    }
}
