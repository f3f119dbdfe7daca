//! Instagram direct messages and comments. The provider's documents, their dates and the settings needed are in README.md.

use crate::meta::{self, Network};
use crate::{Answer, CannotSend, Channel, ChannelAccount, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply, WireRequest};
use conversations::{Capabilities, InboundEvent, MediaKind, Outbound};

const NETWORK: Network = Network { text_bytes: 1000, metadata: false, uploads: false };

/// An Instagram account of a business.
#[derive(Debug, Clone, Copy)]
pub struct Instagram;

impl Channel for Instagram {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            // 1,000 bytes: half as many letters leave room for accents.
            text_limit: Some(500),
            caption_limit: Some(500),
            choice_text_limit: 500,
            subject: false,
            buttons: 13,
            list_rows: 13,
            media: &[MediaKind::Image, MediaKind::Audio, MediaKind::Video],
            captions: &[],
            media_per_message: 1,
            // 24 hours for anybody; a person may answer for 7 days under the tag HUMAN_AGENT.
            reply_window_hours: Some(7 * 24),
            templates: false,
            quotes: false,
            delivered_receipts: false,
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
