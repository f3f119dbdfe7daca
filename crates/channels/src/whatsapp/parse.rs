//! From a webhook's body to events. The JSON is walked, not mapped onto structs: one odd message must not cost its neighbours, and
//! Meta adds fields and kinds without a new version.

use super::{codes, templates};
use crate::json::{list, number, seconds, text, unknown};
use crate::{RawWebhook, clean};
use conversations::{
    Address, AddressChanged, InboundEvent, InboundMessage, Location, Media, MediaKind, MediaSource, OptOut, Part, Reaction, Receipt,
    ReceiptState, Referral, Sender, WantedProduct,
};
use kernel::Timestamp;
use serde_json::Value;

pub(super) fn parse(raw: &RawWebhook) -> Vec<InboundEvent> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&raw.body) else {
        return vec![unknown("not_json", None, None)];
    };
    clean::clean_json(&mut json);
    let mut events = Vec::new();
    let changes = list(&json["entry"]).iter().flat_map(|entry| list(&entry["changes"]).iter().map(|change| (&entry["time"], change)));
    for (told, change) in changes {
        let before = events.len();
        let value = &change["value"];
        match change["field"].as_str() {
            Some("messages") => read_messages(value, raw.received_at, &mut events),
            Some("user_preferences") => {
                events.extend(list(&value["user_preferences"]).iter().map(|wish| read_preference(wish, raw.received_at)));
            }
            Some(field) => events.extend(templates::news(field, value, told, raw.received_at)),
            None => {}
        }
        if events.len() == before {
            events.push(unknown(change["field"].as_str().unwrap_or("no_field"), None, None));
        }
    }
    if events.is_empty() {
        events.push(unknown(json["object"].as_str().unwrap_or("no_object"), None, None));
    }
    events
}

fn read_messages(value: &Value, received_at: Timestamp, events: &mut Vec<InboundEvent>) {
    let to = Address::phone(text(&value["metadata"]["display_phone_number"]).unwrap_or_default());
    for message in list(&value["messages"]) {
        let reader = Reader { message, to: &to, contacts: list(&value["contacts"]), received_at };
        reader.read(events);
    }
    events.extend(list(&value["statuses"]).iter().map(|status| read_status(status, received_at)));
    events.extend(list(&value["errors"]).iter().map(|error| unknown(&format!("error.{}", error["code"]), None, None)));
}

/// One message with what surrounds it.
struct Reader<'a> {
    message: &'a Value,
    to: &'a Address,
    contacts: &'a [Value],
    received_at: Timestamp,
}

impl Reader<'_> {
    fn read(&self, events: &mut Vec<InboundEvent>) {
        let kind = text(&self.message["type"]).or_else(|| self.kind_by_content()).unwrap_or("no_type");
        let (Some(id), Some(from)) = (text(&self.message["id"]), text(&self.message["from"])) else {
            events.push(unknown(&format!("message.{kind}"), None, None));
            return;
        };
        let sender = self.sender(from);
        let at = seconds(&self.message["timestamp"], self.received_at);
        let body = &self.message[kind];
        match kind {
            "reaction" => events.push(self.reaction(id, sender, at)),
            "system" => events.push(number_changed(id, sender, body, at)),
            _ => match parts(kind, body) {
                Some(parts) => self.message(id, sender, at, parts, events),
                None => {
                    let detail = body["type"].as_str().map(|inner| format!("{kind}.{inner}"));
                    events.push(unknown(detail.as_deref().unwrap_or(kind), Some(id), Some(sender)));
                }
            },
        }
    }

    /// Older payloads, and one of the published samples, leave the type out: the content's own name tells it.
    fn kind_by_content(&self) -> Option<&'static str> {
        ["text", "image", "audio", "video", "document", "sticker", "location", "contacts", "interactive", "button", "order", "reaction"]
            .into_iter()
            .find(|kind| !self.message[kind].is_null())
    }

    fn sender(&self, from: &str) -> Sender {
        let named = self.contacts.iter().find(|contact| contact["wa_id"] == from).or(match self.contacts {
            [only] => Some(only),
            _ => None,
        });
        let display_name = named.and_then(|contact| text(&contact["profile"]["name"])).map(str::to_owned);
        Sender { address: Address::phone(from), display_name, reply_to: None }
    }

    fn reaction(&self, id: &str, from: Sender, at: Timestamp) -> InboundEvent {
        let body = &self.message["reaction"];
        match text(&body["message_id"]) {
            Some(target) => InboundEvent::Reaction(Reaction {
                provider_event_id: id.to_owned(),
                provider_message_id: target.to_owned(),
                from,
                emoji: text(&body["emoji"]).unwrap_or_default().to_owned(),
                at,
            }),
            None => unknown("reaction", Some(id), Some(from)),
        }
    }

    fn message(&self, id: &str, from: Sender, at: Timestamp, mut parts: Vec<Part>, events: &mut Vec<InboundEvent>) {
        let context = &self.message["context"];
        if let Some(sku) = text(&context["referred_product"]["product_retailer_id"]) {
            let asked = WantedProduct { sku: sku.to_owned(), quantity: 0, seen_price: None, currency: None };
            parts.push(Part::Products { items: vec![asked] });
        }
        let stop = parts.iter().find_map(|part| match part {
            Part::Text { text, .. } if conversations::asks_to_stop(text) => Some(text.clone()),
            Part::Choice { title, .. } if conversations::asks_to_stop(title) => Some(title.clone()),
            _ => None,
        });
        let address = from.address.clone();
        events.push(InboundEvent::Message(Box::new(InboundMessage {
            in_reply_to: text(&context["id"]).map(str::to_owned),
            referral: referral(&self.message["referral"]),
            ..InboundMessage::new(id, from, self.to.clone(), at, parts)
        })));
        events.extend(stop.map(|evidence| InboundEvent::OptOut(OptOut { from: address, at, evidence })));
    }
}

/// The parts of a message, or `None` for a kind (or an inner kind) that we cannot read.
fn parts(kind: &str, body: &Value) -> Option<Vec<Part>> {
    let part = match kind {
        "text" => Part::Text { text: text(&body["body"])?.to_owned(), fresh: None },
        "image" => media(MediaKind::Image, body)?,
        "audio" => media(MediaKind::Audio, body)?,
        "video" => media(MediaKind::Video, body)?,
        "document" => media(MediaKind::Document, body)?,
        "sticker" => media(MediaKind::Sticker, body)?,
        "button" => Part::Choice { id: text(&body["payload"])?.to_owned(), title: text(&body["text"])?.to_owned() },
        "interactive" => {
            let reply = match text(&body["type"])? {
                "button_reply" => &body["button_reply"],
                "list_reply" => &body["list_reply"],
                _ => return None,
            };
            Part::Choice { id: text(&reply["id"])?.to_owned(), title: text(&reply["title"])?.to_owned() }
        }
        "location" => Part::Location(Location {
            latitude: number(&body["latitude"])?,
            longitude: number(&body["longitude"])?,
            name: text(&body["name"]).map(str::to_owned),
            address: text(&body["address"]).map(str::to_owned),
        }),
        "contacts" => return Some(list(body).iter().map(card).collect()).filter(|cards: &Vec<Part>| !cards.is_empty()),
        "order" => return Some(order(body)).filter(|parts| !parts.is_empty()),
        _ => return None,
    };
    Some(vec![part])
}

fn media(kind: MediaKind, body: &Value) -> Option<Part> {
    Some(Part::Media(Media {
        kind,
        content_type: text(&body["mime_type"]).unwrap_or("application/octet-stream").to_owned(),
        file_name: text(&body["filename"]).map(str::to_owned),
        caption: text(&body["caption"]).map(str::to_owned),
        content_id: None,
        source: MediaSource::Provider { id: text(&body["id"])?.to_owned(), sha256: text(&body["sha256"]).map(str::to_owned) },
    }))
}

fn card(contact: &Value) -> Part {
    let phones = list(&contact["phones"]).iter().filter_map(|phone| text(&phone["wa_id"]).or(text(&phone["phone"]))).map(Address::phone);
    let emails = list(&contact["emails"]).iter().filter_map(|email| text(&email["email"])).map(Address::email);
    Part::Contact {
        name: text(&contact["name"]["formatted_name"]).unwrap_or_default().to_owned(),
        addresses: phones.chain(emails).collect(),
    }
}

fn order(body: &Value) -> Vec<Part> {
    let items: Vec<WantedProduct> = list(&body["product_items"])
        .iter()
        .filter_map(|item| {
            Some(WantedProduct {
                sku: text(&item["product_retailer_id"])?.to_owned(),
                quantity: number(&item["quantity"]).map_or(1, |quantity| quantity as i64),
                seen_price: match &item["item_price"] {
                    Value::Number(price) => Some(price.to_string()),
                    other => text(other).map(str::to_owned),
                },
                currency: text(&item["currency"]).map(str::to_owned),
            })
        })
        .collect();
    let words = text(&body["text"]).map(|text| Part::Text { text: text.to_owned(), fresh: None });
    let items = (!items.is_empty()).then_some(Part::Products { items });
    words.into_iter().chain(items).collect()
}

fn referral(body: &Value) -> Option<Referral> {
    body.is_object().then(|| Referral {
        kind: text(&body["source_type"]).unwrap_or("unknown").to_owned(),
        id: text(&body["source_id"]).map(str::to_owned),
        url: text(&body["source_url"]).map(str::to_owned),
        headline: text(&body["headline"]).map(str::to_owned),
    })
}

fn number_changed(id: &str, from: Sender, body: &Value, at: Timestamp) -> InboundEvent {
    let kind = text(&body["type"]).unwrap_or_default();
    match text(&body["wa_id"]).or(text(&body["new_wa_id"])) {
        Some(new) if matches!(kind, "user_changed_number" | "customer_changed_number") => {
            InboundEvent::AddressChanged(AddressChanged { old: from.address, new: Address::phone(new), at })
        }
        _ => unknown(&format!("system.{kind}"), Some(id), Some(from)),
    }
}

fn read_preference(wish: &Value, received_at: Timestamp) -> InboundEvent {
    let from = text(&wish["wa_id"]).map(Address::phone);
    match (from, text(&wish["value"])) {
        (Some(from), Some("stop")) => InboundEvent::OptOut(OptOut {
            from,
            at: seconds(&wish["timestamp"], received_at),
            evidence: text(&wish["detail"]).unwrap_or("stop").to_owned(),
        }),
        // Wanting messages again is a consent, which needs more evidence than a switch in another company's app.
        (_, value) => unknown(&format!("user_preferences.{}", value.unwrap_or_default()), None, None),
    }
}

fn read_status(status: &Value, received_at: Timestamp) -> InboundEvent {
    let id = text(&status["id"]);
    let word = text(&status["status"]).unwrap_or("no_status");
    let state = match word {
        "sent" => Some(ReceiptState::Sent),
        "delivered" => Some(ReceiptState::Delivered),
        "read" | "played" => Some(ReceiptState::Read),
        "failed" => Some(failure(&status["errors"][0])),
        _ => None,
    };
    match (id, state) {
        (Some(id), Some(state)) => InboundEvent::Receipt(Receipt {
            provider_message_id: id.to_owned(),
            state,
            at: seconds(&status["timestamp"], received_at),
            to: text(&status["recipient_id"]).map(Address::phone),
            dedupe_key: text(&status["biz_opaque_callback_data"]).map(str::to_owned),
        }),
        (id, _) => unknown(&format!("status.{word}"), id, None),
    }
}

fn failure(error: &Value) -> ReceiptState {
    let words = [&error["error_data"]["details"], &error["message"], &error["title"]].into_iter().find_map(text);
    ReceiptState::Failed {
        code: error["code"].as_i64().map_or_else(|| "unknown".to_owned(), codes::word),
        text: words.unwrap_or_default().to_owned(),
    }
}
