//! From an Update to events.

use crate::json::{id, list, number, seconds, text, unknown};
use crate::{RawWebhook, clean};
use conversations::{
    Address, AddressKind, InboundEvent, InboundMessage, Location, Media, MediaKind, MediaSource, OptOut, Part, Reaction, Referral, Sender,
};
use kernel::Timestamp;
use serde_json::Value;

/// The number of an update: the same when Telegram brings it again.
pub(super) fn update_id(raw: &RawWebhook) -> Option<i64> {
    serde_json::from_slice::<Value>(&raw.body).ok()?["update_id"].as_i64()
}

/// The press of a button that waits for an answer.
pub(super) fn pressed(raw: &RawWebhook) -> Option<String> {
    let json: Value = serde_json::from_slice(&raw.body).ok()?;
    text(&json["callback_query"]["id"]).map(str::to_owned)
}

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&raw.body) else { return vec![unknown("not_json", None, None)] };
    clean::clean_json(&mut json);
    let Some(number) = json["update_id"].as_i64() else { return vec![unknown("no_update", None, None)] };
    let update = Update { number: number.to_string(), received_at: raw.received_at };
    let kind = json.as_object().and_then(|fields| fields.keys().find(|name| *name != "update_id")).cloned().unwrap_or_default();
    let body = &json[kind.as_str()];
    if body.pointer("/chat/type").or(body.pointer("/message/chat/type")).is_some_and(|kind| kind != "private") {
        // Groups are no conversation between one person and the brand.
        return vec![update.strange("group")];
    }
    match kind.as_str() {
        "message" => update.message(body),
        "callback_query" => update.press(body),
        "message_reaction" => update.reaction(body),
        "my_chat_member" => update.membership(body),
        other => vec![update.strange(if other.is_empty() { "empty" } else { other })],
    }
}

struct Update {
    number: String,
    received_at: Timestamp,
}

impl Update {
    fn strange(&self, kind: &str) -> InboundEvent {
        unknown(kind, Some(&self.number), None)
    }

    fn message(&self, message: &Value) -> Vec<InboundEvent> {
        let (Some(name), Some(from)) = (message_name(message), sender(&message["chat"], &message["from"])) else {
            return vec![self.strange("message")];
        };
        let Some(parts) = parts(message) else { return vec![unknown(&content_name(message), Some(&self.number), Some(from))] };
        let at = seconds(&message["date"], self.received_at);
        let stop = text(&message["text"]).filter(|text| conversations::asks_to_stop(text) || *text == "/stop").map(str::to_owned);
        let address = from.address.clone();
        let told = InboundMessage {
            in_reply_to: message_name(&message["reply_to_message"]),
            referral: text(&message["text"]).and_then(started),
            ..InboundMessage::new(name, from, bot(), at, parts)
        };
        let stop = stop.map(|evidence| InboundEvent::OptOut(OptOut { from: address, at, evidence }));
        [InboundEvent::Message(Box::new(told))].into_iter().chain(stop).collect()
    }

    /// A button under one of our messages. It says nothing of when, so it was now.
    fn press(&self, query: &Value) -> Vec<InboundEvent> {
        let (Some(press), Some(choice)) = (text(&query["id"]), text(&query["data"])) else { return vec![self.strange("callback_query")] };
        let Some(from) = sender(&query["message"]["chat"], &query["from"]) else { return vec![self.strange("callback_query")] };
        let rows = list(&query["message"]["reply_markup"]["inline_keyboard"]);
        let button = rows.iter().flat_map(list).find(|button| button["callback_data"] == choice);
        let title = button.and_then(|button| text(&button["text"])).unwrap_or(choice);
        let parts = vec![Part::Choice { id: choice.to_owned(), title: title.to_owned() }];
        vec![InboundEvent::Message(Box::new(InboundMessage {
            in_reply_to: message_name(&query["message"]),
            ..InboundMessage::new(format!("press:{press}"), from, bot(), self.received_at, parts)
        }))]
    }

    fn reaction(&self, change: &Value) -> Vec<InboundEvent> {
        let (Some(target), Some(from)) = (message_name(change), sender(&change["chat"], &change["user"])) else {
            return vec![self.strange("message_reaction")];
        };
        let sign = list(&change["new_reaction"]).iter().rev().find_map(|reaction| text(&reaction["emoji"]));
        vec![InboundEvent::Reaction(Reaction {
            provider_event_id: self.number.clone(),
            provider_message_id: target,
            from,
            emoji: sign.unwrap_or_default().to_owned(),
            at: seconds(&change["date"], self.received_at),
        })]
    }

    /// Somebody who blocks the bot wants nothing more from it.
    fn membership(&self, change: &Value) -> Vec<InboundEvent> {
        let state = text(&change["new_chat_member"]["status"]).unwrap_or("none");
        match (state, sender(&change["chat"], &change["from"])) {
            ("kicked", Some(from)) => vec![InboundEvent::OptOut(OptOut {
                from: from.address,
                at: seconds(&change["date"], self.received_at),
                evidence: "blocked the bot".into(),
            })],
            (state, from) => vec![unknown(&format!("my_chat_member.{state}"), Some(&self.number), from)],
        }
    }
}

/// A message's number means something within its chat only.
pub(super) fn message_name(message: &Value) -> Option<String> {
    Some(format!("{}:{}", message["chat"]["id"].as_i64()?, message["message_id"].as_i64()?))
}

/// Updates do not say which bot they are for; the webhook's address does.
fn bot() -> Address {
    Address { kind: AddressKind::Handle, value: String::new() }
}

/// They are recognised, and answered, by the number of their chat, which in a private chat is that of the person.
fn sender(chat: &Value, user: &Value) -> Option<Sender> {
    let value = id(&chat["id"])?;
    let words: Vec<&str> = [&user["first_name"], &user["last_name"]].into_iter().filter_map(text).collect();
    let display_name = (!words.is_empty()).then(|| words.join(" "));
    Some(Sender { address: Address { kind: AddressKind::Handle, value }, display_name, reply_to: None })
}

/// `/start WORD`: they came by a link of ours.
fn started(words: &str) -> Option<Referral> {
    let word = words.strip_prefix("/start ")?.trim();
    (!word.is_empty()).then(|| Referral { kind: "link".into(), id: Some(word.to_owned()), url: None, headline: None })
}

/// What an unreadable message holds: its first field that is not about the message itself.
fn content_name(message: &Value) -> String {
    const ABOUT: &[&str] = &["message_id", "from", "chat", "date", "sender_chat", "reply_to_message", "entities", "has_protected_content"];
    let field = message.as_object().and_then(|fields| fields.keys().find(|name| !ABOUT.contains(&name.as_str())));
    format!("message.{}", field.map_or("empty", String::as_str))
}

fn parts(message: &Value) -> Option<Vec<Part>> {
    if let Some(words) = text(&message["text"]) {
        return Some(vec![Part::Text { text: words.to_owned(), fresh: None }]);
    }
    if let Some(file) = file(message) {
        return Some(vec![Part::Media(file)]);
    }
    if message["venue"].is_object() {
        let venue = &message["venue"];
        return place(&venue["location"], text(&venue["title"]), text(&venue["address"])).map(|place| vec![place]);
    }
    if message["location"].is_object() {
        return place(&message["location"], None, None).map(|place| vec![place]);
    }
    let card = &message["contact"];
    let phone = text(&card["phone_number"])?;
    let name: Vec<&str> = [&card["first_name"], &card["last_name"]].into_iter().filter_map(text).collect();
    Some(vec![Part::Contact { name: name.join(" "), addresses: vec![Address::phone(phone)] }])
}

fn place(point: &Value, name: Option<&str>, address: Option<&str>) -> Option<Part> {
    Some(Part::Location(Location {
        latitude: number(&point["latitude"])?,
        longitude: number(&point["longitude"])?,
        name: name.map(str::to_owned),
        address: address.map(str::to_owned),
    }))
}

/// Kinds of file, the more particular first: an animation comes as a document too.
const FILES: &[(&str, MediaKind, &str)] = &[
    ("animation", MediaKind::Video, "video/mp4"),
    ("video_note", MediaKind::Video, "video/mp4"),
    ("video", MediaKind::Video, "video/mp4"),
    ("voice", MediaKind::Audio, "audio/ogg"),
    ("audio", MediaKind::Audio, "audio/mpeg"),
    ("sticker", MediaKind::Sticker, "image/webp"),
    ("document", MediaKind::Document, "application/octet-stream"),
];

fn file(message: &Value) -> Option<Media> {
    // A picture comes in several sizes, the largest last.
    let picture = list(&message["photo"]).last().map(|size| (size, MediaKind::Image, "image/jpeg"));
    let other = || FILES.iter().find(|(name, ..)| message[*name].is_object()).map(|(name, kind, usual)| (&message[*name], *kind, *usual));
    let (body, kind, usual) = picture.or_else(other)?;
    let sticker_type =
        (body["is_video"] == true).then_some("video/webm").or((body["is_animated"] == true).then_some("application/x-tgsticker"));
    Some(Media {
        kind,
        content_type: text(&body["mime_type"]).or(sticker_type).unwrap_or(usual).to_owned(),
        file_name: text(&body["file_name"]).map(str::to_owned),
        caption: text(&message["caption"]).map(str::to_owned),
        content_id: None,
        source: MediaSource::Provider { id: text(&body["file_id"])?.to_owned(), sha256: None },
    })
}
