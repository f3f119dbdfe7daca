//! Mail: RFC 5322 and MIME in and out, SMTP and IMAP at the edge. Documents and settings are in README.md.

mod authentic;
mod automatic;
mod bounce;
mod complaint;
mod imap;
mod ours;
mod parse;
mod pictures;
mod quoted;
mod render;
mod reply;
mod safe_html;
mod server;
mod signature;
mod smtp;
mod transport;

use crate::{CannotSend, Channel, ChannelAccount, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply, WireRequest};
use conversations::{Capabilities, FileRule, InboundEvent, MediaKind, Outbound};

pub use pictures::{inside, with_pictures};
pub use safe_html::make_safe;
pub use server::ServerMail;
pub use signature::signature;
pub use transport::{MailCursor, MailFault, MailTransport, ReceivedMail};

/// Anything; most servers take 25 MB of text, which is what 18 become.
const FILES: &[FileRule] = &[FileRule { kind: MediaKind::Document, types: &[], most_bytes: 18 * MEGABYTE }];
const CAPTIONED: &[MediaKind] = &[MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document, MediaKind::Sticker];

/// Mail.
#[derive(Debug, Clone, Copy)]
pub struct Email;

impl Channel for Email {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: None,
            caption_limit: None,
            choice_text_limit: 0,
            subject: true,
            buttons: 0,
            list_rows: 0,
            files: FILES,
            captions: CAPTIONED,
            media_per_message: 20,
            reply_window_hours: None,
            templates: false,
            quotes: true,
            delivered_receipts: false,
            read_receipts: false,
        }
    }

    /// Mail comes from our own mailbox, to which we signed in: there is nothing more to check.
    fn verify(&self, _account: &ChannelAccount, _raw: &RawWebhook) -> Result<(), Rejected> {
        Ok(())
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        parse::parse(raw)
    }

    fn settle(&self, account: &ChannelAccount, events: &mut [InboundEvent]) {
        for event in events {
            let InboundEvent::Message(message) = event else { continue };
            message.sender_check = account.optional("authserv_id").and_then(|server| authentic::check(&message.headers, server));
            ours::settle(account, message);
        }
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render::render(account, message)
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        reply::accepted(reply)
    }
}
