//! From a posted form to events: a text message that came in, or what became of one that went out.

use super::codes;
use super::form::Fields;
use crate::{RawWebhook, clean::clean};
use conversations::{
    Address, InboundEvent, InboundMessage, Media, MediaKind, MediaSource, OptIn, OptOut, Part, Receipt, ReceiptState, Sender, UnknownEvent,
};
use kernel::Timestamp;

/// Most files that a message brings ("Twilio's request to your application": `NumMedia` is at most 10).
const FILES: u32 = 10;

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    let fields = Fields::of(&raw.body);
    let Some(sid) = fields.any(&["MessageSid", "SmsSid", "SmsMessageSid"]) else { return vec![unknown("no_sid", None)] };
    match fields.get("MessageStatus") {
        Some(status) => vec![receipt(&fields, sid, &status, raw)],
        None => message(&fields, sid, raw.received_at),
    }
}

/// Twilio tells no time of its own: a message is as old as its webhook.
fn message(fields: &Fields, sid: String, at: Timestamp) -> Vec<InboundEvent> {
    let (Some(from), Some(to)) = (fields.get("From"), fields.get("To")) else { return vec![unknown("message.no_sender", Some(sid))] };
    let from = Address::phone(&from);
    let text = fields.get("Body");
    let mut parts: Vec<Part> = text.iter().map(|text| Part::Text { text: text.clone(), fresh: None }).collect();
    parts.extend((0..fields.number("NumMedia").unwrap_or(0).min(FILES)).filter_map(|index| media(fields, index)));
    let wish = wish(fields, text.as_deref());
    let sender = Sender { address: from.clone(), display_name: None, reply_to: None };
    let message = InboundMessage::new(sid, sender, Address::phone(&to), at, parts);
    let evidence = text.unwrap_or_default();
    let wish = wish.map(|stop| {
        if stop { InboundEvent::OptOut(OptOut { from, at, evidence }) } else { InboundEvent::OptIn(OptIn { from, at, evidence }) }
    });
    std::iter::once(InboundEvent::Message(Box::new(message))).chain(wish).collect()
}

/// Whether they ask to be left alone (true), or to be written to again (false). Twilio says so itself where it keeps the list
/// (`OptOutType`); else the words do.
fn wish(fields: &Fields, text: Option<&str>) -> Option<bool> {
    match fields.get("OptOutType").as_deref() {
        Some("STOP") => return Some(true),
        Some("START") => return Some(false),
        _ => {}
    }
    let text = text?;
    if conversations::asks_to_stop(text) { Some(true) } else { conversations::asks_to_begin_again(text).then_some(false) }
}

fn media(fields: &Fields, index: u32) -> Option<Part> {
    let url = fields.get(&format!("MediaUrl{index}"))?;
    let content_type = fields.get(&format!("MediaContentType{index}")).unwrap_or_else(|| "application/octet-stream".into());
    let kind = match content_type.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => MediaKind::Document,
    };
    Some(Part::Media(Media { kind, content_type, file_name: None, caption: None, content_id: None, source: MediaSource::Link { url } }))
}

fn receipt(fields: &Fields, sid: String, status: &str, raw: &RawWebhook) -> InboundEvent {
    let state = match status {
        // All of these say that Twilio has it.
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => ReceiptState::Sent,
        "delivered" | "partially_delivered" => ReceiptState::Delivered,
        "read" => ReceiptState::Read,
        "failed" | "undelivered" | "canceled" => {
            let code = fields.get("ErrorCode");
            let word = code.as_deref().and_then(|code| code.parse().ok()).map_or_else(|| status.to_owned(), codes::word);
            let text = fields.get("ErrorMessage").or(code.map(|code| format!("Twilio error {code}")));
            ReceiptState::Failed { code: word, text: text.unwrap_or_else(|| status.to_owned()) }
        }
        other => return unknown(&format!("status.{other}"), Some(sid)),
    };
    InboundEvent::Receipt(Receipt {
        provider_message_id: sid,
        state,
        at: raw.received_at,
        to: fields.get("To").map(|to| Address::phone(&to)),
        dedupe_key: raw.parameter(super::OURS).map(clean),
    })
}

fn unknown(kind: &str, id: Option<String>) -> InboundEvent {
    InboundEvent::Unknown(UnknownEvent { kind: kind.to_owned(), provider_event_id: id, from: None })
}
