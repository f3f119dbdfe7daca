//! Messenger and Instagram: one adapter, and what each network can carry.

use super::render::{Network, render};
use super::{accepted, social, verify};
use crate::{
    Answer, CannotSend, Channel, ChannelAccount, FileWay, MEGABYTE, ProviderMessageId, RawWebhook, Rejected, SendError, WireReply,
    WireRequest,
};
use conversations::{Capabilities, FileRule, InboundEvent, MediaKind, Outbound};

const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/gif"];

/// A Facebook page on Messenger.
pub const MESSENGER: Social = Social {
    capabilities: Capabilities {
        text_limit: Some(2000),
        caption_limit: Some(2000),
        choice_text_limit: 2000,
        files: &[
            FileRule { kind: MediaKind::Image, types: PICTURES, most_bytes: 8 * MEGABYTE },
            FileRule { kind: MediaKind::Audio, types: &[], most_bytes: 25 * MEGABYTE },
            FileRule { kind: MediaKind::Video, types: &[], most_bytes: 25 * MEGABYTE },
            FileRule { kind: MediaKind::Document, types: &[], most_bytes: 25 * MEGABYTE },
        ],
        delivered_receipts: true,
        ..SHARED
    },
    network: Network { text_bytes: 8000, metadata: true, uploads: true },
};

/// An Instagram account of a business.
pub const INSTAGRAM: Social = Social {
    capabilities: Capabilities {
        // 1,000 bytes: half as many letters leave room for accents.
        text_limit: Some(500),
        caption_limit: Some(500),
        choice_text_limit: 500,
        files: &[
            FileRule { kind: MediaKind::Image, types: PICTURES, most_bytes: 8 * MEGABYTE },
            FileRule { kind: MediaKind::Audio, types: &["audio/aac", "audio/mp4", "audio/wav"], most_bytes: 25 * MEGABYTE },
            FileRule { kind: MediaKind::Video, types: &["video/mp4", "video/webm"], most_bytes: 25 * MEGABYTE },
        ],
        ..SHARED
    },
    network: Network { text_bytes: 1000, metadata: false, uploads: false },
};

/// What holds on both.
const SHARED: Capabilities = Capabilities {
    text_limit: None,
    caption_limit: None,
    choice_text_limit: 0,
    subject: false,
    buttons: 13,
    list_rows: 13,
    files: &[],
    captions: &[],
    media_per_message: 1,
    // 24 hours for anybody; a person may answer for 7 days under the tag HUMAN_AGENT.
    reply_window_hours: Some(7 * 24),
    templates: false,
    quotes: false,
    delivered_receipts: false,
    read_receipts: true,
};

/// One of Meta's two networks of direct messages.
#[derive(Debug, Clone, Copy)]
pub struct Social {
    capabilities: Capabilities,
    network: Network,
}

impl Channel for Social {
    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    fn handshake(&self, account: &ChannelAccount, raw: &RawWebhook) -> Option<Result<Answer, Rejected>> {
        verify::handshake(account, raw)
    }

    fn verify(&self, account: &ChannelAccount, raw: &RawWebhook) -> Result<(), Rejected> {
        verify::verify(account, raw)
    }

    fn file_way(&self) -> FileWay {
        if self.network.uploads { FileWay::Inside } else { FileWay::Link }
    }

    fn parse(&self, raw: &RawWebhook) -> Vec<InboundEvent> {
        social::parse(raw)
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        render(account, message, &self.capabilities, &self.network).map(WireRequest::Http)
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        accepted::accepted(reply, self.network.metadata)
    }
}
