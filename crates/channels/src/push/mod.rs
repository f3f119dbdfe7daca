//! Web Push: a notice on a customer's own browser or phone, also when no page of ours is open. The standards and the settings are in README.md.

mod seal;
mod subscription;
mod vapid;

pub use subscription::{BadSubscription, Subscription};
pub use vapid::{new_key, public_key};
pub(crate) use {seal::open, vapid::is_ours};

use crate::channel::OPTED_OUT;
use crate::json::unknown;
use crate::{Auth, Body, CannotSend, Channel, ChannelAccount, HttpRequest, ProviderMessageId, RawWebhook, Rejected, Secret};
use crate::{SendError, WireReply, WireRequest, digest};

use conversations::{Capabilities, InboundEvent, Outbound};
use serde_json::json;
use std::time::Duration;

/// Longest words of one notice, so that it fits into the one record of 4,096 bytes that every push service must take (RFC 8291, 4).
const LONGEST: usize = 900;
/// What fits into that record beside its header, its padding delimiter and its tag.
const ROOM: usize = 4096 - 86 - 17;
/// How long a push service keeps a notice for a device that is off, in seconds.
const KEPT: &str = "86400";
/// Letters of a topic (RFC 8030, 5.4).
const TOPIC: usize = 32;
/// When to try again where the push service does not say.
const LATER: Duration = Duration::from_secs(30);

/// Web Push.
#[derive(Debug, Clone, Copy)]
pub struct Push;

impl Channel for Push {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            text_limit: Some(LONGEST),
            caption_limit: None,
            choice_text_limit: 0,
            subject: false,
            buttons: 0,
            list_rows: 0,
            files: &[],
            captions: &[],
            media_per_message: 0,
            reply_window_hours: None,
            templates: false,
            quotes: false,
            delivered_receipts: false,
            read_receipts: false,
        }
    }

    /// Push services call nobody.
    fn verify(&self, _account: &ChannelAccount, _raw: &RawWebhook) -> Result<(), Rejected> {
        Err(Rejected::Unsigned)
    }

    fn parse(&self, _raw: &RawWebhook) -> Vec<InboundEvent> {
        vec![unknown("push", None, None)]
    }

    fn render(&self, account: &ChannelAccount, message: &Outbound) -> Result<WireRequest, CannotSend> {
        let text = message.text.as_deref().unwrap_or_default().trim();
        match () {
            () if message.template.is_some() => return Err(CannotSend::Unsupported("approved texts")),
            () if message.choices.is_some() => return Err(CannotSend::Unsupported("buttons")),
            () if !message.media.is_empty() => return Err(CannotSend::Unsupported("files")),
            () if text.is_empty() => return Err(CannotSend::Empty),
            () => {}
        }
        let to: Subscription = message.to.value.parse().map_err(|_| CannotSend::BadAddress(message.to.value.clone()))?;
        let notice = json!({ "title": account.display_name, "body": text, "tag": message.dedupe_key }).to_string();
        if notice.len() > ROOM {
            return Err(CannotSend::TooLong { field: "notice", length: notice.len(), limit: ROOM });
        }
        let key = account.secret("vapid_private_key")?;
        let sealed = seal::seal(&to, notice.as_bytes(), &seal::Secrets::derived(key, &message.dedupe_key, &notice));
        let topic = digest::sha256_hex(message.dedupe_key.as_bytes())[..TOPIC].to_owned();
        let headers = vec![
            ("Content-Encoding", "aes128gcm".to_owned()),
            ("TTL", KEPT.to_owned()),
            ("Urgency", "high".to_owned()),
            // The same message put there twice takes its own place.
            ("Topic", topic),
        ];
        let request = HttpRequest {
            method: "POST",
            auth: Auth::Header(Secret::new(vapid::authorization(account, &to, message.at)?)),
            url: to.endpoint,
            body: Body::Bytes { content_type: "application/octet-stream".into(), bytes: sealed, headers },
        };
        let allowed = account.optional("media_allowed").unwrap_or_default().to_owned();
        Ok(WireRequest::Open { id: message.dedupe_key.clone(), request, allowed })
    }

    fn accepted(&self, reply: &WireReply) -> Result<ProviderMessageId, SendError> {
        match reply {
            WireReply::Pushed { id } => Ok(ProviderMessageId(id.clone())),
            // RFC 8030, 7.3: the browser has withdrawn; there is nobody at this address any more.
            WireReply::Http { status: 404 | 410, .. } => {
                Err(SendError::Permanent { code: OPTED_OUT.into(), text: "the browser takes no more notices".into() })
            }
            WireReply::Http { status: 429 | 500.., retry_after, .. } => {
                Err(SendError::Retry { after: retry_after.unwrap_or(LATER), text: "the push service is busy".into() })
            }
            WireReply::Http { status, body, .. } => {
                let text = String::from_utf8_lossy(body).chars().take(200).collect();
                Err(SendError::Permanent { code: status.to_string(), text })
            }
            // A notice has a place of its own with the service and on the screen, however often it comes.
            WireReply::Unreachable { detail } | WireReply::Unanswered { detail } => {
                Err(SendError::Retry { after: LATER, text: detail.clone() })
            }
            WireReply::Mail { .. } => {
                Err(SendError::Permanent { code: "wrong_carrier".into(), text: "the answer came from another channel".into() })
            }
        }
    }
}
