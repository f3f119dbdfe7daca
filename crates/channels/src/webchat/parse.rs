//! From a widget's event to ours.

use crate::{RawWebhook, clean};
use conversations::{Address, InboundEvent, InboundMessage, Part, Receipt, ReceiptState, Sender, UnknownEvent};
use serde::Deserialize;
use serde_json::Value;

/// Longest text, in characters; what is longer is cut.
const TEXT_LIMIT: usize = 10_000;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    Message {
        id: String,
        text: String,
        #[serde(default)]
        reply_to: Option<String>,
    },
    Choice {
        id: String,
        choice: String,
        title: String,
        #[serde(default)]
        reply_to: Option<String>,
    },
    Read {
        message: String,
    },
}

/// Who the event says it is from.
pub(super) fn visitor(raw: &RawWebhook) -> Option<String> {
    json(raw)?["visitor"].as_str().filter(|visitor| !visitor.is_empty() && visitor.len() <= 100).map(str::to_owned)
}

pub(super) fn parse(raw: &RawWebhook) -> InboundEvent {
    let Some(json) = json(raw) else { return unknown("not_json", None) };
    let Some(visitor) = visitor(raw) else { return unknown("no_visitor", None) };
    let from = Sender {
        address: Address::device(&visitor),
        display_name: json["name"].as_str().filter(|name| !name.trim().is_empty()).map(|name| name.chars().take(100).collect()),
        reply_to: None,
    };
    let kind = json["type"].as_str().unwrap_or("no_type").to_owned();
    // The site's name; there is one chat to an account.
    let to = Address::device(json["site"].as_str().unwrap_or_default());
    let (id, part, reply_to) = match serde_json::from_value(json) {
        Ok(Event::Message { id, text, reply_to }) => {
            (id, Part::Text { text: text.chars().take(TEXT_LIMIT).collect(), fresh: None }, reply_to)
        }
        Ok(Event::Choice { id, choice, title, reply_to }) => (id, Part::Choice { id: choice, title }, reply_to),
        Ok(Event::Read { message }) => {
            return InboundEvent::Receipt(Receipt {
                dedupe_key: Some(message.clone()),
                provider_message_id: message,
                state: ReceiptState::Read,
                at: raw.received_at,
                to: Some(from.address),
            });
        }
        Err(_) => return unknown(&kind, Some(from)),
    };
    // A visitor's own numbering: under the visitor's name, so that nobody can take another's. Our clock: the visitor's may be anything.
    let message = InboundMessage::new(format!("{visitor}:{id}"), from, to, raw.received_at, vec![part]);
    InboundEvent::Message(Box::new(InboundMessage { in_reply_to: reply_to, ..message }))
}

fn json(raw: &RawWebhook) -> Option<Value> {
    let mut json: Value = serde_json::from_slice(&raw.body).ok()?;
    clean::clean_json(&mut json);
    Some(json)
}

fn unknown(kind: &str, from: Option<Sender>) -> InboundEvent {
    InboundEvent::Unknown(UnknownEvent { kind: kind.to_owned(), provider_event_id: None, from })
}
