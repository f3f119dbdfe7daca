//! Facebook Messenger. The provider's documents, their dates and the settings needed are in README.md.

use crate::meta::{self, Network};
use crate::{Answer, CannotSend, Channel, ChannelAccount, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply, WireRequest};
use conversations::{Capabilities, InboundEvent, MediaKind, Outbound};

const NETWORK: Network = Network { text_bytes: 8000, metadata: true, uploads: true };

/// A Facebook page on Messenger.
#[derive(Debug, Clone, Copy)]
pub struct Messenger;

impl Channel for Messenger {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(2000),
            caption_limit: Some(2000),
            choice_text_limit: 2000,
            subject: false,
            buttons: 13,
            list_rows: 13,
            media: &[MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document],
            captions: &[],
            media_per_message: 1,
            // 24 hours for anybody; a person may answer for 7 days under the tag HUMAN_AGENT.
            reply_window_hours: Some(7 * 24),
            templates: false,
            quotes: false,
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
        meta::parse(raw)
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        meta::render(account, message, &self.capabilities(), &NETWORK).map(WireRequest::Http)
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        meta::accepted(reply, NETWORK.metadata)
    }
}
