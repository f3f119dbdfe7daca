//! Events of a Facebook page or an Instagram account (Messenger Platform, "Webhook Events Reference"; Instagram Platform, "Webhook
//! Notification Examples").

use super::attachments;
use crate::json::{id, list, millis, text, unknown};
use crate::{RawWebhook, clean};
use conversations::{
    Address, AddressKind, Comment, InboundEvent, InboundMessage, OptOut, Part, Reaction, ReadUntil, Receipt, ReceiptState, Referral, Sender,
};
use kernel::Timestamp;
use serde_json::Value;

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&raw.body) else { return vec![unknown("not_json", None, None)] };
    clean::clean_json(&mut json);
    let mut events = Vec::new();
    for entry in list(&json["entry"]) {
        let before = events.len();
        let reader = Reader { ours: id(&entry["id"]).unwrap_or_default(), entered: millis(&entry["time"], raw.received_at) };
        list(&entry["messaging"]).iter().for_each(|event| reader.event(event, &mut events));
        // Another app has these conversations now; they are not ours to answer.
        events.extend(list(&entry["standby"]).iter().map(|_| unknown("standby", None, None)));
        list(&entry["changes"])
            .iter()
            .chain(entry["field"].is_string().then_some(entry))
            .for_each(|change| reader.change(change, &mut events));
        if events.len() == before {
            events.push(unknown("empty_entry", None, None));
        }
    }
    if json["field"].is_string() {
        Reader { ours: String::new(), entered: raw.received_at }.change(&json, &mut events);
    }
    if events.is_empty() {
        events.push(unknown(json["object"].as_str().unwrap_or("no_object"), None, None));
    }
    events
}

/// What surrounds an event.
struct Reader {
    /// The page or account.
    ours: String,
    entered: Timestamp,
}

impl Reader {
    fn change(&self, change: &Value, events: &mut Vec<InboundEvent>) {
        let (field, value) = (text(&change["field"]).unwrap_or("no_field"), &change["value"]);
        match field {
            "comments" | "live_comments" => events.push(self.comment(value)),
            _ if value["sender"].is_object() => self.event(value, events),
            other => events.push(unknown(other, id(&value["id"]).as_deref(), None)),
        }
    }

    /// What somebody says in public under one of ours. They are known by their name, and answered under the number that comes with it.
    fn comment(&self, value: &Value) -> InboundEvent {
        let (name, words, number) = (id(&value["id"]), text(&value["text"]), id(&value["from"]["id"]));
        let (Some(name), Some(words), Some(handle)) = (name, words, text(&value["from"]["username"])) else {
            return unknown("comments", id(&value["id"]).as_deref(), None);
        };
        if number.as_deref() == Some(self.ours.as_str()) {
            return unknown("comments.ours", Some(&name), None);
        }
        let from = Sender { address: address(handle), display_name: None, reply_to: number.map(|number| address(&number)) };
        let url = format!("urn:instagram:comment:{name}");
        InboundEvent::Comment(Comment { provider_event_id: name, from, text: words.to_owned(), url, at: self.entered })
    }

    fn event(&self, event: &Value, events: &mut Vec<InboundEvent>) {
        let at = millis(&event["timestamp"], self.entered);
        let who = id(&event["sender"]["id"]).or_else(|| text(&event["sender"]["user_ref"]).map(|name| format!("user_ref:{name}")));
        let Some(who) = who else {
            events.push(unknown("no_sender", None, None));
            return;
        };
        let from = Sender { address: address(&who), display_name: None, reply_to: None };
        let kinds = ["message", "postback", "reaction", "delivery", "read", "referral", "optin", "message_edit"];
        let kind = kinds.into_iter().find(|kind| event[*kind].is_object()).unwrap_or("no_kind");
        let body = &event[kind];
        match kind {
            "message" if body["is_echo"] == true => events.push(echo(body, at)),
            "message" => self.message(event, from, at, events),
            "postback" => events.push(self.postback(event, from, at)),
            "reaction" => events.push(reaction(body, from, at)),
            "delivery" => delivered(body, at, events),
            "read" => events.push(read(body, &from, at)),
            other => events.push(unknown(other, None, Some(from))),
        }
    }

    fn message(&self, event: &Value, from: Sender, at: Timestamp, events: &mut Vec<InboundEvent>) {
        let body = &event["message"];
        let Some(mid) = text(&body["mid"]) else { return events.push(unknown("message", None, Some(from))) };
        if body["is_deleted"] == true || body["is_unsupported"] == true {
            let kind = if body["is_deleted"] == true { "message.deleted" } else { "message.unsupported" };
            // A deletion names the message it is about, which has that name already.
            return events.push(unknown(kind, Some(&format!("{mid}#{kind}")), Some(from)));
        }
        let mut parts: Vec<Part> = match (text(&body["quick_reply"]["payload"]), text(&body["text"])) {
            (Some(choice), words) => vec![Part::Choice { id: choice.to_owned(), title: words.unwrap_or(choice).to_owned() }],
            (None, Some(words)) => vec![Part::Text { text: words.to_owned(), fresh: None }],
            (None, None) => Vec::new(),
        };
        parts.extend(list(&body["attachments"]).iter().filter_map(attachments::part));
        if parts.is_empty() {
            return events.push(unknown("message.empty", Some(mid), Some(from)));
        }
        let stop = text(&body["text"]).filter(|words| conversations::asks_to_stop(words)).map(str::to_owned);
        let address = from.address.clone();
        let referral = referral(&body["referral"]).or_else(|| story(body));
        events.push(self.told(event, mid, from, at, parts, (text(&body["reply_to"]["mid"]), referral)));
        events.extend(stop.map(|evidence| InboundEvent::OptOut(OptOut { from: address, at, evidence })));
    }

    /// A button that we offered, or the greeting's.
    fn postback(&self, event: &Value, from: Sender, at: Timestamp) -> InboundEvent {
        let body = &event["postback"];
        let (Some(payload), title) = (text(&body["payload"]), text(&body["title"])) else { return unknown("postback", None, Some(from)) };
        let name = text(&body["mid"]).map_or_else(|| format!("postback:{}:{}", from.address.value, at.as_micros()), str::to_owned);
        let parts = vec![Part::Choice { id: payload.to_owned(), title: title.unwrap_or(payload).to_owned() }];
        self.told(event, &name, from, at, parts, (None, referral(&body["referral"])))
    }

    fn told(
        &self,
        event: &Value,
        name: &str,
        from: Sender,
        at: Timestamp,
        parts: Vec<Part>,
        (answered, referral): (Option<&str>, Option<Referral>),
    ) -> InboundEvent {
        let to = address(&id(&event["recipient"]["id"]).unwrap_or_else(|| self.ours.clone()));
        let message = InboundMessage::new(name, from, to, at, parts);
        InboundEvent::Message(Box::new(InboundMessage { in_reply_to: answered.map(str::to_owned), referral, ..message }))
    }
}

fn address(value: &str) -> Address {
    Address { kind: AddressKind::Handle, value: value.to_owned() }
}

/// Something that was said in our name. What we sent ourselves carries our own name for it; what somebody wrote in Meta's inbox does not.
fn echo(body: &Value, at: Timestamp) -> InboundEvent {
    match (text(&body["mid"]), body["app_id"].is_number()) {
        (Some(mid), true) => InboundEvent::Receipt(Receipt {
            provider_message_id: mid.to_owned(),
            state: ReceiptState::Sent,
            at,
            to: None,
            dedupe_key: text(&body["metadata"]).map(str::to_owned),
        }),
        (mid, _) => unknown("message.echo", mid, None),
    }
}

fn reaction(body: &Value, from: Sender, at: Timestamp) -> InboundEvent {
    let Some(target) = text(&body["mid"]) else { return unknown("reaction", None, Some(from)) };
    let is_on = body["action"] != "unreact";
    let sign = text(&body["emoji"]).or(text(&body["reaction"])).filter(|_| is_on).unwrap_or_default();
    InboundEvent::Reaction(Reaction {
        provider_event_id: format!("{target}:{}:{}:{is_on}", from.address.value, at.as_micros()),
        provider_message_id: target.to_owned(),
        from,
        emoji: sign.to_owned(),
        at,
    })
}

fn delivered(body: &Value, at: Timestamp, events: &mut Vec<InboundEvent>) {
    let at = millis(&body["watermark"], at);
    let before = events.len();
    events.extend(list(&body["mids"]).iter().filter_map(text).map(|mid| {
        let state = ReceiptState::Delivered;
        InboundEvent::Receipt(Receipt { provider_message_id: mid.to_owned(), state, at, to: None, dedupe_key: None })
    }));
    if events.len() == before {
        events.push(unknown("delivery.watermark", None, None));
    }
}

/// Instagram names the message; Messenger says until when everything was read.
fn read(body: &Value, from: &Sender, at: Timestamp) -> InboundEvent {
    match text(&body["mid"]) {
        Some(mid) => {
            let state = ReceiptState::Read;
            InboundEvent::Receipt(Receipt { provider_message_id: mid.to_owned(), state, at, to: None, dedupe_key: None })
        }
        None => InboundEvent::ReadUntil(ReadUntil { by: from.address.clone(), until: millis(&body["watermark"], at) }),
    }
}

/// An advertisement, a link or a shop that led them here.
fn referral(body: &Value) -> Option<Referral> {
    body.is_object().then(|| Referral {
        kind: text(&body["source"]).unwrap_or("unknown").to_lowercase(),
        id: text(&body["ad_id"]).or(text(&body["ref"])).map(str::to_owned),
        url: text(&body["referer_uri"]).map(str::to_owned),
        headline: text(&body["ads_context_data"]["ad_title"]).map(str::to_owned),
    })
}

/// The story of ours that they answer, or theirs that mentions us.
fn story(body: &Value) -> Option<Referral> {
    let answered = &body["reply_to"]["story"];
    if answered.is_object() {
        let (number, url) = (id(&answered["id"]), text(&answered["url"]).map(str::to_owned));
        return Some(Referral { kind: "story".into(), id: number, url, headline: None });
    }
    let mention = list(&body["attachments"]).iter().find(|part| part["type"] == "story_mention")?;
    Some(Referral { kind: "story_mention".into(), id: None, url: text(&mention["payload"]["url"]).map(str::to_owned), headline: None })
}
