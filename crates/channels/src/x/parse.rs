//! From an account's activity to events ("Account Activity API", "X Activity API").

use crate::json::{id, list, millis, text, unknown};
use crate::{RawWebhook, clean};
use conversations::{
    Address, AddressKind, Comment, InboundEvent, InboundMessage, Media, MediaKind, MediaSource, OptOut, Part, ReadUntil, Receipt,
    ReceiptState, Sender,
};
use kernel::Timestamp;
use serde_json::Value;

/// Longest name that is taken for one, in bytes; X allows 50 characters.
const NAME: usize = 400;
/// The moment from which X counts the milliseconds in its ids.
const EPOCH_MILLIS: i64 = 1_288_834_974_657;
/// What stands beside the events.
const ABOUT: &[&str] = &["for_user_id", "user_has_blocked", "users", "apps"];

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&raw.body) else { return vec![unknown("not_json", None, None)] };
    clean::clean_json(&mut json);
    // The newer form wraps the older one, and says for whom in its filter.
    let wrapped = &json["data"]["payload"];
    let body = if wrapped.is_object() { wrapped } else { &json };
    let ours = text(&body["for_user_id"]).or(text(&json["data"]["filter"]["user_id"])).unwrap_or_default();
    let reader = Reader { body, ours, received_at: raw.received_at };
    let mut events = Vec::new();
    for (kind, items) in body.as_object().into_iter().flatten().filter(|(kind, _)| !ABOUT.contains(&kind.as_str())) {
        match kind.as_str() {
            "direct_message_events" => list(items).iter().for_each(|event| reader.message(event, &mut events)),
            "direct_message_mark_read_events" => events.extend(list(items).iter().map(|event| reader.read(event))),
            "tweet_create_events" => events.extend(list(items).iter().map(|post| reader.post(post))),
            other => events.push(unknown(short(&json["data"]["event_type"]).unwrap_or(other), None, None)),
        }
    }
    if events.is_empty() {
        events.push(unknown("empty", None, None));
    }
    events
}

struct Reader<'a> {
    body: &'a Value,
    /// Our own account's number.
    ours: &'a str,
    received_at: Timestamp,
}

impl Reader<'_> {
    /// People are known by their name, which they may change, and answered under their number, which they may not.
    fn sender(&self, number: &str, user: &Value) -> Sender {
        let (handle, display_name) = (short(&user["screen_name"]), short(&user["name"]).map(str::to_owned));
        match handle {
            Some(handle) => Sender { address: address(handle), display_name, reply_to: Some(address(number)) },
            None => Sender { address: address(number), display_name, reply_to: None },
        }
    }

    fn message(&self, event: &Value, events: &mut Vec<InboundEvent>) {
        let created = &event["message_create"];
        let (Some(name), Some(writer)) = (id(&event["id"]), id(&created["sender_id"])) else {
            return events.push(unknown("direct_message", None, None));
        };
        let at = millis(&event["created_timestamp"], self.received_at);
        if writer == self.ours {
            // Our own: sent by us, or by somebody in X itself.
            let state = ReceiptState::Sent;
            return events.push(InboundEvent::Receipt(Receipt { provider_message_id: name, state, at, to: None, dedupe_key: None }));
        }
        let from = self.sender(&writer, &self.body["users"][writer.as_str()]);
        let data = &created["message_data"];
        let words = text(&data["text"]).map(|text| Part::Text { text: text.to_owned(), fresh: None });
        let chosen = text(&data["quick_reply_response"]["metadata"]);
        let words = match (words, chosen) {
            (Some(Part::Text { text, .. }), Some(choice)) => Some(Part::Choice { id: choice.to_owned(), title: text }),
            (words, _) => words,
        };
        let parts: Vec<Part> = words.into_iter().chain(file(&data["attachment"]["media"])).collect();
        if parts.is_empty() {
            return events.push(unknown("direct_message.empty", Some(&name), Some(from)));
        }
        let stop = text(&data["text"]).filter(|words| conversations::asks_to_stop(words)).map(str::to_owned);
        let number = address(&writer);
        let to = address(&id(&created["target"]["recipient_id"]).unwrap_or_default());
        events.push(InboundEvent::Message(Box::new(InboundMessage::new(name, from, to, at, parts))));
        events.extend(stop.map(|evidence| InboundEvent::OptOut(OptOut { from: number, at, evidence })));
    }

    /// X says which message was read last; its number says when that one was made.
    fn read(&self, event: &Value) -> InboundEvent {
        let made = text(&event["last_read_event_id"]).and_then(|id| id.parse::<i64>().ok());
        match (id(&event["sender_id"]), made) {
            (Some(reader), Some(number)) if reader != self.ours => {
                let until = Timestamp::from_micros(((number >> 22) + EPOCH_MILLIS) * 1000 + 999);
                InboundEvent::ReadUntil(ReadUntil { by: address(&reader), until })
            }
            _ => unknown("direct_message_mark_read", None, None),
        }
    }

    /// Somebody names us in public, answers or quotes us. What we say ourselves, and mere repetition, is nobody's comment.
    fn post(&self, post: &Value) -> InboundEvent {
        let name = id(&post["id_str"]).or_else(|| id(&post["id"]));
        let user = &post["user"];
        let (Some(name), Some(writer), Some(handle)) = (name, id(&user["id_str"]).or_else(|| id(&user["id"])), text(&user["screen_name"]))
        else {
            return unknown("tweet", id(&post["id_str"]).as_deref(), None);
        };
        if writer == self.ours || post["retweeted_status"].is_object() {
            return unknown(if writer == self.ours { "tweet.ours" } else { "tweet.repeated" }, Some(&name), None);
        }
        let words = text(&post["extended_tweet"]["full_text"]).or(text(&post["text"])).unwrap_or_default();
        // A post's number says when it was made, more finely than the date in words.
        let made = name.parse::<i64>().ok().map(|number| (number >> 22) + EPOCH_MILLIS).filter(|millis| *millis > EPOCH_MILLIS);
        InboundEvent::Comment(Comment {
            from: self.sender(&writer, user),
            text: words.to_owned(),
            url: format!("https://x.com/{handle}/status/{name}"),
            at: made.map_or(self.received_at, |millis| Timestamp::from_micros(millis * 1000)),
            provider_event_id: name,
        })
    }
}

/// A name that many events of one payload may share: none is so long that telling it with each would make much of little.
fn short(value: &Value) -> Option<&str> {
    text(value).filter(|text| text.len() <= NAME)
}

fn address(value: &str) -> Address {
    Address { kind: AddressKind::Handle, value: value.to_owned() }
}

fn file(media: &Value) -> Option<Part> {
    let films = list(&media["video_info"]["variants"]).iter().filter(|film| film["content_type"] == "video/mp4");
    let film = films.max_by_key(|film| film["bitrate"].as_i64().unwrap_or_default()).and_then(|film| text(&film["url"]));
    let (kind, content_type, url) = match film {
        Some(url) => (MediaKind::Video, "video/mp4", url),
        None => (MediaKind::Image, "image/jpeg", text(&media["media_url_https"])?),
    };
    Some(Part::Media(Media {
        kind,
        content_type: content_type.to_owned(),
        file_name: None,
        caption: None,
        content_id: None,
        source: MediaSource::Link { url: url.to_owned() },
    }))
}
